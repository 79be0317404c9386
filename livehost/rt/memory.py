"""Memory that a real-time thread may touch: aligned, present, and locked where the system allows it."""

import ctypes
import ctypes.util
import os
from collections.abc import Iterable
from contextlib import suppress

import numpy as np

from livehost.rt.platform import SYSTEM

_ALIGN = 64
_MCL_CURRENT, _MCL_FUTURE = 1, 2
#: Parameters of glibc, and what they are to be: arenas at most; bytes from which a block has a mapping of its own, and
#: from which free memory at the end of an arena is given back. Named, these two stay as they are; else they rise with
#: each larger block that is freed, up to 32 MB.
_GLIBC = {"M_ARENA_MAX": (-8, 2), "M_MMAP_THRESHOLD": (-3, 128 << 10), "M_TRIM_THRESHOLD": (-1, 128 << 10)}


def zeros(count: int, dtype: type | np.dtype) -> np.ndarray:
    """Allocate zeros, aligned to 64 bytes, every page present. RT: never."""
    size = int(count) * np.dtype(dtype).itemsize
    raw = np.zeros(size + _ALIGN, np.uint8)
    raw.fill(0)  # touch each page now, not in the callback
    start = -raw.ctypes.data % _ALIGN
    return raw[start : start + size].view(dtype)


def _libc() -> ctypes.CDLL | None:
    if SYSTEM not in ("linux", "macos"):
        return None
    return ctypes.CDLL(None, use_errno=True)


def _limit() -> float:
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    return float("inf") if soft == resource.RLIM_INFINITY or os.geteuid() == 0 else float(soft)


def lock(arrays: Iterable[np.ndarray]) -> str:
    """Keep memory from being paged out: all of the process where allowed, else the arrays given, else nothing.

    Parameters
    ----------
    arrays : iterable of np.ndarray
        What the real-time threads touch, most important first.

    Returns
    -------
    str
        What was achieved, for the report at the start. RT: never.
    """
    libc = _libc()
    if libc is None:
        return "memory is not locked (this system has no mlock)"
    if SYSTEM == "linux" and _limit() == float("inf") and libc.mlockall(_MCL_CURRENT | _MCL_FUTURE) == 0:
        return "all memory is locked"
    locked = refused = 0
    for array in arrays:
        failed = libc.mlock(ctypes.c_void_p(array.ctypes.data), ctypes.c_size_t(array.nbytes))
        locked, refused = locked + (0 if failed else array.nbytes), refused + (array.nbytes if failed else 0)
    if refused:
        return (
            f"{locked / 2**20:.0f} MB of memory are locked, {refused / 2**20:.0f} MB are not: "
            "raise the memlock limit (ulimit -l, or 'memlock unlimited' for the audio group)"
        )
    return f"{locked / 2**20:.0f} MB of memory are locked"


def give_back_freed() -> None:
    """Have glibc give back what is freed, as models and banks come and go: locked memory stays resident until then.

    RT: never.
    """
    if SYSTEM == "linux" and (libc := _libc()) is not None:
        with suppress(AttributeError):  # another C library
            for number, value in _GLIBC.values():
                libc.mallopt(number, value)


def unlock_all() -> None:
    """Undo `lock`. RT: never."""
    if SYSTEM == "linux" and (libc := _libc()) is not None:
        libc.munlockall()
