"""How good a model is: the true next sound is sought among all sounds of a bank, beside methods without a network."""

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.cases import Case, cases
from livehost.studio.bank_transformer.evaluation.measure import MODEL, Answered, measure
from livehost.studio.bank_transformer.evaluation.model import ExportScorer, Scorer, TokenScorer
from livehost.studio.bank_transformer.evaluation.results import TARGETS, Row, evaluate, tabulate

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
