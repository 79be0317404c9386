"""When a note leaves: an even time after the frame that it belongs to."""

import time
from collections.abc import Mapping
from typing import Any, Protocol

from livehost.settings import Settings

#: A time that is further away than this is none that a note waits for, ns.
_HORIZON_NS = 1_000_000_000


class Clock(Protocol):
    """Times of frames on the monotonic clock, ns."""

    def ns_at(self, frame: int) -> int:
        """When the audio callback came to a frame."""
        ...

    def sound_ns(self, frame: int) -> int:
        """When a frame leaves the loudspeaker."""
        ...


class NoteTimes:
    """Gives each event of a frame the time of its MIDI message.

    Parameters
    ----------
    settings : Settings
        ``midi.delay_ms`` is read at each event.
    clock : Clock or None
        None: every message leaves at once.
    """

    def __init__(self, settings: Settings, clock: Clock | None) -> None:
        self._settings, self._clock = settings, clock

    def of(self, event: Mapping[str, Any]) -> int | None:
        """Time of an event, ns of the monotonic clock; None for at once.

        Events come a little after their frame, once sooner, once later; the delay is what makes the way even.
        """
        if self._clock is None or "frame" not in event:
            return None
        frame, delay_ns = event["frame"], round(self._settings["midi.delay_ms"] * 1e6)
        at_ns = max(self._clock.ns_at(frame) + delay_ns, self._clock.sound_ns(frame))
        return at_ns if abs(at_ns - time.monotonic_ns()) < _HORIZON_NS else None
