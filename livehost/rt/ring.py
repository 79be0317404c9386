"""A ring buffer of records between two threads, without locks.

It carries fixed-size records from one writer to one reader; a full ring drops the new record and counts it.
"""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, record_at, run2, u8

#: Cursors stand on cache lines of their own.
_LINE = 64

RING = np.dtype([("slots", "i8"), ("mask", "i8"), ("slot_bytes", "i8"), ("cursors", "i8")], align=True)
_WRITTEN, _READ, _DROPPED = 0, _LINE, 2 * _LINE


@kernel
def ring_claim(address: Any) -> Any:
    """Get the address of the next free slot, or 0 where the ring is full (counted). RT: callback."""
    ring = record_at(address, RING)
    written = load_acquire(ring.cursors + _WRITTEN)
    if written - load_acquire(ring.cursors + _READ) > ring.mask:
        store_release(ring.cursors + _DROPPED, load_acquire(ring.cursors + _DROPPED) + 1)
        return np.int64(0)
    return ring.slots + (written & ring.mask) * ring.slot_bytes


@kernel
def ring_publish(address: Any) -> Any:
    """Hand the claimed slot to the reader. RT: callback."""
    ring = record_at(address, RING)
    store_release(ring.cursors + _WRITTEN, load_acquire(ring.cursors + _WRITTEN) + 1)


@kernel
def ring_room(address: Any) -> Any:
    """Count the slots that can be claimed. RT: callback."""
    ring = record_at(address, RING)
    return ring.mask + 1 - (load_acquire(ring.cursors + _WRITTEN) - load_acquire(ring.cursors + _READ))


@kernel
def ring_peek(address: Any) -> Any:
    """Get the address of the oldest unread slot, or 0 where there is none. RT: callback."""
    ring = record_at(address, RING)
    read = load_acquire(ring.cursors + _READ)
    if load_acquire(ring.cursors + _WRITTEN) == read:
        return np.int64(0)
    return ring.slots + (read & ring.mask) * ring.slot_bytes


@kernel
def ring_release(address: Any) -> Any:
    """Give the slot that was peeked at back to the writer. RT: callback."""
    ring = record_at(address, RING)
    store_release(ring.cursors + _READ, load_acquire(ring.cursors + _READ) + 1)


@entry(STEP2)
def _push(ring: Any, record: Any) -> Any:
    """Copy one record in; 1 where there was room, else 0. RT: callback."""
    slot = ring_claim(ring)
    if slot == 0:
        return 0
    size = record_at(ring, RING).slot_bytes
    source, target = u8(record, size), u8(slot, size)
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
    size = record_at(ring, RING).slot_bytes
    source, target = u8(slot, size), u8(record, size)
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
