"""Whether it answers itself: its output comes back into the microphone, in rooms of many kinds, a closed loop."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.feedback_loop import play_in_room
from livehost.bench.material import RATE, demo_bank
from livehost.bench.rooms import ROOMS, Room, alike
from livehost.bench.suite import Context, Figure
from livehost.synthesis.performer import perform
from livehost.synthesis.takes import make_take, match
from livehost.synthesis.wide import write_wide_bank

#: What plays into the microphone, and the frames of its onsets.
Music = tuple[np.ndarray, np.ndarray]

_ALIKE = tuple(alike(delay_ms, -12.0) for delay_ms in (5.0, 10.0, 20.0, 40.0))
_TOLERANCE_MS = 25.0
_KINDS = ("drums", "plucks", "mixed")
_LOUDEST_DB = 12.0


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
    """Compare a session in a room with the same one without.

    A voice is an answer to itself where the onset that it answers is none of the musician's.
    """
    answered = onsets(room, "sample")
    own = len(answered) - len(match(answered, truth, _TOLERANCE_MS * RATE / 1000))
    before = _hits(onsets(alone), truth)
    return Tally(len(answered), own, len(before), len(before - _hits(onsets(room), truth)))


def tally(take: Music, bank: Path, rooms: Sequence[Room]) -> Iterator[tuple[Room | None, Tally]]:
    """Play a take without a room (None), and then in each of some."""
    music, truth = take
    alone: dict[float, tuple[list[Mapping[str, Any]], np.ndarray]] = {}

    def without(gain_db: float) -> tuple[list[Mapping[str, Any]], np.ndarray]:
        if gain_db not in alone:
            alone[gain_db] = play_in_room(music, bank, {}, player__gain_db=gain_db)
        return alone[gain_db]

    yield None, count(truth, without(0.0)[0], without(0.0)[0])
    for room in rooms:
        gain_db = 0.0 if room.louder_db is None else louder(music, without(0.0)[1], room.louder_db)
        events, _ = play_in_room(music, bank, room.responses(RATE, len(music)), player__gain_db=gain_db)
        yield room, count(truth, without(gain_db)[0], events)


def louder(music: np.ndarray, played: np.ndarray, by_db: float) -> float:
    """Give the player's gain at which its peak stands so far above the musician's, dB."""
    return min(by_db - 20 * float(np.log10(np.abs(played).max() / np.abs(music).max())), _LOUDEST_DB)


def run(context: Context) -> Iterator[Figure]:
    """Play every take with every bank in every room."""
    seconds = 6.0 if context.quick else 15.0
    kinds = _KINDS[:2] if context.quick else _KINDS
    takes = [make_take(1, RATE, seconds, kind, level_db=-9.0, noise_db=-70.0) for kind in kinds]
    takes += [] if context.quick else [perform(2 * seconds, RATE, 1)]
    banks = [demo_bank(part) for part in ("drums", "strings")]
    alone, alike = _play_all(context, takes, banks, _ALIKE)
    note = f"of {alone.voices}"
    yield Figure("answers to nobody, without a room", alone.own_percent, "%", "exact", note=note)
    yield from _figures("answers to itself", alike, ", ms")
    yield from _figures("lost onsets", alike, ", ms")
    if not context.quick:
        takes = [make_take(1, RATE, seconds, kind, level_db=-13.0, noise_db=-70.0) for kind in _KINDS]
        takes.append(perform(seconds, RATE, 1))
        banks = [demo_bank("drums"), write_wide_bank(context.scratch / "wide", RATE)]
        _, apart = _play_all(context, takes, banks, ROOMS)
        yield from _figures("answers to itself", apart)
        yield from _figures("lost onsets", apart)


def _play_all(
    context: Context, takes: Sequence[Music], banks: Iterable[Path], rooms: Sequence[Room]
) -> tuple[Tally, dict[Room, Tally]]:
    """Add up all takes with all banks: without a room, and in each."""
    sums: dict[Room | None, Tally] = {room: Tally() for room in (None, *rooms)}
    for bank in banks:
        context.say(f"answering with {bank.name} …")
        for take in takes:
            for room, found in tally(take, bank, rooms):
                sums[room].add(found)
    return sums[None], {room: sums[room] for room in rooms}


def _figures(name: str, tallies: Mapping[Room, Tally], curve: str = "") -> Iterator[Figure]:
    own = name == "answers to itself"
    for room, found in tallies.items():
        value = found.own_percent if own else found.lost_percent
        note = f"{found.own} of {found.voices} voices" if own else f"{found.lost} of {found.without} onsets"
        x = {"x": room.ways[0][0].delay_ms, "curve": f"{name} by delay{curve}"} if curve else {}  # type: ignore[union-attr]
        yield Figure(f"{name}, {room.name}", value, "%", "exact", note=note, **x)  # type: ignore[arg-type]
