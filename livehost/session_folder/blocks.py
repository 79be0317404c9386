"""A file of packed blocks: a line of JSON, then each block's length (u4, little-endian) and so many bytes for `bz2`.

The block that is being written when the process dies is cut off; all before it can be read.
"""

import bz2
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.session_folder.append import AppendFile

#: Bytes of a block, before it is packed.
_BLOCK = 256 << 10
_LENGTH = struct.Struct("<I")


class BlockWriter:
    """Writes such a file.

    Parameters
    ----------
    path : Path
        Must not exist.
    kind : str
        What it holds, in its first line.
    form : int
        Number of its format.
    rate : float
        Of the session, Hz.

    Raises
    ------
    OSError
        Where it cannot be created.
    """

    def __init__(self, path: Path, kind: str, form: int, rate: float) -> None:
        self.file = AppendFile(path)
        self.file.add(json.dumps({"kind": kind, "format": form, "rate": rate}).encode("utf-8") + b"\n")
        self._pieces: list[bytes] = []
        self._held = 0

    def add(self, piece: bytes) -> None:
        """Add a piece, which no block divides."""
        self._pieces.append(piece)
        self._held += len(piece)
        if self._held >= _BLOCK:
            self.pack()

    def pack(self) -> None:
        """End the block: what has been added can be read from the file once that is flushed."""
        if self._pieces:
            packed = bz2.compress(b"".join(self._pieces))
            self.file.add(_LENGTH.pack(len(packed)) + packed)
            self._pieces, self._held = [], 0


def read_blocks(path: Path, kind: str, form: int) -> Iterator[bytes]:
    """Give every whole block of a file.

    Raises
    ------
    LivehostError
        Where it cannot be read, or is of another kind or format.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LivehostError(f"{path} cannot be read: {error.strerror}.") from None
    at = data.find(b"\n") + 1
    try:
        header: Any = json.loads(data[:at])
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("kind") != kind or header.get("format") != form:
        raise LivehostError(f"{path} is not of kind {kind!r}, format {form}, as this livehost reads it.")
    while at + _LENGTH.size <= len(data):
        (size,) = _LENGTH.unpack_from(data, at)
        packed, at = data[at + _LENGTH.size : at + _LENGTH.size + size], at + _LENGTH.size + size
        try:
            yield bz2.decompress(packed)
        except (OSError, ValueError):
            return  # cut off
