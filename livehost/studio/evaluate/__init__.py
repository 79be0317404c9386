"""How good a model is: the true next sound is sought among all sounds of a bank, beside methods without a network."""

from livehost.studio.evaluate.baselines import BASELINES
from livehost.studio.evaluate.case import Case, cases
from livehost.studio.evaluate.measure import MODEL, Answered, measure
from livehost.studio.evaluate.model import ExportScorer, Scorer, TokenScorer
from livehost.studio.evaluate.rows import TARGETS, Row, evaluate, tabulate

__all__ = [
    "BASELINES",
    "MODEL",
    "TARGETS",
    "Answered",
    "Case",
    "ExportScorer",
    "Row",
    "Scorer",
    "TokenScorer",
    "cases",
    "evaluate",
    "measure",
    "tabulate",
]
