"""Whether it answers itself: its output comes back into the microphone at −12 dB, 5 to 40 ms later, a closed loop."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.bench.feedback_loop import play_in_room
from livehost.bench.material import RATE, demo_bank
from livehost.bench.suite import Context, Figure
from livehost.synthesis.performer import perform
from livehost.synthesis.takes import make_take, match

_GAIN_DB = -12.0
_DELAYS_MS = (5.0, 10.0, 20.0, 40.0)
_TOLERANCE_MS = 25.0
_NOTHING_DB = -200.0
_PARTS = ("drums", "strings")
_KINDS = ("drums", "plucks", "mixed")


@dataclass
class Tally:
    """Voices, those of them that answer no onset of the musician, and onsets with and without the room."""

    voices: int = 0
    own: int = 0
    without: int = 0
    lost: int = 0

    def add(self, other: "Tally") -> None:
        """Add the counts of another one."""
        self.voices, self.own = self.voices + other.voices, self.own + other.own
        self.without, self.lost = self.without + other.without, self.lost + other.lost

    @property
    def own_percent(self) -> float:
        """Share of the voices that are answers to itself, %."""
        return 100 * self.own / max(self.voices, 1)

    @property
    def lost_percent(self) -> float:
        """Share of the onsets heard without the room that are lost in it, %."""
        return 100 * self.lost / max(self.without, 1)


def onsets(events: Sequence[Mapping[str, Any]], kind: str = "onset") -> np.ndarray:
    """Onset frames of all events of a kind, ascending; of `sample`, those of answers."""
    rows = [e["onset_frame"] for e in events if e["kind"] == kind and e.get("reason", "answer") == "answer"]
    return np.array(sorted(rows), np.int64)


def _hits(found: np.ndarray, truth: np.ndarray) -> set[int]:
    return {j for _, j in match(found, truth, _TOLERANCE_MS * RATE / 1000)}


def count(truth: np.ndarray, alone: Sequence[Mapping[str, Any]], room: Sequence[Mapping[str, Any]]) -> Tally:
    """Compare an evening in a room with the same one without.

    A voice is an answer to itself where the onset that it answers is none of the musician's.
    """
    answered = onsets(room, "sample")
    own = len(answered) - len(match(answered, truth, _TOLERANCE_MS * RATE / 1000))
    before = _hits(onsets(alone), truth)
    return Tally(len(answered), own, len(before), len(before - _hits(onsets(room), truth)))


def run(context: Context) -> Iterator[Figure]:
    """Play every take with every bank, at every delay."""
    seeds, seconds = ((1,), 10.0) if context.quick else ((1, 2), 15.0)
    kinds = _KINDS[:2] if context.quick else _KINDS
    takes = [make_take(seed, RATE, seconds, kind, level_db=-9.0, noise_db=-70.0) for kind in kinds for seed in seeds]
    takes += [] if context.quick else [perform(2 * seconds, RATE, seed) for seed in seeds]
    tallies = {delay: Tally() for delay in _DELAYS_MS}
    stray = voices = 0
    for part in _PARTS:
        context.say(f"answering with {part} …")
        for take, truth in takes:
            alone, _ = play_in_room(take, demo_bank(part), gain_db=_NOTHING_DB, delay_ms=_DELAYS_MS[0])
            plain = count(truth, alone, alone)
            stray, voices = stray + plain.own, voices + plain.voices
            for delay, tally in tallies.items():
                room, _ = play_in_room(take, demo_bank(part), gain_db=_GAIN_DB, delay_ms=delay)
                tally.add(count(truth, alone, room))
    yield Figure("answers to nobody, without a room", 100 * stray / max(voices, 1), "%", "exact", note=f"of {voices}")
    for delay, tally in tallies.items():
        x = {"x": delay, "curve": "answers to itself by delay, ms"}
        note = f"{tally.own} of {tally.voices} voices"
        yield Figure(f"answers to itself, {delay:g} ms", tally.own_percent, "%", "exact", note=note, **x)  # type: ignore[arg-type]
    for delay, tally in tallies.items():
        x = {"x": delay, "curve": "lost onsets by delay, ms"}
        note = f"{tally.lost} of {tally.without} onsets"
        yield Figure(f"lost onsets, {delay:g} ms", tally.lost_percent, "%", "exact", note=note, **x)  # type: ignore[arg-type]
