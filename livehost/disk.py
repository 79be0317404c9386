"""How a disk does that something is written to for hours: what it refuses, and whether it answers at all."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from livehost.service import STALL_S

#: How long the end waits for a disk that does not answer.
CLOSE_S = 1.0
HANGS = "the disk does not answer"
SLOW = "the disk is too slow"


class DiskWatch:
    """Watches the calls to one disk, from any thread.

    Attributes
    ----------
    error : str
        Why the last call failed, "" where it did not.
    """

    def __init__(self) -> None:
        self.error = ""
        self._since: float | None = None
        self._answered = time.monotonic()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Watch a call that may hang or fail; an OSError is kept in `error` and goes no further."""
        self._since = time.monotonic()
        try:
            yield
            self.error = ""
        except OSError as error:
            self.error = error.strerror or str(error)
        finally:
            self._since = None
            self._answered = time.monotonic()

    @property
    def hangs(self) -> bool:
        """Whether a call is out for longer than any should be."""
        since = self._since
        return since is not None and time.monotonic() - since > STALL_S

    def problem(self, what: str) -> str:
        """Say what is wrong now with a file, "" while all is well."""
        if self.hangs:
            return f"The disk of {what} does not answer."
        return f"Writing to {what} fails ({self.error}); it goes on as soon as it can." if self.error else ""

    def wait(self, finished: threading.Event, since: float) -> bool:
        """Wait for `finished` as long as calls come back; False where none has for `CLOSE_S`, counted from `since`."""
        while (left := max(self._answered, since) + CLOSE_S - time.monotonic()) > 0:
            if finished.wait(left):
                return True
        return finished.is_set()
