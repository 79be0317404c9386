"""The pictures of a report: margins as bars, distributions on log scales, growth curves, peers side by side."""

import io
import math
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")

from matplotlib.figure import Figure as Canvas

from livehost.bench.budgets import Budget, Key, number
from livehost.bench.results import Results
from livehost.bench.suite import Figure

INK, PAPER, FAINT = "#22252b", "#fbfaf7", "#d9d6ce"
GOOD, BAD, WARN, PEER = "#2f7d6b", "#c2452d", "#d99a2b", "#8a8f98"
_STATES = {"ok": GOOD, "broken": BAD, "warning": WARN}
_LEAST, _MOST = 1e-3, 1e2
_ENOUGH = 30  # samples that make a distribution


def _canvas(width: float, height: float) -> tuple[Canvas, Any]:
    canvas = Canvas(figsize=(width, height), dpi=110, facecolor=PAPER, layout="constrained")
    axes = canvas.add_subplot(facecolor=PAPER)
    axes.tick_params(colors=INK, labelsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    return canvas, axes


def png(canvas: Canvas) -> bytes:
    """Render it."""
    stream = io.BytesIO()
    canvas.savefig(stream, format="png")
    return stream.getvalue()


def use(figure: Figure, budget: Budget) -> float:
    """How much of its budget a figure uses: 1 is all of it, more is broken, 0 where the budget is nothing at all."""
    if math.isfinite(budget.most):
        return figure.value / budget.most if budget.most > 0 else (2.0 if figure.value > 0 else 0.0)
    if budget.least <= 0:
        return 0.0 if figure.value >= budget.least else 2.0
    return budget.least / figure.value if figure.value > 0 else math.inf


def margins(results: Results, limits: dict[Key, Budget]) -> Canvas:
    """Draw every budget as a bar that ends where the figure stands; the line is the budget."""
    rows = []
    for part in results.suites:
        for figure, verdict in zip(part.figures, part.verdicts, strict=True):
            if (part.name, figure.name) in limits and verdict.state in _STATES:
                rows.append((part.name, figure, limits[part.name, figure.name], verdict.state))
    canvas, axes = _canvas(9.5, 1.2 + 0.24 * len(rows))
    for place, (suite, figure, budget, state) in enumerate(reversed(rows)):
        share = min(max(use(figure, budget), _LEAST), _MOST)
        axes.barh(place, share - _LEAST, left=_LEAST, color=_STATES[state], height=0.62)
        told = f"{number(figure.value)} {figure.unit}   ({budget.text()})"
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        axes.text(share * 1.08, place, told, va="center", fontsize=7.5, color=INK, bbox=box, zorder=3)
        axes.text(_LEAST * 0.93, place, f"{suite}: {figure.name}", va="center", ha="right", fontsize=7.5, color=INK)
    axes.axvline(1.0, color=BAD, linewidth=1.2)
    axes.text(1.0, len(rows) - 0.3, "budget", color=BAD, fontsize=8, ha="center", va="bottom")
    axes.set(xscale="log", xlim=(_LEAST, 60), ylim=(-0.7, len(rows) + 0.2), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("share of the budget in use (log scale; a short bar is a wide margin)", fontsize=8, color=INK)
    return canvas


def distribution(title: str, figure: Figure, budget: Budget | None) -> Canvas:
    """Draw all samples as a histogram, both axes logarithmic, so that a single outlier shows."""
    data = np.asarray(figure.samples, np.float64)
    data = data[data > 0]
    canvas, axes = _canvas(4.6, 2.5)
    low, high = math.log10(data.min()), math.log10(data.max())
    edges = np.logspace(low - 0.02, high + 0.02, 60)
    axes.hist(data, edges, color=GOOD)
    axes.set(xscale="log", yscale="log")
    marks = (("min", data.min()), ("p50", np.median(data)), ("p99", np.percentile(data, 99)), ("max", data.max()))
    for _, value in marks:
        axes.axvline(value, color=INK, linewidth=0.8, linestyle=":")
    axes.set_title("   ".join(f"{word} {number(float(value))}" for word, value in marks), fontsize=7.5, color=INK)
    if budget is not None and math.isfinite(budget.most) and budget.most > 0:
        axes.axvline(budget.most, color=BAD, linewidth=1.2)
    axes.set_xlabel(
        f"{title}, {figure.unit}  (n = {len(figure.samples):,}, max {number(float(data.max()))})", fontsize=8
    )
    return canvas


def growth_curves(suite: str, curves: dict[str, list[Figure]]) -> Canvas:
    """Draw the curves of one suite over their x, both axes logarithmic."""
    canvas, axes = _canvas(4.6, 3.0)
    shades = [GOOD, "#4a6fa5", WARN, "#7a5c99", BAD, PEER]
    for shade, (name, figures) in zip(shades * 4, curves.items(), strict=False):
        points = sorted((f.x or 0.0, f.value) for f in figures if math.isfinite(f.value))
        axes.plot(*zip(*points, strict=True), "o-", color=shade, markersize=3.5, linewidth=1.3, label=name)
    values = [f.value for figures in curves.values() for f in figures]
    xs = [f.x or 0.0 for figures in curves.values() for f in figures]
    if min(values) > 0 and min(xs) > 0:
        axes.set(xscale="log", yscale="log")
    elif min(xs) >= 0 and max(xs) > 32:
        axes.set_xscale("symlog", linthresh=1)
    axes.legend(fontsize=7, frameon=False)
    axes.set_xlabel(f"{suite}, {next(iter(curves.values()))[0].unit}", fontsize=8)
    return canvas


def peers(rows: list[tuple[str, Figure]]) -> Canvas:
    """Draw ratios against other programs: bars from 1."""
    canvas, axes = _canvas(9.5, 0.9 + 0.3 * len(rows))
    for place, (suite, figure) in enumerate(reversed(rows)):
        value = max(figure.value, 1e-3)
        gain = value if figure.better == "higher" else 1 / value
        axes.barh(place, gain - 1, left=1, color=GOOD if gain >= 1 else BAD, height=0.6)
        axes.text(max(gain, 1) * 1.06, place, f"{number(gain)} ×   {figure.note}", va="center", fontsize=7.5, color=INK)
        axes.text(0.97, place, f"{suite}: {figure.name}", va="center", ha="right", fontsize=7.5, color=INK)
    axes.set(xscale="log", yticks=[], xlim=(0.9, 3000))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("times better than the other program (log scale)", fontsize=8, color=INK)
    return canvas


def pictures(results: Results, limits: dict[Key, Budget]) -> Iterator[tuple[str, str, bytes]]:
    """Give every picture of a report: file name, heading, PNG."""
    yield "margins.png", "How much of each budget is used", png(margins(results, limits))
    against = [
        (s.name, f)
        for s in results.suites
        for f in s.figures
        if f.unit == "×" and math.isfinite(f.value) and f.value > 0
    ]
    if against:
        yield "peers.png", "Beside other programs", png(peers(against))
    for suite in results.suites:
        curves: dict[str, list[Figure]] = {}
        for figure in suite.figures:
            if figure.x is not None:
                curves.setdefault(figure.curve, []).append(figure)
        curves = {name: figures for name, figures in curves.items() if len(figures) > 1}
        if curves:
            yield f"{suite.name}-growth.png", f"{suite.name}: growth", png(growth_curves(suite.name, curves))
        for place, figure in enumerate(suite.figures):
            enough = len(figure.samples) >= _ENOUGH and max(figure.samples) > 0
            if enough and (figure.x is None or (suite.name, figure.name) in limits):
                budget = limits.get((suite.name, figure.name))
                heading = f"{suite.name}: {figure.name}"
                yield f"{suite.name}-{place:02d}.png", heading, png(distribution(figure.name, figure, budget))
