"""The newest beat, as the worker tells it and any other thread reads it, without waiting."""

from typing import NamedTuple

import numpy as np

from livehost.rt.atomics import store_release
from livehost.rt.native import kernel
from livehost.rt.newest import Newest, next_slot, show_slot

_VALUES = 5
#: Parts of a frame, and parts of the whole, that are told.
_PARTS, _WHOLE = 1 << 20, 1_000_000


@kernel
def tell_beat(address, number, frame, period, confidence, downbeat):
    """Tell a beat. RT: worker."""
    slot = next_slot(address, _VALUES)
    store_release(slot, number)
    store_release(slot + 8, np.int64(frame * _PARTS))
    store_release(slot + 16, np.int64(period * _PARTS))
    store_release(slot + 24, np.int64(confidence * _WHOLE))
    store_release(slot + 32, downbeat)
    show_slot(address)


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
        self._newest = Newest(_VALUES)
        self.state, self.address = self._newest.state, self._newest.address

    def read(self) -> HeardBeat | None:
        """Read the newest beat, from any thread; None where there is none. RT: never."""
        _, (number, frame, period, confidence, downbeat) = self._newest.read()
        if period <= 0:
            return None
        return HeardBeat(number, frame / _PARTS, period / _PARTS, confidence / _WHOLE, downbeat)
