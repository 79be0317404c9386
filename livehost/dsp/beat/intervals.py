"""Times between onsets in bins: what a model says of the time to the next heard onset, and what everyone reads it by.

`BINS` bins: the first begins at 0 and the last holds all that is later than `LONGEST_S`; between `SHORTEST_S` and there
the edges stand in equal ratios.
"""

import math

import numpy as np

from livehost.rt.native import kernel

BINS = 32
#: Upper edge of the first bin is a step above `SHORTEST_S`; lower edge of the last, s.
SHORTEST_S, LONGEST_S = 0.03, 4.0
_STEP = math.log(LONGEST_S / SHORTEST_S) / (BINS - 1)
_LOG_SHORTEST = math.log(SHORTEST_S)

#: Lower edge of each bin, s: float64 [BINS].
EDGES = np.concatenate([[0.0], SHORTEST_S * np.exp(_STEP * np.arange(1, BINS))])


def bins_of(seconds: np.ndarray) -> np.ndarray:
    """Bin of each of many times.

    Parameters
    ----------
    seconds : np.ndarray
        Times between onsets, s, any shape.

    Returns
    -------
    np.ndarray
        int64, the same shape, 0 … BINS − 1.

    Examples
    --------
    >>> bins_of(np.array([0.01, 0.5, 9.0]))
    array([ 0, 17, 31])
    """
    steps = np.floor((np.log(np.maximum(seconds, 1e-9)) - _LOG_SHORTEST) / _STEP)
    return np.clip(steps, 0, BINS - 1).astype(np.int64)


@kernel
def bin_of(seconds):
    """Give the bin of a time, s. RT: worker."""
    if seconds <= SHORTEST_S:
        return np.int64(0)
    return np.int64(min(np.floor((np.log(seconds) - _LOG_SHORTEST) / _STEP), BINS - 1.0))


@kernel
def edge(k):
    """Give the lower edge of a bin, s; that of bin `BINS` is infinite. RT: worker."""
    if k <= 0:
        return 0.0
    return np.inf if k >= BINS else SHORTEST_S * np.exp(_STEP * k)
