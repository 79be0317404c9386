"""Whether a model listens: one hand is heard, the other is to be played.

By likelihood: the true answer, where the hand that belongs to it is heard, and where that of another piece is. In the
closed loop: the model plays, and the pitch classes of what it plays are compared with those of what was heard in the
last seconds, and with those of another piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.performance import condition as asked
from livehost.performance.condition import condition, histogram_of
from livehost.performance.notes import between
from livehost.performance.stream import OWN, decode, encode
from livehost.performance.vocabulary import NOTE_OFF, STEP_S
from livehost.studio.performance_rnn.choose import Choice, log_probabilities
from livehost.studio.performance_rnn.dataset import Performance
from livehost.studio.performance_rnn.improvise import Ask, Line, acts_of, improvise
from livehost.studio.performance_rnn.steps import Model

#: Length of what is heard, and of what an answer is compared with, seconds.
HEARD_S, WITHIN_S = 30.0, 4.0
FOLLOWS = (0.0, 0.5, 1.0)
#: An answer is compared wherever so many notes of each side are there.
_FEWEST = 3


@dataclass(frozen=True)
class Case:
    """A stretch of a held-out piece, in two hands, and a hand of another one.

    Attributes
    ----------
    own, heard, other : numpy.ndarray
        `NOTE` [notes], from 0 s on.
    """

    own: np.ndarray
    heard: np.ndarray
    other: np.ndarray


def cases(performances: Sequence[Performance], count: int, seconds: float = HEARD_S, seed: int = 0) -> list[Case]:
    """Cut stretches out of different pieces, and give each one the hand of the next piece besides its own."""
    rng = np.random.default_rng(seed)
    pieces: dict[str, Performance] = {}
    for p in performances:
        pieces.setdefault(p.piece, p)
    chosen = list(pieces.values())
    cut = [_stretch(chosen[k % len(chosen)], seconds, rng) for k in range(count if len(chosen) > 1 else 0)]
    return [Case(own, heard, cut[(k + 1) % len(cut)][1]) for k, (own, heard) in enumerate(cut)]


def _stretch(p: Performance, seconds: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Cut a stretch out of a performance: the hand that is played, and the one that is heard."""
    start = float(rng.uniform(0, max(p.seconds - seconds, 0.0)))
    which = rng.random() < 0.5
    hands = []
    for hand in (p.right if which else ~p.right, ~p.right if which else p.right):
        notes = between(p.notes[hand], start, start + seconds).copy()
        notes["start_s"] -= start
        notes["end_s"] = np.minimum(notes["end_s"] - start, seconds + 1.0)
        hands.append(notes)
    return hands[0], hands[1]


def nats_of_answer(model: Model, case: Case, heard: np.ndarray) -> tuple[float, float, int, int]:
    """Sum up -log p of the true answer: of all of its events, of its note-ons, and how many of each there are."""
    stream = encode(case.own, heard)
    if len(stream) < 2:
        return 0.0, 0.0, 0, 0
    nothing = np.zeros((len(stream), asked.SIZE), np.float32)
    nats = -log_probabilities(model.run(stream.events, stream.sources, nothing))
    nats = nats[np.arange(len(stream)), np.maximum(stream.targets, 0)][:-1]
    due = stream.sources[1:] == OWN  # where its own event follows; what it would do later is not counted
    strikes = due & (stream.targets[:-1] < NOTE_OFF)
    return float(nats[due].sum()), float(nats[strikes].sum()), len(encode(case.own)), int(strikes.sum())


@dataclass(frozen=True)
class Listening:
    """Nats of the true answer with its own hand heard, and with another piece's.

    Attributes
    ----------
    method : str
    nats, nats_other : float
        Per event of the answer.
    notes, notes_other : float
        Per note-on of the answer.
    """

    method: str
    nats: float
    nats_other: float
    notes: float
    notes_other: float

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {**vars(self), "gain": self.nats_other - self.nats, "gain_notes": self.notes_other - self.notes}


def listening(model: Model, asked_about: Sequence[Case]) -> Listening:
    """Ask a model about true answers."""
    true, other = (
        np.sum([nats_of_answer(model, case, heard) for case, heard in pairs], axis=0)
        for pairs in ([(c, c.heard) for c in asked_about], [(c, c.other) for c in asked_about])
    )
    return Listening(model.name, true[0] / true[2], other[0] / other[2], true[1] / true[3], other[1] / other[3])


@dataclass(frozen=True)
class Agreement:
    """Pitch classes of answers in the closed loop.

    Attributes
    ----------
    follow : float
    heard, other : float
        Mean cosine with what was heard in the last 4 s, and with another piece's.
    notes_per_second, heard_per_second : float
    """

    follow: float
    heard: float
    other: float
    notes_per_second: float
    heard_per_second: float

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {**vars(self), "gain": self.heard - self.other}


def ask_to_follow(heard: np.ndarray, follow: float) -> Ask:
    """Ask for the pitch classes and the density of what was heard in the last seconds, as far as is to be followed.

    The rest of the histogram is even; where nothing was heard, or nothing is to be followed, nothing is asked.
    """

    def ask(line: Line) -> np.ndarray:
        now = line.now * STEP_S
        last = between(heard, now - WITHIN_S, now)
        if not len(last) or follow <= 0:
            return np.zeros(asked.SIZE, np.float32)
        histogram = follow * histogram_of(last["pitch"]) + (1 - follow) / 12
        return condition(histogram, len(last) / min(WITHIN_S, max(now, 1.0)))

    return ask


def agreement(model: Model, asked_about: Sequence[Case], follow: float, choice: Choice, seed: int = 0) -> Agreement:
    """Let a model answer what is heard, and compare."""
    heard: list[float] = []
    other: list[float] = []
    played = 0
    lines = [Line(acts_of(encode(case.heard)), round(HEARD_S / STEP_S)) for case in asked_about]
    asks = {id(line): ask_to_follow(case.heard, follow) for line, case in zip(lines, asked_about, strict=True)}
    improvise(model.lines(len(lines)), lines, lambda line: asks[id(line)](line), choice, seed)
    for line, case in zip(lines, asked_about, strict=True):
        own = decode(line.events, line.sources, OWN)
        played += len(own)
        for now in np.arange(WITHIN_S, HEARD_S, 1.0):
            mine = between(own, now, now + 1.0)
            for found, notes in ((heard, case.heard), (other, case.other)):
                last = between(notes, now - WITHIN_S, now)
                if len(mine) >= _FEWEST and len(last) >= _FEWEST:
                    found.append(cosine(histogram_of(mine["pitch"]), histogram_of(last["pitch"])))
    given = sum(len(case.heard) for case in asked_about)
    seconds = HEARD_S * max(len(asked_about), 1)
    return Agreement(
        follow, float(np.mean(heard or [np.nan])), float(np.mean(other or [np.nan])), played / seconds, given / seconds
    )  # fmt: skip


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Compute the cosine of the angle between two vectors that are not 0."""
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))
