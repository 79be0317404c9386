"""Events as lines of text, for logs, pipes and people without a terminal."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from livehost.event_kinds import KINDS, is_shown
from livehost.settings import part_key

Event = Mapping[str, Any]
_MODE = part_key(0, "mode")


def clock(seconds: float, digits: int = 3) -> str:
    """Write a time as minutes and seconds: ``2:05.250``; with hours where there are any."""
    whole = round(seconds * 10**digits)
    minutes, rest = divmod(whole, 60 * 10**digits)
    text = f"{rest // 10**digits:02d}" + (f".{rest % 10**digits:0{digits}d}" if digits else "")
    return f"{minutes // 60}:{minutes % 60:02d}:{text}" if minutes >= 60 else f"{minutes}:{text}"


def number(value: float | None, digits: int = 1, unit: str = "") -> str:
    """Write a number with a true minus sign; a dash for nan, None and infinities."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:.{digits}f}".replace("-", "−")
    return f"{text} {unit}" if unit else text


def percent(share: float | None) -> str:
    """Write a share as per cent; a dash for nan and None."""
    return number(None if share is None else 100 * share, 0, "%")


def _onset(e: Event) -> str:
    return f"{number(e.get('level_db'), 1, 'dBFS')}, strength {number(e.get('strength'), 2)}"


def _masked(e: Event) -> str:
    return f"{number(e.get('level_db'), 1, 'dBFS')}, own sound coming back, not answered"


def _sample(e: Event) -> str:
    parts = [str(e.get("name") or f"item {e.get('index')}")]
    latency_ms = e.get("onset_to_sound_ms")
    if latency_ms is not None and math.isfinite(latency_ms):
        parts.append(f"{latency_ms:.1f} ms after its onset")
    if e.get("probability") is not None:
        parts.append(f"probability {e['probability']:.2f}")
    if e.get("late"):
        parts.append(f"late by {e['late']} frames")
    if e.get("fallback"):
        parts.append("fallback")
    return ", ".join(parts)


def _note(e: Event) -> str:
    what = f"velocity {e['velocity']}" if e["velocity"] else "ends"
    return f"{e['pitch']} {what}"


def _phrase(e: Event) -> str:
    return f"of {e.get('onsets')} onsets is over"


def _heard_beat(e: Event) -> str:
    return f"{e['bar']}.{e['beat']} {number(e['bpm'], 1, 'bpm')} {percent(e['confidence'])}"


def _expected(e: Event, rate: float) -> str:
    if e["onset_frame"] < 0:
        return "no stroke came, withdrawn" if e["withdrawn"] else "no stroke came"
    late_ms = (e["onset_frame"] - e["frame"]) * 1000 / rate
    return f"the stroke came {number(abs(late_ms), 1, 'ms')} {'later' if late_ms > 0 else 'earlier'}"


def _growth(e: Event) -> str:
    return f"{e['state']}, {e['done']} of {e['count']} sounds, {e['name']}"


def _strike(e: Event) -> str:
    size = number(100 * e["size_m"], 0, "cm")
    return f"{e['shape']} {percent(e['probability'])}, {size}, at {number(e['position'], 2)}"


def _panic(e: Event) -> str:
    return f"{e.get('voices', 0)} voices faded, {e.get('dropped', 0)} that were to come dropped"


def _resumed(_event: Event) -> str:
    return "it plays again"


def _fields(e: Event) -> str:
    """Write the fields of an event of which nothing else is known."""
    fields = KINDS[e["kind"]].fields
    return ", ".join(f"{f.name} {_plain(e[f.name])}" for f in fields if e.get(f.name) is not None)


def _plain(value: Any) -> str:
    return number(value, 2) if isinstance(value, float) else str(value)


#: How the rest of a line is written for kinds that deserve more than their fields.
_WRITERS: dict[str, Callable[[Event], str]] = {
    "onset": _onset,
    "masked": _masked,
    "sample": _sample,
    "note": _note,
    "phrase": _phrase,
    "heard_beat": _heard_beat,
    "growth": _growth,
    "strike": _strike,
    "silenced": _panic,
    "resumed": _resumed,
}
#: The same, of kinds that tell of a time between two frames; they are given the rate, too.
_TIMED: dict[str, Callable[[Event, float], str]] = {"expected": _expected}
#: Fields that say better than the table what a line begins with.
_WORDS = {"sample": "reason", "silenced": "how", "heard_beat": "mode"}


def plain_line(event: Event, rate: float = 48000.0) -> str:
    """Write an event as one line.

    Parameters
    ----------
    event : mapping
        As in ``events.jsonl``.
    rate : float
        Hz, for the time at the front.

    Returns
    -------
    str
        Empty for events that people are not shown (`event_kinds.is_shown`).
    """
    if not is_shown(event):
        return ""
    kind = KINDS[event["kind"]]
    word = event.get(_WORDS.get(kind.name, ""), kind.word)
    text = _TIMED[kind.name](event, rate) if kind.name in _TIMED else _WRITERS.get(kind.name, _fields)(event)
    written = kind.name in _WRITERS or kind.name in _TIMED
    if written and event.get("part", 0) > 0:  # where one plays alone, nobody asks
        text += f", part {event['part']}"
    return f"{clock(event['frame'] / rate):>9}  {word:<9}{text}"


class PlainLog:
    """A listener that prints events as lines.

    Parameters
    ----------
    console : Console
        Where to.
    rate : float
        Hz.
    mode : str
        Mode that part 0 plays in at first; it stands before each bar that is heard.
    """

    def __init__(self, console: Console, rate: float = 48000.0, mode: str = "beat") -> None:
        self._console, self._rate, self._mode = console, rate, mode

    def event(self, event: Event) -> None:
        """Print one event, if it is one that people are shown."""
        if event["kind"] == "setting" and event["key"] == _MODE:
            self._mode = event["value"]
        elif event["kind"] == "heard_beat":
            event = {**event, "mode": self._mode}
        line = plain_line(event, self._rate)
        if line:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
