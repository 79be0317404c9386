"""OSC 1.0 on the wire: packets to messages and back.

The decoder is our own because it faces the network: python-osc 1.10 loops for ever on a bundle whose element has a
negative size (20 bytes stop the thread that reads them), recurses as deep as bundles are nested, and logs each
unknown type. This one is linear in the length of the packet and raises nothing but `Malformed`.
"""

import struct
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

#: A bundle may hold bundles, but not for ever.
MAX_DEPTH = 8
_NTP_TO_UNIX = 2_208_988_800
_NUMBERS = {tag: struct.Struct(f">{code}") for tag, code in zip("ifdht", "ifdqQ", strict=True)}
_CONSTANTS: dict[str, Any] = {"T": True, "F": False, "I": True, "N": None}
_INT_MAX = 2**31 - 1


class Malformed(ValueError):  # noqa: N818 -- an adjective reads better where it is caught
    """The packet is no OSC."""


class Message(NamedTuple):
    """One message.

    Parameters
    ----------
    address : str
        Address or pattern.
    args : tuple
        Plain Python values: int, float, bool, str, bytes or None; brackets of arrays are dropped.
    time : float or None
        Unix time of its bundle, None for immediately.
    """

    address: str
    args: tuple[Any, ...]
    time: float | None = None


def decode(packet: bytes) -> list[Message]:
    """Read a packet: one message, or a bundle of messages and bundles.

    Raises
    ------
    Malformed
        With a few words on what is wrong with it.
    """
    out: list[Message] = []
    _element(packet, 0, len(packet), None, 0, out)
    return out


def encode(address: str, types: str = "", *args: Any) -> bytes:
    """Build a message; `types` are of ``i f s b``, and a value that does not fit its type is bent until it does."""
    parts = [_padded(address), _padded("," + types)]
    for tag, value in zip(types, args, strict=True):
        if tag == "i":
            parts.append(_NUMBERS["i"].pack(int32(value)))
        elif tag == "f":
            parts.append(_float(value))
        elif tag == "s":
            parts.append(_padded(str(value)))
        else:
            parts.append(_NUMBERS["i"].pack(len(value)) + value + bytes(-len(value) % 4))
    return b"".join(parts)


def bundle(messages: Iterable[bytes], time: float | None = None) -> bytes:
    """Join messages into one bundle, to be carried out at a Unix time or immediately."""
    tag = 1 if time is None else int((time + _NTP_TO_UNIX) * 2**32)
    elements = (_NUMBERS["i"].pack(len(m)) + m for m in messages)
    return b"".join((b"#bundle\0", _NUMBERS["t"].pack(tag), *elements))


def packets(messages: Sequence[bytes], limit: int = 1400) -> list[bytes]:
    """Pack messages, in order, into packets of at most `limit` bytes; a longer message goes alone."""
    out: list[bytes] = []
    batch: list[bytes] = []
    size = 16
    for message in messages:
        if batch and size + 4 + len(message) > limit:
            out.append(batch[0] if len(batch) == 1 else bundle(batch))
            batch, size = [], 16
        batch.append(message)
        size += 4 + len(message)
    if batch:
        out.append(batch[0] if len(batch) == 1 else bundle(batch))
    return out


def int32(value: Any) -> int:
    """Fit a whole number into 32 bits; a frame position goes round after 2³¹ (12.4 hours at 48 kHz)."""
    number = int(value)
    if number > _INT_MAX:
        return number & _INT_MAX
    return max(number, -_INT_MAX - 1)


class Template:
    """A message whose address and types never change, so that sending packs numbers only.

    Parameters
    ----------
    address : str
        Its address.
    types : str
        Type tags, of ``i f s``.
    """

    def __init__(self, address: str, types: str) -> None:
        self.address, self.types = address, types
        self._head = _padded(address) + _padded("," + types)
        self._numbers = struct.Struct(">" + types) if "s" not in types else None

    def __call__(self, *args: Any) -> bytes:
        """Build the message."""
        if self._numbers is not None:
            try:
                return self._head + self._numbers.pack(*args)
            except (struct.error, OverflowError, TypeError):
                pass  # a float where a whole number is declared, or one that is too large
        return encode(self.address, self.types, *args)


def _float(value: Any) -> bytes:
    try:
        return _NUMBERS["f"].pack(value)
    except OverflowError:
        return _NUMBERS["f"].pack(float("inf") if value > 0 else float("-inf"))


def _padded(text: str) -> bytes:
    raw = text.encode("utf-8", "replace").replace(b"\0", b"")
    return raw + bytes(4 - len(raw) % 4)


def _element(packet: bytes, at: int, end: int, time: float | None, depth: int, out: list[Message]) -> None:
    if packet.startswith(b"#bundle\0", at, end):
        _bundle(packet, at + 8, end, depth, out)
    elif packet.startswith(b"/", at, end):
        out.append(_message(packet, at, end, time))
    else:
        raise Malformed("neither a message nor a bundle")


def _bundle(packet: bytes, at: int, end: int, depth: int, out: list[Message]) -> None:
    if depth >= MAX_DEPTH:
        raise Malformed("bundles nested too deep")
    if end - at < 8:
        raise Malformed("a bundle without a time")
    (tag,) = _NUMBERS["t"].unpack_from(packet, at)
    time = None if tag <= 1 else tag / 2**32 - _NTP_TO_UNIX
    at += 8
    while at < end:
        size = _NUMBERS["i"].unpack_from(packet, at)[0] if end - at >= 4 else -1
        at += 4
        if size <= 0 or size > end - at:
            raise Malformed("an element of a bundle that is longer than the bundle")
        _element(packet, at, at + size, time, depth + 1, out)
        at += size


def _message(packet: bytes, at: int, end: int, time: float | None) -> Message:
    address, at = _string(packet, at, end)
    if at >= end:  # old senders leave out the types of a message without arguments
        return Message(address, (), time)
    tags, at = _string(packet, at, end)
    if not tags.startswith(","):
        raise Malformed("types that do not begin with a comma")
    args: list[Any] = []
    for tag in tags[1:]:
        if tag in _NUMBERS:
            reader = _NUMBERS[tag]
            if end - at < reader.size:
                raise Malformed("fewer arguments than types")
            args.append(reader.unpack_from(packet, at)[0])
            at += reader.size
        elif tag in "sS":
            text, at = _string(packet, at, end)
            args.append(text)
        elif tag in _CONSTANTS:
            args.append(_CONSTANTS[tag])
        elif tag in "cmr":  # a character, MIDI bytes, a colour: four bytes that no address of ours wants
            args.append(packet[at : at + 4])
            at += 4
        elif tag == "b":
            blob, at = _blob(packet, at, end)
            args.append(blob)
        elif tag not in "[]":
            raise Malformed(f"an unknown type {tag!r}")
    if at > end:
        raise Malformed("fewer arguments than types")
    return Message(address, tuple(args), time)


def _string(packet: bytes, at: int, end: int) -> tuple[str, int]:
    stop = packet.find(b"\0", at, end)
    if stop < 0:
        raise Malformed("a string without an end")
    return packet[at:stop].decode("utf-8", "replace"), at + (stop - at) // 4 * 4 + 4


def _blob(packet: bytes, at: int, end: int) -> tuple[bytes, int]:
    size = _NUMBERS["i"].unpack_from(packet, at)[0] if end - at >= 4 else -1
    if size < 0 or size > end - at - 4:
        raise Malformed("a blob that is longer than its packet")
    return packet[at + 4 : at + 4 + size], at + 4 + size + -size % 4
