"""Calls into a sound system that may never come back: a sound server that is frozen keeps its clients for ever."""

import atexit
import ctypes
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from livehost.errors import LivehostError

Result = TypeVar("Result")
#: How long a sound system may take to answer, s.
_ANSWER_S = 10.0


class Attempt(Generic[Result]):
    """Does something on a thread of its own, which is left alone where it hangs.

    Parameters
    ----------
    work : callable
        What may hang.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._results: list[Result] = []
        self._errors: list[BaseException] = []
        self._work, self._began = work, time.monotonic()
        self._thread = threading.Thread(target=self._run, name="livehost sound system", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has come back."""
        return not self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def result(self, within_s: float = 0.0) -> Result:
        """Give what came of it, or raise its exception.

        Raises
        ------
        TimeoutError
            Where it does not come back in time.
        """
        self._thread.join(within_s)
        if self._errors:
            raise self._errors[0]
        if not self._results:
            raise TimeoutError
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:
            self._errors.append(error)


def in_time(work: Callable[[], Result], seconds: float) -> Result:
    """Do something on a thread of its own and give its result; signals are taken meanwhile.

    Parameters
    ----------
    work : callable
        What may hang; its exceptions are raised here.
    seconds : float
        How long it is waited for; it is left alone then.

    Raises
    ------
    TimeoutError
        Where it does not come back in time.
    """
    return Attempt(work).result(seconds)


def ask(work: Callable[[], Result]) -> Result:
    """Have the sound system do something that it may never come back from: its server may be frozen.

    Raises
    ------
    LivehostError
        Where it does not answer.
    """
    try:
        return in_time(work, _ANSWER_S)
    except TimeoutError:
        leave_alone()
        raise LivehostError(
            f"The sound system has not answered for {_ANSWER_S:.0f} s: is its sound server (JACK, PipeWire) frozen?"
        ) from None


def leave_alone(*held: Any) -> None:
    """Keep what a stream that could not be closed may still know, to the last moment of the process.

    PortAudio is kept from being closed at the end, too: that would wait for ever, or fail an assertion.
    """
    for memory in held:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(memory))
    handler = getattr(sys.modules.get("sounddevice"), "_exit_handler", None)
    if handler is not None:
        atexit.unregister(handler)
