"""What stands around the lanes of a picture: headline, legend, latency, counts."""

from collections import Counter

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from livehost.view.picture.page import EDGE, LEFT, SIDE, Lanes, clock, panel, write
from livehost.view.picture.roll import Rows
from livehost.view.picture.story import Choice, Story
from livehost.view.picture.time import EXPECTED_SIGNS, tempo_fact
from livehost.view.picture.waveform import Envelope
from livehost.view.theme import ACCENT, HEARD, INK, SOFT, clip


def draw_headline(
    figure: Figure, story: Story, rate: float, seconds: float, title: str | None, start_s: float = 0.0
) -> None:
    """Write the headline and the facts under it."""
    write(figure, 32, 40, title or "What was heard, what was answered", fontsize=19, color=INK, fontweight="bold")
    together = sum(choice.reason == "unison" for choice in story.choices)
    answers = sum(bool(np.isfinite(c.onset_s)) for c in story.choices if c.reason != "unison")
    counts = (
        (len(story.onsets), "onset heard", "onsets heard"),
        (answers, "answer", "answers"),
        (together, "sound with an expected stroke", "sounds with expected strokes"),
        (len(story.choices) - answers - together, "sound on its own", "sounds on their own"),
        (len({choice.name for choice in story.choices}), "sound chosen", "different sounds"),
        (len(story.masked), "own echo ignored", "own echoes ignored"),
        (sum(choice.fallback for choice in story.choices), "fallback", "fallbacks"),
    )
    behind = f" from {clock(start_s, start_s + seconds)}" if start_s else ""
    facts = [f"{clock(round(seconds, 1), seconds)}{behind} at {rate / 1000:g} kHz"]
    facts += [fact for fact in (tempo_fact(story),) if fact]
    facts += [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    write(figure, 32, 68, "   ·   ".join(facts), fontsize=11, color=SOFT)


def draw_lane_names(figure: Figure, lanes: Lanes, above: Envelope, below: Envelope) -> None:
    """Name the two waves and give their peaks."""
    for lane, name, wave in ((lanes.heard, "heard", above), (lanes.played, "played", below)):
        quiet = "silence" if len(wave.time_s) else "no recording"
        peak = f"peak {20 * np.log10(wave.peak):.1f} dBFS".replace("-", "−") if wave.peak > 1e-6 else quiet
        middle = 0.5 * sum(lane)
        write(figure, LEFT - 14, middle - 2, name, fontsize=13, color=INK, fontweight="bold", ha="right")
        write(figure, LEFT - 14, middle + 16, peak, fontsize=9, color=SOFT, ha="right")


def draw_legend(figure: Figure, story: Story, rows: Rows, *, linked: bool) -> None:
    """Name the colours at the foot of the page, and say how to read it."""
    counts = Counter(rows.family[choice.name] for choice in story.choices)
    x = float(LEFT)
    for family, colour in rows.families.items():
        text = f"{clip(family or 'all', 16)}  {counts[family]:,}"
        write(figure, x, 856, "●", fontsize=11, color=colour)
        write(figure, x + 18, 856, text, fontsize=10, color=INK)
        x += 18 + 7.6 * len(text) + 26
    signs = ["a dot is a sound's start, a bar its length, the wave below has the colour of the newest sound"]
    if linked:
        signs += ["line: the onset that it answers", "○ on its own"]
        signs += ["× not answered"] if story.answers_all else []
        together = any(choice.reason == "unison" for choice in story.choices)
        signs += ["◆ with an expected stroke   ◇ which did not come"] if together else []
        signs += ["▽ own echo, ignored"]
    lines = ["     ".join(signs), *([EXPECTED_SIGNS] if story.expected else [])]
    for place, line in enumerate(lines):
        write(figure, LEFT, 881 - 4 * (len(lines) - 1) + 15 * place, line, fontsize=9, color=SOFT)


def draw_latency(figure: Figure, lanes: Lanes, latency_ms: np.ndarray) -> None:
    """Draw the histogram of onset to sound."""
    top, bottom = lanes.heard
    write(figure, SIDE, top, "onset → sound", fontsize=10, color=INK, fontweight="bold")
    if not latency_ms.size:
        write(figure, SIDE, top + 18, "nothing to time", fontsize=9, color=SOFT)
        return
    p50, p99, most = (float(v) for v in (*np.percentile(latency_ms, (50, 99)), latency_ms.max()))
    write(figure, SIDE, top + 18, f"median {p50:.1f} · p99 {p99:.1f} · max {most:.1f} ms", fontsize=9, color=SOFT)
    axes = panel(figure, SIDE, top + 30, EDGE, bottom - 26)
    # One straggler must not squeeze all others into one bar: beyond 1.5 · p99 everything counts as "≥".
    reach = max(10.0, float(np.ceil(most))) if most <= 4 * max(p99, 2.5) else float(np.ceil(1.5 * max(p99, 6.0)))
    counts, edges = np.histogram(np.minimum(latency_ms, reach), bins=40, range=(0.0, reach))
    axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.86, align="edge", color=HEARD)
    axes.axvline(p50, color=ACCENT, linewidth=1.2)
    axes.set_xlim(0.0, reach)
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    over = "≥ " if most > reach else ""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{over if v >= reach else ''}{v:g}"))


def draw_counts(figure: Figure, lanes: Lanes, choices: list[Choice], rows: Rows) -> None:
    """Draw how often each sound was chosen, row by row."""
    top, bottom = lanes.roll
    write(figure, SIDE, top - 6, "times chosen", fontsize=10, color=INK, fontweight="bold")
    axes = panel(figure, SIDE, top, EDGE, bottom)
    axes.set_ylim(bottom, top)
    axes.set_xticks([])
    counts = Counter(choice.name for choice in choices)
    names = list(rows.y)
    width = [counts[name] for name in names]
    axes.set_xlim(0.0, max(width) * 1.12)
    y = [rows.y[name] for name in names]
    height = max(min(rows.height * 0.6, 10.0), 0.8)
    axes.barh(y, width, height=height, color=[rows.colour[name] for name in names], alpha=0.85)
    if rows.named:
        for at, count in zip(y, width, strict=True):
            axes.annotate(
                f"{count}", (count, at), (4, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT
            )
