"""Events as lines of text, for logs, pipes and people without a terminal."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

Event = Mapping[str, Any]


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


def _onset(e: Event) -> str:
    return f"{'onset':<9}{number(e.get('level_db'), 1, 'dBFS')}, strength {number(e.get('strength'), 2)}"


def _masked(e: Event) -> str:
    return f"{'echo':<9}{number(e.get('level_db'), 1, 'dBFS')}, own sound coming back, not answered"


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
    return f"{e.get('reason', 'sample'):<9}" + ", ".join(parts)


def _phrase(e: Event) -> str:
    return f"{'phrase':<9}of {e.get('onsets')} onsets is over"


def _panic(e: Event) -> str:
    return (
        f"{e.get('how', 'panic'):<9}{e.get('voices', 0)} voices faded, {e.get('dropped', 0)} that were to come dropped"
    )


def _resumed(_event: Event) -> str:
    return f"{'start':<9}it plays again"


#: Kinds of events that are told, and how.
TOLD: dict[str, Callable[[Event], str]] = {
    "onset": _onset,
    "masked": _masked,
    "sample": _sample,
    "phrase": _phrase,
    "silenced": _panic,
    "resumed": _resumed,
}


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
        Empty for kinds that are not told.
    """
    tell = TOLD.get(event["kind"])
    return f"{clock(event['frame'] / rate):>9}  {tell(event)}" if tell else ""


class PlainLog:
    """A listener that prints events as lines.

    Parameters
    ----------
    console : Console
        Where to.
    rate : float
        Hz.
    """

    def __init__(self, console: Console, rate: float = 48000.0) -> None:
        self._console, self._rate = console, rate

    def event(self, event: Event) -> None:
        """Print one event, if it is of a kind that is told."""
        line = plain_line(event, self._rate)
        if line:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
