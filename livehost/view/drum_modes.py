"""The lowest modes of a membrane as a picture: how each moves, its nodal lines, and where sand would gather on it."""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.synthesis.membranes.drum import Drum
from livehost.synthesis.membranes.eigenmodes import eigenmodes
from livehost.view.picture.page import DPI, WIDTH, check_ending, new_figure, saving
from livehost.view.theme import HUES, INK, PAPER, SOFT

MOST_MODES = 30
#: Grains of a Chladni figure, and how far from a nodal line (of the largest displacement) they come to rest.
GRAINS, REST = 2600, 0.05
_NODES = 140
_COLUMNS = 6
_TOP, _BOTTOM, _SIDE = 110, 40, 60


def draw_modes(drum: Drum, path: Path | str, count: int = 12) -> Path:
    """Draw the lowest modes of a drum and write the picture.

    Each mode is drawn twice: its displacement (blue one way, red the other) with the nodal lines, and below it a
    Chladni figure: grains that have come to rest where the membrane does. Modes of one frequency (degenerate ones) may
    be drawn in any mixture of each other.

    Parameters
    ----------
    drum : Drum
    path : path
        Picture to write; the ending says which kind: PNG, PDF, SVG, or what else Matplotlib writes.
    count : int
        Modes, 1 to 30.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    LivehostError
        If it cannot be written, or the ending is none that can be drawn.
    """
    from matplotlib.colors import LinearSegmentedColormap

    path = Path(path)
    check_ending(path, "A picture")
    if not 1 <= count <= MOST_MODES:
        raise LivehostError(f"1 to {MOST_MODES} modes can be drawn, not {count}.", 2)
    wavenumber, shapes, grid = eigenmodes(drum.shape.outline, count, _NODES)
    colours = LinearSegmentedColormap.from_list("modes", [HUES[0], PAPER, HUES[1]])
    rng = np.random.default_rng(0)
    columns = min(_COLUMNS, count)
    rows = -(-count // columns)
    cell = (WIDTH - 2 * _SIDE) / _COLUMNS
    figure = new_figure(DPI)
    figure.set_size_inches(WIDTH / 100, (_TOP + _BOTTOM + rows * (2 * cell + 30)) / 100)
    height = 100 * figure.get_size_inches()[1]
    low, high = drum.shape.outline.points.min(axis=0), drum.shape.outline.points.max(axis=0)
    middle, reach = (low + high) / 2, 0.53 * (high - low).max()
    for number in range(count):
        left = _SIDE + (number % columns) * cell
        top = _TOP + number // columns * (2 * cell + 30)
        hertz = drum.hertz(float(wavenumber[number]))
        ratio = wavenumber[number] / wavenumber[0]
        for below in (0, 1):
            box = (left / WIDTH, 1 - (top + (below + 1) * cell) / height, cell / WIDTH, cell / height)
            axes = figure.add_axes(box, facecolor="none")
            axes.set_axis_off()
            axes.set_xlim(middle[0] - reach, middle[0] + reach)
            axes.set_ylim(middle[1] - reach, middle[1] + reach)
            axes.set_aspect("equal")
            (_sand if below else _waves)(axes, shapes[number], grid, drum.shape.outline.points, colours, rng)
        label = f"{hertz:.1f} Hz   ×{ratio:.3f}"
        figure.text((left + cell / 2) / WIDTH, 1 - (top - 4) / height, label, ha="center", color=INK, size=9)
    about = f"{drum.size_m:g} m, waves of {drum.skin.speed:.0f} m/s"
    figure.text(_SIDE / WIDTH, 1 - 44 / height, _title(drum), color=INK, size=20)
    figure.text(_SIDE / WIDTH, 1 - 70 / height, about, color=SOFT, size=10)
    with saving(path):
        figure.savefig(path, facecolor=PAPER)
    return path


def _title(drum: Drum) -> str:
    aspect = f", {drum.shape.aspect:.3g} : 1" if drum.shape.aspect != 1.0 else ""
    return f"Modes of a drum: {drum.shape.name}{aspect}"


def _waves(axes: Any, shape: np.ndarray, grid: Any, rim: np.ndarray, colours: Any, _rng: Any) -> None:
    """Draw a displacement and its nodal lines."""
    x, y = _places(shape, grid)
    filled = np.nan_to_num(shape)
    image = axes.pcolormesh(x, y, filled, cmap=colours, vmin=-1, vmax=1, shading="gouraud", rasterized=True)
    clip = axes.fill(*rim.T, facecolor="none", edgecolor=INK, linewidth=1.2)[0]
    image.set_clip_path(clip)
    lines = axes.contour(x, y, np.ma.masked_invalid(shape), levels=[0.0], colors=INK, linewidths=1.0)
    lines.set_clip_path(clip)


def _sand(axes: Any, shape: np.ndarray, grid: Any, rim: np.ndarray, _colours: Any, rng: np.random.Generator) -> None:
    """Strew grains, and leave those that lie still."""
    x, y = _places(shape, grid)
    still = np.where(np.isfinite(shape), np.exp(-((np.nan_to_num(shape) / REST) ** 2)), 0.0).ravel()
    chosen = rng.choice(still.size, GRAINS, p=still / still.sum())
    rows, columns = np.unravel_index(chosen, shape.shape)
    places = np.stack([x[columns], y[rows]], axis=1) + rng.uniform(-0.5, 0.5, (GRAINS, 2)) * grid.spacing
    axes.fill(*rim.T, facecolor=INK, edgecolor="none")
    dots = axes.scatter(*places.T, s=0.8, color=PAPER, linewidths=0)
    dots.set_clip_path(axes.fill(*rim.T, facecolor="none", edgecolor=INK, linewidth=1.2)[0])


def _places(shape: np.ndarray, grid: Any) -> tuple[np.ndarray, np.ndarray]:
    """Give the coordinates of columns and rows."""
    return tuple(grid.origin[k] + grid.spacing * np.arange(shape.shape[1 - k]) for k in (0, 1))  # type: ignore[return-value]
