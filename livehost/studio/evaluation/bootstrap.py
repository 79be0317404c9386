"""Confidence intervals by the bootstrap over groups, such as pieces of music: what hangs together is drawn together.

Source: Efron 1979.
"""

import math
from collections.abc import Callable

import numpy as np

DRAWS = 1000
#: Share of the draws that lie inside the interval.
CONFIDENCE = 0.95


def bootstrap_interval(
    statistic: Callable[[np.ndarray], np.ndarray], groups: int, seed: int = 0, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Compute the interval in which a statistic lies when groups are drawn with replacement.

    Parameters
    ----------
    statistic : callable
        Takes int64 [draws, groups], how often each group was drawn, and gives float [draws].
    groups : int
    seed : int
        Of the draws: the same gives the same interval.
    confidence : float
        0 … 1.

    Returns
    -------
    low, high : float
        NaN for fewer than two groups.

    Examples
    --------
    A mean of 10 and 14 steps' sums:

    >>> sums, steps = np.array([3.0, 6.0]), np.array([10, 14])
    >>> low, high = bootstrap_interval(lambda drawn: (drawn @ sums) / (drawn @ steps), 2)
    >>> bool(0.3 <= low <= high <= 0.43)
    True
    """
    if groups < 2:
        return math.nan, math.nan
    drawn = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / groups), DRAWS)
    tail = 50.0 * (1.0 - confidence)
    low, high = np.percentile(statistic(drawn), (tail, 100.0 - tail)).tolist()
    return low, high
