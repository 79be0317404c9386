"""One-way rings between two threads, without locks: records, and the tape of samples.

A `Ring` carries fixed-size records from one writer to one reader; a full ring drops the new record and counts it.
A `Tape` carries samples from one writer to any number of readers, at absolute frame positions: the writer never waits
or drops, and a reader that fell more than the tape's length behind finds that out and counts it.
"""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numba import carray

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, f32, kernel, pointer, run2

#: Cursors stand on cache lines of their own.
_LINE = 64

RING = np.dtype([("slots", "i8"), ("mask", "i8"), ("slot_bytes", "i8"), ("cursors", "i8")], align=True)
_WRITTEN, _READ, _DROPPED = 0, _LINE, 2 * _LINE


@kernel
def ring_claim(address: Any) -> Any:
    """Get the address of the next free slot, or 0 where the ring is full (counted). RT: callback."""
    ring = carray(pointer(address), (1,), RING)[0]
    written = load_acquire(ring.cursors + _WRITTEN)
    if written - load_acquire(ring.cursors + _READ) > ring.mask:
        store_release(ring.cursors + _DROPPED, load_acquire(ring.cursors + _DROPPED) + 1)
        return np.int64(0)
    return ring.slots + (written & ring.mask) * ring.slot_bytes


@kernel
def ring_publish(address: Any) -> Any:
    """Hand the claimed slot to the reader. RT: callback."""
    ring = carray(pointer(address), (1,), RING)[0]
    store_release(ring.cursors + _WRITTEN, load_acquire(ring.cursors + _WRITTEN) + 1)


@kernel
def ring_peek(address: Any) -> Any:
    """Get the address of the oldest unread slot, or 0 where there is none. RT: callback."""
    ring = carray(pointer(address), (1,), RING)[0]
    read = load_acquire(ring.cursors + _READ)
    if load_acquire(ring.cursors + _WRITTEN) == read:
        return np.int64(0)
    return ring.slots + (read & ring.mask) * ring.slot_bytes


@kernel
def ring_release(address: Any) -> Any:
    """Give the slot that was peeked at back to the writer. RT: callback."""
    ring = carray(pointer(address), (1,), RING)[0]
    store_release(ring.cursors + _READ, load_acquire(ring.cursors + _READ) + 1)


@entry(STEP2)
def _push(ring: Any, record: Any) -> Any:
    """Copy one record in; 1 where there was room, else 0. RT: callback."""
    slot = ring_claim(ring)
    if slot == 0:
        return 0
    size = carray(pointer(ring), (1,), RING)[0].slot_bytes
    source, target = carray(pointer(record), (size,), np.uint8), carray(pointer(slot), (size,), np.uint8)
    for i in range(size):
        target[i] = source[i]
    ring_publish(ring)
    return 1


@entry(STEP2)
def _pop(ring: Any, record: Any) -> Any:
    """Copy one record out; 1 where there was one, else 0. RT: callback."""
    slot = ring_peek(ring)
    if slot == 0:
        return 0
    size = carray(pointer(ring), (1,), RING)[0].slot_bytes
    source, target = carray(pointer(slot), (size,), np.uint8), carray(pointer(record), (size,), np.uint8)
    for i in range(size):
        target[i] = source[i]
    ring_release(ring)
    return 1


