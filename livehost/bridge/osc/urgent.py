"""Panic, stop, mute and quit, carried out by native code as a packet comes in.

No queue, no other message, nothing that Python does holds them up. A packet is read as far as it
takes to find them; all else, and what is wrong with it, is left to Python. They are carried out at once whatever the
time of their bundle, but for mute, which may be meant for later.
"""

from typing import Any

import numpy as np

from livehost.rt.broadcast import Broadcast, broadcast_call
from livehost.rt.gate import LET_RING, Gate, gate_shut
from livehost.rt.memory import zeros
from livehost.rt.native import f32, f64, i64, kernel, record_at, u8

#: What was found in a packet and carried out, as bits.
PANIC, STOP, MUTE, QUIT = 1, 2, 4, 8
#: Fades that a panic may ask for, ms.
FADE_MS = (2.0, 10_000.0)
_DEPTH = 8

URGENT = np.dtype(
    [
        ("gate", "i8"),  # addresses: gate of the engine, word of all livehosts, the parameter master.mute, a flag
        ("broadcast", "i8"),
        ("mute", "i8"),
        ("quit", "i8"),
        ("me", "i8"),
        ("rate", "f8"),
        ("fade", "i8"),  # frames of a panic that does not say
        ("bits", "i8"),  # 8 bytes in which a number is put together
        ("words", "i8"),  # the addresses looked for: uint8 [WORDS, LONGEST], zeros behind
        ("ends", "i8", (_DEPTH,)),  # scratch: where the bundles end that one is in, and whether they are for now
        ("now", "i8", (_DEPTH,)),
    ],
    align=True,
)

#: Address and what it means.
WORDS = (
    (b"/panic", PANIC),
    (b"/livehost/panic", PANIC),
    (b"/livehost/stop", STOP),
    (b"/livehost/mute", MUTE),
    (b"/livehost/quit", QUIT),
)
_LONGEST = 24
#: What a first argument is.
_NONE, _NUMBER, _OTHER, _BROKEN = range(4)
_COMMA, _INT, _FLOAT, _LONG, _DOUBLE, _TRUE, _FALSE = b",ifhdTF"
_MEANS = tuple(meaning for _, meaning in WORDS)
_COUNT = len(WORDS)
_BUNDLE = np.uint64(int.from_bytes(b"#bundle\0", "big"))


@kernel
def _big(data: Any, at: Any, count: Any) -> Any:
    """Read a big-endian whole number of 4 or 8 bytes. RT: worker."""
    value = np.uint64(0)
    for k in range(count):
        value = (value << np.uint64(8)) | np.uint64(data[at + k])
    return value


@kernel
def _float(u: Any, bits: Any, size: Any) -> Any:
    """Value of an IEEE 754 number of 4 or 8 bytes, NaN where it is none. RT: worker."""
    i64(u.bits, 1)[0] = np.int64(bits)
    value = np.float64(f32(u.bits, 1)[0]) if size == 4 else f64(u.bits, 1)[0]
    return value if abs(value) < np.inf else np.nan


@kernel
def _string_end(data: Any, at: Any, end: Any) -> Any:
    """Find where what follows a padded string begins, −1 where the string has no end. RT: worker."""
    for k in range(at, end):
        if data[k] == 0:
            return at + (k - at) // 4 * 4 + 4
    return -1


@kernel
def _first_argument(u: Any, data: Any, at: Any, end: Any) -> Any:
    """Read the first argument of a message: its kind (`_NONE` …), and its value where it is a number. RT: worker."""
    if at >= end:
        return _NONE, 0.0
    after = _string_end(data, at, end)
    if after < 0 or after > end or data[at] != _COMMA:
        return _BROKEN, 0.0
    tag = data[at + 1]
    size = 4 if tag in (_INT, _FLOAT) else 8 if tag in (_LONG, _DOUBLE) else 0
    if after + size > end:
        return _BROKEN, 0.0
    bits = _big(data, after, size)
    if tag == _INT:
        return _NUMBER, np.float64(np.int32(np.uint32(bits)))
    if tag == _FLOAT:
        return _NUMBER, _float(u, bits, 4)
    if tag == _LONG:
        return _NUMBER, np.float64(np.int64(bits))
    if tag == _DOUBLE:
        return _NUMBER, _float(u, bits, 8)
    if tag in (_TRUE, _FALSE):
        return _NUMBER, 1.0 if tag == _TRUE else 0.0
    return _NONE if tag == 0 else _OTHER, 0.0


@kernel
def _meaning(u: Any, data: Any, at: Any, end: Any) -> Any:
    """Tell what an address means, 0 for nothing urgent. RT: worker."""
    words = u8(u.words, _COUNT * _LONGEST)
    for w in range(_COUNT):
        k = np.int64(0)
        while at + k < end and data[at + k] == words[w * _LONGEST + k]:
            if data[at + k] == 0:
                return _MEANS[w]
            k += 1
    return 0


