"""Mean and scale of a set of vectors, so that every slot counts alike."""

import numpy as np

from livehost.errors import LivehostError

#: A median absolute deviation of normal values, times this, is their standard deviation.
_MAD_TO_STD = 1.4826
_TINY = 1e-6


def standardise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a mean and a scale per slot, which a few odd vectors cannot move. RT: never.

    Parameters
    ----------
    vectors : array_like, shape [n, slots]
        A set of vectors; rows with NaN or Inf do not count.

    Returns
    -------
    mean : ndarray of float32, shape [slots]
        Median of each slot.
    scale : ndarray of float32, shape [slots]
        Median absolute deviation as a standard deviation; the standard deviation where more than half the values are
        equal; 1 where all are. Never 0: (vectors − mean) / scale is finite.

    Raises
    ------
    LivehostError
        Where there is no finite vector.
    """
    vectors = np.asarray(vectors, np.float64)
    if vectors.ndim != 2:
        raise LivehostError(f"Standardising wants rows of vectors, not shape {vectors.shape}.")
    vectors = vectors[np.isfinite(vectors).all(axis=1)]
    if not len(vectors):
        raise LivehostError("Standardising wants at least one vector of finite numbers.")
    mean = np.median(vectors, axis=0)
    tiny = _TINY * np.maximum(1.0, np.abs(mean))
    spread, deviation = _MAD_TO_STD * np.median(np.abs(vectors - mean), axis=0), vectors.std(axis=0)
    scale = np.where(spread > tiny, spread, np.where(deviation > tiny, deviation, 1.0))
    return mean.astype(np.float32), scale.astype(np.float32)
