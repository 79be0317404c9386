"""What is asked of a performance: a pitch-class histogram and a density, or neither.

0 … 11    pitch-class histogram, summing to 1; 0 where none is asked for
12        density: notes a second / 30, 1 at most; 0 where none is asked for
13, 14    1 where there is a histogram, and a density

"""

import numpy as np
from numpy.typing import ArrayLike

from livehost.errors import LivehostError

#: Length of a condition; notes a second that are density 1.
SIZE, FULL_DENSITY = 15, 30.0
DENSITY, HAS_HISTOGRAM, HAS_DENSITY = 12, 13, 14
#: A pitch class is helped by the log of how much oftener than all alike it is asked for, times this; one that is hardly
#: asked for, or not at all, counts as this share of what it would have if all were alike.
HELP, LEAST_SHARE = 1.0, 0.02


def condition(histogram: ArrayLike | None = None, notes_per_second: float | None = None) -> np.ndarray:
    """Make a condition.

    Parameters
    ----------
    histogram : array_like, shape [12], optional
        Weights of the pitch classes from C on, not negative; brought to a sum of 1.
    notes_per_second : float, optional
        What is above `FULL_DENSITY` counts as that.

    Returns
    -------
    numpy.ndarray
        Float32 [15].

    Raises
    ------
    LivehostError
        For a histogram that is not 12 numbers, has one below 0 or not finite, or is zero throughout; and for a density
        below 0 or not finite.

    Examples
    --------
    >>> asked = condition([1, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0], 6.0)
    >>> asked[[0, 4, 7, 12, 13, 14]].tolist()
    [0.25, 0.25, 0.5, 0.20000000298023224, 1.0, 1.0]
    """
    made = np.zeros(SIZE, np.float32)
    if histogram is not None:
        weights = np.asarray(histogram, np.float64)
        if weights.shape != (12,):
            raise LivehostError(f"A histogram has 12 numbers, one for each pitch class from C on, not {weights.size}.")
        if not np.isfinite(weights).all() or (weights < 0).any():
            raise LivehostError("The numbers of a histogram are finite and not below 0.")
        if not weights.any():
            raise LivehostError("A histogram that is zero throughout asks for nothing: leave it out.")
        made[:12] = weights / weights.max() / (weights / weights.max()).sum()
        made[HAS_HISTOGRAM] = 1.0
    if notes_per_second is not None:
        if not 0 <= notes_per_second < np.inf:
            raise LivehostError(f"A density is a number of notes a second from 0 on, not {notes_per_second}.")
        made[DENSITY] = min(notes_per_second / FULL_DENSITY, 1.0)
        made[HAS_DENSITY] = 1.0
    return made


def pitch_help(conditions: np.ndarray) -> np.ndarray:
    """Give what is added to the logits of the notes of each pitch class, so that what is asked for comes.

    A model that was told a histogram does what it learnt of it; this does the rest. Where none is asked for, or all
    pitch classes alike, nothing is added.

    Parameters
    ----------
    conditions : numpy.ndarray
        [..., 15].

    Returns
    -------
    numpy.ndarray
        Float64 [..., 12].
    """
    share = np.maximum(12.0 * np.asarray(conditions[..., :12], np.float64), LEAST_SHARE)
    return np.where(conditions[..., HAS_HISTOGRAM, None] > 0, HELP * np.log(share), 0.0)


def helped(logits: np.ndarray, conditions: np.ndarray) -> np.ndarray:
    """Add `pitch_help` to logits, [..., 388], of the vocabulary, whose first 128 are the notes; float64."""
    made = np.array(logits, np.float64)
    made[..., :128] += pitch_help(conditions)[..., np.arange(128) % 12]
    return made


def histogram_of(pitches: ArrayLike) -> np.ndarray:
    """Count pitch classes, float64 [12], summing to 1; zeros for no pitches."""
    counts = np.bincount(np.asarray(pitches, np.int64) % 12, minlength=12).astype(np.float64)
    return counts / max(counts.sum(), 1.0)
