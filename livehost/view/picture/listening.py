"""What had been heard when each answer was chosen: a strip under the onsets, and one answer seen closely."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from livehost.view.picture.page import EDGE, LEFT, SIDE, Lanes, panel, write
from livehost.view.picture.roll import Rows
from livehost.view.picture.story import Choice, Story
from livehost.view.theme import ACCENT, HAIR, HEARD, INK, SOFT, clip, short_name

#: What fills the strip, ms; it is logarithmic, so that the first milliseconds can be told apart.
_MOST_MS = 100.0
#: Of the close-up: before the stroke, and at least after it.
_BEFORE_MS, _AFTER_MS = 3.0, 24.0


def draw_known(page: Axes, figure: Figure, story: Story, lanes: Lanes, rows: Rows) -> None:
    """Draw a bar under each onset that was answered: the longer, the more of it was known by then."""
    top, bottom = lanes.known
    answers = [c for c in story.choices if np.isfinite(c.onset_s)]
    if not answers:
        return
    page.axhline(top, color=HAIR, linewidth=0.6, zorder=0)
    share = np.array([np.log1p(min(c.heard_ms, _MOST_MS)) / np.log1p(_MOST_MS) for c in answers])
    onset, colours = [c.onset_s for c in answers], [rows.colour[c.name] for c in answers]
    width = 3.0 if len(answers) < 200 else 1.0
    page.vlines(onset, top, top + np.maximum(share * (bottom - top), 1.0), colors=colours, linewidth=width, zorder=3)
    write(figure, LEFT - 14, bottom - 2, "known by then", fontsize=9, color=SOFT, ha="right")


def draw_listening(figure: Figure, lanes: Lanes, heard: np.ndarray, rate: float, story: Story) -> None:
    """Say how much was known of the strokes that were answered, and show the surest answer closely."""
    answers = [c for c in story.choices if np.isfinite(c.onset_s)]
    top, bottom = lanes.played
    write(figure, SIDE, top, "listen, then choose", fontsize=10, color=INK, fontweight="bold")
    if not answers:
        write(figure, SIDE, top + 18, "no stroke was answered", fontsize=9, color=SOFT)
        return
    known = np.array([c.heard_ms for c in answers])
    before = int((known <= 0).sum())
    facts = f"{np.median(known[known > 0]):.1f} ms of the stroke known (median)" if before < len(known) else ""
    facts = facts or "all were chosen before their stroke"
    write(figure, SIDE, top + 18, facts, fontsize=9, color=SOFT)
    if before and before < len(known):
        write(figure, SIDE, top + 33, f"{before:,} of {len(known):,} chosen before it", fontsize=9, color=SOFT)
    _draw_close(figure, heard, rate, max(answers, key=_sureness), top + 40, bottom - 16)


def _sureness(choice: Choice) -> tuple[bool, float]:
    return choice.heard_ms > 0, choice.probability


def _draw_close(figure: Figure, heard: np.ndarray, rate: float, choice: Choice, top: float, bottom: float) -> None:
    """Draw the stroke of one answer: what was known of it when it was chosen, and when the answer began."""
    last_ms = max(1.5 * choice.latency_ms, _AFTER_MS)
    first = max(round((choice.onset_s - _BEFORE_MS / 1000) * rate), 0)
    wave = heard[first : first + round((_BEFORE_MS + last_ms) / 1000 * rate)]
    wave = wave if wave.ndim == 1 else wave.mean(axis=1)
    axes = panel(figure, SIDE, top, EDGE, bottom)
    time_ms = (first + np.arange(len(wave))) / rate * 1000 - choice.onset_s * 1000
    axes.axvspan(0.0, max(choice.heard_ms, 0.0), color=ACCENT, alpha=0.25, linewidth=0)
    axes.plot(time_ms, wave, color=HEARD, linewidth=0.8)
    axes.axvline(choice.latency_ms, color=INK, linewidth=1.2)
    full = float(np.abs(wave).max(initial=1e-6)) * 1.15
    axes.set_ylim(-full, full)
    axes.set_xlim(-_BEFORE_MS, last_ms)
    name = clip(short_name(choice.name), 14)
    axes.annotate(
        f"{name} {choice.probability:.0%}", (choice.latency_ms, 0.8 * full), (3, 0), textcoords="offset points",
        fontsize=8, color=INK, va="center", parse_math=False,
    )  # fmt: skip
