"""Packets of any length, from native code to Python, in order and whole."""

import ctypes
import random
import threading
import time

import numpy as np
from numba import types

from livehost.rt.native import entry, i64
from livehost.rt.packets import PacketRing, packets_put


@entry(types.int64(types.int64, types.int64))
def _put(ring, call):
    c = i64(call, 6)
    return packets_put(ring, c[0], c[1], c[2], c[3], c[4], c[5])


put_native = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(_put.address)


def put(ring, data, *numbers):
    memory = np.frombuffer(data + b"\0", np.uint8)
    call = np.array([memory.ctypes.data, len(data), *numbers, *[0] * (4 - len(numbers))], np.int64)
    return put_native(ring.address, call.ctypes.data)


def test_a_packet_comes_out_as_it_went_in():
    ring = PacketRing(1024)
    assert ring.get() is None
    assert put(ring, b"abc", 1, 2, 3, -4)
    assert put(ring, b"")
    assert ring.get() == (b"abc", (1, 2, 3, -4))
    assert ring.get() == (b"", (0, 0, 0, 0))
    assert ring.get() is None


def test_random_lengths_go_round_and_round():
    noise, ring, waiting = random.Random(1), PacketRing(2048), []
    for k in range(5000):
        data = noise.randbytes(noise.choice((0, 1, 7, 8, 9, 100, 700)))
        if put(ring, data, k):
            waiting.append((data, (k, 0, 0, 0)))
        for _ in range(noise.randrange(3)):
            assert ring.get() == (waiting.pop(0) if waiting else None)
    while waiting:
        assert ring.get() == waiting.pop(0)
    assert ring.get() is None
    assert ring.dropped > 0


def test_what_finds_no_room_is_dropped_and_counted_and_the_rest_stays_whole():
    ring = PacketRing(256)
    assert [put(ring, bytes([k]) * 100, k) for k in range(3)] == [1, 0, 0]
    assert ring.dropped == 2
    assert put(ring, b"short")
    assert ring.get() == (b"\0" * 100, (0, 0, 0, 0))
    assert ring.get() == (b"short", (0, 0, 0, 0))
    assert put(ring, b"x" * 60)  # half of an empty ring has room wherever its start stands
    assert ring.get() == (b"x" * 60, (0, 0, 0, 0))


def test_a_packet_that_no_ring_can_hold_is_dropped():
    ring = PacketRing(128)
    assert not put(ring, b"x" * 100)
    assert ring.get() is None


def test_a_reader_is_woken_and_otherwise_waits_no_longer_than_it_said():
    ring = PacketRing(1024)
    began = time.monotonic()
    ring.wait(0.05)
    assert time.monotonic() - began >= 0.03
    threading.Timer(0.05, lambda: put(ring, b"now")).start()
    while ring.get() is None:
        assert time.monotonic() - began < 5
        ring.wait(5.0)
