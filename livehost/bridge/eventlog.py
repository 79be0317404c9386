"""The event log: one JSON object a line, written by a thread of its own so that a slow disk delays nothing."""

import json
import math
import queue
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError

FLUSH_S = 0.5
_BATCH = 1024
_PATIENCE_S = 5.0
#: Lines that may wait for the disk.
MAX_WAITING = 65_536


class EventLog:
    """Writes events to a file until `close`.

    Parameters
    ----------
    path : str or Path
        File to write; what was in it is lost.
    wait : bool, default False
        Wait for the disk instead of dropping lines (offline, where nothing is in a hurry and every line counts).

    Attributes
    ----------
    written, dropped : int
        Lines that are in the file, and lines that are not.
    trouble : str
        One sentence once the file could not be written, else empty.

    Raises
    ------
    LivehostError
        Where the file cannot be opened.
    """

    def __init__(self, path: str | Path, *, wait: bool = False) -> None:
        self.path = Path(path)
        self.written = self.dropped = 0
        self.trouble = ""
        self._wait = wait
        try:
            self._file = self.path.open("wb", buffering=0)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise LivehostError(f"The event log {path} cannot be written: {why}.") from None
        self._torn = False
        self._queue: queue.Queue[Mapping[str, Any] | None] = queue.Queue(MAX_WAITING)
        self._thread = threading.Thread(target=self._run, name="livehost-eventlog", daemon=True)
        self._closed = False
        self._thread.start()

    def write(self, event: Mapping[str, Any]) -> None:
        """Log one event, which must not be changed afterwards; never raises."""
        if self._closed:
            self.dropped += 1
            return
        try:
            self._queue.put(event, block=self._wait)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits and close the file; gives a disk that hangs five seconds."""
        if self._closed:
            return
        self._closed = True
        try:
            self._queue.put(None, timeout=_PATIENCE_S)
        except queue.Full:
            self.trouble = f"The event log {self.path} is incomplete: the disk does not answer."
            return
        self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        batch: list[bytes] = []
        flush_at = time.monotonic() + FLUSH_S
        while True:
            try:
                event = self._queue.get(timeout=max(0.0, flush_at - time.monotonic()) if batch else None)
            except queue.Empty:
                pass
            else:
                if event is None:
                    break
                batch.append(line(event).encode("utf-8", "backslashreplace"))
            if len(batch) >= _BATCH or time.monotonic() >= flush_at:
                self._save(batch)
                batch = []
                flush_at = time.monotonic() + FLUSH_S
        self._save(batch)
        self._file.close()

    def _save(self, batch: list[bytes]) -> None:
        data = (b"\n" if self._torn else b"") + b"".join(batch)  # begin anew after a line that was cut off
        done = 0
        try:
            while batch and done < len(data):
                done += self._file.write(data[done:]) or 0
        except OSError as error:
            self.trouble = f"The event log {self.path} is incomplete: {error.strerror}."
        saved = data[:done].count(b"\n") - (self._torn and done > 0)
        self.written += saved
        self.dropped += len(batch) - saved
        if done:
            self._torn = not data[:done].endswith(b"\n")


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
