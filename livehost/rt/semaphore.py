"""A semaphore that native code posts and waits on."""

import ctypes
import functools
import time
from typing import Any

import numpy as np

from livehost.rt.memory import zeros
from livehost.rt.native import STEP, entry, kernel
from livehost.rt.platform import HAS_SEMAPHORE, POLL_NS, monotonic_ns, sem_post, sem_wait, sleep_until_ns

_SEM_BYTES = 64  # glibc needs 32
_NAP_S = 0.001


@kernel
def wake(address: Any) -> Any:
    """Wake the thread that waits; never blocks. RT: callback."""
    sem_post(address)


@kernel
def wait(address: Any) -> Any:
    """Wait to be woken (or half a millisecond, where the system has no semaphore). RT: worker."""
    if HAS_SEMAPHORE:
        sem_wait(address)
    else:
        sleep_until_ns(monotonic_ns() + POLL_NS)


@entry(STEP)
def _wake(address: Any) -> Any:
    """Post from Python. RT: callback."""
    wake(address)
    return 0


class Semaphore:
    """An unnamed semaphore, at `address`, that starts at 0."""

    def __init__(self) -> None:
        self._memory = zeros(_SEM_BYTES, np.uint8)
        self.address: int = self._memory.ctypes.data
        if HAS_SEMAPHORE and _libc().sem_init(ctypes.c_void_p(self.address), 0, 0):
            raise OSError("sem_init failed")
        self._wake = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(_wake.address)

    def wake(self) -> None:
        """Post from Python. RT: never."""
        self._wake(self.address)

    def wait(self, timeout_s: float) -> None:
        """Wait from Python until it is posted, once for all posts so far, or for so long. RT: never."""
        if not HAS_SEMAPHORE:
            time.sleep(min(timeout_s, _NAP_S))
            return
        until = time.time() + max(timeout_s, 0.0)
        deadline = _Timespec(int(until), int(until % 1 * 1e9))
        here = ctypes.c_void_p(self.address)
        if _libc().sem_timedwait(here, ctypes.byref(deadline)) == 0:
            while _libc().sem_trywait(here) == 0:
                pass


class _Timespec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
