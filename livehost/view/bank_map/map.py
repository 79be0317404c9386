"""A bank as a picture: every sound where its neighbours are, as bright as it sounds, in the shape of its envelope."""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.bank.layout import Bank
from livehost.dsp.segment import SEGMENT_SLICES
from livehost.printable import printable
from livehost.view.bank_map.embedding import embed
from livehost.view.bank_map.spread import spread
from livehost.view.picture.page import check_ending, saving

#: Up to here every sound is drawn with its envelope and its name; beyond, as a dot, with some names.
MOST_ENVELOPES = 250
#: Of more sounds than this, every n-th is drawn.
MOST_DOTS = 10_000
MOST_DOT_NAMES = 60
#: 0 places items as the embedding has them, 1 spreads them evenly over the page.
EVENNESS = 0.6

_SIZE_INCHES = (16.0, 10.0)
_DPI = 120
_BACKGROUND, _TEXT, _FAINT = "#10131a", "#d8dde6", "#5a6375"
_COLOURS = "plasma"
_POINTS = 48
_SPAN_DB = 36.0


def draw_map(bank: Bank, path: Path | str) -> Path:
    """Draw a bank by similarity and write the picture.

    Alike sounds lie together (`livehost.view.bank_map.embedding`); colour is brightness (spectral centroid), the shape
    is the envelope over 36 dB, its width the length of the sound; thin lines lead from a slice to its successor.

    Parameters
    ----------
    bank : Bank
        Any bank.
    path : path
        Picture to write; the ending says which kind: PNG, PDF, SVG, or what else Matplotlib writes.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    LivehostError
        If it cannot be written, or the ending is none that can be drawn.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    path = Path(path)
    check_ending(path, "A map")
    shown = np.arange(0, len(bank), -(-len(bank) // MOST_DOTS))
    places = _to_page(embed(bank.features[shown]))
    pitch = bank.features[shown, SEGMENT_SLICES["centroid_mean"].start]
    low, high = np.percentile(pitch, [3, 97])
    colours = np.clip((pitch - low) / max(high - low, 1e-6), 0, 1)
    figure = Figure(figsize=_SIZE_INCHES, dpi=_DPI, facecolor=_BACKGROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.9), facecolor=_BACKGROUND)
    axes.set_axis_off()
    draw = _envelopes if len(shown) <= MOST_ENVELOPES else _dots
    draw(axes, bank, shown, places, colours)
    _frame(figure, bank, len(shown), (low, high), draw is _envelopes)
    with saving(path):
        figure.savefig(path, facecolor=_BACKGROUND)
    return path


def envelope(samples: np.ndarray, points: int = _POINTS) -> np.ndarray:
    """Outline of a sound, for drawing.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, channels].
    points : int
        Values wanted.

    Returns
    -------
    numpy.ndarray
        Float64 [points], the peak of each stretch over `_SPAN_DB`, 0 to 1.
    """
    thinned = samples[:: max(1, len(samples) // 100_000)]
    edges = np.linspace(0, len(thinned), points, endpoint=False).astype(int)
    peaks = np.maximum.reduceat(np.abs(thinned).max(axis=1), edges)
    level_db = 20 * np.log10(peaks / max(peaks.max(), 1e-9) + 1e-9)
    return np.asarray(np.clip(1 + level_db / _SPAN_DB, 0, 1))


def _to_page(places: np.ndarray) -> np.ndarray:
    """Scale to the page in inches, part of the way to equal density along each axis: wide gaps would waste the page."""
    span = np.maximum(np.abs(places).max(axis=0), 1e-9)
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    even = 2 * (ranks + 0.5) / len(places) - 1
    even = np.where(span > 1e-6, even, 0)
    page = np.array(_SIZE_INCHES) * (0.46, 0.42)
    return np.asarray(((1 - EVENNESS) * places / span + EVENNESS * even) * page)


def _palette(colours: np.ndarray) -> np.ndarray:
    from matplotlib import colormaps

    return np.asarray(colormaps[_COLOURS](0.22 + 0.78 * colours))  # below that it vanishes in the background


def _envelopes(axes: Any, bank: Bank, shown: np.ndarray, places: np.ndarray, colours: np.ndarray) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    seconds = bank.items["frames"][shown] / bank.rate
    room = np.prod(_SIZE_INCHES) * 0.5 / len(shown)  # square inches for each
    unit = min(0.75, np.sqrt(room / 1.5))
    widths = unit * np.clip(0.75 + 0.35 * np.log10(seconds / 0.5), 0.3, 1.5)
    letters = float(np.clip(unit * 11, 4.5, 8.0))
    names = [_short(bank.names[i]) for i in shown]
    height = 0.5 * unit
    text_widths = np.array([len(name) for name in names]) * letters / 72 * 0.62
    sizes = np.column_stack([np.maximum(widths, text_widths) + 0.06, np.full(len(shown), height + letters / 72 * 1.5)])
    places = spread(places, sizes)
    rgba = _palette(colours)
    shapes = []
    for place, width, index in zip(places, widths, shown, strict=True):
        outline = np.maximum(envelope(bank.samples(int(index))), 0.02) * height / 2
        x = place[0] + np.linspace(-width / 2, width / 2, len(outline))
        y = place[1] + letters / 72 * 0.6
        shapes.append(np.column_stack([np.append(x, x[::-1]), np.append(y + outline, y - outline[::-1])]))
    row = {int(index): i for i, index in enumerate(shown)}
    chains = [(places[i], places[row[int(s)]]) for i, s in enumerate(bank.items["successor"][shown]) if int(s) in row]
    axes.add_collection(LineCollection(chains, colors=_FAINT, linewidths=0.6, alpha=0.4, zorder=1))
    axes.add_collection(PolyCollection(shapes, facecolors=rgba, edgecolors="none", alpha=0.95, zorder=2))
    for place, name in zip(places, names, strict=True):
        axes.text(place[0], place[1] - height / 2, name, color=_TEXT, size=letters, ha="center", va="center", zorder=3)
    _limits(axes, places, sizes / 2)


def _dots(axes: Any, bank: Bank, shown: np.ndarray, places: np.ndarray, colours: np.ndarray) -> None:
    seconds = bank.items["frames"][shown] / bank.rate
    areas = np.clip(60_000 / len(shown), 4, 40) * np.clip(1 + 0.6 * np.log10(seconds / 0.5), 0.3, 2.5)
    rgba = _palette(colours)
    axes.scatter(*places.T, s=areas * 9, c=rgba, alpha=0.04, linewidths=0, zorder=1)  # glow
    axes.scatter(*places.T, s=areas, c=rgba, alpha=0.85, linewidths=0, zorder=2)
    taken: list[np.ndarray] = []
    for i in np.random.default_rng(0).permutation(len(shown)):
        if len(taken) >= MOST_DOT_NAMES:
            break
        if all((np.abs(places[i] - other) > (1.3, 0.3)).any() for other in taken):
            taken.append(places[i])
            name = _short(bank.names[shown[i]])
            axes.annotate(name, places[i], (4, 4), textcoords="offset points", color=_TEXT, size=6.5, zorder=3)
    _limits(axes, places, np.full(2, 0.2))


def _limits(axes: Any, places: np.ndarray, margin: np.ndarray) -> None:
    low, high = (places - margin).min(axis=0), (places + margin).max(axis=0)
    axes.set_xlim(low[0] - 0.1, high[0] + 0.1)
    axes.set_ylim(low[1] - 0.1, high[1] + 0.1)


def _short(name: str) -> str:
    """Name to draw: without folders and ending, at most 18 characters."""
    stem, _, part = name.rsplit("/", 1)[-1].partition("#")
    stem = stem.rsplit(".", 1)[0]
    label = (stem if len(stem) <= 18 else f"{stem[:16]}…") + (f"#{part}" if part else "")
    return label.replace("$", r"\$")  # which would begin mathematics


def _frame(figure: Any, bank: Bank, shown: int, brightness: tuple[float, float], shaped: bool) -> None:
    what = f"{len(bank)} sounds" if shown == len(bank) else f"{shown} of {len(bank)} sounds"
    title = printable(bank.directory.name or str(bank.directory)).replace("$", r"\$")
    figure.text(0.02, 0.975, title, color=_TEXT, size=17, weight="bold", va="top")
    key = "shape: envelope, width: length" if shaped else "size: length"
    line = f"{what} · {bank.seconds:.0f} s · alike sounds lie together; {key}"
    figure.text(0.02, 0.937, line, color=_FAINT, size=10, va="top")
    bar = figure.add_axes((0.76, 0.955, 0.16, 0.012))
    bar.imshow(_palette(np.linspace(0, 1, 256))[None], aspect="auto")
    bar.set_axis_off()
    for x, pitch, side in ((0.755, brightness[0], "right"), (0.925, brightness[1], "left")):
        hz = 440 * 2 ** ((pitch - 69) / 12)
        figure.text(x, 0.961, f"{hz:,.0f} Hz", color=_FAINT, size=9, ha=side, va="center")
    figure.text(0.84, 0.94, "brightness", color=_FAINT, size=9, ha="center", va="center")
