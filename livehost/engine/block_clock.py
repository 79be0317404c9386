"""When a frame is: what the callback knows of it, smoothed, for every other thread.

A callback is woken late now and then, and never early twice in a row. A second-order delay-locked loop (F. Adriaensen,
"Using a DLL to filter time", LAC 2005) follows the mean; a block that comes far from where it was expected is an
outlier, and many of them in a row are a new time. Each block leaves a pair (frame, time) and the length of a frame in
one of two slots, so that a reader never waits.
"""

from typing import NamedTuple

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, i64, kernel, record_at, run2

BLOCK_CLOCK = np.dtype(
    [
        ("count", "i8"),  # blocks told; the slot of the newest is its lowest bit
        ("frame", "i8", (2,)),  # first frame of the block
        ("ns", "i8", (2,)),  # its time
        ("frame_fs", "i8", (2,)),  # length of a frame, fs
        ("latency_ns", "i8", (2,)),  # from the callback to the loudspeaker, as the sound system reports it
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
_SLOTS, _FRAME, _NS, _FRAME_FS, _LATENCY = 4, 8, 24, 40, 56


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
    slot = (c.count + 1) & 1
    store_release(address + _FRAME + 8 * slot, frame)
    store_release(address + _NS + 8 * slot, c.origin + np.int64(c.time))
    store_release(address + _FRAME_FS + 8 * slot, np.int64(c.length * _FS))
    store_release(address + _LATENCY + 8 * slot, np.int64(c.latency))
    store_release(address, c.count + 1)


@entry(STEP2)
def _read(address, target):
    """Copy the newest slot out to int64 [4]; gives the number of blocks. RT: worker."""
    out = i64(target, _SLOTS)
    while True:
        count = load_acquire(address)
        slot = count & 1
        out[0] = load_acquire(address + _FRAME + 8 * slot)
        out[1] = load_acquire(address + _NS + 8 * slot)
        out[2] = load_acquire(address + _FRAME_FS + 8 * slot)
        out[3] = load_acquire(address + _LATENCY + 8 * slot)
        if load_acquire(address) == count:
            return count


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
        self.address: int = self.state.ctypes.data
        self._read = run2(_read)

    def read(self) -> BlockTime:
        """Read the newest pair; from any thread. RT: never."""
        out = np.zeros(_SLOTS, np.int64)
        blocks = self._read(self.address, out.ctypes.data)
        return BlockTime(blocks, *out.tolist())

    def restart(self, frame: int, ns: int) -> None:
        """Have `frame` be asked for at `ns`, after a gap in time; only while no block is being told. RT: never."""
        s = self.state[0]
        slot = (int(s["count"]) + 1) & 1
        s["frame"][slot], s["ns"][slot] = frame, ns
        s["frame_fs"][slot], s["latency_ns"][slot] = (s[name][slot ^ 1] for name in ("frame_fs", "latency_ns"))
        s["settled"], s["outliers"] = 0, 0
        s["count"] += 1

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self.state]
