"""Threads that are watched: one that dies or hangs is noticed, told of, and started anew."""

import threading
import time
from collections.abc import Callable

#: A turn that takes longer has stalled.
STALL_S = 3.0


class Service:
    """Calls a function again and again on a thread of its own, until `stop`.

    An exception of the function does not end the thread: it is kept for `problem`, and the next turn comes.

    Parameters
    ----------
    name : str
        Name of the thread, and what a person reads where it fails.
    turn : callable
        Does what there is to do and returns well within `stall_s`; it may wait for work.
    every_s : float
        Pause between turns; 0 where `turn` waits by itself.
    stall_s : float
        A turn that takes longer is a stall.
    replace : bool
        Start another thread beside one that stalls. `turn` must bear that the old one is still in the middle of its
        turn; that one ends with it. False where a second thread would only hang at the same place.
    """

    def __init__(
        self,
        name: str,
        turn: Callable[[], None],
        *,
        every_s: float = 0.0,
        stall_s: float = STALL_S,
        replace: bool = True,
    ) -> None:
        self.name = name
        self._turn, self._every_s, self._stall_s, self._replace = turn, every_s, stall_s, replace
        self._stopping, self._woken = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._began = time.monotonic()
        self._fault = ""

    def start(self) -> None:
        """Start the thread."""
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._loop, name=f"livehost {self.name}", daemon=True)
        self._thread.start()

    def is_current(self) -> bool:
        """Tell the thread that asks whether it is still the one, and not replaced because it hung, or stopped."""
        return threading.current_thread() is self._thread and not self._stopping.is_set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called: a turn that waits for work should end."""
        return self._stopping.is_set()

    def pause(self, seconds: float) -> None:
        """Sleep in the middle of a turn, until it is stopped at the longest."""
        self._stopping.wait(seconds)

    def wait(self, seconds: float) -> None:
        """Sleep in the middle of a turn, until it is woken or stopped at the longest."""
        self._woken.wait(seconds)
        self._woken.clear()

    def wake(self) -> None:
        """End a `wait` that it is in, or the next one."""
        self._woken.set()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Have it end after the turn in hand; False where that did not come in time, and the thread is left alone."""
        self._stopping.set()
        self._woken.set()
        thread = self._thread
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def problem(self) -> str:
        """Say what is wrong with it, "" while all is well; a thread that died or stalls is started anew."""
        thread = self._thread
        if thread is None or self._stopping.is_set():
            return ""
        if not thread.is_alive():
            self.start()
            return f"The thread of {self.name} died and was started again{self._because()}."
        stalled_s = time.monotonic() - self._began
        if stalled_s > self._stall_s:
            if self._replace:
                self.start()
                return f"The thread of {self.name} hung for {stalled_s:.0f} s; another one goes on in its place."
            return f"The thread of {self.name} has hung for {stalled_s:.0f} s."
        fault, self._fault = self._fault, ""
        return f"A turn of {self.name} failed ({fault}); it goes on." if fault else ""

    def _because(self) -> str:
        fault, self._fault = self._fault, ""
        return f" ({fault})" if fault else ""

    def _loop(self) -> None:
        while self.is_current():
            self._began = time.monotonic()
            try:
                self._turn()
            except Exception as error:  # whatever it was, what comes next is still to be done
                self._fault = f"{type(error).__name__}: {error}"
                self._stopping.wait(0.01)  # a fault at every turn must not eat a processor
            if self._every_s:
                self._stopping.wait(self._every_s)
