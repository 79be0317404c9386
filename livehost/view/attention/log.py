"""Attention out of an event log: what each step looked at, and what was heard and played meanwhile."""

import base64
import binascii
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.session_folder import layout
from livehost.session_folder.attention import read_attention_file
from livehost.session_log import SessionLog

HEARD, PLAYED = 0, 1
#: Kinds of other lines that are kept.
_KEPT = ("onset", "masked", "segment", "sample", "end")
#: Heads are averaged over this many of the newest positions.
MOST_AGES = 257


@dataclass(frozen=True, eq=False)
class Look:
    """One step of the model.

    Attributes
    ----------
    frame : int
        When it was made.
    weight : np.ndarray
        Float32 [positions], mean over layers and heads, oldest first; sums to 1.
    source : np.ndarray
        Int8 [positions], `HEARD` or `PLAYED`.
    index : np.ndarray
        Int32 [positions], item of the bank, −1 for what was heard.
    onset : np.ndarray
        Int64 [positions], frame at which each position's sound began.
    """

    frame: int
    weight: np.ndarray
    source: np.ndarray
    index: np.ndarray
    onset: np.ndarray


@dataclass(eq=False)
class AttentionLog:
    """What a log says.

    Attributes
    ----------
    looks : list of Look
        In the order of their frames.
    heads : np.ndarray
        Float64 [layers, heads, ages], mean weight by age; age 0 is the newest sound.
    events : list of dict
        Onsets, segments, samples and ends.
    broken : int
        Lines that could not be read.
    rate : float or None
        Sample rate of the session, Hz, where the log says it.
    """

    looks: list[Look] = field(default_factory=list)
    heads: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 0)))
    events: list[dict[str, Any]] = field(default_factory=list)
    broken: int = 0
    rate: float | None = None

    @property
    def last_frame(self) -> int:
        """The last frame that anything happened at."""
        ends = [e["frame"] + (e.get("frames") or 0) for e in self.events if e["kind"] == "sample"]
        others = [e["frame"] for e in self.events if e["kind"] != "sample"]
        return max([look.frame for look in self.looks] + others + ends, default=0)


def read_attention(path: Path, part: int = 0) -> AttentionLog:
    """Read an event log.

    Parameters
    ----------
    path : Path
        ``events.jsonl`` of a session, or a session folder.
    part : int
        Whose attention and voices.

    Returns
    -------
    AttentionLog
        Lines that are cut off or broken are counted and passed over.

    Raises
    ------
    LivehostError
        Where it cannot be read, is no event log, or holds no attention.
    """
    log, sums, counts = AttentionLog(), np.zeros(0), np.zeros(MOST_AGES)
    folder = path if path.is_dir() else None
    file = SessionLog(path if folder is None else path / layout.EVENTS)
    beside = (folder or path.parent) / layout.ATTENTION
    kept = read_attention_file(beside) if beside.is_file() and file.path.name == layout.EVENTS else iter(())
    for event in chain(file.events(), kept):
        if event.get("part", part) != part:
            continue
        if event["kind"] in _KEPT:
            log.events.append(event)
        elif event["kind"] == "attention":
            try:
                look, rows = _look(event)
            except (KeyError, TypeError, ValueError, binascii.Error):
                log.broken += 1
                continue
            log.looks.append(look)
            if rows is not None and sums.shape[:2] in {(0,), rows.shape[:2]}:
                ages = min(rows.shape[2], MOST_AGES)
                sums = sums if sums.size else np.zeros((*rows.shape[:2], MOST_AGES))
                sums[:, :, :ages] += rows[:, :, ::-1][:, :, :ages]
                counts[:ages] += 1
    log.broken += file.broken
    log.rate = file.rate
    if not log.looks:
        whose = f" of part {part}" if part else ""
        raise LivehostError(
            f"{path} holds no attention{whose}: it is logged while a transformer plays (livehost run --events FILE)."
        )
    log.looks.sort(key=lambda look: look.frame)
    log.events.sort(key=lambda e: e["frame"])
    if sums.size:
        known = int(counts.astype(bool).sum())
        log.heads = sums[:, :, :known] / counts[:known]
    return log


def _look(event: dict[str, Any]) -> tuple[Look, np.ndarray | None]:
    """Read one line of attention: the step, and its rows [layers, heads, positions] where it has any."""
    weight, rows = np.array(event["mean"], np.float32), None
    source, index, onset = (
        np.array(event[key], dtype) for key, dtype in (("source", np.int8), ("index", np.int32), ("frames", np.int64))
    )
    if weight.ndim != 1 or not weight.size or not np.isfinite(weight).all():
        raise ValueError("mean")
    if not weight.shape == source.shape == index.shape == onset.shape:
        raise ValueError("lengths")
    if isinstance(event.get("rows"), np.ndarray):
        rows = event["rows"]
    elif event.get("rows"):
        shape = (event["layers"], event["heads"], len(weight))
        rows = np.frombuffer(base64.b64decode(event["rows"], validate=True), "<f2").reshape(shape).astype(np.float32)
    return Look(int(event["frame"]), weight, source, index, onset), rows
