"""Inserts: effects in the callback's signal path, in place on left and right.

A chain stands on the voice bus (before the gains) and one on the master (after them, before the limiter). Both process
livehost's own sound only; the dry monitor is delayed by their latency and joins behind them, so that what passes
through and what is played stay aligned, and the echo canceller's reference, taken behind both, is what really leaves.
An empty chain costs one comparison a piece. Pieces are of any length up to the block: an insert must take them ragged.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import types

from livehost.errors import LivehostError
from livehost.rt.memory import zeros
from livehost.rt.native import call4, entry, kernel, record_at

#: Inserts in a chain, at most.
MAX_INSERTS = 8
#: int64 (int64 state, int64 left, int64 right, int64 frames): process float32 [frames] at two addresses, in place.
PROCESS = types.int64(types.int64, types.int64, types.int64, types.int64)

CHAIN = np.dtype(
    [
        ("count", "i8"),
        ("process", "i8", (MAX_INSERTS,)),  # addresses of `PROCESS` functions, in order
        ("state", "i8", (MAX_INSERTS,)),
    ],
    align=True,
)


class Insert(NamedTuple):
    """One effect.

    Attributes
    ----------
    process : int
        Address of a `PROCESS` function that never allocates, waits or enters the interpreter.
    state : int
        Address that it is called with; what stands there lives as long as the stream.
    latency : int
        Frames by which it delays the sound.
    """

    process: int
    state: int = 0
    latency: int = 0


def insert_entry(function: Any) -> Any:
    """Compile a Python function to a `PROCESS` function; its `address` goes into an `Insert`."""
    return entry(PROCESS)(function)


@kernel
def run_inserts(chain_address, left, right, frames):
    """Run a chain over float32 [frames] at two addresses. RT: callback."""
    chain = record_at(chain_address, CHAIN)
    for k in range(chain.count):
        call4(chain.process[k], chain.state[k], left, right, frames)


class InsertChain:
    """A chain of inserts, fixed while the stream runs.

    Parameters
    ----------
    inserts : sequence of Insert
        In order.

    Attributes
    ----------
    address : int
        Of the `CHAIN` record.
    latency : int
        Frames by which the chain delays the sound.

    Raises
    ------
    LivehostError
        For more than `MAX_INSERTS`.
    """

    def __init__(self, inserts: Sequence[Insert] = ()) -> None:
        if len(inserts) > MAX_INSERTS:
            raise LivehostError(f"A chain takes {MAX_INSERTS} effects at most, not {len(inserts)}.", 2)
        self.state = zeros(1, CHAIN)
        self.state["count"] = len(inserts)
        for k, insert in enumerate(inserts):
            self.state["process"][0, k], self.state["state"][0, k] = insert.process, insert.state
        self.latency = sum(insert.latency for insert in inserts)
        self.address: int = self.state.ctypes.data

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self.state]
