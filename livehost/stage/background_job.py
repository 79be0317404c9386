"""What takes long is done aside, one thing at a time: a disk that hangs holds up nobody."""

import threading
import time
from collections.abc import Callable

from livehost.errors import LivehostError
from livehost.stage.notices import Notices

#: How long a job goes on before another one goes ahead of it (a dead disk), s.
HUNG_S = 30.0

Fail = Callable[[str], None]


def ignore(_text: str) -> None:
    """Tell nobody."""


class Busy(LivehostError):  # noqa: N818  a circumstance
    """Something else is being loaded."""


class BackgroundJob:
    """Does one thing at a time; what hangs is given up when the next is asked for.

    Parameters
    ----------
    notices : Notices
        Gets the sentence about how each ended.
    held_up : callable
        Whether what the last job has asked for is still to come about, so that none may begin.
    background : bool
        Work in a thread; else it is done at once.
    """

    def __init__(self, notices: Notices, held_up: Callable[[], bool], *, background: bool) -> None:
        self._notices, self._held_up, self._background = notices, held_up, background
        self._lock = threading.Lock()
        self._newest = 0  # number of the newest job
        self._began: float | None = None  # since when it has been going on

    def begin(self, failure: str, work: Callable[[int], str], fail: Fail) -> None:
        """Have something done.

        Parameters
        ----------
        failure : str
            How a sentence begins that says what went wrong.
        work : callable
            Takes its number, gives the sentence to say when it is done.
        fail : callable
            Told what went wrong, perhaps from another thread.

        Raises
        ------
        Busy
            While something else is being done.
        """
        with self._lock:
            self._refuse()
            self._newest, self._began = self._newest + 1, time.monotonic()
            arguments = (self._newest, failure, work, fail)
        if self._background:
            threading.Thread(target=self._run, args=arguments, name="livehost hot swap", daemon=True).start()
        else:
            self._run(*arguments)

    def check_free(self) -> None:
        """Raise `Busy` where nothing can begin now."""
        with self._lock:
            self._refuse()

    def is_newest(self, job: int) -> bool:
        """Tell whether no other job has begun since that of this number."""
        return job == self._newest

    def _refuse(self) -> None:
        at_work = self._began is not None and time.monotonic() - self._began < HUNG_S
        if at_work or self._held_up():
            raise Busy("Another model, bank or context is being loaded; wait for it.", 2)

    def _run(self, job: int, failure: str, work: Callable[[int], str], fail: Fail) -> None:
        text = done = ""
        try:
            done = work(job)
        except LivehostError as error:
            text = f"{failure}: {error}"
        except Exception as error:  # whatever it was, the session goes on as it is
            text = f"{failure}: {type(error).__name__}: {error}."
        finally:
            with self._lock:
                if self.is_newest(job):  # before it is told: whoever hears of it may ask for the next
                    self._began = None
        if text:
            self._notices.say(text, "error")
            fail(text)
        else:
            self._notices.say(done)
