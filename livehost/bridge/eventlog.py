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
            self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise LivehostError(f"The event log {path} cannot be written: {why}.") from None
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
        """Write what waits and close the file."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        flush_at = time.monotonic() + FLUSH_S
        waiting = 0  # lines since the last flush: it is the flush that tells whether they reached the file
        while True:
            try:
                event = self._queue.get(timeout=max(0.0, flush_at - time.monotonic()) if waiting else None)
                if event is None:
                    break
                waiting += 1
                self._put(line(event))
            except queue.Empty:
                pass
            if time.monotonic() >= flush_at:
                waiting = self._flush(waiting)
                flush_at = time.monotonic() + FLUSH_S
        self._flush(waiting)
        try:
            self._file.close()
        except OSError as error:
            self._troubled(error)

    def _put(self, text: str) -> None:
        try:
            self._file.write(text)
        except (OSError, ValueError) as error:
            self._troubled(error)

    def _flush(self, waiting: int) -> int:
        try:
            self._file.flush()
        except (OSError, ValueError) as error:
            self._troubled(error)
            self.dropped += waiting
        else:
            self.written += waiting
        return 0

    def _troubled(self, error: Exception) -> None:
        why = getattr(error, "strerror", None) or str(error)
        self.trouble = f"The event log {self.path} is incomplete: {why}."


def line(event: Mapping[str, Any]) -> str:
    """Format one event: keys in their order, numbers as short as they can be, None for what is no number.

    Examples
    --------
    >>> line({"frame": 480, "kind": "onset", "level_db": -12.5})
    '{"frame": 480, "kind": "onset", "level_db": -12.5}\\n'
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
