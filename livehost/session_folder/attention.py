"""Attention in a compact binary file: what each step of the models looked at, a tenth of what a log would take.

A file of blocks (`livehost.session_folder.blocks`), which unpack to steps without gaps. A step is a `STEP` record, then

- what its positions were, `SOUND` [told]: those that its part had not been told of before (positions are the newest
  `positions` of all that it was told of, once the last `replaced` of these have been taken away);
- its rows, uint8 [layers, heads, positions]: each weight in steps of 1/15 of its row's largest;
- the largest weights, float16 [layers, heads].
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.session_folder.blocks import BlockWriter, read_blocks

FORMAT, KIND = 2, "livehost attention"
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
#: Levels of a weight.
_LEVELS = np.float32(15.0)


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
        self.blocks = BlockWriter(path, KIND, FORMAT, rate)
        self._told: dict[int, np.ndarray] = {}

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
        scaled = np.rint(rows * (_LEVELS / np.maximum(largest, np.float32(1e-30)))[:, :, None]).astype(np.uint8)
        self.blocks.add(b"".join((step.tobytes(), new.tobytes(), scaled.tobytes(), largest.astype("<f2").tobytes())))


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
    told: dict[int, np.ndarray] = {}
    for block in read_blocks(path, KIND, FORMAT):
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
        largest = np.frombuffer(block, "<f2", shape[0] * shape[1], at).reshape(shape)
        at += largest.nbytes
        rows = scaled * (largest.astype(np.float32) / _LEVELS)[:, :, None]
        mean = rows.mean(axis=(0, 1))
        yield {
            "frame": int(step["frame"]), "kind": "attention", "part": part, "step": int(step["step"]),
            "decision": int(step["decision"]), "layers": shape[0], "heads": shape[1], "positions": count,
            "mean": mean / max(float(mean.sum()), 1e-30), "source": positions["source"].tolist(),
            "index": positions["index"].tolist(), "frames": positions["onset"].tolist(), "rows": rows,
        }  # fmt: skip
