"""How like held-out notes made ones are: the Fréchet distance in the space of the features that a bank has."""

from collections.abc import Sequence

import numpy as np

from livehost.studio.audio.evaluation.distances import frechet_distance
from livehost.studio.audio.evaluation.feature_space import FeatureSpace, features_of


class Likeness:
    """Compares sets of notes with those that are held out.

    Parameters
    ----------
    learnt, held : sequence of numpy.ndarray
        Notes that were learnt from, two at least: they say what differs among notes; and notes that were not. Float32
        [n], mono.
    rate : int
        Hz.

    Attributes
    ----------
    learnt, held : numpy.ndarray
        Their places, float64 [notes, directions].
    """

    def __init__(self, learnt: Sequence[np.ndarray], held: Sequence[np.ndarray], rate: int) -> None:
        real, self._rate = features_of(learnt, rate), rate
        self._space = FeatureSpace(real)
        self.learnt, self.held = self._space(real), self.places(held)

    def places(self, notes: Sequence[np.ndarray]) -> np.ndarray:
        """Give the places of notes, float64 [notes, directions]."""
        return self._space(features_of(notes, self._rate))

    def distance(self, places: np.ndarray) -> float:
        """Compute the distance of places to those of the held-out notes; a note that is alone has no spread."""
        return frechet_distance(
            *(np.repeat(rows, 2, axis=0) if len(rows) == 1 else rows for rows in (places, self.held))
        )
