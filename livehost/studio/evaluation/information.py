"""How much one thing tells of another: mutual information of two series of classes, in bits, and what chance gives.

A plug-in estimate from few samples is too large; it is corrected by the number of cells that are in use (Miller 1955),
and stands beside what the same series give when one of them is shuffled.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

SHUFFLES = 100


@dataclass(frozen=True)
class Information:
    """An estimate.

    Attributes
    ----------
    bits : float
        Mutual information, corrected for bias, not below 0; nan for no samples.
    chance : float
        Of 100 shuffled series, 95 give less.
    most : float
        Entropy of the first series, bits: what a perfect answer would tell.
    samples : int
    """

    bits: float
    chance: float
    most: float
    samples: int


def entropy(counts: ArrayLike) -> float:
    """Compute the entropy of counts, bits.

    Examples
    --------
    >>> entropy([5, 5])
    1.0
    """
    n = np.asarray(counts, np.float64).ravel()
    p = n[n > 0] / n.sum()
    return float(-(p * np.log2(p)).sum())


def table_of(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Count how often each class of `a` comes with each class of `b`, int64 [classes of a, classes of b]."""
    (kinds_a, rows), (kinds_b, columns) = (np.unique(np.asarray(x), return_inverse=True) for x in (a, b))
    table = np.zeros((len(kinds_a), len(kinds_b)), np.int64)
    np.add.at(table, (rows, columns), 1)
    return table


def information_of_table(table: ArrayLike, *, corrected: bool = True) -> float:
    """Compute the mutual information of rows and columns of a table of counts (or weights), bits.

    Parameters
    ----------
    table : array_like, shape [n, m]
    corrected : bool
        Take off the bias of few samples; not for weights.

    Examples
    --------
    >>> round(information_of_table([[500, 0], [0, 500]]), 2)
    1.0
    """
    n = np.asarray(table, np.float64)
    plain = entropy(n.sum(1)) + entropy(n.sum(0)) - entropy(n)
    if not corrected:
        return plain
    used = [int(np.count_nonzero(x)) for x in (n.sum(1), n.sum(0), n)]
    return plain + (used[0] + used[1] - used[2] - 1) / (2 * n.sum() * np.log(2))


def mutual_information(a: ArrayLike, b: ArrayLike, seed: int = 0) -> Information:
    """Estimate how much `b` tells of `a`.

    Parameters
    ----------
    a, b : array_like, shape [samples]
        Classes: whole numbers or words.
    seed : int
        Of the shuffles.

    Returns
    -------
    Information

    Examples
    --------
    >>> told = mutual_information([0, 1, 2] * 100, [2, 0, 1] * 100)
    >>> round(told.bits, 2), told.chance < 0.1
    (1.58, True)
    """
    first, second = np.asarray(a), np.asarray(b)
    if len(first) != len(second):
        raise ValueError("two series of one length are wanted")
    if not len(first):
        return Information(np.nan, np.nan, np.nan, 0)
    table = table_of(first, second)
    random = np.random.default_rng(seed)
    shuffled = [information_of_table(table_of(first, random.permutation(second))) for _ in range(SHUFFLES)]
    chance = max(0.0, float(np.percentile(shuffled, 95)))
    most = entropy(table.sum(1))  # which an estimate of few samples may go beyond
    return Information(min(max(0.0, information_of_table(table)), most), chance, most, len(first))


def balanced_bits(confusion: ArrayLike) -> float:
    """Compute the mutual information of a confusion matrix whose true classes all count alike, bits.

    Parameters
    ----------
    confusion : array_like, shape [classes, answers]
        How often each class was taken for which.
    """
    n = np.asarray(confusion, np.float64)
    n = n[n.sum(1) > 0]
    return information_of_table(n / n.sum(1, keepdims=True), corrected=False)


def longest_run(series: ArrayLike) -> int:
    """Count the longest run of one value.

    Examples
    --------
    >>> longest_run([1, 2, 2, 2, 1])
    3
    """
    values = np.asarray(series)
    if not len(values):
        return 0
    ends = np.flatnonzero(np.append(values[1:] != values[:-1], True))
    return int(np.diff(ends, prepend=-1).max())
