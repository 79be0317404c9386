"""The event log: one JSON object a line, written by a thread of its own so that a slow disk delays nothing."""

import errno
import io
import json
import math
import os
import re
import stat
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import create, make_folder
from livehost.disk import HANGS, SLOW, DiskWatch
from livehost.errors import LivehostError
from livehost.service import Service

FLUSH_S = 0.5
_BATCH = 1024
#: A turn that lasts longer leaves the rest to the next one: a slow disk is not a thread that hangs.
_TURN_S = 1.0
#: Lines that may wait for the disk.
MAX_WAITING = 65_536
#: Files that are open already: to open them anew would begin a redirected output from its start.
_DESCRIPTOR = re.compile(r"/dev/(?:(stdout)|(stderr)|fd/(\d+))")


class EventLog:
    """Writes events to a file until `close`; where the disk is full, they wait until it has room again.

    Parameters
    ----------
    path : str or Path
        File to write, its folder made if need be; one that exists stays, and the next free name is used. A device or a
        pipe is written to as it is.
    wait : bool, default False
        Wait for the disk instead of dropping lines (offline, where nothing is in a hurry and every line counts).

    Attributes
    ----------
    path : Path
        The file that is written.
    notice : str
        A sentence where that is another one than was asked for, else empty.
    written, dropped : int
        Lines that are in the file, and lines that are not.
    services : list of Service
        Its thread, to be watched; a disk that hangs is told by `problem`.

    Raises
    ------
    LivehostError
        Where the file cannot be opened.
    """

    def __init__(self, path: str | Path, *, wait: bool = False) -> None:
        self.path, self.notice = Path(path), ""
        self.written = self.dropped = 0
        self._wait, self._disk, self._cause = wait, DiskWatch(), ""
        self._waiting: deque[Mapping[str, Any]] = deque()
        self._encoded = b""  # lines that are on their way
        self._file: io.FileIO | None = None
        self._size: int | None = None  # of a file of our own, where what was half written can be taken back
        try:
            self._open()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise LivehostError(f"The event log {path} cannot be written: {why}.") from None
        self._wake, self._closing, self._finished = threading.Event(), threading.Event(), threading.Event()
        self.services = [Service("event log", self._turn, stall_s=math.inf, replace=False)]
        self.services[0].start()

    def write(self, event: Mapping[str, Any]) -> None:
        """Log one event, which must not be changed afterwards; never raises."""
        while self._wait and len(self._waiting) >= MAX_WAITING and not (self.problem or self._closing.is_set()):
            time.sleep(0.001)
        if self._closing.is_set() or len(self._waiting) >= MAX_WAITING:
            self._drop(1, self._disk.error or SLOW)
            return
        self._waiting.append(event)
        if len(self._waiting) >= _BATCH:
            self._wake.set()

    def close(self) -> None:
        """Write what waits and close the file; waits a second for a disk that does not answer."""
        if self._closing.is_set():
            return
        began = time.monotonic()
        self._closing.set()
        self._wake.set()
        if not self._disk.wait(self._finished, began):
            self._drop(len(self._waiting) + self._encoded.count(b"\n"), HANGS)

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well."""
        return "" if self._finished.is_set() else self._disk.problem(f"the event log {self.path}")

    @property
    def report(self) -> str:
        """What is missing from the file, "" while that is nothing."""
        if self.dropped:
            lines = f"{self.dropped:,} lines are missing" if self.dropped > 1 else "a line is missing"
            return f"The event log {self.path} is not whole: {lines} ({self._cause})."
        return f"The event log {self.path} was not closed properly ({self._cause})." if self._cause else ""

    def _open(self) -> None:
        kind = self.path.stat().st_mode if self.path.exists() else stat.S_IFREG
        if descriptor := _DESCRIPTOR.fullmatch(str(self.path)):
            out, err, number = descriptor.groups()
            self._file = os.fdopen(os.dup(1 if out else 2 if err else int(number)), "wb", buffering=0)
        elif stat.S_ISREG(kind):
            make_folder(self.path.parent)
            (self._file,) = create(self.path)
            self._size = 0
            if str(self._file.name) != str(self.path):
                self.notice = f"{self.path} exists and stays as it is; the events go to {self._file.name}."
                self.path = Path(self._file.name)
        elif stat.S_ISFIFO(kind):
            try:
                self._open_pipe()
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
        else:
            self._file = self.path.open("wb", buffering=0)

    def _open_pipe(self) -> io.FileIO:
        """Open a named pipe, which must not wait for its reader; the thread tries again until there is one."""
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            raise OSError(error.errno, "nobody reads it" if error.errno == errno.ENXIO else error.strerror) from None
        os.set_blocking(handle, True)  # a slow reader is waited for
        self._file = os.fdopen(handle, "wb", buffering=0)
        return self._file

    def _turn(self) -> None:
        """Wait for lines, and write them."""
        (self._closing if self._disk.error else self._wake).wait(FLUSH_S)
        self._wake.clear()
        closing, deadline = self._closing.is_set(), time.monotonic() + _TURN_S
        while self._waiting or self._encoded:
            with self._disk.call():
                self._save()
            if self._disk.error:
                break
            if time.monotonic() > deadline:
                return
        if closing:
            self._finish()

    def _save(self) -> None:
        """Write a batch, or the rest of the one before."""
        file = self._file or self._open_pipe()
        if not self._encoded:
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            self._encoded = b"".join(line(event).encode("utf-8", "backslashreplace") for event in batch)
        data, done = self._encoded, 0
        try:
            if self._size is not None:
                file.seek(self._size)
            while done < len(data):
                taken = file.write(data[done:])
                if taken is None:
                    raise BlockingIOError(errno.EAGAIN, "its reader is too slow")
                done += taken
        except OSError as error:
            if self._size is not None or isinstance(error, BrokenPipeError):
                done = data.rfind(b"\n", 0, done) + 1  # no line stands half
            raise
        finally:
            self.written += data[:done].count(b"\n")
            self._encoded = data[done:]
            if self._size is not None:
                self._size += done
                if self._encoded:
                    file.truncate(self._size)

    def _finish(self) -> None:
        """Close the file; what it has not taken by now is lost."""
        if missing := len(self._waiting) + self._encoded.count(b"\n"):
            self._drop(missing, self._disk.error)
            self._waiting.clear()
        with self._disk.call():
            if self._file is not None:
                self._file.close()
        self._cause = self._cause or self._disk.error
        self._finished.set()
        self.services[0].stop()

    def _drop(self, lines: int, cause: str) -> None:
        self.dropped += lines
        self._cause = cause


def line(event: Mapping[str, Any]) -> str:
    r"""Format one event: keys in their order, numbers as short as they can be, None for what is no number.

    Examples
    --------
    >>> line({"frame": 480, "kind": "onset", "level_db": -12.5})
    '{"frame": 480, "kind": "onset", "level_db": -12.5}\n'
    """
    try:
        text = json.dumps(event, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        text = json.dumps(_plain(event), ensure_ascii=False)
    return text + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
