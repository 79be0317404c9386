"""N-grams of events with back-off: what a network must be better than.

Absolute discounting, interpolated: of each count something is taken off and given to the shorter history. Source: Ney,
Essen & Kneser 1994.
"""

from collections.abc import Iterable

import numpy as np

from livehost.performance.vocabulary import SIZE

#: What is taken off each count.
DISCOUNT = 0.75


class NGram:
    """Counts of sequences of events.

    Parameters
    ----------
    order : int
        1 for a unigram, 4 for histories of three events.
    lines : iterable of numpy.ndarray
        Int64 [events] each, to count.
    """

    def __init__(self, order: int, lines: Iterable[np.ndarray]) -> None:
        self.order = order
        self.name = "unigram" if order == 1 else f"{order}-gram"
        kept = list(lines)
        self._counts = [_count(np.concatenate([_keys(line, n) for line in kept] or [_keys(np.zeros(0), n)]))
                        for n in range(1, order + 1)]  # fmt: skip
        self._histories = []
        for n in range(1, order + 1):
            keys, counts = self._counts[n - 1]
            before, first = np.unique(keys // SIZE, return_index=True)
            self._histories.append((before, np.add.reduceat(counts, first) if len(first) else counts,
                                    np.diff(np.append(first, len(keys)))))  # fmt: skip

    def nats(self, line: np.ndarray) -> np.ndarray:
        """Compute -log p of each event of a line, float64 [events]."""
        line = np.asarray(line, np.int64)
        p = np.full(len(line), 1.0 / SIZE)
        for n in range(1, self.order + 1):
            keys = _keys(line, n)
            count = _look_up(*self._counts[n - 1], keys)
            before, total, kinds = self._histories[n - 1]
            of_history, kinds_of = _look_up(before, total, keys // SIZE), _look_up(before, kinds, keys // SIZE)
            known = of_history > 0
            at = np.arange(n - 1, len(line))[known]
            share = np.maximum(count[known] - DISCOUNT, 0.0) / of_history[known]
            p[at] = share + DISCOUNT * kinds_of[known] / of_history[known] * p[at]
        return -np.log(p)


def _keys(line: np.ndarray, n: int) -> np.ndarray:
    """Give a number to each run of n events, int64 [events - n + 1]."""
    line = np.asarray(line, np.int64)
    keys = np.zeros(max(len(line) - n + 1, 0), np.int64)
    for k in range(n):
        keys = keys * SIZE + line[k : k + len(keys)]
    return keys


def _count(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count keys: those that there are, sorted, and how often each."""
    found, counts = np.unique(keys, return_counts=True)
    return found, counts


def _look_up(known: np.ndarray, values: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Find the values of keys, 0 for what is not known."""
    if not len(known):
        return np.zeros(len(keys), np.int64)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: np.ndarray = np.where(known[at] == keys, values[at], 0)
    return found
