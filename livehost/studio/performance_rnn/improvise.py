"""Lets a model play, event by event, with what it hears: the loop of a performance, offline, several lines at once.

A time-shift within which the musician plays is cut short: the part that has gone by is fed, then what was heard, and
the model is asked again; so it was trained, and so a player does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from livehost.performance import condition as asked
from livehost.performance.stream import HEARD, OWN, Stream
from livehost.performance.vocabulary import (
    LONGEST_STEPS,
    NOTE_OFF,
    NOTE_ON,
    STEP_S,
    TIME_SHIFT,
    VELOCITY,
    shift_of,
    shift_steps,
)
from livehost.studio.performance_rnn.choose import Choice
from livehost.studio.performance_rnn.steps import Lines

#: Most notes of its own that sound at once, and longest one, seconds.
POLYPHONY, MAX_NOTE_S = 16, 8.0
#: Takes a line, gives what is asked of it now, float32 [15].
Ask = Callable[["Line"], np.ndarray]


def ask_nothing(_line: "Line") -> np.ndarray:
    """Ask for nothing."""
    return np.zeros(asked.SIZE, np.float32)


@dataclass
class Line:
    """One line that is played.

    Attributes
    ----------
    heard : list of (int, int)
        What the musician does: step and event (no time-shift), in order.
    end : int
        Step at which it is over.
    events, sources : list of int
        All that has been fed to the model, in order.
    now : int
        Step.
    sounding : dict of int to int
        Own pitch → step at which it was struck.
    begin : int
        Step at which its own playing begins, behind what has been before.
    """

    heard: Sequence[tuple[int, int]]
    end: int
    events: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    now: int = 0
    sounding: dict[int, int] = field(default_factory=dict)
    next_heard: int = 0
    begin: int = 0
    _waiting: list[tuple[int, int]] = field(default_factory=list)
    _velocity_set: bool = False

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.now >= self.end

    @property
    def waiting(self) -> bool:
        """Whether something that has been before is still to be fed."""
        return bool(self._waiting)

    def possible(self) -> np.ndarray:
        """Tell what it can do now, bool [388]: release what sounds, strike what does not, wait.

        A note lasts a step at least, as in the vocabulary; so time goes on, whatever a model likes.
        """
        can = np.ones(VELOCITY + 32, bool)
        can[NOTE_OFF:TIME_SHIFT] = False
        for pitch, struck in self.sounding.items():
            can[NOTE_ON + pitch], can[NOTE_OFF + pitch] = False, struck < self.now
        if len(self.sounding) >= POLYPHONY:
            can[NOTE_ON:NOTE_OFF] = False
        if self._velocity_set:  # it is followed by a note
            can[VELOCITY:] = False
        return can

    def heard_now(self) -> tuple[int, int] | None:
        """Give what must be fed before the model may choose; None where nothing."""
        if self._waiting:
            return self._waiting.pop(0)
        if self.next_heard < len(self.heard) and self.heard[self.next_heard][0] <= self.now:
            self.next_heard += 1
            return self.heard[self.next_heard - 1][1], HEARD
        return None

    def choose(self, event: int) -> tuple[int, int]:
        """Take the model's choice; gives the event and source that are fed, which is less where it is cut short."""
        if event < TIME_SHIFT or event >= VELOCITY:
            return event, OWN
        wait, source = shift_steps(event), OWN
        oldest = min(self.sounding.values(), default=self.now) + round(MAX_NOTE_S / STEP_S)
        if self.sounding and oldest <= self.now + wait:
            pitch = min(self.sounding, key=lambda p: self.sounding[p])
            if oldest <= self.now:
                return NOTE_OFF + pitch, OWN
            wait = oldest - self.now
        if self.next_heard < len(self.heard) and self.heard[self.next_heard][0] < self.now + wait:
            wait, source = self.heard[self.next_heard][0] - self.now, HEARD
        return shift_of(wait), source

    def feed(self, event: int, source: int) -> None:
        """Note what is fed to the model."""
        self.events.append(event)
        self.sources.append(source)
        if TIME_SHIFT <= event < VELOCITY:
            self.now += shift_steps(event)
        elif source == OWN and event < NOTE_OFF:
            self.sounding[event - NOTE_ON] = self.now
        elif source == OWN and event < TIME_SHIFT:
            self.sounding.pop(event - NOTE_OFF, None)
        if source == OWN:
            self._velocity_set = event >= VELOCITY

    def prime(self, events: Sequence[int], sources: Sequence[int]) -> None:
        """Feed what has been before, ahead of everything else; what is heard and the end come later by as much."""
        self._waiting += zip((int(e) for e in events), (int(s) for s in sources), strict=True)
        self.begin = sum(shift_steps(int(e)) for e in events if TIME_SHIFT <= e < VELOCITY)
        self.heard = [(step + self.begin, event) for step, event in self.heard]
        self.end += self.begin


def acts_of(stream: Stream) -> list[tuple[int, int]]:
    """List the events of a stream that are no time-shifts, with their steps: what is heard."""
    acts = (stream.events < TIME_SHIFT) | (stream.events >= VELOCITY)
    return list(zip(stream.steps[acts].tolist(), stream.events[acts].tolist(), strict=True))


def improvise(
    model: Lines, lines: Sequence[Line], ask: Ask, choice: Choice, seed: int = 0, most: int = 200_000
) -> None:
    """Play lines to their ends.

    Parameters
    ----------
    model : Lines
        As many as there are lines; they know nothing yet.
    lines : sequence of Line
        Filled in place.
    ask : callable
    choice : Choice
    seed : int
        Of all choices.
    most : int
        Steps at most.
    """
    rngs = [np.random.default_rng([seed, k]) for k in range(len(lines))]
    logits: list[np.ndarray | None] = [None] * len(lines)
    for _ in range(most):
        if all(line.over and not line.waiting for line in lines):
            return
        events, sources = np.full(len(lines), TIME_SHIFT + LONGEST_STEPS - 1), np.zeros(len(lines), np.int64)
        conditions = np.stack([ask(line) for line in lines])
        for k, line in enumerate(lines):
            if line.over and not line.waiting:
                continue
            given = line.heard_now()
            if given is None:
                known = logits[k]
                event = shift_of(1) if known is None else choice.of(np.where(line.possible(), known, -np.inf), rngs[k])
                given = line.choose(event)
            events[k], sources[k] = given
            line.feed(*given)
        found = model.step(events, sources, conditions)
        logits = list(asked.helped(found, conditions))
