"""What answered what: answers of a session, by the stroke with which they sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.studio.stage_evaluation.session import RATE, Session
from livehost.synthesis.takes import match

#: An onset that was heard is that of a stroke within this time, ms.
TOLERANCE_MS = 25.0


@dataclass(frozen=True)
class Answers:
    """The first sound of each answer that belongs to a known stroke.

    Attributes
    ----------
    stroke : np.ndarray
        Int64 [answers], number of the stroke.
    item : np.ndarray
        Int64 [answers], item of the bank.
    gain_db : np.ndarray
        Float64 [answers].
    start : np.ndarray
        Int64 [answers], frame at which it begins to sound.
    onset : np.ndarray
        Int64 [answers], frame at which the stroke was heard.
    """

    stroke: np.ndarray
    item: np.ndarray
    gain_db: np.ndarray
    start: np.ndarray
    onset: np.ndarray

    def __len__(self) -> int:
        return len(self.stroke)


def answers_of(session: Session, frames: np.ndarray) -> Answers:
    """Pair the answers of a session with strokes at known frames."""
    rows: dict[int, Mapping[str, Any]] = {}
    for event in session.of("sample"):
        if event["reason"] == "answer" and event["onset_frame"] >= 0:
            rows.setdefault(event["onset_frame"], event)
    onsets = np.array(sorted(rows), np.int64)
    pairs = match(onsets, frames, TOLERANCE_MS * RATE / 1000)
    found = [(j, rows[int(onsets[i])]) for i, j in pairs]
    return Answers(
        np.array([j for j, _ in found], np.int64),
        *(np.array([row[name] for _, row in found], kind) for name, kind in
          (("index", np.int64), ("gain_db", np.float64), ("frame", np.int64), ("onset_frame", np.int64))),
    )  # fmt: skip


def all_items(session: Session) -> np.ndarray:
    """Give the items that sounded, in their order, int64 [n]."""
    return np.array([event["index"] for event in session.of("sample")], np.int64)


def armed_by(session: Session) -> dict[int, Sequence[int]]:
    """Give the items that stood armed when an onset was heard, by its frame."""
    armed: Sequence[int] = ()
    found: dict[int, Sequence[int]] = {}
    for event in session.events:
        if event["kind"] == "next":
            armed = event["index"][: event["count"]] if "count" in event else event["index"]
        elif event["kind"] == "onset":
            found[event["onset_frame"]] = armed
    return found


def onset_frames(session: Session) -> np.ndarray:
    """Give the frames of all onsets that were heard, int64 [n]."""
    return np.array(sorted(event["onset_frame"] for event in session.of("onset")), np.int64)
