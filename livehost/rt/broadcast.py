"""A word of memory that all livehosts of one user share, so that one of them can call on all at once.

The word holds how often it was called, and by whom last. Native code reads and writes it; no message is sent, so none
can be late or lost.
"""

import mmap
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from livehost.rt.atomics import compare_exchange, load_acquire
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, run2

_BYTES = 4096
#: Bits of the caller's number.
_WHO = 24
_FILE = "panic"


@kernel
def broadcast_word(address: Any) -> Any:
    """Read the word; it changes with every call. RT: callback."""
    return load_acquire(address)


@kernel
def broadcast_from(word: Any) -> Any:
    """Tell whose call a word stands for. RT: callback."""
    return word & ((1 << _WHO) - 1)


@kernel
def broadcast_call(address: Any, me: Any) -> Any:
    """Call on all who share the word. RT: callback."""
    while True:
        word = load_acquire(address)
        new = (((word >> _WHO) + 1) << _WHO) | me
        if compare_exchange(address, word, new) != 0:
            return new


@entry(STEP2)
def _call(address: Any, me: Any) -> Any:
    """Call on all. RT: callback."""
    return broadcast_call(address, me)


class Broadcast:
    """The word that all livehosts of this user share.

    Parameters
    ----------
    shared : bool
        Whether it is; False for a word that nobody else calls on, as what is rendered offline has it.

    Attributes
    ----------
    address : int
        Of the word, for native code.
    me : int
        Number of this process.
    trouble : str
        Why it is shared with nobody, "" while it is.
    """

    def __init__(self, *, shared: bool = True) -> None:
        self.trouble = ""
        self.me = os.getpid() & ((1 << _WHO) - 1)
        self._map: Any = None
        self._memory = zeros(_BYTES, np.uint8)
        try:
            if shared:
                self._map = _shared()
                self._memory = np.frombuffer(self._map, np.uint8)
        except (OSError, ValueError) as error:
            self.trouble = f"Other livehosts of this user are not reached by its panic, nor it by theirs ({error})."
        self.address: int = self._memory.ctypes.data
        self._call = run2(_call)

    @property
    def word(self) -> int:
        """The word as it stands."""
        return int(self._memory[:8].view(np.int64)[0])

    def call(self) -> None:
        """Call on all others. RT: never."""
        self._call(self.address, self.me)

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._memory]


def runtime_folder() -> Path:
    """Folder of what livehosts of this user share while they run: ``$LIVEHOST_RUNTIME``, or the system's for that."""
    if given := os.environ.get("LIVEHOST_RUNTIME"):
        return Path(given)
    who = os.getuid()
    # not by $XDG_RUNTIME_DIR: a livehost that a service started may lack it, and must be reached all the same
    for place in (Path(f"/run/user/{who}"), Path("/dev/shm")):  # noqa: S108
        if place.is_dir() and os.access(place, os.W_OK):
            return place / f"livehost-{who}"
    return Path(tempfile.gettempdir()) / f"livehost-{who}"


def _shared() -> mmap.mmap:
    """Map the page; nobody else's file, and no link, is ever opened."""
    if sys.platform == "win32":
        return mmap.mmap(-1, _BYTES, tagname=f"livehost-{_FILE}")
    folder = runtime_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise OSError(f"{folder} belongs to somebody else")
    handle = os.open(folder / _FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode) or info.st_uid != os.getuid():
            raise OSError(f"{folder / _FILE} belongs to somebody else")
        if info.st_size < _BYTES:
            os.ftruncate(handle, _BYTES)
        return mmap.mmap(handle, _BYTES)
    finally:
        os.close(handle)
