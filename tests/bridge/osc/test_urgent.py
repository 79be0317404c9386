"""What native code makes of a packet, held against what Python makes of the same bytes."""

import ctypes
import math
import random
import struct

import numpy as np
import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.urgent import MUTE, PANIC, QUIT, STOP, Urgent, carry_out
from livehost.rt.broadcast import Broadcast
from livehost.rt.gate import LET_RING, Gate
from livehost.rt.native import entry


@entry("int64(int64, int64, int64)")
def _entry(address, packet, size):
    return carry_out(address, packet, size)


_carry_out = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * 3)(_entry.address)


class Desk:
    """A gate, a mute and a flag for urgent messages to act upon, at 48 frames a millisecond."""

    def __init__(self):
        self.gate, self.mute = Gate(), np.zeros(1)
        self.urgent = Urgent(self.gate, Broadcast(), self.mute, 48_000, 480)

    def take(self, packet):
        """Bits of what was carried out."""
        memory = np.frombuffer(packet + bytes(8), np.uint8)
        return _carry_out(self.urgent.address, memory.ctypes.data, len(packet))

    @property
    def fade(self):
        fade, _, rings = self.gate._memory[8:32].view(np.int64)
        return LET_RING if rings else int(fade)


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize(
    ("address", "types", "args", "done", "fade"),
    [
        ("/panic", "", (), PANIC, 480),
        ("/livehost/panic", "", (), PANIC, 480),
        ("/livehost/panic", "i", (1,), PANIC, 480),
        ("/livehost/panic", "f", (250.0,), PANIC, 12_000),
        ("/livehost/panic", "i", (20,), PANIC, 960),
        ("/livehost/panic", "f", (1e9,), PANIC, 480_000),
        ("/livehost/panic", "f", (1.5,), PANIC, 96),
        ("/livehost/panic", "f", (-3.0,), PANIC, 480),
        ("/livehost/panic", "s", ("bang",), PANIC, 480),
        ("/livehost/panic", "fs", (250.0, "more"), PANIC, 12_000),
        ("/livehost/stop", "", (), STOP, LET_RING),
        ("/livehost/stop", "i", (127,), STOP, LET_RING),
    ],
)
def test_panic_and_stop_shut_the_gate(desk, address, types, args, done, fade):
    assert desk.take(wire.encode(address, types, *args)) == done
    assert (desk.gate.word, desk.fade) == (1, fade)
    assert desk.take(wire.bundle([wire.encode(address, types, *args)])) == done
    assert desk.take(wire.bundle([wire.encode(address, types, *args)], 2e9)) == done  # whatever its time
    assert desk.gate.word == 5


@pytest.mark.parametrize(
    ("address", "types", "args"),
    [
        ("/panic", "i", (0,)),
        ("/panic", "f", (0.0,)),
        ("/livehost/panic", "f", (math.nan,)),
        ("/livehost/panic", "f", (math.inf,)),
        ("/livehost/panics", "", ()),
        ("/livehost/pani", "", ()),
        ("/livehost/panic/x", "", ()),
        ("/livehost/pan*", "i", (1,)),
        ("/livehost/stop", "i", (0,)),
        ("/livehost/start", "", ()),
        ("/livehost/quit", "f", (0.0,)),
        ("/livehost/mute", "", ()),
        ("/livehost/mute", "s", ("yes",)),
        ("/livehost/mute", "f", (math.nan,)),
        ("/livehost/bank/play", "i", (1,)),
    ],
)
def test_all_else_is_left_to_python(desk, address, types, args):
    assert desk.take(wire.encode(address, types, *args)) == 0
    assert (desk.gate.word, desk.mute[0], desk.urgent.quits) == (0, 0.0, False)


@pytest.mark.parametrize(
    ("tags", "data", "held"),
    [
        ("i", struct.pack(">i", 1), 1.0), ("i", struct.pack(">i", 0), 0.0), ("i", struct.pack(">i", -5), 0.0),
        ("f", struct.pack(">f", 1.0), 1.0), ("f", struct.pack(">f", 127.0), 1.0), ("f", struct.pack(">f", 0.4), 0.0),
        ("d", struct.pack(">d", 1.0), 1.0), ("d", struct.pack(">d", -1e-300), 0.0), ("h", struct.pack(">q", 3), 1.0),
        ("h", struct.pack(">q", -3), 0.0), ("T", b"", 1.0), ("F", b"", 0.0), ("f", struct.pack(">f", 1e-40), 0.0),
    ],
)  # fmt: skip
def test_every_kind_of_number_mutes(desk, tags, data, held):
    desk.mute[0] = 0.5
    assert desk.take(wire.encode("/livehost/mute")[:-4] + b"," + tags.encode() + b"\0\0" + data) == MUTE
    assert desk.mute[0] == held


