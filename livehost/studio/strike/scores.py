"""How right answers about strokes are: size, shape and position, and their intervals over drums."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.evaluation.bootstrap import bootstrap_interval


@dataclass(frozen=True)
class Answers:
    """What a method says of each stroke.

    Attributes
    ----------
    size_m : ndarray of float, shape [n]
    shape : ndarray of int, shape [n]
    position : ndarray of float, shape [n]
    """

    size_m: np.ndarray
    shape: np.ndarray
    position: np.ndarray


def score(answers: Answers, size_m: np.ndarray, shape: np.ndarray, position: np.ndarray) -> dict[str, float]:
    """Compare answers with the truth.

    Returns
    -------
    dict
        size_r2: share of the variance of sizes (in metres) that is explained; size_cents: median error as an interval
        of pitch; shape: share that is right; position: mean absolute error; position_r2.
    """
    return {
        "size_r2": r_squared(answers.size_m, size_m),
        "size_cents": float(np.median(1200.0 * np.abs(np.log2(np.maximum(answers.size_m, 1e-6) / size_m)))),
        "shape": float((answers.shape == shape).mean()),
        "position": float(np.abs(answers.position - position).mean()),
        "position_r2": r_squared(answers.position, position),
    }


def r_squared(found: np.ndarray, truth: np.ndarray) -> float:
    """Compute the coefficient of determination, 1 − Σ(found − truth)² / Σ(truth − mean)²."""
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((found - truth) ** 2).sum()) / spread if spread > 0.0 else float("nan")


def intervals(
    answers: Answers, size_m: np.ndarray, shape: np.ndarray, drum: np.ndarray
) -> dict[str, tuple[float, float]]:
    """Compute 95 % intervals of size_r2 and shape over drums drawn with replacement."""
    _, group = np.unique(drum, return_inverse=True)
    count = int(group.max()) + 1 if len(group) else 0

    def sums(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, np.asarray(values, np.float64), count)

    strokes, right = sums(np.ones(len(group))), sums(answers.shape == shape)
    wrong, first, second = sums((answers.size_m - size_m) ** 2), sums(size_m), sums(size_m.astype(np.float64) ** 2)

    def explained(drawn: np.ndarray) -> np.ndarray:
        spread = drawn @ second - (drawn @ first) ** 2 / (drawn @ strokes)
        return np.asarray(1.0 - drawn @ wrong / np.where(spread > 0.0, spread, np.nan))

    return {
        "size_r2": bootstrap_interval(explained, count),
        "shape": bootstrap_interval(lambda drawn: drawn @ right / (drawn @ strokes), count),
    }
