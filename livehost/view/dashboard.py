"""The terminal while a session runs: levels, choices, times, trouble."""

import math
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

from livehost.event_kinds import KINDS
from livehost.stage.snapshot import Snapshot
from livehost.view.bars import PeakHold, columns, histogram, meter
from livehost.view.plain import PlainLog, clock, number, percent, plain_line
from livehost.view.summary import summary_table, triple
from livehost.view.theme import clip, short_name

#: Columns from which events stand beside the figures, and under which only the most needed is shown.
_WIDE, _NARROW = 104, 60
_STATES = {"running": "bold green", "ready": "bold green", "starting": "bold cyan", "failsafe": "bold yellow"}
_TONES = {"quiet": "bright_black", "echo": "magenta", "rest": "cyan", "bad": "bold red", "good": "bold green"}
_WATCHED = ("xruns", "late", "ring overruns", "fallbacks")
#: For so many beats the newest one is shown.
_BEATS_KEPT = 2.5
_SHORT = {"onset": "heard", "masked": "own echo, ignored"}


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

    def __init__(self, console: Console | None = None, *, screen: bool = True, refresh_hz: float = 8.0) -> None:
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

    def render(self, snapshot: Snapshot) -> Text:
        """Lay a snapshot out for the console's present size, one line of text for each line of the window."""
        width, height = self.console.size
        foot = _foot(snapshot, width, height)
        if width >= _WIDE:
            left_width = min(max(width // 2 - 2, 56), 76)
            right_width = width - left_width - 3
            left = self._figures(snapshot, left_width)
            right = _events(snapshot, right_width, max(height - len(foot) - 4, len(left)))
            lines = [*_head(snapshot, width), _line(), *_beside(left, left_width + 3, right)]
        elif width >= _NARROW:
            lines = [*_head(snapshot, width), *self._figures(snapshot, width)]
            lines += _events(snapshot, width, height - len(lines) - len(foot) - 1)
        else:
            lines = self._small(snapshot, width, height - len(foot))
        lines += foot
        # One Text for all: a Table, or a renderable for each line, costs several times as much.
        for line in lines:
            line.truncate(width, overflow="ellipsis")
        page = Text("\n", no_wrap=True, overflow="ellipsis").join(lines)
        page.no_wrap = True
        return page

    def _meters(self, s: Snapshot, width: int) -> list[Text]:
        """Draw both level meters."""
        lines = []
        limiter = f"  lim {number(-s.limiter_reduction_db)}" if s.limiter_reduction_db >= 0.05 else ""
        for side, (peak_db, rms_db), extra in (("in", s.meter_in_db, ""), ("out", s.meter_out_db, limiter)):
            held_db = self._held[side].update(peak_db, s.uptime_s)
            shown = number(held_db if held_db > -90 else math.nan)
            line = _line(f"{side:<4}", "bold")
            line.append_text(meter(rms_db, held_db, max(width - 26, 8)))
            line.append(f" {shown:>6} dB", "bold red" if held_db > -0.5 else "default")
            line.append(extra, "yellow")
            lines.append(line)
        return lines

    def _figures(self, s: Snapshot, width: int) -> list[Text]:
        """Levels, times and counters, with a blank line between."""
        lines = [*self._meters(s, width), _line()]
        bar, low_us, high_us = histogram(s.histogram, s.histogram_edges_us, width - 34)
        callback = _line("callback     ", "bold")
        callback.append(bar, "cyan")
        callback.append(f"  {number(low_us)} … {number(high_us)} µs" if bar else "nothing measured yet", "bright_black")
        lines.append(callback)
        lines.append(_fact("", triple(s.callback_us, "µs"), f"cpu {100 * s.cpu:.1f} %"))
        lines.append(_fact("onset→sound", triple(s.onset_to_sound_ms, "ms"), "median / p99 / max"))
        lines.append(_fact("decision", triple(s.decide_ms[:2], "ms", 2), f"voices {s.voices}"))
        lines += [*_music(s), _counters(s), _line(), _armed(s, width)]
        if s.attention is not None:
            lines.append(_line("attends      ", "bold").append(columns(s.attention[-(width - 14) :]), "cyan"))
        return lines

    def _small(self, s: Snapshot, width: int, height: int) -> list[Text]:
        """Show what fits into a narrow window."""
        lines = [_state(s), _music_in_short(s, width), *self._meters(s, width), _counters(s)]
        lines.append(_fact("onset→sound", triple(s.onset_to_sound_ms, "ms")))
        lines = lines[: max(height - 1, 1)]
        return [*lines, *_events(s, width, max(height - len(lines) - 1, 1))]


def _line(text: str = "", style: str = "") -> Text:
    """Begin a line that is cut where the window ends."""
    line = Text(no_wrap=True, overflow="ellipsis")
    return line.append(text, style) if text else line


def _state(s: Snapshot) -> Text:
    line = _line("livehost ", "bold")
    line.append(s.state, _STATES.get(s.state, "bold red"))
    line.append(f"  {clock(s.uptime_s, 0)}")
    if s.beat is not None:
        bar, beat, bpm = s.beat
        line.append(f"  {bar}.{beat}  {number(bpm)} bpm", "cyan")
    for on, word in _switches(s):
        if on:
            line.append("  ")
            line.append(f" {word} ", "bold white on red")
    return line


def _beat(s: Snapshot) -> dict[str, Any] | None:
    """Give the musician's newest beat; None where it is over: the next ones have not come."""
    e = s.heard_beat
    if e is None or not e["bpm"] or (s.frame - e["frame"]) / s.rate > _BEATS_KEPT * 60 / e["bpm"]:
        return None
    return e


def _pulse(e: dict[str, Any] | None) -> str:
    """Write bar, beat and tempo, and how sure they are."""
    if e is None:
        return "no beat"
    return f"{e['bar']}.{e['beat']}  {number(e['bpm'], 1, 'bpm')}  {percent(e['confidence'])}"


def _music(s: Snapshot) -> list[Text]:
    """Show the musician's beat, and how much room they are left."""
    beat = _beat(s)
    lines = [_fact("heard beat", _pulse(beat), "" if beat is None else f"swing {number(beat['swing'], 2)}")]
    if s.room is not None:
        lines.append(_fact("own line", _share(s.room), f"beside {number(s.room['busy'])} strokes a second"))
    return lines


def _music_in_short(s: Snapshot, width: int) -> Text:
    """Show mode, beat and tempo, and how much of its own line plays where there is room for it."""
    line = _line(s.mode, "bold").append("  " if s.mode else "").append(_pulse(_beat(s)), "cyan")
    if s.room is not None:
        text = f"  {_share(s.room)}"
        line.append(text if line.cell_len + len(text) <= width else "", "bright_black")
    return line


def _share(room: dict[str, Any]) -> str:
    return "rests" if room["resting"] else f"plays {percent(room['share'])}"


def _switches(s: Snapshot) -> Iterator[tuple[bool, str]]:
    """Give the switches, and how each is shown where it is on."""
    yield from ((s.muted, "MUTED"), (s.bypassed, "BYPASSED"), (s.resting, "RESTS"), (s.halted, "HALTED"))
    yield s.recording, "REC"


def _beside(left: list[Text], left_width: int, right: list[Text]) -> list[Text]:
    """Put lines beside lines; `left_width` includes the gap."""
    lines = []
    for i in range(max(len(left), len(right))):
        line = left[i] if i < len(left) else _line()
        line.truncate(left_width - 2, overflow="ellipsis")
        line.pad_right(left_width - line.cell_len)
        lines.append(line.append_text(right[i]) if i < len(right) else line)
    return lines


def _head(s: Snapshot, width: int) -> list[Text]:
    """State and who plays; where the sound comes from and goes to."""
    line = _state(s)
    who = " · ".join(part for part in (s.player, s.mode, f"{s.bank_size:,} sounds" if s.bank_size else "") if part)
    line.append(" " * max(width - line.cell_len - len(who), 2))
    line.append(who, "cyan")
    block = f"blocks of {s.block}" if s.block else ""
    facts = [part for part in (s.driver, s.device, f"{s.rate:g} Hz", block, s.bank) if part]
    return [line, _line(" · ".join(facts), "bright_black")]


def _fact(name: str, value: str, extra: str = "") -> Text:
    line = _line(f"{name:<12} ", "bold")
    line.append(value)
    line.append(f"   {extra}", "bright_black")
    return line


def _counters(s: Snapshot) -> Text:
    """Show the counters: those that are always watched, the others where they are not zero; trouble is loud."""
    line = _line()
    shown = [(name, count) for name, count in s.counters.items() if count or name in _WATCHED]
    for name, count in sorted(shown, key=lambda item: item[0] not in _WATCHED):
        line.append(f"{name} ", "bright_black")
        line.append(f"{count:,}   ", "bold yellow" if count else "green")
    return line


def _armed(s: Snapshot, width: int) -> Text:
    """Show what stands ready, as much of it as fits."""
    line = _line("next  ", "bold")
    for place, (name, probability) in enumerate(s.armed):
        text = f"{short_name(name)} {100 * probability:.0f} %   "
        if line.cell_len + len(text) > width + 3:
            break
        line.append(text, "cyan" if place == 0 else "bright_black")
    if not s.armed:
        line.append("–", "bright_black")
    return line


def _events(s: Snapshot, width: int, room: int) -> list[Text]:
    """Show the newest events, newest first, in exactly `room` lines."""
    lines = [_event(event, s.rate, width) for event in reversed(s.recent[-room:])] if room > 0 else []
    return lines + [Text() for _ in range(room - len(lines))]


def _event(event: dict[str, Any], rate: float, width: int) -> Text:
    """Write one event as a line: time, level heard, what was played, how soon, how likely or what went wrong."""
    kind = event["kind"]
    tone = _TONES.get(KINDS[kind].tone, "")
    line = _line(f"{clock(event['frame'] / rate):>9}  ", "bright_black")
    level = event.get("level_db")
    heard = number(level, 0, "dB") if level is not None else str(event.get("reason", ""))
    if kind == "sample":
        space = min(max(width - 42, 10), 28)
        name = clip(short_name(str(event.get("name") or event.get("index"))), space)
        line.append(f"{heard:>8} → ")
        line.append(f"{name:<{space}} ", "bold cyan")
        line.append(f"{number(event.get('onset_to_sound_ms'), 1, 'ms'):>8} ")
        trouble = "fallback" if event.get("fallback") else "late" if event.get("late") else ""
        likely = event.get("probability")
        line.append(
            f" {trouble}" if trouble else f"{100 * likely:4.0f} %" if likely is not None else "",
            "bold yellow" if trouble else "bright_black",
        )
    elif kind in _SHORT:
        line.append(f"{heard:>8}   {_SHORT[kind]}", tone)
    else:
        line.append(plain_line(event, rate)[11:], tone)
    return line


def _foot(s: Snapshot, width: int, height: int) -> list[Text]:
    """Show the last thing that was said, and the keys, in no more than a third of a window."""
    lines = [_line()]
    for key, meaning in s.keys:
        if lines[-1].cell_len + len(key) + len(meaning) + 5 > width and lines[-1].cell_len:
            lines.append(_line())
        lines[-1].append("  " if lines[-1].cell_len else "").append(f" {key} ", "reverse")
        lines[-1].append(f" {meaning}", "bright_black")
    return [_line(s.notice, "yellow"), *lines[: max(height // 3 - 1, 1)]]


__all__ = ["Dashboard", "PlainLog", "plain_line", "summary_table"]
