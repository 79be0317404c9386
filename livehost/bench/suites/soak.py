"""Blocks served on JACK's dummy driver while the interpreter is kept busy and banks and models are swapped.

Memory and handles over all of it, and an ordinary Python callback beside. ``--minutes 60`` is an hour in one process,
with 200 swaps.
"""

import json
import math
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.adversaries import ADVERSARIES
from livehost.bench.jack import JackServer, jack_server, need_portaudio
from livehost.bench.jack_rig import drum_bank
from livehost.bench.material import RATE, write_take
from livehost.bench.probe import Probe
from livehost.bench.suite import CannotRun, Context, Figure, Kind
from livehost.bench.swapper import OTHER
from livehost.synthesis.takes import make_take

_NAME, _TAKE_S, _LOOK_S = "livehost-probe", 20.0, 0.02
#: Minutes of a full run, and swaps in a minute: 200 in an hour.
_MINUTES, _SWAPS_A_MINUTE = 3.0, 200 / 60
#: Growth of memory: counted from here on, as the line through the least of every window, where there are so many.
_WARM_S, _WINDOW_S, _WINDOWS = 600.0, 300.0, 3
#: Seconds beside each adversary: in one slice, and in all; a process is started afresh for every round of slices.
_SLICE_S, _TOTAL_S, _ALONE_S = 10.0, 20.0, 5.0
_QUICK_S, _PYTHON_S = 1.0, 3.0
#: A second is short: where a quick round serves a smaller share than this, %, others follow, and all of them count.
_SURE, _QUICK_MOST = 98.5, 4
#: Threads that have to be SCHED_FIFO: jackd's, audio, worker.
_URGENT = 3
_NAMES = {"spin": "a Python loop", "sort": "sorted() with the GIL held", "gc": "gc.collect() of 1,000,000 objects"}


def round_of(slice_s: float, alone_s: float) -> list[str]:
    """Put each adversary between two slices without one."""
    alone = f"none={alone_s:g}"
    return [alone, *(load for name in ADVERSARIES for load in (f"{name}={slice_s:g}", alone))]