@kernel
def _carry_out(u: Any, data: Any, at: Any, end: Any, now: Any) -> Any:
    """Carry out a message, if it is urgent; gives what it was, 0 for what is left to Python. RT: worker."""
    meaning = _meaning(u, data, at, end)
    if meaning == 0:
        return 0
    kind, value = _first_argument(u, data, _string_end(data, at, end), end)
    if kind == _BROKEN or np.isnan(value):
        return 0
    if meaning == MUTE:
        if kind != _NUMBER or now == 0:
            return 0
        f64(u.mute, 1)[0] = 1.0 if value >= 0.5 else 0.0
        return MUTE
    if kind == _NUMBER and value == 0.0:  # a button let go
        return 0
    if meaning == PANIC:
        fade = u.fade
        if kind == _NUMBER and value > 1.0:
            fade = np.int64(min(max(value, FADE_MS[0]), FADE_MS[1]) * u.rate * 0.001)
        gate_shut(u.gate, fade)
        broadcast_call(u.broadcast, u.me)
    elif meaning == STOP:
        gate_shut(u.gate, LET_RING)
    else:
        i64(u.quit, 1)[0] = 1
    return meaning


@kernel
def carry_out(address: Any, packet: Any, size: Any) -> Any:
    """Carry out what is urgent in a packet; gives it as bits. RT: worker."""
    u = record_at(address, URGENT)
    data = u8(packet, size)
    done, depth, at, end, now = 0, 0, np.int64(0), size, 1
    while True:
        while depth > 0 and at >= u.ends[depth - 1]:  # a bundle is over
            depth -= 1
        if depth > 0:
            now, end = u.now[depth - 1], u.ends[depth - 1]
            if at + 4 > end:
                return done
            length = np.int64(np.int32(np.uint32(_big(data, at, 4))))
            at += 4
            if length <= 0 or length > end - at:
                return done
            end = at + length
        elif at > 0:
            return done
        if end - at >= 16 and data[at] == 35:  # a bundle: "#"
            if depth == _DEPTH or _big(data, at, 8) != _BUNDLE:
                return done
            u.now[depth] = 1 if _big(data, at + 8, 8) <= np.uint64(1) else 0
            u.ends[depth] = end
            depth += 1
            at += 16
        else:
            if end > at and data[at] == 47:  # "/"
                done |= _carry_out(u, data, at, end, now)
            at = end
        if depth == 0:
            return done


class Urgent:
    """What urgent messages act upon.

    Parameters
    ----------
    gate, broadcast : Gate, Broadcast
        Of the engine.
    mute : np.ndarray
        The parameter master.mute: float64 [1], of the engine's own memory.
    rate : float
        Hz.
    fade : int
        Frames of a panic that does not say how fast.

    Attributes
    ----------
    address : int
        Of the `URGENT` record, for native code.
    gate : Gate
        As given.
    """

    def __init__(self, gate: Gate, broadcast: Broadcast, mute: np.ndarray, rate: float, fade: int) -> None:
        self.gate, self._broadcast, self._mute, self._rate = gate, broadcast, mute, rate
        self._record, self._quit, self._bits = zeros(1, URGENT), zeros(8, np.int64), zeros(8, np.int64)
        self._words = zeros(_COUNT * _LONGEST, np.uint8)
        rows = self._words.reshape(_COUNT, _LONGEST)
        for row, (word, _) in zip(rows, WORDS, strict=True):
            row[: len(word)] = np.frombuffer(word, np.uint8)
        u = self._record[0]
        u["gate"], u["broadcast"], u["me"] = gate.address, broadcast.address, broadcast.me
        u["mute"], u["quit"], u["words"] = mute.ctypes.data, self._quit.ctypes.data, self._words.ctypes.data
        u["bits"], u["rate"], u["fade"] = self._bits.ctypes.data, rate, fade
        self.address: int = self._record.ctypes.data

    def panic(self, fade_ms: float | None = None) -> None:
        """Silence this livehost, and all others of this user, until it is told to play again. RT: never."""
        frames = int(self._record[0]["fade"])
        if fade_ms is not None:
            frames = max(1, round(min(max(fade_ms, 0.0), FADE_MS[1]) * self._rate / 1000))
        self.gate.shut(frames)
        self._broadcast.call()

    def twin(self) -> tuple[np.ndarray, np.ndarray]:
        """Give a record for another thread: it acts upon the same, with scratch memory of its own; keep both arrays."""
        record, bits = self._record.copy(), zeros(8, np.int64)
        record["bits"] = bits.ctypes.data
        return record, bits

    @property
    def muted(self) -> bool:
        """Whether the output is muted."""
        return bool(self._mute[0])

    def quit(self) -> None:
        """Have the session end. RT: never."""
        self._quit[0] = 1

    @property
    def quits(self) -> bool:
        """Whether the session is to end."""
        return bool(self._quit[0])
