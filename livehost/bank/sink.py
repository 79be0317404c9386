"""Where a block is written while a bank is built: a file of the cache, or memory when the disk will not have it."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import psutil

from livehost.bank.arrays import join
from livehost.bank.layout import GUARD_SAMPLES, padded
from livehost.errors import LivehostError
from livehost.printable import printable

#: Memory left to the rest of the session when a bank has to stay in memory.
SPARE_BYTES = 256 << 20
#: Unfinished folders carry the process id that writes them: `.building-<pid>-…`.
UNFINISHED = ".building-"


class Sink:
    """Takes items one after the other and never fails because of the disk.

    When it cannot be written (full, read-only, no permission), what was written so far is read back, the rest is kept
    in memory, and `trouble` says why in one sentence.

    Parameters
    ----------
    root : Path
        Folder of the cached banks; a new folder is made in it.

    Attributes
    ----------
    folder : Path or None
        Unfinished folder, None once memory has taken over.
    trouble : str
        Why the bank is not in the cache; empty while it is.
    """

    def __init__(self, root: Path) -> None:
        self.folder: Path | None = None
        self.trouble = ""
        self.samples = 0
        self._root = root
        self._file = -1
        self._parts: list[np.ndarray] = []
        self._digest = hashlib.sha256()
        try:
            root.mkdir(parents=True, exist_ok=True)
            remove_unfinished(root)
            self.folder = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{os.getpid()}-", dir=root))
            self._file = os.open(self.folder / "block.f32", os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            self.fall_back(error)
        self._append(np.zeros(GUARD_SAMPLES, np.float32))

    @property
    def digest(self) -> str:
        """Sha256 of the block so far (hex)."""
        return self._digest.hexdigest()

    def append(self, samples: np.ndarray) -> int:
        """Add one item and the zeros after it.

        Parameters
        ----------
        samples : numpy.ndarray
            Float32, any shape, C order.

        Returns
        -------
        int
            Offset of its first sample in the block.

        Raises
        ------
        LivehostError
            If the disk failed and memory does not suffice either.
        """
        offset = self.samples
        self._append(np.ascontiguousarray(samples, np.float32).reshape(-1))
        self._append(np.zeros(padded(samples.size) - samples.size, np.float32))
        return offset

    def flush(self) -> None:
        """Wait until the block lies on the disk and close it; raises OSError if that fails."""
        if self._file >= 0:
            os.fsync(self._file)
            os.close(self._file)
            self._file = -1

    def fall_back(self, error: OSError) -> None:
        """Go on in memory, with what is on disk so far."""
        self.trouble = (
            f"This bank could not be cached in {printable(str(self._root))} ({error.strerror or error}): "
            "it is kept in memory and will be built again next time."
        )
        if self.folder is not None and self.samples:
            self._check_memory(self.samples * 4)
            self._parts = [np.fromfile(self.folder / "block.f32", np.float32, count=self.samples)]
        self.close()

    def block(self) -> np.ndarray:
        """Take the block out of memory (only after `fall_back`)."""
        return join(self._parts)

    def close(self) -> None:
        """Remove the unfinished folder, if there still is one."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def _append(self, samples: np.ndarray) -> None:
        if self.folder is not None:
            try:
                _write(self._file, samples)
                self._digest.update(samples.data)
            except OSError as error:
                self.fall_back(error)
        if self.folder is None:
            self._check_memory(samples.nbytes)
            self._parts.append(samples)
        self.samples += samples.size

    def _check_memory(self, wanted: int) -> None:
        if psutil.virtual_memory().available < wanted + SPARE_BYTES:
            raise LivehostError(
                f"This bank fits neither on the disk of {printable(str(self._root))} nor in memory: "
                "free some space, or set LIVEHOST_CACHE to a folder on another disk."
            )


def remove_unfinished(root: Path) -> None:
    """Remove what killed builds left behind (folders of processes that no longer live)."""
    for folder in root.glob(f"{UNFINISHED}*"):
        pid = folder.name[len(UNFINISHED) :].partition("-")[0]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _write(file: int, samples: np.ndarray) -> None:
    view = samples.data.cast("B")
    while len(view):
        view = view[os.write(file, view) :]
