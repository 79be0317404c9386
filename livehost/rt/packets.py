"""A one-way ring of packets of any length, from one native writer to one reader in Python.

A packet that finds no room is dropped and counted; the writer never waits. Whoever reads may sleep until one comes.
"""

from typing import Any

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, i64, kernel, record_at, run2, u8
from livehost.rt.semaphore import Semaphore, wake

#: Numbers that a packet may carry besides its bytes.
NUMBERS = 4
_HEAD = 8 * (2 + NUMBERS)  # bytes of the whole slot, bytes of the packet, numbers
_LINE = 64
_WRITTEN, _READ, _DROPPED = 0, _LINE, 2 * _LINE

PACKETS = np.dtype([("memory", "i8"), ("size", "i8"), ("cursors", "i8"), ("wake", "i8")], align=True)
#: A packet on its way out: where it goes to, and how long it is.
OUT = np.dtype([("bytes", "i8"), ("room", "i8"), ("size", "i8"), ("numbers", "i8", (NUMBERS,))], align=True)


@kernel
def packets_put(address: Any, data: Any, size: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Copy a packet in, with four numbers, and wake the reader; 0 where there is no room. RT: worker."""
    ring = record_at(address, PACKETS)
    written, read = load_acquire(ring.cursors + _WRITTEN), load_acquire(ring.cursors + _READ)
    whole = (_HEAD + size + 7) // 8 * 8
    at = written % ring.size
    skipped = ring.size - at if at + whole > ring.size else 0
    if written + skipped + whole - read > ring.size:
        store_release(ring.cursors + _DROPPED, load_acquire(ring.cursors + _DROPPED) + 1)
        return 0
    if skipped > 0:  # what is left before the end is too short: an empty slot fills it
        i64(ring.memory + at, 1)[0] = -skipped
        at = 0
    head = i64(ring.memory + at, _HEAD // 8)
    head[0], head[1], head[2], head[3], head[4], head[5] = whole, size, a, b, c, d
    source, target = u8(data, size), u8(ring.memory + at + _HEAD, size)
    for k in range(size):
        target[k] = source[k]
    store_release(ring.cursors + _WRITTEN, written + skipped + whole)
    wake(ring.wake)
    return 1


@entry(STEP2)
def packets_get(address: Any, out_address: Any) -> Any:
    """Copy the oldest packet out; 0 where there is none. RT: worker."""
    ring = record_at(address, PACKETS)
    out = record_at(out_address, OUT)
    read = load_acquire(ring.cursors + _READ)
    if load_acquire(ring.cursors + _WRITTEN) == read:
        return 0
    at = read % ring.size
    first = i64(ring.memory + at, 1)[0]
    if first < 0:
        read -= first
        at = 0
    head = i64(ring.memory + at, _HEAD // 8)
    size = min(head[1], out.room)
    source, target = u8(ring.memory + at + _HEAD, size), u8(out.bytes, size)
    for k in range(size):
        target[k] = source[k]
    out.size = size
    for k in range(NUMBERS):
        out.numbers[k] = head[2 + k]
    store_release(ring.cursors + _READ, read + head[0])
    return 1


class PacketRing:
    """Room for packets.

    Parameters
    ----------
    size : int
        Bytes, a multiple of 8, at least twice those of a slot with the longest packet.
    longest : int
        Bytes of the longest packet.

    Attributes
    ----------
    address : int
        Of its `PACKETS` record, for native code.
    """

    def __init__(self, size: int, longest: int = 65_536) -> None:
        self._memory, self._cursors = zeros(size, np.uint8), zeros(3 * _LINE, np.uint8)
        self._semaphore = Semaphore()
        self._ring, self._out, self._bytes = zeros(1, PACKETS), zeros(1, OUT), zeros(longest, np.uint8)
        self._ring[0] = (self._memory.ctypes.data, size, self._cursors.ctypes.data, self._semaphore.address)
        self._out["bytes"], self._out["room"] = self._bytes.ctypes.data, longest
        self.address: int = self._ring.ctypes.data
        self._get = run2(packets_get)

    def get(self) -> tuple[bytes, tuple[int, ...]] | None:
        """Take the oldest packet and its numbers, None where there is none. RT: never."""
        if not self._get(self.address, self._out.ctypes.data):
            return None
        out = self._out[0]
        return self._bytes[: out["size"]].tobytes(), tuple(out["numbers"].tolist())

    def wait(self, timeout_s: float) -> None:
        """Sleep until a packet comes, or for so long; may end early. RT: never."""
        self._semaphore.wait(timeout_s)

    def wake(self) -> None:
        """Have `wait` end. RT: never."""
        self._semaphore.wake()

    @property
    def dropped(self) -> int:
        """Packets that found no room."""
        return int(self._cursors[_DROPPED : _DROPPED + 8].view(np.int64)[0])
