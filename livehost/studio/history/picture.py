"""Curves of training runs as a picture: score and training loss over the minutes that they took."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from livehost.studio.training.run_file import Run
from livehost.view.picture.page import DPI, EDGE, HEIGHT, LEFT, WIDTH, check_ending, new_figure, saving, write
from livehost.view.theme import HAIR, HUES, INK, PAPER, SOFT

_TOP, _GAP, _BOTTOM = 110, 70, 60


def draw_curves(runs: Sequence[tuple[str, Run]], path: Path) -> Path:
    """Draw the curves of runs.

    Parameters
    ----------
    runs : sequence of (str, Run)
        Name and run, each.
    path : Path
        Picture to write; the ending says which kind.

    Returns
    -------
    Path

    Raises
    ------
    LivehostError
        If it cannot be written, or the ending is none that can be drawn.
    """
    check_ending(path, "A picture of curves")
    figure = new_figure(DPI)
    scores = list(dict.fromkeys(str(run.labels["score"]) for _, run in runs))
    longest = max((row["seconds"] / 60 for _, run in runs for row in run.curve), default=0.0)
    middle = _TOP + (HEIGHT - _TOP - _BOTTOM - _GAP) * 0.6
    for key, top, bottom, title in (
        ("score", _TOP, middle, " and ".join(scores) + " on what was held out; a dot where it is best"),
        ("loss", middle + _GAP, HEIGHT - _BOTTOM, "mean training loss between validations"),
    ):
        box = (LEFT / WIDTH, 1 - bottom / HEIGHT, (EDGE - LEFT) / WIDTH, (bottom - top) / HEIGHT)
        axes = figure.add_axes(box, facecolor="none")
        axes.spines[:].set_visible(False)
        axes.grid(color=HAIR, linewidth=0.8)
        axes.tick_params(length=0, labelsize=9, labelcolor=SOFT)
        axes.set_title(title, loc="left", color=INK, fontsize=11)
        for number, (_, run) in enumerate(runs):
            _curve(axes, run, key, HUES[number % len(HUES)])
        axes.set_xlim(0.0, 1.02 * longest or 1.0)
        axes.set_xlabel("minutes", color=SOFT, fontsize=9)
    write(figure, LEFT, 44, "Training runs", color=INK, fontsize=20)
    for number, (name, run) in enumerate(runs):
        write(figure, LEFT + number * (EDGE - LEFT) / len(runs), 72, f"■ {name}, {run.family}",
              color=HUES[number % len(HUES)], fontsize=10)  # fmt: skip
    with saving(path):
        figure.savefig(path, facecolor=PAPER)
    return path


def _curve(axes: Axes, run: Run, key: str, colour: str) -> None:
    """Draw a curve of a run, and a dot at its best validation."""
    rows = [row for row in run.curve if row[key] is not None]
    minutes, values = [row["seconds"] / 60 for row in rows], [row[key] for row in rows]
    axes.plot(minutes, values, color=colour, linewidth=1.6, marker="." if len(rows) < 2 else "")
    if key == "score" and run.best:
        axes.plot([run.best["seconds"] / 60], [run.best["score"]], "o", color=colour, markersize=6)
