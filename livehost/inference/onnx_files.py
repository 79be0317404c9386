"""Lists the files from which an ONNX model reads external weights, without any runtime.

ONNX is a protocol buffer: fields with a number and a wire type, some of them messages. Only those that lead to tensors
are entered; no size is believed that exceeds the bytes that are left, and what is no such buffer is refused. Source:
onnx.proto (IR version 11) and the encoding of protocol buffers.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Fields of each message that lead to tensors, and the messages that they hold.
_INNER: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
#: Of a tensor: pairs that say where its data are, and whether they are elsewhere (not 0). Of a pair: key and value.
_PAIR, _ELSEWHERE, _KEY, _VALUE = 13, 14, 1, 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
#: More fields than that has no model that a stage could step; a minute would go by in counting them.
MOST_FIELDS = 2_000_000
_LONGEST = 4096


class NotOnnxError(Exception):
    """Why a file is no model: the end of a sentence that begins with its name."""


def external_files(path: Path) -> set[str]:
    """List the locations of all data outside of a model's file, as the model spells them.

    Parameters
    ----------
    path : Path
        ONNX file; its weights are not read.

    Returns
    -------
    set of str
        Relative to the file's folder, if they are honest. "" where data lie elsewhere and no place is named.

    Raises
    ------
    NotOnnxError
        Where the file is no protocol buffer, cut off, or of too many parts.
    OSError
        Where it cannot be read.
    """
    with path.open("rb") as file:
        try:
            content: Any = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise NotOnnxError("is empty") from None
        with content:
            return _locations(content)


def _locations(content: Any) -> set[str]:
    found: set[str] = set()
    counted = 0
    waiting = [("model", 0, len(content))]
    while waiting:
        kind, start, end = waiting.pop()
        elsewhere, places = False, set[str]()
        for number, wire, value, at, stop in _fields(content, start, end):
            counted += 1
            if counted > MOST_FIELDS:
                raise NotOnnxError(f"has more than {MOST_FIELDS:,} parts")
            if wire == _BYTES and number in _INNER[kind]:
                waiting.append((_INNER[kind][number], at, stop))
            elif kind == "tensor" and wire == _BYTES and number == _PAIR:
                places |= _location(content, at, stop)
            elif kind == "tensor" and wire == _VARINT and number == _ELSEWHERE:
                elsewhere = elsewhere or value & 0xFFFFFFFF != 0
        found |= places or ({""} if elsewhere else set())
    return found


def _location(content: Any, start: int, end: int) -> set[str]:
    """Read a pair: what it names, where its key is "location"."""
    texts: dict[int, list[bytes]] = {_KEY: [], _VALUE: []}
    for number, wire, _, at, stop in _fields(content, start, end):
        if wire == _BYTES and number in texts:
            texts[number].append(content[at : min(stop, at + _LONGEST)])
    return {text.decode("utf-8", "replace") for text in texts[_VALUE]} if b"location" in texts[_KEY] else set()


def _fields(content: Any, at: int, end: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Read the fields of a message: number, wire type, value of a varint, and where its bytes begin and end."""
    while at < end:
        tag, at = _varint(content, at, end)
        number, wire, value = tag >> 3, tag & 7, 0
        if not 0 < number < 1 << 29:
            raise NotOnnxError("is no ONNX file")
        if wire == _VARINT:
            start = at
            value, at = _varint(content, at, end)
        elif wire == _BYTES:
            length, start = _varint(content, at, end)
            at = start + length
        elif wire in (_FIXED32, _FIXED64):
            start, at = at, at + (4 if wire == _FIXED32 else 8)
        else:  # groups are of protocol buffers that ONNX never was
            raise NotOnnxError("is no ONNX file")
        if at > end:
            raise NotOnnxError("is no ONNX file, or one that is cut off")
        yield number, wire, value, start, at


def _varint(content: Any, at: int, end: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            raise NotOnnxError("is no ONNX file, or one that is cut off")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise NotOnnxError("is no ONNX file")
