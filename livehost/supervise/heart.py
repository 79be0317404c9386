"""The heartbeat that a supervised livehost sends: from a thread of ordinary Python, with the clocks of all others."""

import os
from collections.abc import Callable
from pathlib import Path

from livehost.service import Service
from livehost.supervise.link import STARTING, Beat

#: How often it beats, s.
EVERY_S = 0.25
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
#: User and system time in /proc/PID/task/TID/stat, counted behind the command's name.
_USER, _SYSTEM = 11, 12


def thread_busy_ms(tid: int) -> int:
    """Processor time of a thread of this process, ms; -1 where it is not known."""
    try:
        stat = Path(f"/proc/self/task/{tid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(stat[_USER]) + int(stat[_SYSTEM])) * 1000 // _TICKS
    except (OSError, ValueError, IndexError):
        return -1


class Heart:
    """Beats through a pipe, as long as there is a supervisor at its other end.

    Parameters
    ----------
    handle : int
        File descriptor of the pipe.

    Attributes
    ----------
    orphaned : bool
        Whether the supervisor is gone.
    service : Service
        Its thread, to be watched.
    """

    def __init__(self, handle: int) -> None:
        self._phase, self._turns, self.orphaned = STARTING, 0, False
        self._handle = handle
        self._clocks: Callable[[], tuple[int, int, int]] = lambda: (0, -1, 0)
        os.set_inheritable(handle, False)
        os.set_blocking(handle, False)
        self.service = Service("heartbeat", self._turn, every_s=EVERY_S)

    def start(self) -> None:
        """Begin to beat."""
        self.service.start()

    def show(self, clocks: Callable[[], tuple[int, int, int]]) -> None:
        """Send, from now on, the clocks that `clocks()` gives: blocks, busy time (ms) and the worker's frame."""
        self._clocks = clocks

    def enter(self, phase: int) -> None:
        """Be in another phase (see `livehost.supervise.link`), and tell it at once."""
        self._phase = phase
        self.beat()

    def turn(self) -> None:
        """Count a turn of the main thread's loop."""
        self._turns += 1

    def beat(self) -> None:
        """Send one beat; nothing where the pipe is full, or nobody is there any more."""
        try:
            os.write(self._handle, Beat(self._phase, self._turns, *self._clocks()).pack())
        except BlockingIOError:
            pass
        except OSError:
            self.orphaned = True

    def _turn(self) -> None:
        if self.orphaned:
            self.service.pause(1.0)
        else:
            self.beat()
