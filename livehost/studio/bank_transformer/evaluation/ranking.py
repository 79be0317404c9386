"""Ranks of the true next items among the candidates; ties get their average, never the lucky rank."""

from dataclasses import dataclass

import numpy as np

#: Scores that differ by less, relative to the larger of 1 and the true item's score, are ties.
TIE = 1e-6


@dataclass(eq=False)
class Ranks:
    """Where the true item stood at each step.

    Attributes
    ----------
    above, tied : np.ndarray
        Int64 [steps]: candidates with a better score; candidates with the same score, the true one included.
    candidates : np.ndarray
        Int64 [steps].
    surprise : np.ndarray
        Float64 [steps], −log of the true item's probability in the softmax of the scores, nats.
    """

    above: np.ndarray
    tied: np.ndarray
    candidates: np.ndarray
    surprise: np.ndarray

    def reciprocal(self) -> np.ndarray:
        """Give the expected 1 / rank of each step, ties in random order (float64 [steps])."""
        harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, max(self.candidates.max(initial=1), 1) + 1))])
        reciprocal: np.ndarray = (harmonic[self.above + self.tied] - harmonic[self.above]) / self.tied
        return reciprocal

    def within(self, k: int) -> np.ndarray:
        """Give the probability that the true item is among the best k (float64 [steps])."""
        return np.clip((k - self.above) / self.tied, 0.0, 1.0)


def rank(scores: np.ndarray, target: np.ndarray, excluded: np.ndarray, *, unheard: bool = False) -> Ranks:
    """Rank the true items.

    Parameters
    ----------
    scores : np.ndarray
        Float [steps, items], higher is better; NaN is worse than any number.
    target : np.ndarray
        Int64 [steps], the true items.
    excluded : np.ndarray
        Int64 [steps], items that are no candidates; −1 for none.
    unheard : bool
        Whether items before the true one, which in a bank in the order of time have all been, are no candidates.

    Returns
    -------
    Ranks
    """
    values = np.array(scores, np.float64)
    rows = np.arange(len(values))
    values[np.isnan(values)] = -np.inf
    out = excluded >= 0
    candidate = np.ones(values.shape, bool)
    candidate[rows[out], excluded[out]] = False
    if unheard:
        candidate &= np.arange(values.shape[1]) >= target[:, None]
    true = values[rows, target][:, None]
    finite = np.where(np.isfinite(true), true, 0.0)
    slack = TIE * np.maximum(1.0, np.abs(finite))
    with np.errstate(invalid="ignore"):
        tie = (np.abs(values - true) <= slack) | (values == true)
    above = (candidate & (values > true) & ~tie).sum(1)
    tied = (candidate & tie).sum(1)
    values[~candidate] = -np.inf
    return Ranks(above, tied, candidate.sum(1), _surprise(values, true[:, 0]))


def _surprise(values: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Give −log softmax of the true items."""
    top = values.max(1, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return np.log(np.exp(values - top[:, None]).sum(1)) + top - true