def play(
    server: JackServer,
    kind: str,
    bank: Path,
    heard: Path | str,
    loads: list[str],
    settings: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Run one round in a process of its own, with other settings and flags than the usual ones by their keys.

    Raises
    ------
    CannotRun
        Where it does not play.
    """
    command = [sys.executable, "-m", "livehost.bench.soak_worker", kind, str(bank), str(heard)]
    command += [*(f"{key}={value}" for key, value in (settings or {}).items()), *loads]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=server.environment)
    if done.returncode != 0:
        raise CannotRun(f"The soak's process has ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def per_second(rounds: list[dict[str, Any]], load: str) -> float:
    """Blocks served per second beside a load."""
    rows = [row for result in rounds for row in result["rows"] if row["load"] == load]
    return sum(row["blocks"] for row in rows) / sum(row["seconds"] for row in rows)


def shares(rounds: list[dict[str, Any]], load: str) -> list[float]:
    """Per cent of blocks served in each slice beside a load, of those served in the two slices around it."""
    out = []
    for result in rounds:
        rates = [row["blocks"] / row["seconds"] for row in result["rows"]]
        for k, row in enumerate(result["rows"]):
            if row["load"] == load:
                out.append(100 * rates[k] / float(np.mean([rates[k - 1], rates[k + 1]])))
    return out


def planned(context: Context) -> tuple[list[str], int]:
    """Give the loads of a round, and how many rounds there are to be."""
    total = _TOTAL_S if context.minutes is None else 60 * context.minutes
    slice_s = _QUICK_S if context.quick else min(_SLICE_S, total)
    return round_of(slice_s, min(_ALONE_S, slice_s)), 1 if context.quick else max(1, round(total / slice_s))


def long_take(context: Context, loads: list[str]) -> Path:
    """Write a take that is longer than a round."""
    seconds = sum(float(load.partition("=")[2]) + 3.0 for load in loads)
    return write_take(context.scratch / "take.wav", np.tile(make_take(1, RATE, 10.0)[0], int(seconds / 10) + 1))


def urgent_threads(server: JackServer, played: list[dict[str, Any]]) -> int:
    """Count those of jackd's, the audio and the worker thread that were SCHED_FIFO."""
    return server.realtime + sum(all(r["fifo"][name] for r in played) for name in ("audio", "worker"))


def served(played: list[dict[str, Any]], fifo: int) -> Iterator[Figure]:
    """Give the share of blocks that were served beside each adversary."""
    # threads of ordinary priority wait for the scheduler: then this is the host's tail
    kind: Kind = "ratio" if fifo == _URGENT else "tail"
    for load in ADVERSARIES:
        share = 100 * per_second(played, load) / per_second(played, "none")
        yield Figure(f"served beside {load}", share, "%", kind, shares(played, load), better="higher",
                     note=f"{_NAMES[load]}, against slices without")  # fmt: skip


def lowest(rounds: list[dict[str, Any]]) -> float:
    """Give the smallest share of any adversary, %."""
    return min(100 * per_second(rounds, load) / per_second(rounds, "none") for load in ADVERSARIES)


def play_rounds(context: Context, rounds: int, one: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
    """Play so many rounds, more where a quick one served too little to be sure."""
    played: list[dict[str, Any]] = []
    while len(played) < rounds or (context.quick and len(played) < _QUICK_MOST and lowest(played) < _SURE):
        context.say(f"round {len(played) + 1} of {rounds} …")
        played.append(one())
    return played


def long_loads(context: Context) -> list[str]:
    """Give the loads of a whole soak, round after round in one process: a round in a quick run, else some minutes."""
    if context.quick:
        return round_of(_QUICK_S, _QUICK_S)
    loads = round_of(_SLICE_S, _ALONE_S)
    seconds = 60 * (_MINUTES if context.minutes is None else context.minutes)
    return loads * max(1, round(seconds / sum(float(load.partition("=")[2]) for load in loads)))


@contextmanager
def performer(server: JackServer) -> Iterator[str]:
    """Play a take to whoever listens, over and over; gives the name of the JACK client."""
    take, stopping = make_take(1, RATE, _TAKE_S)[0], threading.Event()
    with Probe(server, _NAME, outputs=1) as probe:

        def play_on() -> None:
            while not stopping.is_set():
                probe.start(take[np.newaxis])
                while probe.position < len(take) and not stopping.wait(_LOOK_S):
                    pass

        thread = threading.Thread(target=play_on, name="performer", daemon=True)
        thread.start()
        try:
            yield _NAME
        finally:
            stopping.set()
            thread.join()


def growth(rows: Sequence[Mapping[str, Any]], warm_s: float) -> float:
    """Growth of resident memory after a warm-up, MB an hour; nan where it is too short to tell.

    A swap keeps what it replaces for a while, and adversaries take and give: what counts is the least of every
    `_WINDOW_S`, and the line through these.
    """
    windows: dict[int, float] = {}
    for row in rows:
        if row["at_s"] >= warm_s:
            window = int((row["at_s"] - warm_s) // _WINDOW_S)
            windows[window] = min(windows.get(window, math.inf), row["resident"] / 2**20)
    if len(windows) < _WINDOWS:
        return math.nan
    hours = np.array(list(windows)) * _WINDOW_S / 3600
    return float(np.polyfit(hours, np.array(list(windows.values())), 1)[0])


def more_at_the_end(rows: Sequence[Mapping[str, Any]], what: str) -> int:
    """How many more a process holds at the end than before: the least of the last third less that of the first."""
    counts = [row[what] for row in rows]
    third = max(1, len(counts) // 3)
    return int(min(counts[-third:]) - min(counts[:third]))


def run(context: Context) -> Iterator[Figure]:
    """Play slices without an adversary, beside one, without, beside the next, and swap all the while."""
    need_portaudio()
    loads, ordinary = long_loads(context), list[dict[str, Any]]()
    bank, _ = drum_bank(context.scratch / "bank"), drum_bank(context.scratch / OTHER, 24)
    minutes = sum(float(load.partition("=")[2]) for load in loads) / 60
    swaps = max(2, round(minutes * _SWAPS_A_MINUTE))
    with jack_server(RATE, 64) as server, performer(server) as heard:
        if not server.realtime:
            context.say("jackd has no real-time priority here: the figures say little.")
        context.say(f"{minutes:.1f} minutes, {swaps} swaps …")
        more = {"audio.output": heard, "player.contexts": context.scratch, "swaps": swaps}
        played = play_rounds(context, 1, partial(play, server, "native", bank, heard, loads, more))
        if not context.quick:
            context.say("an ordinary Python callback …")
            ordinary.append(play(server, "python", bank, heard, round_of(_PYTHON_S, _PYTHON_S)))
        fifo, due = urgent_threads(server, played), RATE / 64
    yield Figure("served beside nothing", 100 * per_second(played, "none") / due, "%", "tail", better="higher",
                 note="of the blocks that are due: what the host itself loses")  # fmt: skip
    yield from served(played, fifo)
    for load in ADVERSARIES if ordinary else ():
        share = 100 * per_second(ordinary, load) / per_second(ordinary, "none")
        yield Figure(f"an ordinary callback beside {load}", share, "%", "tail", better="higher")
    for name in ("audio", "worker"):
        yield Figure(f"page faults, {name} thread", sum(r["faults"][name] for r in played), "count", "count")
    yield Figure("ring overruns", sum(r["overruns"] for r in played), "count", "count")
    yield Figure("threads with SCHED_FIFO", fifo, "count", "tail", better="higher", note="jackd, audio, worker")
    yield Figure("answers", sum(r["answers"] for r in played), "count", "tail", better="higher")
    yield from _held(played, swaps)


def _held(played: list[dict[str, Any]], swaps: int) -> Iterator[Figure]:
    """Give what was swapped, and what that has left behind."""
    refused = [text for result in played for text in result["refused"]]
    missing = len(played) * swaps - sum(result["swaps"] for result in played)
    yield Figure("swaps not done", missing, "count", "count", note="; ".join(refused[:2]) or f"of {swaps}")
    if took_s := [seconds for result in played for seconds in result["took_s"]]:
        yield Figure("a swap beside them", float(np.median(took_s)), "s", "tail", took_s,
                     note=f"{max(took_s):.1f} s at most")  # fmt: skip
    rows = [row for result in played[-1:] for row in result["rows"]]
    for what in ("handles", "threads"):
        note = f"{rows[0][what]} at first"
        yield Figure(f"{what}, more at the end", more_at_the_end(rows, what), "count", "count", note=note)
    memory_mb = [row["resident"] / 2**20 for row in rows]
    yield Figure("resident memory at the end", memory_mb[-1], "MB", "count", memory_mb, noise=0.2)
    if not math.isnan(slope := growth(rows, _WARM_S)):
        yield Figure("growth of memory", slope, "MB/h", "count", noise=math.inf, note="after the first 10 minutes")
