"""The page that a picture is drawn on: its measures, its lanes, and writing on it.

Everything is laid out in pixels of a 1600 × 900 page, y downwards.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from livehost.errors import LivehostError
from livehost.printable import printable
from livehost.view.theme import PAPER, SOFT

WIDTH, HEIGHT, DPI = 1600, 900, 100
#: Left and right of the lanes, left and right of the panels beside them.
LEFT, RIGHT, SIDE, EDGE = 168, 1318, 1348, 1568


@dataclass(frozen=True)
class Lanes:
    """Top and bottom of the lanes, pixels: three, what was known between the first two, and two of partnership."""

    heard: tuple[float, float] = (104, 244)
    known: tuple[float, float] = (246, 260)
    roll: tuple[float, float] = (262, 648)
    played: tuple[float, float] = (666, 806)
    expected: tuple[float, float] = (244, 244)
    room: tuple[float, float] = (648, 648)


#: Lanes by whether anything was chosen, and whether there are beats, expected strokes or room to be seen. Where nothing
#: was chosen, the waves have the page to themselves.
LAYOUTS = {
    (True, False): Lanes(),
    (False, False): Lanes((104, 430), (430, 480), (430, 480), (480, 806)),
    (True, True): Lanes(expected=(254, 266), known=(268, 282), roll=(284, 574), room=(594, 654)),
    (False, True): Lanes((104, 400), (400, 400), (400, 500), (500, 806), expected=(408, 420), room=(426, 486)),
}


def new_figure(dpi: int) -> Figure:
    """Make an empty page."""
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=dpi, facecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure


def panel(figure: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    """Make an empty transparent panel at a place given in pixels; its y axis has no ticks."""
    box = (left / WIDTH, 1 - bottom / HEIGHT, (right - left) / WIDTH, (bottom - top) / HEIGHT)
    axes = figure.add_axes(box, facecolor="none")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=9, labelcolor=SOFT, pad=4)
    axes.set_yticks([])
    return axes


def time_panel(figure: Figure, lanes: Lanes, seconds: float, start_s: float = 0.0) -> Axes:
    """Make the panel that all lanes share: x in seconds behind `start_s`, y in pixels of the page."""
    axes = panel(figure, LEFT, lanes.heard[0], RIGHT, lanes.played[1])
    axes.set_xlim(0.0, seconds)
    axes.set_ylim(lanes.played[1], lanes.heard[0])
    axes.xaxis.set_major_locator(MaxNLocator(10, steps=[1, 2, 3, 5, 6, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda s, _: clock(start_s + s, start_s + seconds)))
    return axes


def write(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Write text on the page; y is that of the baseline."""
    figure.text(x / WIDTH, 1 - y / HEIGHT, text, parse_math=False, **style)


def check_ending(path: Path, what: str) -> None:
    """Refuse the name of a picture ("A map") whose ending says nothing that Matplotlib writes, as a `LivehostError`."""
    if path.suffix.lower().lstrip(".") not in FigureCanvasAgg.get_supported_filetypes():
        raise LivehostError(f"{what} ends in .png, .pdf, .svg or the like, not as {printable(path.name)} does.", 2)


@contextmanager
def saving(path: Path) -> Iterator[None]:
    """Write a picture or a film in this block: its folder is made if need be.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph")  # a name in a script that the font does not have
            yield
    except OSError as error:
        raise LivehostError(f"{path} could not be written: {error.strerror or error}.") from error


def clock(s: float, seconds: float) -> str:
    """Write a time as seconds, or as minutes and seconds in a long recording."""
    return f"{s:.4g} s" if seconds <= 120 else f"{int(s // 60)}:{int(s % 60):02d}"
