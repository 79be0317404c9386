"""A look-ahead limiter: no sample leaves above the ceiling, and the gain never jumps.

The gain that each sample needs is held at its minimum over the look-ahead, let go exponentially, and averaged over the
same length while the sound is delayed by it; an average of gains that all suffice suffices. One sample costs O(1).
"""

import numpy as np

from livehost.rt.memory import zeros
from livehost.rt.native import f32, f64, i64, kernel, record_at

LIMITER = np.dtype(
    [
        ("lookahead", "i8"),  # frames; the delay of the output
        ("delay", "i8"),  # address of float32 [3, lookahead]: left voices, right voices, what passes through to both
        ("needed", "i8"),  # address of float64 [capacity]: rising minima of the needed gain
        ("places", "i8"),  # address of int64 [capacity]: where they stand
        ("averaged", "i8"),  # address of float64 [lookahead]
        ("mask", "i8"),
        ("head", "i8"),
        ("tail", "i8"),
        ("clock", "i8"),
        ("held", "f8"),
        ("sum", "f8"),
        ("release", "f8"),  # share of the way back to 1 per sample
        ("lowest", "f8"),  # smallest gain since the meter last looked
    ],
    align=True,
)

_RELEASE_MS = 80.0


@kernel
def limiter_needs(address, peak, ceiling):
    """Take in the peak of the newest frame; get the gain for the frame `lookahead` ago. RT: callback."""
    s = record_at(address, LIMITER)
    need = ceiling / peak if peak > ceiling else 1.0
    needed, places = f64(s.needed, s.mask + 1), i64(s.places, s.mask + 1)
    now, tail = s.clock, s.tail
    while tail > s.head and needed[(tail - 1) & s.mask] >= need:
        tail -= 1
    needed[tail & s.mask] = need
    places[tail & s.mask] = now
    s.tail = tail + 1
    if places[s.head & s.mask] < now - s.lookahead:
        s.head += 1
    lowest = needed[s.head & s.mask]
    held = s.held + (lowest - s.held) * s.release
    s.held = lowest if lowest < held else held
    averaged = f64(s.averaged, s.lookahead)
    place = now % s.lookahead
    s.sum += s.held - averaged[place]
    averaged[place] = s.held
    s.clock = now + 1
    gain = s.sum / s.lookahead
    gain = min(gain, 1.0)
    s.lowest = min(s.lowest, gain)
    return gain


@kernel
def limiter_delay(address, channel, value):
    """Exchange the newest sample of a channel for the one `lookahead` ago, before `limiter_needs`. RT: callback."""
    s = record_at(address, LIMITER)
    line = f32(s.delay, 3 * s.lookahead)
    place = channel * s.lookahead + s.clock % s.lookahead
    old = line[place]
    line[place] = value
    return old


class Limiter:
    """State of one stereo limiter.

    Parameters
    ----------
    rate : float
        Hz.
    lookahead_ms : float
        Delay, ms.
    """

    def __init__(self, rate: float, lookahead_ms: float) -> None:
        self.lookahead_frames = max(1, round(lookahead_ms * rate / 1000))
        capacity = 1 << (self.lookahead_frames + 1).bit_length()
        self._delay = zeros(3 * self.lookahead_frames, np.float32)
        self._needed, self._places = zeros(capacity, np.float64), zeros(capacity, np.int64)
        self._averaged = zeros(self.lookahead_frames, np.float64)
        self._averaged[:] = 1.0
        self.state = np.zeros(1, LIMITER)
        s = self.state[0]
        s["lookahead"], s["delay"], s["mask"] = self.lookahead_frames, self._delay.ctypes.data, capacity - 1
        s["needed"], s["places"] = self._needed.ctypes.data, self._places.ctypes.data
        s["averaged"], s["sum"] = self._averaged.ctypes.data, self.lookahead_frames
        s["held"] = s["lowest"] = 1.0
        s["release"] = 1 - np.exp(-1000 / (_RELEASE_MS * rate))
        self.address: int = self.state.ctypes.data

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._delay, self._needed, self._places, self._averaged, self.state]
