"""From a heard segment that is closed to the model's next answer armed: on stage, through JACK, in real time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.bench.jack_rig import BLOCK, rig
from livehost.bench.material import RATE, demo_bank
from livehost.bench.models import default_export
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.synthesis.performer import perform

_SECONDS, _QUICK_SECONDS = 45.0, 4.0


@dataclass
class Arming:
    """What a session's log says of its decisions.

    Attributes
    ----------
    armed_ms : list of float
        From each closed segment to the first decision after it that was the model's own.
    decide_ms : list of float
        What each of those decisions took.
    voices, fallbacks : int
        Answers, and those of them that another player gave.
    unanswered : int
        Closed segments after which the model decided nothing.
    """

    armed_ms: list[float]
    decide_ms: list[float]
    voices: int
    fallbacks: int
    unanswered: int


def read(events: Sequence[Mapping[str, Any]], rate: int = RATE, part: int = 0) -> Arming:
    """Read what a log, in the order in which the worker wrote it, says of one part."""
    found, closed = Arming([], [], 0, 0, 0), None
    for event in events:
        if event.get("part", part) != part:
            continue
        if event["kind"] == "segment":
            found.unanswered += closed is not None
            closed = event["frame"]
        elif event["kind"] == "next" and not event["fallback"] and closed is not None:
            found.armed_ms.append((event["frame"] - closed) * 1000 / rate + event["decide_ms"])
            found.decide_ms.append(event["decide_ms"])
            closed = None
        elif event["kind"] == "sample":
            found.voices += 1
            found.fallbacks += bool(event["fallback"])
    found.unanswered += closed is not None
    return found


def run(context: Context) -> Iterator[Figure]:
    """Let the model answer a performer, minute by minute."""
    seconds = _QUICK_SECONDS if context.quick else 60 * context.minutes if context.minutes else _SECONDS
    take = perform(min(seconds, _SECONDS), RATE, 5)[0]
    rounds = max(1, round(seconds * RATE / len(take)))
    options = ("--player", "bank", "--set", f"player.model={default_export()}", "--osc-in", "0")
    with rig(context.scratch / "armed", demo_bank(), *options) as r:
        for k in range(rounds):
            context.say(f"{k + 1} of {rounds}: {len(take) / RATE:.0f} s of a performer, blocks of {BLOCK} …")
            r.play(take)
        session = r.end()
    yield from figures(read(session.events))
    blocks = r.next_block - 1
    yield Figure("blocks missed by livehost", session.missed(1, blocks), "count", "tail", note=f"of {blocks}")


def figures(found: Arming) -> Iterator[Figure]:
    """Give the figures of a session.

    Raises
    ------
    CannotRun
        Where the model decided nothing.
    """
    if not found.armed_ms:
        raise CannotRun("The model armed nothing: no heard segment was followed by a decision of its own.")
    times = np.array(found.armed_ms)
    note = f"{len(times)} segments, {found.unanswered} without a decision of its own"
    yield Figure("segment closed to armed median", float(np.median(times)), "ms", "tail", times, note=note)
    yield Figure("segment closed to armed p99", float(np.percentile(times, 99)), "ms", "tail", times)
    yield Figure("segment closed to armed max", float(times.max()), "ms", "tail")
    decide = np.array(found.decide_ms)
    yield Figure("decision median", float(np.median(decide)), "ms", "tail", decide, note="token, step, choice")
    note = f"of {found.voices} voices"
    yield Figure("fallbacks", found.fallbacks, "count", "tail", note=note)
    yield Figure("first answer after the first heard segment", float(times[0]), "ms", "tail", note="armed, and ready")
