"""What happened last: a listener that keeps what a snapshot needs from the stream of events."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from livehost.event_kinds import is_shown
from livehost.stage.snapshot import SILENT_DB

#: Meter events whose peak is shown: the engine sends 30 a second, so that is a quarter of a second.
_METERS = 8


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
        self._meters: deque[Mapping[str, Any]] = deque(maxlen=_METERS)
        self._attention: Any = None
        self._beat: tuple[int, int, float] | None = None
        self._heard_beat: dict[str, Any] | None = None
        self._room: dict[str, Any] | None = None
        #: Name of the scene loaded or kept last.
        self.scene = ""

    def event(self, event: Mapping[str, Any]) -> None:
        """Take in one event; an answer takes the place of its onset and keeps its level."""
        kind = event["kind"]
        if kind == "meter":
            self._meters.append(event)
        elif kind == "next" and event["part"] == 0:
            self._armed = list(zip(event["name"], event["probability"], strict=False))
        elif kind == "attention":
            self._attention = event.get("mean", self._attention)
        elif kind == "fact" and event["name"] == "scene":
            self.scene = event["value"]
        elif kind == "fact" and event["name"] == "transport" and event["value"] == "stopped":
            self._beat = None
        elif kind == "beat":
            self._beat = event["bar"], event["beat"], event["bpm"]
        elif kind == "heard_beat":
            self._heard_beat = dict(event)
        elif kind == "room" and event["part"] == 0:
            self._room = dict(event)
        elif kind == "sample":
            self._events.append({**event, "level_db": self._take_level(event.get("onset_frame", -1))})
        elif is_shown(event):
            self._events.append(dict(event))

    def fields(self) -> dict[str, Any]:
        """Give the fields of `Snapshot` that come from events, such as recent and armed; asking changes nothing."""
        meters = tuple(self._meters)
        return {
            "recent": list(self._events),
            "armed": self._armed,
            "meter_in_db": _peak_and_rms(meters, "in"),
            "meter_out_db": _peak_and_rms(meters, "out"),
            "limiter_reduction_db": max((abs(meter["reduction_db"] or 0.0) for meter in meters), default=0.0),
            "voices": meters[-1]["active"] if meters else 0,
            "attention": self._attention,
            "beat": self._beat,
            "heard_beat": self._heard_beat,
            "room": self._room,
        }

    def _take_level(self, onset_frame: int) -> float | None:
        """Remove the onset that is being answered; give its level."""
        for event in reversed(self._events):
            if event["kind"] == "onset" and event["onset_frame"] == onset_frame:
                self._events.remove(event)
                level_db: float | None = event["level_db"]
                return level_db
        return None


def _peak_and_rms(meters: Sequence[Mapping[str, Any]], side: str) -> tuple[float, float]:
    """Give the largest peak and the newest RMS, dB."""
    peaks = [_level(meter[f"{side}_peak_db"]) for meter in meters]
    return (max(peaks), _level(meters[-1][f"{side}_rms_db"])) if meters else SILENT_DB


def _level(value: float | None) -> float:
    """Give a level in dB; silence is written as None in events."""
    return -math.inf if value is None else value
