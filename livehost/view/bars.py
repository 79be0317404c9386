"""Bars made of characters: level meters and histograms."""

import math
from collections.abc import Sequence

import numpy as np
from rich.text import Text

_FLOOR_DB = -60.0
#: Up to this level (dBFS) a meter has this colour.
_ZONES = ((-18.0, "green"), (-6.0, "yellow"), (math.inf, "red"))
_EIGHTHS_ACROSS = " ▏▎▍▌▋▊▉█"
_EIGHTHS_UP = " ▁▂▃▄▅▆▇█"


def meter(rms_db: float, peak_db: float, width: int) -> Text:
    """Draw a level meter from −60 to 0 dBFS.

    Parameters
    ----------
    rms_db : float
        The bar.
    peak_db : float
        A mark, held by the caller.
    width : int
        Characters.

    Returns
    -------
    rich.text.Text
        Exactly `width` characters.
    """
    filled = _place(rms_db, width)
    cells = [_EIGHTHS_ACROSS[int(8 * min(max(filled - i, 0.0), 1.0))] for i in range(width)]
    mark = min(int(_place(peak_db, width)), width - 1) if peak_db > _FLOOR_DB else -1
    text = Text()
    for i, cell in enumerate(cells):
        level_db = _FLOOR_DB * (1.0 - (i + 0.5) / width)
        colour = next(colour for top, colour in _ZONES if level_db < top)
        if i == mark and cell != "█":
            text.append("│", colour)
        else:
            text.append("·" if cell == " " else cell, "bright_black" if cell == " " else colour)
    return text


def _place(level_db: float, width: int) -> float:
    """Give how far a level reaches, in characters."""
    return width * (1.0 - min(max(level_db, _FLOOR_DB), 0.0) / _FLOOR_DB) if math.isfinite(level_db) else 0.0


def histogram(counts: Sequence[int], edges: Sequence[float], width: int) -> tuple[str, float, float]:
    """Draw a histogram in one line; heights go with the square root, so that a single straggler is seen.

    Parameters
    ----------
    counts : sequence of int
        Per bin.
    edges : sequence of float
        Lower edge of each bin, ascending; perhaps the last upper one too.
    width : int
        Characters at most; neighbouring bins are added up to fit.

    Returns
    -------
    bar : str
        Empty where nothing was counted.
    low, high : float
        Edges of the first and the last bin that are shown.
    """
    data = np.asarray(counts, np.float64)
    used = np.flatnonzero(data)
    if not used.size or width < 1:
        return "", math.nan, math.nan
    first, last = int(used[0]), int(used[-1]) + 1
    group = -(-(last - first) // width)
    padded = np.zeros(-(-(last - first) // group) * group)
    padded[: last - first] = data[first:last]
    sums = padded.reshape(-1, group).sum(axis=1)
    return columns(np.sqrt(sums)), float(edges[first]), float(edges[min(last, len(edges) - 1)])


def columns(values: Sequence[float] | np.ndarray) -> str:
    """Draw a row of columns, one character each, the largest full; what is more than nothing is seen."""
    data = np.nan_to_num(np.asarray(values, np.float64))
    top = max(float(data.max(initial=0.0)), 1e-12)
    return "".join(_EIGHTHS_UP[int(step)] for step in np.ceil(np.clip(8.0 * data / top, 0.0, 8.0)))


class PeakHold:
    """A peak that stays for a while, then falls.

    Parameters
    ----------
    hold_s : float
        How long it stays.
    fall_db_per_s : float
        How fast it falls then.
    """

    def __init__(self, hold_s: float = 1.5, fall_db_per_s: float = 20.0) -> None:
        self._hold_s, self._fall = hold_s, fall_db_per_s
        self._peak_db, self._at_s = -math.inf, 0.0

    def update(self, peak_db: float, now_s: float) -> float:
        """Take in a peak and give the one to show (dB)."""
        held = self._peak_db - self._fall * max(now_s - self._at_s - self._hold_s, 0.0)
        if peak_db >= held:
            self._peak_db, self._at_s = peak_db, now_s
            return peak_db
        return held
