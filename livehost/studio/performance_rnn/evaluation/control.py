"""Whether a model does what is asked of it: pitch classes, and density."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.performance.condition import condition, histogram_of
from livehost.performance.stream import decode
from livehost.performance.vocabulary import STEP_S
from livehost.studio.performance_rnn.choose import Choice
from livehost.studio.performance_rnn.dataset import Performance
from livehost.studio.performance_rnn.improvise import Line, improvise
from livehost.studio.performance_rnn.steps import Model

#: Length of what is played for a histogram, and for a density, seconds.
HISTOGRAM_S, DENSITY_S = 60.0, 60.0
#: Densities that are asked for, notes a second; and the one that goes with a histogram.
DENSITIES = (2.0, 3.0, 4.0, 5.0, 6.5, 8.0, 10.0, 12.0, 15.0, 18.0)
_USUAL = 8.0
#: Scales that are asked for besides what pieces have: C major, E♭ minor, whole tones from C.
_SCALES = ((0, 2, 4, 5, 7, 9, 11), (3, 5, 6, 8, 10, 11, 1), (0, 2, 4, 6, 8, 10))


@dataclass(frozen=True)
class Control:
    """What was asked and what came.

    Attributes
    ----------
    histograms : list of (list, list, float)
        Asked, played, and how they correlate (Pearson).
    densities : list of (float, float)
        Asked and played, notes a second.
    """

    histograms: list[tuple[list[float], list[float], float]]
    densities: list[tuple[float, float]]

    @property
    def correlation(self) -> float:
        """Mean correlation of histograms."""
        return float(np.mean([row[2] for row in self.histograms]))

    @property
    def rank_correlation(self) -> float:
        """Spearman's, of densities."""
        given, played = (np.argsort(np.argsort(column)) for column in zip(*self.densities, strict=True))
        return float(np.corrcoef(given, played)[0, 1])

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {
            "histogram_correlation": self.correlation, "density_rank_correlation": self.rank_correlation,
            "histograms": [{"asked": a, "played": p, "correlation": c} for a, p, c in self.histograms],
            "densities": [{"asked": a, "played": p} for a, p in self.densities],
        }  # fmt: skip


def histograms(performances: Sequence[Performance], count: int = 3) -> list[np.ndarray]:
    """Give the histograms that are asked for: scales, and those of pieces."""
    scales = [np.bincount(scale, minlength=12) / len(scale) for scale in _SCALES]
    pieces = list({p.piece: p for p in performances}.values())
    return scales + [histogram_of(p.notes["pitch"][:400]) for p in pieces[:count]]


def control(model: Model, asked_histograms: Sequence[np.ndarray], choice: Choice, seed: int = 0) -> Control:
    """Let a model play what is asked of it."""
    wanted = [condition(h, _USUAL) for h in asked_histograms]
    found = [histogram_of(notes["pitch"]) for notes in _play(model, wanted, HISTOGRAM_S, choice, seed)]
    rows = [
        (np.asarray(a, float).tolist(), f.tolist(), float(np.corrcoef(a, f)[0, 1]) if f.std() > 0 else 0.0)
        for a, f in zip(asked_histograms, found, strict=True)
    ]
    counts = [
        len(n) / DENSITY_S for n in _play(model, [condition(None, d) for d in DENSITIES], DENSITY_S, choice, seed)
    ]
    return Control(rows, list(zip(DENSITIES, counts, strict=True)))


def _play(model: Model, wanted: Sequence[np.ndarray], seconds: float, choice: Choice, seed: int) -> list[np.ndarray]:
    """Let it play a line for each condition, side by side."""
    lines = [Line([], round(seconds / STEP_S)) for _ in wanted]
    of = {id(line): row for line, row in zip(lines, wanted, strict=True)}
    improvise(model.lines(len(lines)), lines, lambda line: of[id(line)], choice, seed)
    return [decode(line.events) for line in lines]
