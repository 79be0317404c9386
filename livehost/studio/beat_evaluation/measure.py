"""Measures of beats: F-measure, tempo with octaves apart, continuity."""

import math

import numpy as np

#: A beat is found where one is told within this, s (Davies et al., 2009), after a while to find it in, s.
WITHIN_S, WARM_S = 0.07, 5.0


def f_measure(told_s: np.ndarray, true_s: np.ndarray, *, within_s: float = WITHIN_S, warm_s: float = WARM_S) -> float:
    """Compare beats that were told with those that are true.

    Parameters
    ----------
    told_s, true_s : np.ndarray
        Times, s, rising.
    within_s : float
        How near is a hit.
    warm_s : float
        What is before counts for neither.

    Returns
    -------
    float
        Twice the hits over the number of both; nan without true beats.

    Examples
    --------
    >>> f_measure(np.array([6.0, 7.0, 7.5, 8.0]), np.array([6.02, 7.0, 8.5]))
    0.5714285714285714
    """
    told, true = told_s[told_s >= warm_s], true_s[true_s >= warm_s]
    if not len(true):
        return math.nan
    hits, k = 0, 0
    for beat in true:
        while k < len(told) and told[k] < beat - within_s:
            k += 1
        if k < len(told) and told[k] <= beat + within_s:
            hits, k = hits + 1, k + 1
    return 2 * hits / (len(told) + len(true))


def tempo_off(bpm: float, true_bpm: float) -> float:
    """Tell by how much a tempo is off, octaves apart: ratio − 1; infinite where there is none."""
    if not (math.isfinite(bpm) and bpm > 0):
        return math.inf
    octaves = math.log2(bpm / true_bpm)
    return 2 ** abs(octaves - round(octaves)) - 1
