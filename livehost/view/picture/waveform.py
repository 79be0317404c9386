"""Waveforms as a picture shows them: per column the extremes and the RMS."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Envelope:
    """One waveform in columns.

    Parameters
    ----------
    time_s : ndarray of float64, shape [c]
        Middle of each column.
    low, high, rms : ndarray of float64, shape [c]
        Smallest and largest sample and RMS in each column (over all channels), full scale = 1.
    """

    time_s: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rms: np.ndarray

    @property
    def peak(self) -> float:
        """Largest absolute sample, linear."""
        return float(max(-self.low.min(initial=0.0), self.high.max(initial=0.0)))


def envelope(samples: ArrayLike, rate: float, columns: int) -> Envelope:
    """Reduce samples to columns without losing a peak.

    Parameters
    ----------
    samples : array_like of float, shape [n] or [n, channels]
        Anything not finite counts as silence.
    rate : float
        Hz.
    columns : int
        At most this many.

    Returns
    -------
    Envelope
    """
    x = np.asarray(samples, np.float32)
    x = x[:, None] if x.ndim == 1 else x
    edges = np.unique(np.linspace(0, len(x), min(columns, len(x)) + 1).astype(np.int64))
    # A column at a time: a session's recording is long, and its copies would be too.
    stretches = [x[a:b] for a, b in pairwise(edges)]
    stats = np.array([_extremes(part) for part in stretches]).reshape(len(stretches), 3)
    return Envelope((edges[:-1] + np.diff(edges) / 2) / rate, *stats.T)


def _extremes(part: np.ndarray) -> tuple[float, float, float]:
    """Give smallest and largest sample and RMS of a stretch."""
    low, high = float(part.min()), float(part.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        return _extremes(np.nan_to_num(part, nan=0.0, posinf=0.0, neginf=0.0))
    flat = np.ravel(part)
    return low, high, float(np.sqrt(np.dot(flat, flat) / flat.size))
