"""What counting alone says of the next stroke: a histogram of the times, and one of how they differ from the last."""

import numpy as np

from livehost.dsp.beat.intervals import BINS, EDGES, bins_of

#: What every bin counts before anything is counted.
_PRIOR = 0.5


def remaining(chances: np.ndarray, elapsed: np.ndarray) -> np.ndarray:
    """Leave out what is over: probabilities [q, BINS] of the times that are later than `elapsed` [q], seconds."""
    first = bins_of(elapsed)
    upper = np.append(EDGES[1:], np.inf)
    left = np.where(np.arange(BINS) < first[:, None], 0.0, 1.0)
    rows = np.arange(len(first))
    inside = (first > 0) & (first < BINS - 1)
    share = (upper[first] - elapsed) / np.where(inside, upper[first] - EDGES[first], 1.0)
    left[rows[inside], first[inside]] = np.clip(share[inside], 1e-3, 1.0)
    kept = np.maximum(chances * left, 1e-12 * (left > 0))
    return np.asarray(kept / kept.sum(1, keepdims=True))


def histogram(seconds: np.ndarray) -> np.ndarray:
    """Count times in bins: float64 [BINS], sum 1."""
    counts = np.bincount(bins_of(seconds), minlength=BINS) + _PRIOR
    return np.asarray(counts / counts.sum())


class RepeatLast:
    """Expects the last time again, spread as times were spread about the last ones.

    Parameters
    ----------
    seconds, last : float64 [n]
        To count; where `last` is NaN nothing is.
    """

    def __init__(self, seconds: np.ndarray, last: np.ndarray) -> None:
        known = np.isfinite(last)
        apart = bins_of(seconds[known]) - bins_of(last[known])
        counts = np.bincount(apart + BINS - 1, minlength=2 * BINS - 1) + _PRIOR
        self._apart, self._any = counts / counts.sum(), histogram(seconds)

    def __call__(self, last: np.ndarray) -> np.ndarray:
        """Give probabilities float64 [q, BINS]."""
        found = np.tile(self._any, (len(last), 1))
        known = np.flatnonzero(np.isfinite(last))
        at = np.arange(BINS) - bins_of(last[known])[:, None] + BINS - 1
        rows = self._apart[at]
        found[known] = rows / rows.sum(1, keepdims=True)
        return found


def nats(chances: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Give −log p of what came, nats, float64 [q]."""
    return np.asarray(-np.log(np.maximum(chances[np.arange(len(seconds)), bins_of(seconds)], 1e-12)))
