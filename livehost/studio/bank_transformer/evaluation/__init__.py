"""Evaluation of a bank transformer: the rank of the true next sound among all sounds of a bank, beside baselines."""

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.case_results import MODEL, CaseResult, evaluate_cases
from livehost.studio.bank_transformer.evaluation.cases import Case, cases
from livehost.studio.bank_transformer.evaluation.results import TARGETS, Row, evaluate, tabulate
from livehost.studio.bank_transformer.evaluation.scorer import ExportScorer, Scorer, TokenScorer

__all__ = [
    "BASELINES",
    "MODEL",
    "TARGETS",
    "Case",
    "CaseResult",
    "ExportScorer",
    "Row",
    "Scorer",
    "TokenScorer",
    "cases",
    "evaluate",
    "evaluate_cases",
    "tabulate",
]
