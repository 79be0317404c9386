"""Two parts at once, each with a model: what each decides and when, and blocks served beside three adversaries."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from livehost.bench.jack import jack_server, need_portaudio
from livehost.bench.material import RATE, demo_bank
from livehost.bench.models import default_export
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.suites.armed import read
from livehost.bench.suites.soak import long_take, planned, play, play_rounds, served, urgent_threads
from livehost.settings import PARTS, part_key


def run(context: Context) -> Iterator[Figure]:
    """Play as the soak does, through JACK in blocks of 64 frames, with every part on a model of its own."""
    need_portaudio()
    loads, rounds = planned(context)
    model, take = str(default_export()), long_take(context, loads)
    players = {
        part_key(part, name): value for part in range(PARTS) for name, value in (("name", "bank"), ("model", model))
    }
    told = {**players, "decisions": 1}
    with jack_server(RATE, 64) as server:
        played = play_rounds(context, rounds, partial(play, server, "native", demo_bank(), take, loads, told))
        fifo = urgent_threads(server, played)
    yield from served(played, fifo)
    for part in range(PARTS):
        found = [read(result["decided"], RATE, part) for result in played]
        decide = np.array([ms for each in found for ms in each.decide_ms])
        if not len(decide):
            raise CannotRun(f"The model of part {part} decided nothing.")
        note = f"{len(decide)} decisions, beside each adversary and beside none"
        yield Figure(f"decision of part {part} median", float(np.median(decide)), "ms", "tail", decide, note=note)
        yield Figure(f"decision of part {part} p99", float(np.percentile(decide, 99)), "ms", "tail", decide)
        fallbacks, voices = sum(each.fallbacks for each in found), sum(each.voices for each in found)
        yield Figure(f"fallbacks of part {part}", fallbacks, "count", "tail", note=f"of {voices} voices")
    both = np.array([ms for result in played for ms in all_armed(result["decided"])])
    if not len(both):
        raise CannotRun("No heard segment was followed by a decision of every part.")
    note = f"{len(both)} segments: the parts decide one after another"
    yield Figure("segment closed to both armed median", float(np.median(both)), "ms", "tail", both, note=note)
    yield Figure("segment closed to both armed p99", float(np.percentile(both, 99)), "ms", "tail", both)
    yield Figure("ring overruns", sum(result["overruns"] for result in played), "count", "count")


def all_armed(events: Sequence[Mapping[str, Any]], rate: int = RATE) -> list[float]:
    """Milliseconds from each closed segment until the models of all parts have decided."""
    out: list[float] = []
    closed: int | None = None
    decided: dict[int, float] = {}
    for event in events:
        if event["kind"] == "segment":
            closed, decided = event["frame"], {}
        elif event["kind"] == "next" and not event["fallback"] and closed is not None:
            decided.setdefault(event["part"], event["decide_ms"])
            if len(decided) == PARTS:
                out.append((event["frame"] - closed) * 1000 / rate + sum(decided.values()))
                closed = None
    return out
