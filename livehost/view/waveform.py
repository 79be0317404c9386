"""Waveforms as a picture shows them: per column the extremes and the RMS."""

from dataclasses import dataclass

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
    x = np.nan_to_num(np.asarray(samples, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    x = x[:, None] if x.ndim == 1 else x
    n = len(x)
    edges = np.unique(np.linspace(0, n, min(columns, n) + 1).astype(np.int64))
    if n == 0:
        return Envelope(*(np.zeros(0) for _ in range(4)))
    starts, counts = edges[:-1], np.diff(edges)
    low = np.minimum.reduceat(x.min(axis=1), starts).astype(np.float64)
    high = np.maximum.reduceat(x.max(axis=1), starts).astype(np.float64)
    energy = np.add.reduceat(np.mean(x.astype(np.float64) ** 2, axis=1), starts)
    return Envelope((starts + counts / 2) / rate, low, high, np.sqrt(energy / counts))
