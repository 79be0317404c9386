"""Whether a sound is new: how far it is from every other one, in the space in which the stage finds the nearest."""

import numpy as np

from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.players.nearest.space import column_weights, fit

#: Sounds from which a space can be learnt; a bank of fewer is helped out by sounds that were made.
ENOUGH = 16
#: A sound is too like another one where it is nearer than this share of the distance that a sound of the bank usually
#: has to its nearest neighbour. On a bank of 123 one-shots, the same sound resynthesised by Griffin-Lim is at 0.37 of
#: it (median; 95 %: 0.53), a model's own rendering at 0.95 (5 %: 0.72), and 5 % of real sounds have another at 0.58.
NEAR = 0.5


class Distinct:
    """The sounds that there are, and how far a new one is from them.

    Parameters
    ----------
    features : numpy.ndarray
        Float32 [items, SEGMENT_SIZE], of the bank.
    further : numpy.ndarray
        Float32 [n, SEGMENT_SIZE], more to learn the space from, where the bank has too few.

    Attributes
    ----------
    limit : float
        Nearer than this is too near.
    """

    def __init__(self, features: np.ndarray, further: np.ndarray) -> None:
        learnt = np.concatenate([features, further])
        self._space = fit(learnt, column_weights(SEGMENT_SLICES, SEGMENT_SIZE))
        self._places = self._space.project(features)
        far = _nearest_others(self._space.project(learnt))
        self.limit = NEAR * float(np.median(far[far > 0] if (far > 0).any() else 1.0))  # twins say nothing

    def nearest(self, features: np.ndarray) -> tuple[int, float]:
        """Find the sound next to one with these features, float32 [SEGMENT_SIZE]: its number, and how far it is.

        Sounds of the bank have the numbers of its items; those that were added since come behind them.
        """
        far = np.linalg.norm(self._places - self._space.project(features[None]), axis=1)
        number = int(far.argmin())
        return number, float(far[number])

    def add(self, features: np.ndarray) -> None:
        """Take a sound in."""
        self._places = np.concatenate([self._places, self._space.project(features[None])])


def _nearest_others(places: np.ndarray) -> np.ndarray:
    """Give the distance of each row to the nearest other one, float64 [n]; 1 where there is none."""
    if len(places) < 2:
        return np.ones(len(places))
    squares = np.square(places.astype(np.float64)).sum(axis=1)
    far = squares[:, None] + squares - 2 * places.astype(np.float64) @ places.T
    np.fill_diagonal(far, np.inf)
    distances: np.ndarray = np.sqrt(np.maximum(far.min(axis=1), 0))
    return distances
