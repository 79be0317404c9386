"""When a frame is: what the callback knows of it, smoothed, for every other thread.

A callback is woken late now and then, and never early twice in a row. A second-order delay-locked loop (F. Adriaensen,
"Using a DLL to filter time", LAC 2005) follows the mean; a block that comes far from where it was expected is an
outlier, and many of them in a row are a new time. Each block leaves a pair (frame, time) and the length of a frame,
which any thread reads without waiting.
"""

from typing import NamedTuple

import numpy as np

from livehost.rt.atomics import store_release
from livehost.rt.memory import zeros
from livehost.rt.native import kernel, record_at
from livehost.rt.newest import Newest, next_slot, show_slot

BLOCK_CLOCK = np.dtype(
    [
        ("told", "i8"),  # address of the newest frame, its time, length of a frame and latency, as in `BlockTime`
        ("next", "i8"),  # frame of the next block, as it should be
        ("time", "f8"),  # of the last block, ns after `origin`
        ("origin", "i8"),
        ("last", "i8"),  # frame of the last block
        ("length", "f8"),  # of a frame, ns
        ("nominal", "f8"),  # the same, as the rate has it
        ("settled", "i8"),  # blocks since the last new time
        ("outliers", "i8"),  # in a row
        ("latency", "f8"),  # ns, smoothed
    ],
    align=True,
)
_BANDWIDTH_HZ = 0.2
#: A block that is farther from where it was expected than this, or than so many blocks, is an outlier.
_OUTLIER_NS, _OUTLIER_BLOCKS = 3e6, 2.0
#: So many in a row are a new time.
_OUTLIERS = 16
_FS = 1e6
_VALUES = 4


@kernel
def block_clock_tell(address, frame, count, now, latency_ns):
    """Take in that the block of `count` frames from `frame` on is asked for at `now`, ns. RT: callback.

    `latency_ns` is the reported way to the loudspeaker, negative where nothing is reported.
    """
    c = record_at(address, BLOCK_CLOCK)
    fresh = c.settled == 0 or frame != c.next
    time = c.time + (frame - c.last) * c.length
    error = np.float64(now - c.origin) - time
    if not fresh and abs(error) > max(_OUTLIER_NS, _OUTLIER_BLOCKS * count * c.length):
        c.outliers += 1
        fresh = c.outliers >= _OUTLIERS
        error = 0.0
    else:
        c.outliers = 0
    if fresh:
        c.origin, c.time, c.settled, c.outliers = now, 0.0, 1, 0
        c.length = c.nominal
    else:
        c.settled += 1
        omega = min(2 * np.pi * _BANDWIDTH_HZ * count * c.nominal * 1e-9, 0.5)
        c.time = time + max(np.sqrt(2.0) * omega, 1.0 / c.settled) * error
        c.length += omega * omega * error / max(count, 1)
    c.last, c.next = frame, frame + count
    if latency_ns >= 0:
        c.latency += (latency_ns - c.latency) * (1.0 if c.latency == 0 else 0.01)
    slot = next_slot(c.told, _VALUES)
    store_release(slot, frame)
    store_release(slot + 8, c.origin + np.int64(c.time))
    store_release(slot + 16, np.int64(c.length * _FS))
    store_release(slot + 24, np.int64(c.latency))
    show_slot(c.told)


class BlockTime(NamedTuple):
    """One reading of a `BlockClock`.

    Attributes
    ----------
    blocks : int
        Blocks so far; 0: there is no time yet.
    frame : int
        First frame of the newest block.
    ns : int
        Its time on the monotonic clock, ns.
    frame_fs : int
        Length of a frame, fs.
    latency_ns : int
        From there to the loudspeaker, as the sound system reports it; 0 where it does not.
    """

    blocks: int
    frame: int
    ns: int
    frame_fs: int
    latency_ns: int


class BlockClock:
    """Memory of the clock of one engine.

    Parameters
    ----------
    rate : float
        Hz.
    """

    def __init__(self, rate: float) -> None:
        self.state = zeros(1, BLOCK_CLOCK)
        self.state["nominal"] = self.state["length"] = 1e9 / rate
        self._told = Newest(_VALUES)
        self.state["told"] = self._told.address
        self.address: int = self.state.ctypes.data

    def read(self) -> BlockTime:
        """Read the newest pair; from any thread. RT: never."""
        blocks, values = self._told.read()
        return BlockTime(blocks, *values)

    def restart(self, frame: int, ns: int) -> None:
        """Have `frame` be asked for at `ns`, after a gap in time; only while no block is being told. RT: never."""
        at = self.read()
        self.state["settled"], self.state["outliers"] = 0, 0
        self._told.write(frame, ns, at.frame_fs, at.latency_ns)

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self.state, self._told.state]
