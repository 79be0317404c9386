"""Time and partnership in a picture: bars and beats, expected strokes, and how much room the musician is left."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from livehost.view.picture.page import EDGE, LEFT, RIGHT, SIDE, Lanes, panel, write
from livehost.view.picture.story import Expected, Room, Story
from livehost.view.theme import ACCENT, HAIR, HEARD, INK, REST, SOFT

#: Bars are ruled, numbered and beats marked at least so far apart, pixels.
_RULED, _NUMBERED, _MARKED = 8.0, 30.0, 3.0
#: A stroke that comes within so much of when it was expected was foreseen, ms; the histogram reaches twice as far.
NEAR_MS = 20.0
#: With more expected strokes than this, their marks are small.
_MANY = 300
#: Marks of expected strokes: whether something was struck with it, whether it came, size, looks.
_MARKS: tuple[tuple[bool, bool, float, dict[str, Any]], ...] = (
    (False, True, 64.0, {"marker": "|", "color": SOFT}),
    (False, False, 12.0, {"marker": "o", "facecolors": "none", "edgecolors": SOFT}),
    (True, True, 20.0, {"marker": "D", "color": HEARD}),
    (True, False, 26.0, {"marker": "x", "color": ACCENT}),
)
#: The same in words.
EXPECTED_SIGNS = "expected strokes:   ◆ struck with   × struck with, did not come   | came   ○ did not come"
#: Where a part rests for so many pixels, it says so.
_WRITTEN = 34.0


def draw_bars(page: Axes, figure: Figure, story: Story, lanes: Lanes, seconds: float) -> None:
    """Rule a line for each bar that was heard, number it, and mark the beats above."""
    if not story.beats:
        return
    top, bottom = lanes.heard[0], lanes.played[1]
    pixels_s = (RIGHT - LEFT) / seconds
    times = [beat.time_s for beat in story.beats]
    apart = float(np.median(np.diff(times))) * pixels_s if len(times) > 1 else _MARKED
    if apart >= _MARKED:
        page.vlines(times, top - 5, top - 1, color=SOFT, linewidth=0.8, clip_on=False)
    bars = [(beat.time_s, beat.bar) for beat in story.beats if beat.beat == 1]
    ruled = _every([t for t, _ in bars], pixels_s, _RULED)
    lines = [[(t, top - 8), (t, bottom)] for t, _ in bars[::ruled]]
    page.add_collection(LineCollection(lines, colors=SOFT, linewidths=0.7, alpha=0.35, zorder=0, clip_on=False))
    for t, bar in bars[:: ruled * _every([t for t, _ in bars[::ruled]], pixels_s, _NUMBERED)]:
        page.annotate(
            f"{bar}", (t, top - 8), (0, 2), textcoords="offset points", ha="center", fontsize=8, color=SOFT,
            annotation_clip=False,
        )  # fmt: skip
    write(figure, LEFT - 14, top - 1, "bars", fontsize=9, color=SOFT, ha="right")


def _every(times: Sequence[float], pixels_s: float, least: float) -> int:
    """Give how many of these to go on at a time so that they stand apart: a power of two."""
    apart = float(np.median(np.diff(times))) * pixels_s if len(times) > 1 else least
    return int(2 ** max(np.ceil(np.log2(least / max(apart, 1e-6))), 0))


def tempo_fact(story: Story) -> str:
    """Say how many beats were heard and at which tempo; "" where none was."""
    if not story.beats:
        return ""
    low, usual, high = np.percentile([beat.bpm for beat in story.beats], (5, 50, 95))
    steady = high - low <= 0.04 * usual
    tempo = f"{usual:.0f} bpm" if steady else f"{low:.0f} to {high:.0f} bpm"
    return f"{len(story.beats):,} beats at {tempo}"


def together_fact(story: Story) -> str:
    """Say how many expected strokes were struck with, and how near they came; "" where none was."""
    struck = [e for e in story.expected if e.struck]
    if not struck:
        return ""
    early_ms = np.array([e.early_ms for e in struck if _came(e)])
    apart = f", {np.median(np.abs(early_ms)):.1f} ms apart" if early_ms.size else ""
    gone = sum(e.withdrawn for e in struck)
    return f"{early_ms.size:,} of {len(struck):,} strikes together{apart}, {gone:,} withdrawn"


def draw_expected(page: Axes, figure: Figure, story: Story, lanes: Lanes) -> None:
    """Mark strokes that were expected: those that came, those that did not, and what was struck with them."""
    if not story.expected:
        return
    top, bottom = lanes.expected
    scale = 1.0 if len(story.expected) <= _MANY else 0.4
    for struck, came, size, style in _MARKS:
        times = [e.time_s for e in story.expected if (e.struck, _came(e)) == (struck, came)]
        page.scatter(times, [0.5 * (top + bottom)] * len(times), s=scale * size, linewidths=1.1, zorder=4, **style)
    # aslant, where it came sooner or later
    lines = [[(e.came_s, lanes.heard[1]), (e.time_s, top)] for e in story.expected if _came(e)]
    page.add_collection(LineCollection(lines, colors=SOFT, linewidths=0.7, alpha=0.7, zorder=2), autolim=False)
    write(figure, LEFT - 14, bottom - 2, "expected", fontsize=9, color=SOFT, ha="right")


def _came(expected: Expected) -> bool:
    return bool(np.isfinite(expected.came_s))


def draw_room(page: Axes, figure: Figure, room: list[Room], lanes: Lanes, seconds: float) -> None:
    """Draw how busy the musician is, as an area, and how much of the player's own line plays, as a line."""
    if not room:
        return
    top, bottom = lanes.room
    height = bottom - top
    time_s = np.array([r.time_s for r in room] + [max(seconds, room[-1].time_s)])
    busy, share = (np.array([*values, values[-1]]) for values in ([r.busy for r in room], [r.share for r in room]))
    most = max(float(busy.max()), 1e-6)
    page.hlines([top, bottom], 0, seconds, color=HAIR, linewidth=0.8, zorder=0)
    page.fill_between(time_s, bottom, bottom - height * busy / most, step="post", color=HEARD, alpha=0.3, linewidth=0)
    page.step(time_s, bottom - height * share, where="post", color=ACCENT, linewidth=1.4, zorder=3)
    for first, last in _rests(room, seconds):
        page.fill_between([first, last], bottom, top, color=REST, alpha=0.35, linewidth=0, zorder=1)
        if (last - first) * (RIGHT - LEFT) / seconds >= _WRITTEN:
            middle = (0.5 * (first + last), 0.5 * (top + bottom))
            page.annotate("rests", middle, ha="center", va="center", fontsize=8, color=INK)
    write(figure, LEFT - 14, top + 14, "room", fontsize=13, color=INK, fontweight="bold", ha="right")
    write(figure, LEFT - 14, top + 32, f"{most:.1f} strokes a second", fontsize=9, color=HEARD, ha="right")
    write(figure, LEFT - 14, top + 48, "own line, 100 %", fontsize=9, color=ACCENT, ha="right")


