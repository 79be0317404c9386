"""A file that whole pieces are appended to: whatever happens to disk or process, no more than its end is cut off."""

import io
from collections import deque
from pathlib import Path

#: Bytes that may wait for the disk.
MAX_WAITING = 32 << 20


class AppendFile:
    """A new file; what the disk refuses waits for the next `flush`.

    Parameters
    ----------
    path : Path
        Must not exist.

    Attributes
    ----------
    path : Path
    lost : int
        Pieces that found too much waiting.

    Raises
    ------
    OSError
        Where it cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.lost = path, 0
        self._file: io.FileIO = path.open("xb", buffering=0)
        self._size = self._held = 0
        self._waiting: deque[bytes] = deque()

    def add(self, piece: bytes) -> None:
        """Append a piece, at the next `flush`."""
        if self._held + len(piece) > MAX_WAITING:
            self.lost += 1
            return
        self._waiting.append(piece)
        self._held += len(piece)

    def flush(self) -> None:
        """Write all that waits; raises OSError where the disk refuses, and leaves whole pieces only."""
        while self._waiting:
            count = len(self._waiting)
            data, done = b"".join(self._waiting[k] for k in range(count)), 0
            try:
                self._file.seek(self._size)
                while done < len(data):
                    done += self._file.write(data[done:]) or 0
            except OSError:
                self._forget_whole(done)
                self._file.truncate(self._size)
                raise
            self._forget_whole(done)

    def _forget_whole(self, written: int) -> None:
        while self._waiting and len(self._waiting[0]) <= written:
            size = len(self._waiting.popleft())
            written, self._size, self._held = written - size, self._size + size, self._held - size

    def close(self) -> None:
        """Close the file."""
        self._file.close()
