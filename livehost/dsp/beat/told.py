"""The newest beat, as the worker tells it and any other thread reads it, without waiting."""

from typing import NamedTuple

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, i64, kernel, run2

_SLOTS = 5
#: Parts of a frame, and parts of the whole, that are told.
_PARTS, _WHOLE = 1 << 20, 1_000_000


@kernel
def tell_beat(address, number, frame, period, confidence, downbeat):
    """Tell a beat: count, then one of two slots of int64 [5]; the count goes up when the slot is full. RT: worker."""
    count = load_acquire(address) + 1
    slot = address + 8 + 8 * _SLOTS * (count & 1)
    store_release(slot, number)
    store_release(slot + 8, np.int64(frame * _PARTS))
    store_release(slot + 16, np.int64(period * _PARTS))
    store_release(slot + 24, np.int64(confidence * _WHOLE))
    store_release(slot + 32, downbeat)
    store_release(address, count)


@entry(STEP2)
def _read(address, target):
    """Copy the newest slot out to int64 [5]; gives how many were told. RT: worker."""
    out = i64(target, _SLOTS)
    while True:
        count = load_acquire(address)
        slot = address + 8 + 8 * _SLOTS * (count & 1)
        for k in range(_SLOTS):
            out[k] = load_acquire(slot + 8 * k)
        if load_acquire(address) == count:
            return count


class HeardBeat(NamedTuple):
    """A beat of the musician.

    Attributes
    ----------
    number : int
        Of the beat, counted from the first.
    frame : float
        Where it stands, in frames of what is heard.
    period : float
        From there to the next, frames.
    confidence : float
        0 … 1.
    downbeat : int
        Number of a beat that begins a bar, modulo the beats of a bar.
    """

    number: int
    frame: float
    period: float
    confidence: float
    downbeat: int


class ToldBeat:
    """Memory of the newest beat."""

    def __init__(self) -> None:
        self.state = zeros(1 + 2 * _SLOTS, np.int64)
        self.address: int = self.state.ctypes.data
        self._read = run2(_read)

    def read(self) -> HeardBeat | None:
        """Read the newest beat, from any thread; None where there is none. RT: never."""
        out = np.zeros(_SLOTS, np.int64)
        if self._read(self.address, out.ctypes.data) == 0 or out[2] <= 0:
            return None
        number, frame, period, confidence, downbeat = out.tolist()
        return HeardBeat(number, frame / _PARTS, period / _PARTS, confidence / _WHOLE, downbeat)
