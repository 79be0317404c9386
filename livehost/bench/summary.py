"""The figures that a person asks for first, as a table in Markdown and as one picture, for the README."""

import math
from typing import Any

import numpy as np

from livehost.bench import host
from livehost.bench.budgets import Budget, Key, number
from livehost.bench.measure import summary
from livehost.bench.results import Results
from livehost.bench.suite import Figure
from livehost.revision import revision

#: Heading of the picture of all budgets.
MARGINS = "How much of each budget is used"
COMMAND = "livehost bench --peers --report bench/reports/latest"

#: Suite, figure, and what it is in words; a row comes only where the figure was measured.
HEADLINES: tuple[tuple[str, str, str], ...] = (
    ("loopback", "clicks median", "sound in to sound out through JACK, 64 frames"),
    ("loopback", "clicks + 5.5 ms p99", "the same with `answer_delay` 5.5 ms, which knows its stroke, p99"),
    ("loopback", "clicks + 5.5 ms jitter", "the same, jitter (standard deviation)"),
    ("onset-to-sound", "median", "onset to the first frame of its answer, inside"),
    ("onset", "F1 above the best of aubio's", "F1 of the onsets, above the best of aubio's methods"),
    ("onset", "delay in delays of aubio's best", "their delay, in delays of that method"),
    ("listens", "strokes of one kit, 2.7 ms", "what is known of a stroke (kick, snare, hat) after 2.7 ms, of 1.58"),
    ("model", "step", "one step of the model, cached, native"),
    ("model", "step in floors", "the same, in times of reading what it touches from memory"),
    ("model", "p99 with the GIL held elsewhere", "p99 of a step while Python holds the GIL, against unloaded"),
    ("model", "Python's own call p99, GIL held elsewhere", "p99 of Python's own call of the same model then"),
    ("model", "naive cache, copied each step", "times as fast as a cache that is copied each step"),
    ("model", "no cache, the window each step", "times as fast as the window without a cache"),
    ("decision", "model, 10,000 items", "the model's decision among 10,000 sounds"),
    ("armed", "segment closed to armed p99", "segment closed to the next answer armed, p99"),
    ("armed", "fallbacks", "answers that another player had to give"),
    ("callback", "128 voices, 64 frames", "128 voices, of the time of a block of 64 frames"),
    ("features", "frame", "93 features of a frame of 1,024 samples"),
    ("features", "times as fast as librosa", "times as fast as librosa, frame by frame"),
    ("soak", "served beside sort", "blocks served while Python holds the GIL"),
    ("soak", "an ordinary callback beside sort", "the same with an ordinary Python callback"),
    ("feedback", "answers to itself, 20 ms", "answers to itself, its own sound back after 20 ms at −12 dB"),
    ("startup", "warm start", "from the command to ready"),
    ("rt-safety", "forbidden symbols", "calls of interpreter, allocator or locks in real-time code"),
)

_OURS, _PEER, _INK, _PAPER, _FAINT = "#2f7d6b", "#8a8f98", "#22252b", "#ffffff", "#d9d6ce"
#: Panels of the picture: title, unit, rows of (suite, figure, label, whether it is ours).
_Row = tuple[str, str, str, bool]
PANELS: tuple[tuple[str, str, tuple[_Row, ...]], ...] = (
    ("From a sound to its answer", "ms", (
        ("onset-to-sound", "median", "livehost, inside", True),
        ("loopback", "clicks median", "livehost, through JACK", True),
        ("peers", "livehost's answers, beside sort", "livehost, GIL held", True),
        ("peers", "rtmixer's answers, alone", "decided by Python (rtmixer)", False),
        ("peers", "rtmixer's answers, beside sort", "the same, GIL held", False),
        ("peers", "a 4,096-sample buffer", "a 4,096-sample buffer alone", False),
    )),
    ("One step of the model", "ms", (
        ("model", "native, beside the peers", "livehost, native", True),
        ("model", "step, ONNX Runtime's Python call", "ONNX Runtime from Python", False),
        ("model", "step, TorchScript", "TorchScript", False),
        ("model", "step, torch, eager", "torch, eager", False),
        ("model", "step, torch, eager, without a cache", "torch, without a cache", False),
    )),
    ("One step while Python is busy, p99", "ms", (
        ("model", "native p99, GIL held elsewhere", "livehost, native", True),
        ("model", "Python's own call p99, GIL held elsewhere", "called from Python", False),
    )),
    ("Blocks not served beside sorted()", "%", (
        ("soak", "served beside sort", "livehost", True),
        ("soak", "an ordinary callback beside sort", "a Python callback", False),
    )),
)  # fmt: skip


