"""What happened last: a listener that keeps what a snapshot needs from the stream of events."""

import math
from collections import deque
from collections.abc import Mapping
from typing import Any

from livehost.view.plain import TOLD


class Recent:
    """Keeps the newest events, levels and plan.

    Parameters
    ----------
    size : int
        How many events.
    """

    def __init__(self, size: int = 64) -> None:
        self._events: deque[dict[str, Any]] = deque(maxlen=size)
        self._armed: list[tuple[str, float]] = []
        self._peaks = {"in": -math.inf, "out": -math.inf}
        self._rms = {"in": -math.inf, "out": -math.inf}
        self._reduction_db = 0.0
        self._voices = 0
        self._attention: Any = None

    def event(self, event: Mapping[str, Any]) -> None:
        """Take in one event; an answer takes the place of its onset and keeps its level."""
        kind = event["kind"]
        if kind == "meter":
            self._meter(event)
        elif kind == "next":
            self._armed = list(zip(event["name"], event["probability"], strict=False))
        elif kind == "attention":
            self._attention = event.get("mean", self._attention)
        elif kind == "sample":
            self._events.append({**event, "level_db": self._take_level(event.get("onset_frame", -1))})
        elif kind in TOLD:
            self._events.append(dict(event))

    def fields(self) -> dict[str, Any]:
        """Give `Snapshot`'s fields recent, armed, meters, reduction, voices and attention; peaks start anew."""
        fields = {
            "recent": list(self._events),
            "armed": self._armed,
            "meter_in_db": (self._peaks["in"], self._rms["in"]),
            "meter_out_db": (self._peaks["out"], self._rms["out"]),
            "limiter_reduction_db": self._reduction_db,
            "voices": self._voices,
            "attention": self._attention,
        }
        self._peaks = dict(self._rms)
        self._reduction_db = 0.0
        return fields

    def _meter(self, event: Mapping[str, Any]) -> None:
        for side in ("in", "out"):
            self._rms[side] = _level(event[f"{side}_rms_db"])
            self._peaks[side] = max(self._peaks[side], _level(event[f"{side}_peak_db"]))
        self._reduction_db = max(self._reduction_db, abs(event["reduction_db"] or 0.0))
        self._voices = event["active"]

    def _take_level(self, onset_frame: int) -> float | None:
        """Remove the onset that is being answered; give its level."""
        for event in reversed(self._events):
            if event["kind"] == "onset" and event["onset_frame"] == onset_frame:
                self._events.remove(event)
                level_db: float | None = event["level_db"]
                return level_db
        return None


def _level(value: float | None) -> float:
    """Give a level in dB; silence is written as None in events."""
    return -math.inf if value is None else value