class Ring:
    """A one-way ring of records.

    Parameters
    ----------
    capacity : int
        Slots, a power of two.
    slot_bytes : int
        Size of a record.

    Attributes
    ----------
    address : int
        Address of its `RING` record, for native code.
    """

    def __init__(self, capacity: int, slot_bytes: int) -> None:
        if capacity & (capacity - 1) or capacity < 1:
            raise ValueError(f"A ring's capacity is a power of two, not {capacity}.")
        self._slots = zeros(capacity * slot_bytes, np.uint8)
        self._cursors = zeros(3 * _LINE, np.uint8)
        self._ring = np.zeros(1, RING)
        self._ring[0] = (self._slots.ctypes.data, capacity - 1, slot_bytes, self._cursors.ctypes.data)
        self.address: int = self._ring.ctypes.data
        self.slot_bytes = slot_bytes
        self._out = np.zeros(slot_bytes, np.uint8)
        self._writer = threading.Lock()  # several Python threads may stand in for the one writer
        self._push, self._pop = run2(_push), run2(_pop)

    def push(self, record: np.ndarray) -> bool:
        """Write one record from Python; False where the ring is full. RT: never."""
        with self._writer:
            return bool(self._push(self.address, record.ctypes.data))

    def pop(self) -> bytes | None:
        """Read one record from Python, None where there is none. RT: never."""
        return self._out.tobytes() if self._pop(self.address, self._out.ctypes.data) else None

    def drain(self) -> Iterator[bytes]:
        """Read all records that are there. RT: never."""
        while (record := self.pop()) is not None:
            yield record

    @property
    def dropped(self) -> int:
        """Records that found the ring full."""
        return int(self._cursors[_DROPPED : _DROPPED + 8].view(np.int64)[0])

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._slots, self._cursors, self._ring]


TAPE = np.dtype([("samples", "i8"), ("mask", "i8"), ("channels", "i8"), ("written", "i8")], align=True)


@kernel
def tape_put(address: Any, channel: Any, frame: Any, value: Any) -> Any:
    """Write one sample of one channel at an absolute frame; `tape_publish` makes it known. RT: callback."""
    tape = carray(pointer(address), (1,), TAPE)[0]
    f32(tape.samples + channel * (tape.mask + 1) * 4, tape.mask + 1)[frame & tape.mask] = value


@kernel
def tape_publish(address: Any, frame: Any) -> Any:
    """Make known that all frames before `frame` are written. RT: callback."""
    store_release(carray(pointer(address), (1,), TAPE)[0].written, frame)


@kernel
def tape_written(address: Any) -> Any:
    """Get the number of frames written so far. RT: callback."""
    return load_acquire(carray(pointer(address), (1,), TAPE)[0].written)


@kernel
def tape_address(address: Any, channel: Any, frame: Any) -> Any:
    """Get the address of a sample; contiguous up to the next multiple of the tape's length. RT: callback."""
    tape = carray(pointer(address), (1,), TAPE)[0]
    return tape.samples + (channel * (tape.mask + 1) + (frame & tape.mask)) * 4


class Tape:
    """An endless tape of samples in a fixed length of memory, planar float32.

    Parameters
    ----------
    frames : int
        Length, a power of two.
    channels : int
        Number of channels.
    """

    def __init__(self, frames: int, channels: int) -> None:
        if frames & (frames - 1) or frames < 1:
            raise ValueError(f"A tape's length is a power of two, not {frames}.")
        self.frames, self.channels = frames, channels
        self._samples = zeros(frames * channels, np.float32)
        self._written = zeros(8, np.int64)
        self._tape = np.zeros(1, TAPE)
        self._tape[0] = (self._samples.ctypes.data, frames - 1, channels, self._written.ctypes.data)
        self.address: int = self._tape.ctypes.data

    @property
    def written(self) -> int:
        """Frames written since the start."""
        return int(self._written[0])

    @property
    def oldest(self) -> int:
        """First frame that is surely still there; a quarter of the tape is left to the writer, who is ahead of it."""
        return max(0, self.written - self.frames // 4 * 3)

    def read(self, start: int, stop: int, channels: Sequence[int] | None = None) -> np.ndarray:
        """Copy frames out, float32 [stop − start, channels] in planar order; all channels unless told which.

        They must still be on the tape, which `oldest` tells afterwards. RT: never.
        """
        wanted = range(self.channels) if channels is None else channels
        planes = np.empty((len(wanted), stop - start), np.float32)
        first = start & (self.frames - 1)
        ahead = min(stop - start, self.frames - first)  # up to where the tape's memory begins again
        samples = self._samples.reshape(self.channels, self.frames)
        for plane, channel in zip(planes, wanted, strict=True):
            plane[:ahead] = samples[channel, first : first + ahead]
            plane[ahead:] = samples[channel, : stop - start - ahead]
        return planes.T

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._samples, self._written, self._tape]
