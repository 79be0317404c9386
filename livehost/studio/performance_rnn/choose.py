"""Chooses events by their logits: temperature, top-k, top-p; and what cannot be done at all."""

from dataclasses import dataclass

import numpy as np

from livehost.errors import LivehostError


@dataclass(frozen=True)
class Choice:
    """How an event is chosen.

    Parameters
    ----------
    temperature : float
        0 takes the likeliest.
    top_k : int
        Only so many of the likeliest; 0 for all.
    top_p : float
        Only the likeliest that have so much of the probability together. Source: Holtzman et al. 2020.

    Raises
    ------
    LivehostError
        For numbers that nothing can be chosen by.
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.temperature < np.inf:
            raise LivehostError(f"A temperature is a number from 0 on, not {self.temperature}.", 2)
        if self.top_k < 0:
            raise LivehostError(f"--top-k is a number of events, or 0 for all, not {self.top_k}.", 2)
        if not 0 < self.top_p <= 1:
            raise LivehostError(f"--top-p is a share above 0 and at most 1, not {self.top_p}.", 2)

    def of(self, logits: np.ndarray, rng: np.random.Generator) -> int:
        """Choose an event.

        Parameters
        ----------
        logits : numpy.ndarray
            [events]; -inf for what cannot be.
        rng : numpy.random.Generator
        """
        if self.temperature == 0:
            return int(np.argmax(logits))
        p = probabilities(logits / self.temperature)
        order = np.argsort(-p, kind="stable")
        keep = len(p) if not self.top_k else self.top_k
        if self.top_p < 1:
            keep = min(keep, int(np.searchsorted(np.cumsum(p[order]), self.top_p)) + 1)
        kept = order[:keep]
        return int(rng.choice(kept, p=p[kept] / p[kept].sum()))


def log_probabilities(logits: np.ndarray) -> np.ndarray:
    """Compute log p along the last axis, float64."""
    x = np.asarray(logits, np.float64)
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Compute p along the last axis, float64."""
    p: np.ndarray = np.exp(log_probabilities(logits))
    return p
