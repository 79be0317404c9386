"""The terminal while an evening runs: levels, choices, times, trouble."""

import math
import time
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from livehost.view.bars import PeakHold, histogram, meter
from livehost.view.plain import PlainLog, clock, number, plain_line
from livehost.view.snapshot import Snapshot
from livehost.view.summary import summary_table, triple
from livehost.view.theme import short_name

#: Columns from which events stand beside the figures, and under which only the most needed is shown.
_WIDE, _NARROW = 104, 60
_STATES = {"running": "bold green", "ready": "bold green", "starting": "bold cyan"}
_KIND_STYLES = {"onset": "bright_black", "masked": "magenta", "phrase": "cyan", "silenced": "bold red"}


class Dashboard:
    """Shows snapshots in the terminal; use it as a context manager.

    Parameters
    ----------
    console : Console, optional
        Where to.
    screen : bool
        Use the alternate screen, so that the scroll-back stays as it was.
    refresh_hz : float
        Snapshots that come faster are passed over.
    """

    def __init__(self, console: Console | None = None, *, screen: bool = True, refresh_hz: float = 10.0) -> None:
        self.console = console or Console()
        self._live = Live(console=self.console, screen=screen, auto_refresh=False, vertical_overflow="crop")
        self._apart_s, self._shown_s = 0.9 / refresh_hz, -math.inf
        self._held = {"in": PeakHold(), "out": PeakHold()}

    def __enter__(self) -> "Dashboard":
        self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.__exit__(kind, error, trace)

    def update(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        now = time.monotonic()
        if now - self._shown_s >= self._apart_s:
            self._shown_s = now
            self._live.update(self.render(snapshot), refresh=True)

    def render(self, snapshot: Snapshot) -> RenderableType:
        """Lay a snapshot out for the console's present size."""
        width, height = self.console.size
        if width >= _WIDE:
            left_width = min(max(width // 2 - 2, 52), 76)
            left = self._figures(snapshot, left_width)
            room = height - 6
            right = _events(snapshot, width - left_width - 3, max(room, 3))
            table = Table.grid(padding=(0, 3, 0, 0))
            table.add_column(width=left_width, no_wrap=True)
            table.add_column(width=width - left_width - 3, no_wrap=True)
            table.add_row(Group(*left), Group(*right))
            return Group(*_head(snapshot, width), Text(), table, Text(), _foot(snapshot))
        if width >= _NARROW:
            top = [*_head(snapshot, width), *self._figures(snapshot, width)]
            room = height - len(top) - 2
            return Group(*top, *_events(snapshot, width, room), _foot(snapshot))
        return Group(*self._small(snapshot, width, height))

    def _meters(self, s: Snapshot, width: int) -> list[Text]:
        """Draw both level meters."""
        lines = []
        limiter = f"  lim {number(-s.limiter_reduction_db)}" if s.limiter_reduction_db >= 0.05 else ""
        for side, (peak_db, rms_db), extra in (("in", s.meter_in_db, ""), ("out", s.meter_out_db, limiter)):
            held_db = self._held[side].update(peak_db, s.uptime_s)
            shown = number(held_db if held_db > -90 else math.nan)
            line = Text(f"{side:<4}", style="bold")
            line.append_text(meter(rms_db, held_db, max(width - 26, 8)))
            line.append(f" {shown:>6} dB", "bold red" if held_db > -0.5 else "default")
            line.append(extra, "yellow")
            lines.append(line)
        return lines

    def _figures(self, s: Snapshot, width: int) -> list[Text]:
        """Levels, times and counters, with a blank line between."""
        lines = [*self._meters(s, width), Text()]
        bar, low_us, high_us = histogram(s.histogram, s.histogram_edges_us, width - 34)
        callback = Text("callback     ", style="bold")
        callback.append(bar, "cyan")
        callback.append(f"  {number(low_us)} … {number(high_us)} µs" if bar else "nothing measured yet", "bright_black")
        lines.append(callback)
        lines.append(_fact("", "  median / p99 / max", triple(s.callback_us, "µs"), f"cpu {100 * s.cpu:.1f} %"))
        lines.append(_fact("onset→sound", "", triple(s.onset_to_sound_ms, "ms")))
        lines.append(_fact("decision", "", triple(s.decide_ms[:2], "ms", 2), f"voices {s.voices}"))
        return [*lines, _counters(s), Text(), _armed(s, width)]

    def _small(self, s: Snapshot, width: int, height: int) -> list[Text]:
        """Show what fits into a narrow window."""
        lines = [_state(s), *self._meters(s, width), _counters(s)]
        lines.append(_fact("on→sound", "", triple(s.onset_to_sound_ms, "ms")))
        return [*lines, *_events(s, width, max(height - len(lines) - 1, 1))]


def _state(s: Snapshot) -> Text:
    line = Text("livehost ", style="bold")
    line.append(s.state, _STATES.get(s.state, "bold red"))
    line.append(f"  {clock(s.uptime_s, 0)}")
    for on, word in ((s.muted, "MUTED"), (s.bypassed, "BYPASSED")):
        if on:
            line.append("  ")
            line.append(f" {word} ", "bold white on red")
    return line


def _head(s: Snapshot, width: int) -> list[Text]:
    """State and who plays; where the sound comes from and goes to."""
    line = _state(s)
    who = " · ".join(part for part in (s.player, s.mode, f"{s.bank_size:,} sounds" if s.bank_size else "") if part)
    line.append(" " * max(width - line.cell_len - len(who), 2))
    line.append(who, "cyan")
    block = f"blocks of {s.block}" if s.block else ""
    facts = [part for part in (s.driver, s.device, f"{s.rate:g} Hz", block, s.bank) if part]
    return [line, Text(" · ".join(facts), style="bright_black", no_wrap=True, overflow="ellipsis")]


def _fact(name: str, label: str, value: str, extra: str = "") -> Text:
    line = Text(f"{name:<12} ", style="bold")
    line.append(value)
    line.append(f"{label}  " if label else "  ", "bright_black")
    line.append(extra, "bright_black")
    return line


def _counters(s: Snapshot) -> Text:
    """Show each counter, loud where it is not zero."""
    line = Text()
    for name, count in s.counters.items():
        line.append(f"{name} ", "bright_black")
        line.append(f"{count:,}   ", "bold yellow" if count else "green")
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _armed(s: Snapshot, width: int) -> Text:
    """Show what stands ready, as much of it as fits."""
    line = Text("next  ", style="bold")
    for place, (name, probability) in enumerate(s.armed):
        text = f"{short_name(name)} {100 * probability:.0f} %   "
        if line.cell_len + len(text) > width + 3:
            break
        line.append(text, "cyan" if place == 0 else "bright_black")
    if not s.armed:
        line.append("–", "bright_black")
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _events(s: Snapshot, width: int, room: int) -> list[Text]:
    """Show the newest events, newest first, in exactly `room` lines."""
    lines = [_event(event, s.rate, width) for event in reversed(s.recent[-room:])] if room > 0 else []
    return lines + [Text() for _ in range(room - len(lines))]


def _event(event: dict, rate: float, width: int) -> Text:
    """Write one event as a line: time, what was heard, what was played, how soon, how likely."""
    if event["kind"] != "sample":
        line = Text(plain_line(event, rate), style=_KIND_STYLES.get(event["kind"], ""))
    else:
        level = event.get("level_db")
        line = Text(f"{clock(event['frame'] / rate):>9}  ", style="bright_black")
        heard = number(level, 0, "dB") if level is not None else str(event.get("reason", ""))
        line.append(f"{heard:>8} → ")
        name = short_name(str(event.get("name") or event.get("index")))
        line.append(f"{name:<{min(max(width - 44, 8), 24)}} ", "bold cyan")
        line.append(f"{number(event.get('onset_to_sound_ms'), 1, 'ms'):>8}  ")
        probability = event.get("probability")
        line.append(f"{100 * probability:3.0f} %" if probability is not None else "", "bright_black")
        line.append("  fallback" if event.get("fallback") else "", "bold yellow")
        line.append("  late" if event.get("late") else "", "bold yellow")
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _foot(s: Snapshot) -> Text:
    """Show the keys, and the last thing that was said."""
    line = Text(no_wrap=True, overflow="ellipsis")
    for key, meaning in s.keys:
        line.append(f" {key} ", "reverse")
        line.append(f" {meaning}   ", "bright_black")
    line.append(s.notice, "yellow")
    return line


__all__ = ["Dashboard", "PlainLog", "plain_line", "summary_table"]
