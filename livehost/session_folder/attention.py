"""Attention in a compact binary file: what each step of the models looked at, a tenth of what a log would take.

The first line is JSON (kind, format, rate). Behind it stand blocks, each a length (u4, little-endian) and so many bytes
that `zlib` unpacks to steps without gaps. A step is a `STEP` record, then

- what its positions were, `SOUND` [told]: those that no step of its part before it had (positions are the newest
  `positions` of all that its part was told of, with a `replaced` last one in the place of the one before);
- its rows, uint8 [layers, heads, positions]: each row in steps of 1/255 of its largest weight;
- the largest weights, float32 [layers, heads].

A block is cut off where the process died; all before it can be read.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.session_folder.append import AppendFile

FORMAT, KIND = 1, "livehost attention"
STEP = np.dtype(
    [
        ("frame", "<i8"),
        ("step", "<i8"),
        ("decision", "<i8"),
        ("part", "<i4"),
        ("layers", "<i4"),
        ("heads", "<i4"),
        ("positions", "<i4"),
        ("told", "<i4"),
        ("replaced", "<i4"),  # sounds that are told anew: what is told takes their place
    ]
)
SOUND = np.dtype([("onset", "<i8"), ("index", "<i4"), ("source", "<i4")])
#: Steps in a block at most, and bytes before it is packed.
_BLOCK_BYTES = 256 << 10
_LENGTH = struct.Struct("<I")


class AttentionFile:
    """Writes the file.

    Parameters
    ----------
    path : Path
    rate : float
        Hz.

    Raises
    ------
    OSError
        Where it cannot be created.
    """

    def __init__(self, path: Path, rate: float) -> None:
        self.file = AppendFile(path)
        self.file.add(json.dumps({"kind": KIND, "format": FORMAT, "rate": rate}).encode("utf-8") + b"\n")
        self._told: dict[int, np.ndarray] = {}
        self._pieces: list[bytes] = []

    def add(self, event: Mapping[str, Any]) -> None:
        """Keep a step: an ``attention`` event with what `AttentionMemory.read` gives."""
        rows = np.asarray(event["rows"], np.float32)
        positions = np.zeros(rows.shape[2], SOUND)
        positions["onset"], positions["index"], positions["source"] = event["frames"], event["index"], event["source"]
        part = int(event["part"])
        known, self._told[part] = self._told.get(part, positions[:0]), positions
        replaced, new = _news(known, positions)
        step = np.zeros(1, STEP)
        for name in ("frame", "step", "decision", "part"):
            step[name] = event[name]
        step["layers"], step["heads"], step["positions"] = rows.shape
        step["told"], step["replaced"] = len(new), replaced
        largest = rows.max(axis=2)
        scaled = np.rint(rows * (255.0 / np.maximum(largest, 1e-30))[:, :, None]).astype(np.uint8)
        self._pieces += [step.tobytes(), new.tobytes(), scaled.tobytes(), largest.astype("<f4").tobytes()]
        if sum(map(len, self._pieces)) >= _BLOCK_BYTES:
            self.pack()

    def pack(self) -> None:
        """End the block: what has been added can be read from the file once it is flushed."""
        if self._pieces:
            packed = zlib.compress(b"".join(self._pieces), 6)
            self.file.add(_LENGTH.pack(len(packed)) + packed)
            self._pieces = []


def _news(known: np.ndarray, positions: np.ndarray) -> tuple[int, np.ndarray]:
    """Say how many of the last known positions are told anew, and what is told, so that the end becomes `positions`."""
    for replaced in range(min(len(known), 16) + 1):
        kept = known[: len(known) - replaced]
        for told in range(min(len(positions), 16) + 1):
            there = len(positions) - told
            if there <= len(kept) and np.array_equal(kept[len(kept) - there :], positions[:there]):
                return replaced, positions[there:]
    return len(known), positions


def read_attention_file(path: Path) -> Iterator[dict[str, Any]]:
    """Give every step as an event of the log has it, with ``rows`` float32 [layers, heads, positions].

    Raises
    ------
    LivehostError
        Where it cannot be read, or is none of this format.
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
    if not isinstance(header, dict) or header.get("kind") != KIND or header.get("format") != FORMAT:
        raise LivehostError(f"{path} holds no attention that this livehost reads.")
    told: dict[int, np.ndarray] = {}
    while at + _LENGTH.size <= len(data):
        (size,) = _LENGTH.unpack_from(data, at)
        packed, at = data[at + _LENGTH.size : at + _LENGTH.size + size], at + _LENGTH.size + size
        try:
            block = zlib.decompress(packed)
        except zlib.error:
            return  # cut off
        yield from _steps(block, told)


def _steps(block: bytes, told: dict[int, np.ndarray]) -> Iterator[dict[str, Any]]:
    at = 0
    while at < len(block):
        step = np.frombuffer(block, STEP, 1, at)[0]
        at += STEP.itemsize
        new = np.frombuffer(block, SOUND, int(step["told"]), at)
        at += new.nbytes
        part, count = int(step["part"]), int(step["positions"])
        known = told.get(part, new[:0])
        positions = np.concatenate([known[: len(known) - int(step["replaced"])], new])[-count:]
        told[part] = positions
        shape = (int(step["layers"]), int(step["heads"]))
        scaled = np.frombuffer(block, np.uint8, shape[0] * shape[1] * count, at).reshape(*shape, count)
        at += scaled.nbytes
        largest = np.frombuffer(block, "<f4", shape[0] * shape[1], at).reshape(shape)
        at += largest.nbytes
        rows = scaled * (largest / np.float32(255.0))[:, :, None]
        rows /= np.maximum(rows.sum(axis=2, keepdims=True), np.float32(1e-30))
        yield {
            "frame": int(step["frame"]), "kind": "attention", "part": part, "step": int(step["step"]),
            "decision": int(step["decision"]), "layers": shape[0], "heads": shape[1], "positions": count,
            "mean": rows.mean(axis=(0, 1)), "source": positions["source"].tolist(),
            "index": positions["index"].tolist(), "frames": positions["onset"].tolist(), "rows": rows,
        }  # fmt: skip
