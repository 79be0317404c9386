"""The space in which sets of sounds are compared: the features by which a bank knows its items."""

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import PCA

from livehost.bank.decode import UnusableSound
from livehost.bank.measure import FeatureExtractor
from livehost.bank.slice import attack
from livehost.dsp.segment import SEGMENT_SIZE

#: Directions that are kept: with more, the covariance of so few sounds says nothing.
DIRECTIONS = 12


def features_of(sounds: Sequence[np.ndarray], rate: int) -> np.ndarray:
    """Measure sounds as a bank does, from their attacks on.

    Parameters
    ----------
    sounds : sequence of numpy.ndarray
        Float32 [n], mono.
    rate : int
        Hz.

    Returns
    -------
    numpy.ndarray
        Float64 [sounds, SEGMENT_SIZE]; those of silence where there is no sound.
    """
    meter, rows = FeatureExtractor(rate), np.zeros((len(sounds), SEGMENT_SIZE))
    for row, sound in zip(rows, sounds, strict=True):
        samples = np.asarray(sound, np.float32)[:, None]
        try:
            row[:] = meter.measure(samples, attack(samples, rate)).features
        except UnusableSound:
            continue
    return rows


class FeatureSpace:
    """Features on one scale, along the directions in which real sounds differ most.

    Parameters
    ----------
    rows : numpy.ndarray
        Float64 [sounds, SEGMENT_SIZE], of real sounds.
    """

    def __init__(self, rows: np.ndarray) -> None:
        self._mean, self._scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        self._directions = PCA(min(DIRECTIONS, len(rows) - 1), svd_solver="full").fit(self._scaled(rows))

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """Give the places of sounds, float64 [sounds, directions]."""
        places: np.ndarray = self._directions.transform(self._scaled(rows))
        return places

    def _scaled(self, rows: np.ndarray) -> np.ndarray:
        return (rows - self._mean) / self._scale
