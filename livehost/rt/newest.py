"""The newest of several int64 that belong together: one thread writes them, any other reads them, nobody waits.

Memory: a count, then two slots of so many int64. The writer fills the slot that is not the newest and then counts up;
a reader copies the newest and looks whether it still is.
"""

from typing import Any

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, i64, kernel, record_at, run2

_REQUEST = np.dtype([("size", "i8"), ("target", "i8")], align=True)


@kernel
def next_slot(address: Any, size: Any) -> Any:
    """Address of the slot to fill with `store_release`; `show_slot` makes it the newest. RT: callback."""
    return address + 8 + 8 * size * ((load_acquire(address) + 1) & 1)


@kernel
def show_slot(address: Any) -> Any:
    """Make the slot that was filled the newest. RT: callback."""
    store_release(address, load_acquire(address) + 1)


@entry(STEP2)
def _read(address: Any, request: Any) -> Any:
    """Copy the newest slot out; gives how many were shown. RT: worker."""
    r = record_at(request, _REQUEST)
    out = i64(r.target, r.size)
    while True:
        count = load_acquire(address)
        slot = address + 8 + 8 * r.size * (count & 1)
        for k in range(r.size):
            out[k] = load_acquire(slot + 8 * k)
        if load_acquire(address) == count:
            return count


class Newest:
    """Memory of the newest values, and the way to read them.

    Parameters
    ----------
    size : int
        How many int64 belong together.

    Attributes
    ----------
    state : np.ndarray
        int64 [1 + 2 · size], to be locked.
    address : int
        Where it stands, for `next_slot` and `show_slot`.
    """

    def __init__(self, size: int) -> None:
        self.state = zeros(1 + 2 * size, np.int64)
        self.address: int = self.state.ctypes.data
        self._size, self._read = size, run2(_read)

    def read(self) -> tuple[int, list[int]]:
        """Read how often something was shown, and the newest; from any thread. RT: never."""
        out, request = np.zeros(self._size, np.int64), np.zeros(1, _REQUEST)
        request["size"], request["target"] = self._size, out.ctypes.data
        return self._read(self.address, request.ctypes.data), out.tolist()

    def write(self, *values: int) -> None:
        """Show these, while no other thread writes. RT: never."""
        count = int(self.state[0]) + 1
        begin = 1 + self._size * (count & 1)
        self.state[begin : begin + self._size] = values
        self.state[0] = count
