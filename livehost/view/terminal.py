"""Writing to a terminal, a pipe or a file that may not be read, or be full: nobody waits for it.

What is printed goes through a queue to a thread of its own. Where that does not keep up, lines are dropped and counted,
and what stands in their place says so.
"""

import errno
import os
import queue
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from rich.console import Console

#: Pieces of text that may wait.
MOST = 4096
#: How long the end waits for what is still to be written, and how soon a full disk is tried again, s.
PATIENCE_S, AGAIN_S = 1.0, 1.0
_PAUSE_S = 0.05


class BackgroundWriter:
    """A text stream that never blocks: what is written to it is written to a file descriptor by a thread.

    Parameters
    ----------
    handle : int
        File descriptor.
    encoding : str
        Of the text.
    terminal : bool
        What `isatty` answers.

    Attributes
    ----------
    dropped : int
        Lines that were not written.
    """

    def __init__(self, handle: int, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        self.encoding, self.dropped = encoding, 0
        self._hurry: Callable[[], bool] = lambda: True
        # its own: what is left alone at the end must not write to what has this number then
        self._handle, self._terminal = os.dup(handle), terminal
        self._untold = 0
        self._queue: queue.Queue[bytes | None] = queue.Queue(MOST)
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="livehost terminal", daemon=True)
        self._thread.start()

    def hurry_when(self, hurry: Callable[[], bool]) -> None:
        """Have text that finds the queue full dropped where `hurry()` holds, as it is at first; else it waits."""
        self._hurry = hurry

    def write(self, text: str) -> int:
        """Have text written; gives its length."""
        data = text.encode(self.encoding, "replace")
        while data and not self._closed:
            try:
                self._queue.put(data, block=not self._hurry(), timeout=_PAUSE_S)
                break
            except queue.Full:
                if self._hurry():
                    self._drop(data)
                    break
        return len(text)

    def flush(self) -> None:
        """Do nothing: text is on its way."""

    def isatty(self) -> bool:
        """Whether a person looks at it."""
        return self._terminal

    def fileno(self) -> int:
        """Give the file descriptor."""
        return self._handle

    @property
    def idle(self) -> bool:
        """Whether all text is written."""
        return self._queue.empty()

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """Wait for what is still to be written, but not for long."""
        with suppress(queue.Full):
            self._queue.put(None, timeout=patience_s)
        self._closed = True
        self._thread.join(patience_s)

    def _run(self) -> None:
        while (data := self._queue.get()) is not None:
            lost = self._untold
            if lost and self._put(f"({lost} lines were not printed: nobody took them.)\n".encode(self.encoding)):
                self._untold -= lost
            if not self._put(data):
                self._drop(data)
        os.close(self._handle)

    def _drop(self, data: bytes) -> None:
        lines = max(1, data.count(b"\n"))
        self.dropped += lines
        self._untold += lines

    def _put(self, data: bytes) -> bool:
        """Write all of it; False where it cannot be written."""
        while data:
            try:
                data = data[os.write(self._handle, data) :]
            except BlockingIOError:
                select.select([], [self._handle], [], AGAIN_S)
            except InterruptedError:
                continue
            except OSError as error:
                self._closed = error.errno == errno.EPIPE  # whoever read has gone for good; a full disk may get room
                return False
        return True


@contextmanager
def in_background(console: Console) -> Iterator[BackgroundWriter | None]:
    """Have a console write by a thread of its own, as long as the block lasts; None where it is no real file."""
    stream: Any = console.file
    try:
        handle = stream.fileno()
        stream.flush()
    except (OSError, ValueError, AttributeError):
        yield None
        return
    writer = BackgroundWriter(handle, getattr(stream, "encoding", None) or "utf-8", terminal=stream.isatty())
    console.file = writer  # type: ignore[assignment]
    try:
        yield writer
    finally:
        writer.close()
        console.file = stream


def say_last(text: str, handle: int = 2) -> None:
    """Write a last sentence to a file descriptor, and do not wait where nobody reads it."""
    writer = BackgroundWriter(handle)
    writer.write(text)
    writer.close()
