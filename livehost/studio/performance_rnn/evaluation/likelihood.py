"""Nats per event on held-out pieces: of a performance that goes on alone, and by class of event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from livehost.performance import condition as asked
from livehost.performance.stream import encode
from livehost.performance.vocabulary import CLASSES, STEP_S, class_of
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.performance_rnn.choose import log_probabilities
from livehost.studio.performance_rnn.dataset import Performance
from livehost.studio.performance_rnn.evaluation.ngram import NGram
from livehost.studio.performance_rnn.steps import Model

#: Takes the events of a line, gives -log p of each but the first.
Scorer = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Row:
    """How well a method foretells events.

    Attributes
    ----------
    method : str
    nats : float
        Per event.
    low, high : float
        Interval of that, over performances drawn anew.
    bits_per_second : float
        Of music.
    classes : dict of str to float
        Nats per event of each class.
    sums, counts : numpy.ndarray
        By performance.
    """

    method: str
    nats: float
    low: float
    high: float
    bits_per_second: float
    classes: dict[str, float]
    sums: np.ndarray = field(repr=False)
    counts: np.ndarray = field(repr=False)

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {
            "method": self.method, "nats": self.nats, "interval": [self.low, self.high],
            "bits_per_second": self.bits_per_second, "classes": self.classes, "events": int(self.counts.sum()),
        }  # fmt: skip


def lines_of(performances: Sequence[Performance], events: int) -> list[np.ndarray]:
    """Write performances as events; of each the first so many, 0 for all."""
    lines = (encode(p.notes).events for p in performances)
    return [line[: events or None] for line in lines]


def score_model(model: Model) -> Scorer:
    """Make the scorer of a model, of which nothing is asked."""

    def score(line: np.ndarray) -> np.ndarray:
        given = line[:-1]
        nothing = np.zeros((len(given), asked.SIZE), np.float32)
        logits = model.run(given, np.zeros(len(given), np.int64), nothing)
        return -log_probabilities(logits)[np.arange(len(given)), line[1:]]

    return score


def score_ngram(ngram: NGram) -> Scorer:
    """Make the scorer of an n-gram."""
    return lambda line: ngram.nats(line)[1:]


def measure(method: str, score: Scorer, lines: Sequence[np.ndarray]) -> Row:
    """Score all lines."""
    sums, counts = np.zeros(len(lines)), np.zeros(len(lines))
    by_class, of_class = np.zeros(len(CLASSES)), np.zeros(len(CLASSES))
    seconds = 0.0
    for k, line in enumerate(lines):
        nats, kinds = score(line), class_of(line[1:])
        sums[k], counts[k] = nats.sum(), len(nats)
        by_class += np.bincount(kinds, nats, len(CLASSES))
        of_class += np.bincount(kinds, minlength=len(CLASSES))
        shifts = line[kinds_of_shifts(line)]
        seconds += float((shifts - CLASSES[2].first + 1).sum()) * STEP_S
    low, high = bootstrap_interval(lambda drawn: (drawn @ sums) / (drawn @ counts), len(lines))
    return Row(
        method, float(sums.sum() / counts.sum()), low, high, float(sums.sum() / np.log(2) / max(seconds, STEP_S)),
        {row.name: float(n / max(c, 1)) for row, n, c in zip(CLASSES, by_class, of_class, strict=True)}, sums, counts,
    )  # fmt: skip


def kinds_of_shifts(line: np.ndarray) -> np.ndarray:
    """Tell which events are time-shifts."""
    found: np.ndarray = (line >= CLASSES[2].first) & (line < CLASSES[2].end)
    return found
