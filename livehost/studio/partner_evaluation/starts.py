"""What a player put out in a session: when each of its sounds began, why, and when it was over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.events import BY_NAME
from livehost.studio.stage_evaluation.session import RATE, Session

_REASONS = next(field.words for field in BY_NAME["sample"].fields if field.name == "reason")


@dataclass(frozen=True)
class Starts:
    """Sounds and notes of its own, in the order in which they began.

    Attributes
    ----------
    frame : np.ndarray
        Int64 [sounds], where each begins.
    end : np.ndarray
        Int64 [sounds], where it was over; the end of the session where nothing says so.
    item : np.ndarray
        Int64 [sounds], item of the bank, −1 for a note.
    reason : np.ndarray
        Int64 [sounds], place in `events.REASONS`.
    """

    frame: np.ndarray
    end: np.ndarray
    item: np.ndarray
    reason: np.ndarray

    def __len__(self) -> int:
        return len(self.frame)

    def of(self, reason: str) -> "Starts":
        """Give those with one reason."""
        return self.where(self.reason == _REASONS.index(reason))

    def where(self, chosen: np.ndarray) -> "Starts":
        """Give those that a mask chooses."""
        return Starts(self.frame[chosen], self.end[chosen], self.item[chosen], self.reason[chosen])


def starts_of(session: Session) -> Starts:
    """List what was played, but not by hand: voices, and notes; a voice that sounds a note is not counted beside it."""
    ends: dict[int, int] = {}
    for event in session.of("end"):
        ends[event["decision"]] = max(ends.get(event["decision"], 0), event["frame"])
    last = len(session.heard) + 2 * RATE
    rows: list[tuple[int, int, int, str]] = [
        (event["frame"], ends.get(event["decision"], last), event["index"], event["reason"])
        for event in session.of("sample")
        if event["reason"] != "manual" and not event["noted"]
    ]
    held: dict[int, Mapping[str, Any]] = {}
    for event in [*session.of("note"), *({"pitch": pitch, "velocity": 0, "frame": last} for pitch in range(128))]:
        began = held.pop(event["pitch"], None)
        if began is not None:
            rows.append((began["frame"], event["frame"], -1, began["reason"]))
        if event["velocity"] > 0 and event["reason"] != "manual":
            held[event["pitch"]] = event
    rows.sort(key=lambda row: row[0])
    frame, end, item = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    return Starts(frame, end, item, np.array([_REASONS.index(row[3]) for row in rows], np.int64))


def nearest_distance(frames: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Give how far the nearest of other frames lies from each, float64 [frames]; infinite where there is none.

    Examples
    --------
    >>> nearest_distance(np.array([5, 20]), np.array([4, 27])).tolist()
    [1.0, 7.0]
    """
    if len(others) == 0:
        return np.full(len(frames), np.inf)
    others = np.sort(np.asarray(others, np.float64))
    after = np.searchsorted(others, frames).clip(0, len(others) - 1)
    before = (after - 1).clip(0)
    return np.minimum(np.abs(others[after] - frames), np.abs(frames - others[before]))
