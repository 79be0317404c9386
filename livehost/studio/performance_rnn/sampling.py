"""Training sequences: stretches of performances, alone or with one who is heard, as on stage.

What is heard comes late, as it does where the own line is made ahead; the own line is partly wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.performance import condition as asked
from livehost.performance.notes import NOTE
from livehost.performance.stream import NO_TARGET, encode
from livehost.studio.performance_rnn.ask import AHEAD_S, conditions_of
from livehost.studio.performance_rnn.dataset import Performance
from livehost.studio.performance_rnn.own_line import own_strikes, play_instead

#: How a performance is parted: all is played, one hand is heard, phrases are heard in turn.
WHOLE, HANDS, PHRASES = "whole", "hands", "phrases"
_SHARES = {WHOLE: 0.4, HANDS: 0.4, PHRASES: 0.2}
#: Notes that surely hold so many events.
_NOTES_AN_EVENT = 1 / 2.5
#: Semitones, log of the tempo, steps of velocity.
_TRANSPOSED, _STRETCHED, _LOUDER = 6, 0.12, 12
#: Seconds of a phrase, and by how much what is heard may come late.
_PHRASE_S, _LATE_S = (1.0, 8.0), 0.5
#: How often a sequence is asked for something of each kind; has wrong notes, how many at most; is sampled anew.
_ASKED, _SPOILT, _WRONG, _SAMPLED = 0.5, 0.5, 0.08, 0.12


class Batch(NamedTuple):
    """Sequences side by side.

    Attributes
    ----------
    events, sources, targets : Tensor of int64 [batch, steps]
        Padded at their ends, with `NO_TARGET`.
    conditions : Tensor [batch, steps, 15]
    sampled : Tensor of bool [batch]
        Whose own lines the model is to play itself in parts.
    """

    events: Tensor
    sources: Tensor
    targets: Tensor
    conditions: Tensor
    sampled: Tensor


@dataclass(frozen=True)
class Stretch:
    """One sequence; see `Batch`."""

    events: np.ndarray
    sources: np.ndarray
    targets: np.ndarray
    conditions: np.ndarray
    sampled: bool = False


def collate(sequences: Sequence[Stretch], length: int) -> Batch:
    """Put sequences side by side, padded to a length."""
    events, sources, targets = (np.zeros((len(sequences), length), np.int64) for _ in range(3))
    conditions = np.zeros((len(sequences), length, asked.SIZE), np.float32)
    targets[:] = NO_TARGET
    for row, s in enumerate(sequences):
        size = min(len(s.events), length)
        events[row, :size], sources[row, :size], targets[row, :size] = (
            s.events[:size],
            s.sources[:size],
            s.targets[:size],
        )
        conditions[row, :size] = s.conditions[:size]
    flags = torch.tensor([s.sampled for s in sequences])
    made = [torch.from_numpy(x) for x in (events, sources, targets, conditions)]
    return Batch(made[0], made[1], made[2], made[3], flags)


def part(notes: np.ndarray, right: np.ndarray, how: str, rng: np.random.Generator) -> np.ndarray:
    """Tell which notes are heard, bool [notes]."""
    if how == HANDS:
        return right if rng.random() < 0.5 else ~right
    heard = np.zeros(len(notes), bool)
    if how == PHRASES and len(notes):
        now, listens = float(notes["start_s"][0]), rng.random() < 0.5
        while now <= notes["start_s"][-1]:
            end = now + rng.uniform(*_PHRASE_S)
            heard[slice(*np.searchsorted(notes["start_s"], (now, end)))] = listens
            now, listens = end, not listens
    return heard


def sequence(
    notes: np.ndarray, heard: np.ndarray, length: int, *, late_s: float = 0.0, ahead_s: float = np.inf,
    histogram: bool = False, density: bool = False, power: float = 1.0,
) -> Stretch:  # fmt: skip
    """Make a sequence of notes, the first of which begins at once.

    Parameters
    ----------
    notes : numpy.ndarray
        `NOTE` [notes], sorted.
    heard : numpy.ndarray
        Bool [notes].
    length : int
        Events at most.
    late_s : float
        By how much what is heard comes late.
    ahead_s, histogram, density, power
        As for `conditions_of`.
    """
    first = float(notes["start_s"].min(initial=np.inf)) if len(notes) else 0.0
    moved = notes.copy()
    moved["start_s"] -= first
    moved["end_s"] -= first
    own, theirs = moved[~heard], moved[heard]
    end_s = float(moved["start_s"].max(initial=0.0))
    theirs["start_s"] += late_s
    theirs["end_s"] += late_s
    stream = encode(own, theirs)
    conditions = conditions_of(stream, own, end_s, ahead_s, histogram=histogram, density=density, power=power)
    return Stretch(
        stream.events[:length], stream.sources[:length], stream.targets[:length].copy(), conditions[:length]
    )  # fmt: skip


class Sampler:
    """Draws training sequences.

    Parameters
    ----------
    performances : sequence of Performance
        Drawn by how many notes they have.
    seed, rank : int
        All follows from these and the number of the batch.
    batch, length : int
        Sequences of a batch, and events of a sequence.
    """

    def __init__(self, performances: Sequence[Performance], seed: int, rank: int, *, batch: int, length: int) -> None:
        self.performances = performances
        self._seed, self._rank, self._batch, self.length = seed, rank, batch, length
        counts = np.array([len(p.notes) for p in performances], np.float64)
        self._shares = counts / counts.sum()

    def batch(self, number: int) -> Batch:
        """Draw batch `number`."""
        rng = np.random.default_rng([self._seed, self._rank, number])
        drawn = rng.choice(len(self.performances), self._batch, p=self._shares)
        return collate([self._draw(self.performances[at], rng) for at in drawn], self.length)

    def _draw(self, performance: Performance, rng: np.random.Generator) -> Stretch:
        """Cut a stretch out of a performance, change it, part it, ask for something, and spoil it."""
        count = int(self.length * _NOTES_AN_EVENT)
        first = int(rng.integers(max(len(performance.notes) - count // 2, 1)))
        notes = performance.notes[first : first + count].copy()
        right = performance.right[first : first + count]
        notes, right = vary(notes, right, rng)
        how = str(rng.choice(list(_SHARES), p=list(_SHARES.values())))
        heard = part(notes, right, how, rng)
        late = rng.uniform(0.0, _LATE_S) if rng.random() < 0.5 else 0.0
        histogram, density = rng.random(2) < _ASKED
        made = sequence(
            notes, heard, self.length, late_s=late, ahead_s=float(rng.choice(AHEAD_S)), histogram=bool(histogram),
            density=bool(density), power=float(rng.uniform(0, 1.2)),
        )  # fmt: skip
        if rng.random() < _SPOILT:
            spoil(made, rng.uniform(0, _WRONG), rng)
        return Stretch(
            made.events, made.sources, made.targets, made.conditions, sampled=bool(rng.random() < _SAMPLED)
        )  # fmt: skip


def vary(notes: np.ndarray, right: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Transpose, stretch and weigh notes by chance; what leaves the keyboard is left out."""
    varied = notes.astype(NOTE)
    varied["pitch"] += rng.integers(-_TRANSPOSED + 1, _TRANSPOSED + 1)
    stretch = np.exp(rng.uniform(-_STRETCHED, _STRETCHED))
    varied["start_s"] *= stretch
    varied["end_s"] *= stretch
    varied["velocity"] = np.clip(varied["velocity"] + rng.integers(-_LOUDER, _LOUDER + 1), 1, 127)
    kept = (varied["pitch"] >= 0) & (varied["pitch"] <= 127)
    return varied[kept], right[kept]


def spoil(made: Stretch, share: float, rng: np.random.Generator) -> None:
    """Play a share of the own notes wrong, by up to an octave, in place."""
    strikes = own_strikes(made.events, made.sources)
    for at in strikes[rng.random(len(strikes)) < share]:
        pitch = int(made.events[at]) + int(rng.integers(-12, 13))
        play_instead(made.events, made.sources, made.targets, int(at), int(np.clip(pitch, 0, 127)))