def test_a_mute_for_later_is_left_to_python(desk):
    mute = wire.encode("/livehost/mute", "i", 1)
    assert desk.take(wire.bundle([mute], 2e9)) == 0
    assert desk.take(wire.bundle([wire.bundle([mute], 2e9), mute])) == MUTE
    assert desk.mute[0] == 1.0
    desk.mute[0] = 0.0
    assert desk.take(wire.bundle([wire.bundle([wire.encode("/nothing")]), wire.bundle([mute], 2e9)])) == 0
    assert desk.mute[0] == 0.0


def test_all_that_is_urgent_in_a_bundle_is_found(desk):
    rest = [wire.encode("/livehost/bank/play", "if", k, -6.0) for k in range(300)]
    packet = wire.bundle(
        [
            *rest,
            wire.bundle([*rest, wire.encode("/livehost/mute", "i", 1)]),
            wire.encode("/livehost/quit"),
            *rest,
            wire.encode("/panic"),
        ]
    )
    assert desk.take(packet) == MUTE | QUIT | PANIC
    assert (desk.gate.word, desk.mute[0], desk.urgent.quits) == (1, 1.0, True)


def test_a_panic_calls_on_all_livehosts_and_a_stop_does_not(desk):
    broadcast = Broadcast()
    before = broadcast.word
    desk.take(wire.encode("/livehost/stop"))
    assert broadcast.word == before
    desk.take(wire.encode("/livehost/panic"))
    assert broadcast.word != before
    assert broadcast.word & 0xFFFFFF == broadcast.me


def _deep(levels, inside):
    for _ in range(levels):
        inside = wire.bundle([inside])
    return inside


def test_bundles_in_bundles(desk):
    panic = wire.encode("/panic")
    assert desk.take(_deep(8, panic)) == PANIC
    assert desk.take(_deep(9, panic)) == 0  # deeper than Python reads
    assert desk.take(_deep(1000, panic)) == 0


def test_no_packet_reads_beyond_its_end_or_never_ends(desk):
    noise = random.Random(1)
    heads = [b"", b"/panic\0\0,f\0\0", b"#bundle\0" + bytes(7) + b"\1", b"/livehost/mute\0\0,", b"#bundle\0"]
    for k in range(100_000):
        desk.take(heads[k % 5] + noise.randbytes(noise.randrange(48)))
    for size in range(20):
        desk.take(b"#bundle\0" + bytes(7) + b"\1" + bytes(size))
    desk.take(b"#bundle\0" + struct.pack(">Qi", 1, -4))
    desk.take(b"#bundle\0" + struct.pack(">Qi", 1, 2**31 - 1) + b"/panic\0\0")


def test_it_finds_what_pythons_decoder_finds(desk):
    """Random bundles of messages: what is urgent by the one is urgent by the other."""
    noise = random.Random(2)
    addresses = ["/panic", "/livehost/panic", "/livehost/stop", "/livehost/mute", "/livehost/quit", "/x", "/panic/y"]
    means = {"/panic": PANIC, "/livehost/panic": PANIC, "/livehost/stop": STOP, "/livehost/quit": QUIT}

    def element(depth):
        if depth and noise.random() < 0.4:
            time = None if noise.random() < 0.7 else 2e9
            return wire.bundle([element(depth - 1) for _ in range(noise.randrange(1, 4))], time)
        types = noise.choice(["", "i", "f", "s", "is", "b"])
        values = {"i": noise.choice([0, 1, 300]), "f": noise.choice([0.0, 1.0, 99.5]), "s": "on", "b": b"xyz"}
        return wire.encode(noise.choice(addresses), types, *(values[t] for t in types))

    for _ in range(2000):
        packet = element(4)
        wanted = 0
        for m in wire.decode(packet):
            number = m.args[0] if m.args and isinstance(m.args[0], (int, float)) else None
            if m.address == "/livehost/mute":
                wanted |= MUTE if number is not None and m.time is None else 0
            elif not m.args or number != 0:
                wanted |= means.get(m.address, 0)
        assert desk.take(packet) == wanted
