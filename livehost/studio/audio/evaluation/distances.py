"""How far sets of sounds are apart, and whether a sound is a copy of another.

Source: Heusel et al. 2017 (the Fréchet distance of two normal distributions, Dowson & Landau 1982).
"""

from dataclasses import dataclass

import numpy as np

#: Percentile of the distances of real sounds within which a sound counts as a copy.
COPY_PERCENTILE = 1.0


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Compute the Fréchet distance of the normal distributions that fit two sets.

    Parameters
    ----------
    a, b : numpy.ndarray
        Float [n, size], [m, size]; two rows at least.

    Returns
    -------
    float
        |μ − ν|² + tr(Σ + Τ − 2 √(ΣΤ)); 0 for equal ones.

    Examples
    --------
    >>> points = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0]])
    >>> round(frechet_distance(points, points + [3.0, 0.0]), 9)
    9.0
    """
    one, other = (np.atleast_2d(np.cov(x, rowvar=False)) for x in (a, b))
    values, vectors = np.linalg.eigh(one)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    between = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ other @ root), 0)).sum()
    apart = float(np.square(a.mean(axis=0) - b.mean(axis=0)).sum())
    return max(apart + float(np.trace(one) + np.trace(other)) - 2 * float(between), 0.0)


def nearest(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Give the distance of each row of `a` to the nearest row of `b`, float64 [a]."""
    squares = np.square(a).sum(axis=1)[:, None] + np.square(b).sum(axis=1) - 2 * a @ b.T
    distances: np.ndarray = np.sqrt(np.maximum(squares.min(axis=1), 0))
    return distances


@dataclass(frozen=True)
class Copies:
    """Whether made sounds are copies of those that were learnt from.

    Attributes
    ----------
    limit : float
        Within which a sound counts as a copy: a percentile of the distances of real sounds to the nearest other one.
    nearest : float
        Of a made sound to one that was learnt from: the smallest there is.
    copies, count : int
        Made sounds that are no farther than the limit, and all of them.
    pair_limit : float
        The same percentile of the distances of all pairs of real sounds.
    made_within, held_within : float
        Share of the made sounds that are within that of one that was learnt from; and of the held-out ones, which no
        model has made: most real sounds have a neighbour that near.
    """

    limit: float
    nearest: float
    copies: int
    count: int
    pair_limit: float
    made_within: float
    held_within: float


def find_copies(made: np.ndarray, learnt: np.ndarray, held: np.ndarray) -> Copies:
    """Compare made sounds with those that were learnt from.

    Parameters
    ----------
    made, learnt, held : numpy.ndarray
        Places in a feature space, float [n, size], [m, size], [k, size].
    """
    squares = np.square(learnt).sum(axis=1)
    pairs = np.sqrt(np.maximum(squares[:, None] + squares - 2 * learnt @ learnt.T, 0))
    pair_limit = float(np.percentile(pairs[np.triu_indices(len(learnt), 1)], COPY_PERCENTILE))
    np.fill_diagonal(pairs, np.inf)
    limit = float(np.percentile(pairs.min(axis=1), COPY_PERCENTILE))
    far, beside = nearest(made, learnt), nearest(held, learnt)
    return Copies(
        limit, float(far.min()), int((far <= limit).sum()), len(made), pair_limit,
        float((far <= pair_limit).mean()), float((beside <= pair_limit).mean()),
    )  # fmt: skip