def _rests(room: list[Room], seconds: float) -> list[tuple[float, float]]:
    """Give when it rests, from … to, s."""
    spans: list[tuple[float, float]] = []
    began = -1.0
    for r in room:
        if r.resting and began < 0:
            began = r.time_s
        elif not r.resting and began >= 0:
            spans.append((began, r.time_s))
            began = -1.0
    return [*spans, (began, seconds)] if began >= 0 else spans


def draw_together(figure: Figure, story: Story, lanes: Lanes) -> None:
    """Say how near the expected strokes came that something was struck with, and draw how early or late it was."""
    if not story.expected:
        return
    top, bottom = lanes.room
    struck = [e for e in story.expected if e.struck]
    shown = struck or story.expected
    early_ms = np.array([e.early_ms for e in shown if _came(e)])
    write(figure, SIDE, top - 4, "together" if struck else "expected", fontsize=10, color=INK, fontweight="bold")
    counts = [f"{len(early_ms)} of {len(shown)} came"] if not struck else [f"{len(early_ms)} of {len(shown)}"]
    counts += [f"{sum(e.withdrawn for e in struck)} withdrawn"] if struck else []
    write(figure, SIDE + 82, top - 4, " · ".join(counts), fontsize=9, color=SOFT)
    if not early_ms.size:
        return
    near = np.mean(np.abs(early_ms) <= NEAR_MS)
    facts = f"median {np.median(np.abs(early_ms)):.1f} ms · {near:.0%} within {NEAR_MS:.0f} ms"
    write(figure, SIDE, top + 13, facts, fontsize=9, color=SOFT)
    axes = panel(figure, SIDE, top + 22, EDGE, bottom - 2)
    reach = 2 * NEAR_MS
    counted, edges = np.histogram(np.clip(early_ms, -reach, reach), bins=40, range=(-reach, reach))
    axes.bar(edges[:-1], counted, width=np.diff(edges) * 0.86, align="edge", color=HEARD)
    axes.axvline(0.0, color=ACCENT, linewidth=1.0)
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(0.0, 1.6 * counted.max())  # the words stand above the bars
    axes.set_xticks([])
    for x, side, word in ((0.0, "left", "late"), (1.0, "right", "early")):
        axes.annotate(
            f"{reach:.0f} ms {word}", (x, 0.98), xycoords="axes fraction", ha=side, va="top", fontsize=8, color=SOFT
        )
