"""What a supervisor does when a livehost has ended: let it be, start it again, or begin failsafe."""

import signal
from collections import deque
from dataclasses import dataclass

from livehost.supervise.link import BY_FORCE, FAULT

#: So many crashes within so many seconds: the next start is failsafe.
CRASHES, WITHIN_S = 3, 60.0
#: Pauses before a start that follows on crashes or failed starts, s: from the first, doubled up to the last.
PAUSE_S, LONGEST_S = 0.5, 8.0


@dataclass(frozen=True)
class Ended:
    """How a livehost ended.

    Attributes
    ----------
    code : int
        Exit status, negative for the signal that killed it.
    played : bool
        Whether it had come as far as to play.
    hung : str
        What hung, where it had to be killed for it.
    """

    code: int
    played: bool
    hung: str = ""

    @property
    def crashed(self) -> bool:
        """Whether it did not end of its own accord."""
        return bool(self.hung) or self.code < 0 or self.code in (FAULT, BY_FORCE)

    def sentence(self) -> str:
        """Say what became of it."""
        if self.hung:
            return f"livehost hung: {self.hung}"
        if self.code < 0:
            return f"livehost was killed by {_signal(-self.code)}"
        if self.code == FAULT:
            return "livehost ended by a fault of its own"
        return f"livehost ended with exit status {self.code}"


@dataclass(frozen=True)
class Next:
    """What comes next.

    Attributes
    ----------
    start : bool
        Whether it is started again; else the supervisor ends.
    failsafe : bool
        Whether that start is failsafe.
    pause_s : float
        How long before.
    """

    start: bool
    failsafe: bool = False
    pause_s: float = 0.0


def _signal(number: int) -> str:
    try:
        return f"signal {number} ({signal.Signals(number).name})"
    except ValueError:
        return f"signal {number}"


class Restarts:
    """Counts crashes and failed starts, and decides."""

    def __init__(self) -> None:
        self._crashes: deque[float] = deque(maxlen=CRASHES)
        self._ever_played = self._failsafe = False
        self._failed = 0  # starts in a row that did not come as far as to play

    def after(self, ended: Ended, now: float) -> Next:
        """Decide what comes after an end that nobody asked for.

        An end of its own accord (a session that is over, settings that do not fit, a sound card that is lost where
        `audio.on_loss` is "exit") is an end. A crash is not, nor is a start that fails after one: something may be in
        the way for a while, or in the state that it goes on from; so every other such start is failsafe in the end.
        Where nothing has ever played, and failsafe does not either, it is given up.
        """
        self._ever_played |= ended.played
        if not ended.crashed and (ended.played or not self._ever_played):
            return Next(start=False)
        self._failed = 0 if ended.played else self._failed + 1
        if ended.crashed:
            self._crashes.append(now)
        if not self._ever_played and self._failsafe:
            return Next(start=False)
        often = len(self._crashes) == CRASHES and now - self._crashes[0] <= WITHIN_S
        doubled = max(self._failed - 1, 0) + (CRASHES if often and self._failsafe else 0)
        self._failsafe |= often
        pause_s = min(PAUSE_S * 2 ** (doubled - 1), LONGEST_S) if doubled else 0.0
        by_turns = self._failed >= CRASHES and self._failed % 2 == 1
        return Next(start=True, failsafe=self._failsafe or by_turns, pause_s=pause_s)