def figures(results: Results) -> dict[Key, Figure]:
    """All figures that were measured, by suite and name."""
    return {(s.name, f.name): f for s in results.suites for f in s.figures if math.isfinite(f.value)}


def markdown(results: Results, limits: dict[Key, Budget]) -> str:
    """Write the table, and below it what it was measured on and with."""
    found = figures(results)
    lines = ["| | target | measured | p99 | |", "|---|---|---|---|---|"]
    for suite, name, words in HEADLINES:
        if (figure := found.get((suite, name))) is None:
            continue
        budget, told = limits.get((suite, name)), summary(figure.samples)
        p99 = f"{number(told['p99'])} {figure.unit}" if told and "p99" not in name and figure.unit != "×" else ""
        target = budget.text() if budget else ""
        lines.append(f"| {words} | {target} | {number(figure.value)} {figure.unit} | {p99} | `{suite}` |")
    facts, versions = host.machine(), host.versions()
    where = f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}"
    with_what = ", ".join(f"{name} {version}" for name, version in versions.items())
    kind = " --quick" if results.quick else ""
    lines += ["", f"`{COMMAND}{kind}` on {where}; {with_what}; revision {revision() or 'unknown'}."]
    lines += [results.fitness.sentence(), ""]
    return "\n".join(lines)


def _points(found: dict[Key, Figure], rows: tuple[_Row, ...]) -> list[tuple[str, float, float, bool]]:
    """Label, value, p99 and whether it is ours, of the rows that were measured; shares are told as what is missing."""
    points = []
    for suite, name, label, ours in rows:
        if (figure := found.get((suite, name))) is None:
            continue
        value = figure.value if figure.unit != "%" else max(100 - figure.value, 0.01)
        spread = figure.unit == "ms" and len(figure.samples) > 1 and "p99" not in name
        p99 = float(np.percentile(figure.samples, 99)) if spread else value
        points.append((label, value, max(p99, value), ours))
    return points


def overview(results: Results) -> Any:
    """Draw the panels that can be drawn; None where there is none."""
    from matplotlib.figure import Figure as Canvas

    found = figures(results)
    panels = [(title, unit, _points(found, rows)) for title, unit, rows in PANELS]
    panels = [(title, unit, points) for title, unit, points in panels if len(points) > 1]
    if not panels:
        return None
    heights = [len(points) + 1.4 for _, _, points in panels]
    canvas = Canvas(figsize=(8.2, 0.31 * sum(heights) + 0.4), dpi=120, facecolor=_PAPER, layout="constrained")
    grid = canvas.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (title, unit, points) in zip(grid, panels, strict=True):
        _panel(axes, title, unit, points)
    return canvas


def plain_ticks(axis: Any, low: float, high: float) -> None:
    """Write the ticks of a logarithmic axis as plain numbers, and no more of them than fit."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    decades = math.log10(high / low) if low > 0 else 9.0
    subs = (1.0,) if decades > 2.5 else (1.0, 2.0, 5.0) if decades > 0.8 else tuple(np.arange(1.0, 10.0, 0.5))
    axis.set_major_locator(LogLocator(subs=subs, numticks=9))
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(float(f"{value:.3g}"))))
    axis.set_minor_formatter(NullFormatter())


def _panel(axes: Any, title: str, unit: str, points: list[tuple[str, float, float, bool]]) -> None:
    least = min(value for _, value, _, _ in points) * 0.4
    most = max(p99 for _, _, p99, _ in points)
    for place, (label, value, p99, ours) in enumerate(reversed(points)):
        color = _OURS if ours else _PEER
        axes.barh(place, value - least, left=least, color=color, height=0.62)
        if p99 > 1.02 * value:
            axes.plot([value, p99], [place, place], color=color, linewidth=1.4)
            axes.plot(p99, place, "|", color=color, markersize=8, markeredgewidth=1.6)
        text = f"{number(value)} {unit}" + (f"   p99 {number(p99)}" if p99 > 1.02 * value else "")
        axes.text(p99 * 1.06, place, text, va="center", fontsize=8, color=_INK)
        axes.text(least * 0.96, place, label, va="center", ha="right", fontsize=8, color=_INK)
    axes.set(xscale="log", xlim=(least, most * 6), yticks=[], ylim=(-0.6, len(points) - 0.3))
    axes.set_title(title, fontsize=9, color=_INK, loc="left", fontweight="bold")
    plain_ticks(axes.xaxis, least, most * 6)
    axes.tick_params(colors=_INK, labelsize=7)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
