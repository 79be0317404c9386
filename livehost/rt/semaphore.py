"""A semaphore that native code posts and waits on."""

import ctypes
from typing import Any

import numpy as np

from livehost.rt.memory import zeros
from livehost.rt.native import STEP, entry, kernel
from livehost.rt.platform import HAS_SEMAPHORE, POLL_NS, monotonic_ns, sem_post, sem_wait, sleep_until_ns

_SEM_BYTES = 64  # glibc needs 32


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
        if HAS_SEMAPHORE and ctypes.CDLL(None).sem_init(ctypes.c_void_p(self.address), 0, 0):
            raise OSError("sem_init failed")
        self._wake = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(_wake.address)

    def wake(self) -> None:
        """Post from Python. RT: never."""
        self._wake(self.address)
