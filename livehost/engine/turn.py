"""Whose turn it is to call an engine: one stream at a time, and none whose card was given up.

A stream that was lost may call again at any moment: a sound server that stood still goes on, a driver comes back late.
So every stream has a port of its own, and calls through it. A port that does not have the turn gets silence, and the
engine is not touched; nor is it where another thread is still in the middle of it.
"""

import time

import numpy as np

from livehost.engine.callback import CALLBACK, callback
from livehost.rt.atomics import compare_exchange, load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import address_of, call_callback, entry, f32, record_at

TURN = np.dtype([("busy", "i8"), ("owner", "i8"), ("callback", "i8"), ("engine", "i8")], align=True)
PORT = np.dtype(
    [
        ("asked", "i8"),  # calls so far, those that got silence among them
        ("number", "i8"),
        ("turn", "i8"),
        ("outputs", "i8"),
    ],
    align=True,
)
_BUSY, _OWNER = 0, 8
_LEAVE_S = 0.1


@entry(CALLBACK)
def port_callback(inp, out, frames, time_info, flags, user):
    """Call the engine where it is this port's turn, else give silence: what streams call. RT: callback."""
    p = record_at(user, PORT)
    store_release(address_of(user), p.asked + 1)
    t = record_at(p.turn, TURN)
    if load_acquire(p.turn + _OWNER) == p.number and compare_exchange(p.turn + _BUSY, 0, 1) != 0:
        mine = load_acquire(p.turn + _OWNER) == p.number
        if mine:
            call_callback(
                t.callback, address_of(inp), address_of(out), np.int64(frames), address_of(time_info),
                np.int64(flags), t.engine,
            )  # fmt: skip
        store_release(p.turn + _BUSY, 0)
        if mine:
            return 0
    if address_of(out) != 0:
        silence = f32(address_of(out), np.int64(frames) * p.outputs)
        for i in range(np.int64(frames) * p.outputs):
            silence[i] = np.float32(0.0)
    return 0


class Port:
    """A stream's way to an engine; made by `Turn.port`.

    Attributes
    ----------
    address : int
        User data of `port_callback`.
    number : int
    """

    def __init__(self, number: int, turn: int, outputs: int) -> None:
        self.number, self._memory = number, zeros(1, PORT)
        self._memory[0] = (0, number, turn, outputs)
        self.address: int = self._memory.ctypes.data

    @property
    def asked(self) -> int:
        """How often it was called so far, also in vain."""
        return int(self._memory["asked"][0])


class Turn:
    """Gives the turn to one port or to none.

    Parameters
    ----------
    engine : int
        Address of the engine's record.
    """

    def __init__(self, engine: int) -> None:
        self._memory, self._ports = zeros(1, TURN), 0
        self._memory[0] = (0, 0, callback.address, engine)
        self.address: int = self._memory.ctypes.data

    def port(self, outputs: int) -> Port:
        """Make another port, for a stream with so many output channels."""
        self._ports += 1
        return Port(self._ports, self.address, outputs)

    def give(self, port: Port | None) -> bool:
        """Give the turn to a port, or to none; False where a thread is still in the middle of the engine. RT: never."""
        self._memory["owner"] = 0 if port is None else port.number
        deadline = time.monotonic() + _LEAVE_S
        while port is None and self._memory["busy"][0] and time.monotonic() < deadline:
            time.sleep(0.001)
        return not self._memory["busy"][0]

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._memory]
