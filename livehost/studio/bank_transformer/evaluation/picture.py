"""The picture of ``livehost evaluate bank``: MRR as bars, and the share of steps with the true sound in the first k."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.case_results import MODEL, CaseResult
from livehost.studio.bank_transformer.evaluation.results import Row, groups
from livehost.view.picture.page import DPI, new_figure, panel, saving, write
from livehost.view.theme import ACCENT, HAIR, HEARD, INK, REST, SOFT

_COLOURS = {
    MODEL: ACCENT, "nearest": HEARD, "own nearest": "#66ccee", "recent mean": "#4477aa", "successor": "#ccbb44",
    "uniform": REST,
}  # fmt: skip
_LEFT, _RIGHT = 64, 1568
_GAP = 26
_WIDEST = 420.0
_MOST_ROWS = 12


def draw(rows: Sequence[Row], results: Sequence[CaseResult], path: Path, title: str = "") -> Path:
    """Draw what was found.

    Above, for each task and domain, the MRR of every method, the interval of the model's and, dashed, what is wanted
    of it. Below, the share of the steps at which the true sound is among the first k, for the model and the baselines.

    Parameters
    ----------
    rows, results
        Of `tabulate` and `evaluate_cases`.
    path : Path
        PNG to write.
    title : str
        Stands under the headline.

    Returns
    -------
    Path

    Raises
    ------
    LivehostError
        When it cannot be written.
    """
    rows, cells = rows[:_MOST_ROWS], groups(results)[:_MOST_ROWS]
    figure = new_figure(DPI)
    write(figure, 32, 40, "Which sound comes next?", fontsize=19, color=INK, fontweight="bold")
    write(figure, 32, 68, title, fontsize=11, color=SOFT)
    _legend(figure, rows)
    width = min((_RIGHT - _LEFT + _GAP) / len(rows), _WIDEST)
    for k, (row, (_, _, group)) in enumerate(zip(rows, cells, strict=True)):
        left, right = _LEFT + k * width, _LEFT + (k + 1) * width - _GAP
        write(figure, left, 112, row.task, fontsize=12, color=INK, fontweight="bold")
        write(figure, left, 129, row.domain, fontsize=10, color=INK)
        write(figure, left, 144, f"{row.steps:,} steps", fontsize=8.5, color=SOFT)
        if MODEL in row.mrr and row.best:
            colour = INK if row.reached else ACCENT
            write(figure, left, 172, f"{row.ratio:.2f} ×", fontsize=13, color=colour, fontweight="bold")
            write(figure, right, 168, f"of {row.target:g}", fontsize=8.5, color=SOFT, ha="right")
        _bars(panel(figure, left, 184, right, 470), row)
        _curves(panel(figure, left, 560, right, 820), group, row, first=k == 0)
    write(figure, _LEFT, 532, "true sound among the first k of all candidates", fontsize=11, color=INK)
    write(figure, 0.5 * (_LEFT + _RIGHT), 862, "k", fontsize=10, color=SOFT, ha="center")
    with saving(path):
        figure.savefig(path, format="png", dpi=DPI)
    return path


def _legend(figure: Figure, rows: Sequence[Row]) -> None:
    x, note = 1568.0, "mean reciprocal rank, each on its own scale"
    if any(MODEL in row.mrr for row in rows):
        note += "; dashed, and after “of”: wanted of the model"
    for method in reversed([m for m in _COLOURS if any(m in row.mrr for row in rows)]):
        x -= 8.2 * len(method) + 18
        write(figure, x, 40, method, fontsize=10, color=INK)
        x -= 18
        write(figure, x, 40, "●", fontsize=11, color=_COLOURS[method])
    write(figure, 1568, 62, note, fontsize=9, color=SOFT, ha="right")


def _bars(axes: Axes, row: Row) -> None:
    """Draw the MRR of every method; each row has its own scale."""
    methods = [m for m in (MODEL, *BASELINES) if m in row.mrr]
    values = [row.mrr[m] for m in methods]
    wanted = _wanted(row)
    axes.bar(range(len(methods)), values, width=0.82, color=[_COLOURS[m] for m in methods])
    axes.set(xlim=(-0.7, max(len(methods), 5) - 0.3), ylim=(0, 1.08 * max(*values, min(wanted, 1.0))), xticks=[])
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    for k, value in enumerate(values):
        text = f"{value:.2f}" if value >= 0.095 else f"{value:.3f}"
        axes.annotate(
            text.lstrip("0"), (k, 0), (0, -12), textcoords="offset points", ha="center", fontsize=7.5, color=SOFT
        )
    if wanted:
        axes.plot([-0.6, 0.6], [wanted, wanted], color=INK, linewidth=1.1, linestyle=(0, (3, 2)))
    if np.isfinite(row.ratio_low):
        interval = np.array([row.ratio_low, row.ratio_high]) * row.mrr[row.best]
        axes.plot([0, 0], interval, color=INK, linewidth=1.1)


def _wanted(row: Row) -> float:
    """MRR that the model should reach; 0 where nothing is known."""
    return row.target * row.mrr[row.best] if MODEL in row.mrr and row.best else 0.0


def _curves(axes: Axes, group: Sequence[CaseResult], row: Row, *, first: bool) -> None:
    most = max(int(next(iter(a.ranks.values())).candidates.max()) for a in group)
    ks = np.unique(np.geomspace(1, most, 40).round().astype(int))
    for method in reversed([m for m in (MODEL, *BASELINES) if m in row.mrr]):
        shares = [float(np.concatenate([a.ranks[method].within(k) for a in group]).mean()) for k in ks]
        strong = method in (MODEL, row.best)
        axes.plot(ks, shares, color=_COLOURS[method], linewidth=2.2 if strong else 1.0, alpha=1.0 if strong else 0.7)
    axes.set(xscale="log", xlim=(1, most), ylim=(0, 1.02))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.grid(color=HAIR, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{100 * v:.0f} %" if first else ""))
