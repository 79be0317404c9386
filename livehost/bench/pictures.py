"""The pictures of a report: margins as bars, distributions on log scales, growth curves, peers side by side."""

import io
import math
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")

from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from livehost.bench.budgets import Budget, Key, number
from livehost.bench.results import Results
from livehost.bench.suite import Figure
from livehost.bench.summary import MARGINS, overview, plain_ticks

INK, PAPER, FAINT = "#22252b", "#fbfaf7", "#d9d6ce"
GOOD, BAD, WARN, PEER = "#2f7d6b", "#c2452d", "#d99a2b", "#8a8f98"
_STATES = {"ok": GOOD, "broken": BAD, "warning": WARN}
_LEAST, _MOST = 1e-3, 3.0
#: Units whose curves have a linear scale from 0.
_LINEAR = ("bit",)
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


def _has_margin(figure: Figure, budget: Budget, state: str) -> bool:
    """Whether a bar says anything: not where a figure is 0, or all of 100 %, as it has to be."""
    if state != "ok":
        return True
    if math.isfinite(budget.most):
        return budget.most > 0 and figure.value > 0
    return budget.least > 0 and budget.unit not in ("count", "%")


def margins(results: Results, limits: dict[Key, Budget]) -> Canvas:
    """Draw every budget as a bar that ends where the figure stands, the worst first; the line is the budget."""
    rows, exact = [], 0
    for part in results.suites:
        for figure, verdict in zip(part.figures, part.verdicts, strict=True):
            budget = limits.get((part.name, figure.name))
            if budget is None or verdict.state not in _STATES:
                continue
            if _has_margin(figure, budget, verdict.state):
                rows.append((use(figure, budget), f"{part.name}: {figure.name}", figure, budget, verdict.state))
            else:
                exact += 1
    rows.sort(key=lambda row: row[0])
    canvas, axes = _canvas(9.5, 1.3 + 0.21 * len(rows))
    for place, (share, name, figure, budget, state) in enumerate(rows):
        shown = min(max(share, _LEAST), _MOST)
        axes.barh(place, shown - _LEAST, left=_LEAST, color=_STATES[state], height=0.66)
        axes.text(_LEAST * 0.93, place, name, va="center", ha="right", fontsize=7.5, color=INK)
        words = {"va": "center", "fontsize": 7.5}
        color = INK if state == "ok" else _STATES[state]
        axes.text(_MOST * 2.6, place, f"{number(figure.value)} {figure.unit}", ha="right", color=color, **words)
        axes.text(_MOST * 2.9, place, budget.text(), color=PEER, **words)
    top = max(len(rows), 1)
    axes.plot([1.0, 1.0], [-0.7, top - 0.4], color=BAD, linewidth=1.2)
    axes.text(1.0, top - 0.3, "budget", color=BAD, fontsize=8, ha="center", va="bottom")
    axes.set(xscale="log", xlim=(_LEAST, _MOST), ylim=(-0.7, top + 0.9), yticks=[])
    axes.set_xticks([0.001, 0.01, 0.1, 1.0], ["0.1 %", "1 %", "10 %", "100 %"])
    axes.spines["left"].set_visible(False)
    more = f"; {exact} more are 0, or all there are, as they must be" if exact else ""
    axes.set_xlabel(f"share of the budget in use, log scale{more}", fontsize=8, color=INK)
    axes.text(_MOST * 6.5, top, " ", fontsize=7.5)  # room for the numbers
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
    plain_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, 0.0, 1.0)
    axes.set_xlabel(f"{title}, {figure.unit}", fontsize=8)
    axes.set_ylabel(f"of {len(figure.samples):,}", fontsize=8)
    return canvas


def growth_curves(axis: str, curves: dict[str, list[Figure]]) -> Canvas:
    """Draw the curves of one picture over their x."""
    canvas, axes = _canvas(4.6, 3.0)
    shades = [GOOD, "#4a6fa5", WARN, "#7a5c99", BAD, PEER]
    for shade, (name, figures) in zip(shades * 4, curves.items(), strict=False):
        points = sorted((f.x or 0.0, f.value) for f in figures if math.isfinite(f.value))
        axes.plot(*zip(*points, strict=True), "o-", color=shade, markersize=3.5, linewidth=1.3, label=name)
    values = [f.value for figures in curves.values() for f in figures]
    xs = [f.x or 0.0 for figures in curves.values() for f in figures]
    if next(iter(curves.values()))[0].unit in _LINEAR:
        axes.set_ylim(0, None)
    elif min(values) > 0:
        axes.set_yscale("log")
        plain_ticks(axes.yaxis, min(values), max(values))
    if min(xs) > 0:
        axes.set_xscale("log")
        plain_ticks(axes.xaxis, min(xs), max(xs))
    elif max(xs) > 32:
        axes.set_xscale("symlog", linthresh=1)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.legend(fontsize=7, frameon=False)
    axes.set_xlabel(axis, fontsize=8)
    axes.set_ylabel(next(iter(curves.values()))[0].unit, fontsize=8)
    return canvas


def peers(rows: list[Figure]) -> Canvas:
    """Draw ratios against other programs: bars from 1."""
    canvas, axes = _canvas(9.5, 0.9 + 0.3 * len(rows))
    for place, figure in enumerate(reversed(rows)):
        value = max(figure.value, 1e-3)
        gain = value if figure.better == "higher" else 1 / value
        axes.barh(place, gain - 1, left=1, color=GOOD if gain >= 1 else BAD, height=0.6)
        told = f"{number(gain)} ×   {figure.note}"
        axes.text(max(gain, 1) * 1.06, place, told, va="center", fontsize=7.5, color=INK)
        axes.text(0.94, place, figure.name, va="center", ha="right", fontsize=7.5, color=INK)
    axes.set(xscale="log", yticks=[], xlim=(0.5 if min(f.value for f in rows) < 1 else 0.95, 6000))
    plain_ticks(axes.xaxis, 1.0, 6000.0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("times better than the other program (log scale)", fontsize=8, color=INK)
    return canvas


def pictures(results: Results, limits: dict[Key, Budget]) -> Iterator[tuple[str, str, bytes]]:
    """Give every picture of a report: file name, heading, PNG."""
    if (canvas := overview(results)) is not None:
        yield "latency.png", "At a glance", png(canvas)
    yield "margins.png", MARGINS, png(margins(results, limits))
    against = [f for s in results.suites for f in s.figures if f.peer and math.isfinite(f.value) and f.value > 0]
    if against:
        yield "peers.png", "Beside other programs", png(peers(against))
    for suite in results.suites:
        axes: dict[str, dict[str, list[Figure]]] = {}
        for figure in suite.figures:
            if figure.x is not None:
                name, _, axis = figure.curve.rpartition(" by ")
                axes.setdefault(axis, {}).setdefault(name, []).append(figure)
        for place, (axis, curves) in enumerate(axes.items()):
            if curves := {name: figures for name, figures in curves.items() if len(figures) > 1}:
                yield f"{suite.name}-growth-{place}.png", f"{suite.name} by {axis}", png(growth_curves(axis, curves))
        for place, figure in enumerate(suite.figures):
            enough = len(figure.samples) >= _ENOUGH and max(figure.samples) > 0
            if enough and (figure.x is None or (suite.name, figure.name) in limits):
                budget = limits.get((suite.name, figure.name))
                heading = f"{suite.name}: {figure.name}"
                yield f"{suite.name}-{place:02d}.png", heading, png(distribution(figure.name, figure, budget))
