"""The transport: stopped, about to start, counting in or playing; and which beats of it are due."""

import math
from dataclasses import dataclass

#: A beat that is so close is reached, beats.
_REACHED = 1e-6
#: A beat that was so lately is still told of, where a source has just begun, beats.
_LATE = 0.25


@dataclass(frozen=True)
class Beat:
    """One beat.

    Attributes
    ----------
    number : int
        On the clock of beats.
    bar, beat : int
        Bar, from 1; the bars of the count-in are 0, −1 and so on. Beat of the bar, from 1.
    """

    number: int
    bar: int
    beat: int


class Transport:
    """Starts at a bar, counts in, plays, stops. Knows beats, and no time.

    Bars begin where the number of the beat can be divided by the quantum, as in Ableton Link.

    Parameters
    ----------
    quantum : int
        Beats of a bar.

    Attributes
    ----------
    state : str
        "stopped", "counting" (from the start asked for to the first bar) or "playing".
    start : int
        Beat at which the first bar begins, or began.
    """

    def __init__(self, quantum: int = 4) -> None:
        self.state, self.start = "stopped", 0
        self._quantum, self._next, self._first_bar, self._from = quantum, 0, 0, 1
        self._reached, self._song = 0.0, False

    def play(self, beat: float, countin: int = 0, *, again: bool = False) -> None:
        """Start at the next bar, behind a count-in; where it does already, nothing changes.

        Parameters
        ----------
        beat : float
            The present.
        countin : int
            Bars.
        again : bool
            Go on with the bar behind that in which it was stopped, instead of bar 1.
        """
        if self.state != "stopped":
            return
        self._begin(beat, countin, self._from if again else 1)

    def follow(self, beat: float, *, song: bool) -> None:
        """Play from now on, as a source does: from this bar on, or where the source counts from its song's beginning.

        Parameters
        ----------
        beat : float
            The present.
        song : bool
            Bar 1 begins at beat 0.
        """
        q, goes_on = self._quantum, song and self._song and abs(beat - self._reached) < 1
        first = math.ceil(beat - _LATE)
        self._first_bar, self._song = 0 if song else math.floor(beat / q + _REACHED), song
        self.start = self._first_bar * q
        self._next = max(first, self._next) if goes_on else first
        self._reached, self.state = beat, "playing"

    def stop(self) -> None:
        """Stop at once."""
        if self.state == "playing":
            self._from = max(1, self._bar(math.floor(self._reached)) + 1)
        self.state = "stopped"

    def set_quantum(self, quantum: int, beat: float) -> None:
        """Have other bars from here on; the number of the bar goes on from what it is."""
        if quantum == self._quantum:
            return
        bar, self._quantum = self._bar(math.floor(beat)), quantum
        if self.state == "counting":
            self._begin(beat, 0, 1)
        else:
            self._first_bar = math.floor(beat / quantum) - (bar - 1)

    def jump(self, before: float, beat: float) -> None:
        """Go on at another beat, where the source has jumped; the bars go on by number, those of a song jump along."""
        if self.state == "counting":
            self._begin(beat, max(0, self.start - self._next) // self._quantum, self._bar(self.start))
        elif self.state == "playing":
            if not self._song:
                bar = self._bar(math.floor(before))
                self._first_bar = math.floor(beat / self._quantum) - (bar - 1)
            self.start = min(self.start, math.floor(beat))
            self._next, self._reached = math.ceil(beat - _LATE), beat

    def due(self, beat: float) -> list[Beat]:
        """Give the beats that are reached by now, each once; of several that were missed, the last."""
        if self.state == "stopped":
            return []
        self._reached = beat
        newest = math.floor(beat + _REACHED)
        if newest < self._next:
            return []
        self._next = newest + 1
        if newest >= self.start:
            self.state = "playing"
        return [Beat(newest, self._bar(newest), newest % self._quantum + 1)]

    def next_beat(self) -> int | None:
        """Give the number of the next beat that will be due; None while it is stopped."""
        return None if self.state == "stopped" else self._next

    def position(self, beat: float) -> float:
        """Beats since bar 1; negative in the count-in."""
        return beat - self._first_bar * self._quantum

    def _begin(self, beat: float, countin: int, bar: int) -> None:
        bars, self._song = math.ceil(beat / self._quantum - _REACHED), False
        self._first_bar = bars + countin - (bar - 1)
        self.start = (bars + countin) * self._quantum
        self._next, self._reached = bars * self._quantum, beat
        self.state = "counting"

    def _bar(self, number: int) -> int:
        return number // self._quantum - self._first_bar + 1
