"""Results by task and domain: MRR of the model and of the baselines, their ratio with its interval, perplexity."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from livehost.studio.audio_data.recording import TASKS, Recording
from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.case_results import MODEL, CaseResult, evaluate_cases
from livehost.studio.bank_transformer.evaluation.scorer import Scorer
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.json_file import plain

DOMAINS = ("piano", "parts", "loops", "percussion", "own")
#: What the model's MRR should be at least, in units of the best baseline's; on other material, 1.
TARGETS = {
    ("continue", "piano"): 4.0,
    ("continue", "loops"): 1.3,
    ("continue", "percussion"): 1.3,
    ("crossed", "piano"): 1.5,
    ("crossed", "loops"): 1.5,
    ("crossed", "percussion"): 1.5,
    ("answer", "piano"): 1.3,
    ("answer", "loops"): 1.3,
    ("answer", "percussion"): 1.3,
}


@dataclass(frozen=True)
class Row:
    """One task in one domain.

    Attributes
    ----------
    task, domain : str
        Of `TASKS` and `DOMAINS`.
    recordings, steps : int
        How many were asked.
    candidates : float
        Mean number of candidates of a step.
    mrr : dict
        Method → mean expected 1 / rank over all steps.
    best : str
        Baseline with the largest MRR, "" where none was asked.
    ratio, ratio_low, ratio_high : float
        Model's MRR over the best baseline's, and its interval by the bootstrap over pieces; the best baseline is chosen
        anew in each draw. nan without a model, interval nan for a single piece.
    target : float
        From `TARGETS`.
    unheard_mrr : dict
        As `mrr`, where what has been is no candidate (`CaseResult.unheard`).
    unheard_ratio : float
        The model's over that of the best baseline there: what is left where avoiding what has been earns nothing.
    top1, top5 : float
        Share of the steps at which the true item is the model's first, among its first five; nan without a model.
    perplexity, uniform_perplexity : float
        Of the model's softmax over the candidates, and of no preference.
    """

    task: str
    domain: str
    recordings: int
    steps: int
    candidates: float
    mrr: dict[str, float]
    best: str
    ratio: float
    ratio_low: float
    ratio_high: float
    target: float
    unheard_mrr: dict[str, float]
    unheard_ratio: float
    top1: float
    top5: float
    perplexity: float
    uniform_perplexity: float

    @property
    def reached(self) -> bool:
        """Whether the ratio is at its target."""
        return self.ratio >= self.target

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it: what is no number is None."""
        return {key: plain(value) for key, value in asdict(self).items()} | {"reached": self.reached}


def evaluate(
    model: Scorer | None,
    recordings: Iterable[Recording],
    *,
    tasks: Sequence[str] = TASKS,
    baselines: bool = True,
    progress: Callable[[str, int], None] | None = None,
) -> list[Row]:
    """Evaluate a model on recordings: `evaluate_cases` and `tabulate` in one.

    Parameters
    ----------
    model : Scorer, optional
        Such as `ExportScorer(export)`; any callable from a case to scores.
    recordings, tasks, baselines, progress
        As for `evaluate_cases`.

    Returns
    -------
    list of Row
    """
    return tabulate(evaluate_cases(model, recordings, tasks=tasks, baselines=baselines, progress=progress))


def domain_order(domain: str) -> tuple[int, str]:
    """Give the place of a domain in a table: those of `DOMAINS` first."""
    return (DOMAINS.index(domain) if domain in DOMAINS else len(DOMAINS), domain)


def groups(results: Sequence[CaseResult]) -> list[tuple[str, str, list[CaseResult]]]:
    """Group results by task and domain: (task, domain, results), in the order of the table."""
    domains = sorted({a.domain for a in results}, key=domain_order)
    table = [
        (task, domain, [a for a in results if (a.task, a.domain) == (task, domain)])
        for task in TASKS
        for domain in domains
    ]
    return [group for group in table if group[2]]


def tabulate(results: Sequence[CaseResult], seed: int = 0) -> list[Row]:
    """Make the rows; the seed is that of the resampling."""
    return [_row(task, domain, group, seed) for task, domain, group in groups(results)]


def _row(task: str, domain: str, group: list[CaseResult], seed: int) -> Row:
    pieces = sorted({piece(result.recording) for result in group})
    methods = [m for m in (MODEL, *BASELINES) if m in group[0].ranks]
    any_method = methods[0]
    sums, steps = np.zeros((len(pieces), len(methods))), np.zeros(len(pieces))
    for result in group:
        place = pieces.index(piece(result.recording))
        sums[place] += [result.ranks[m].reciprocal().sum() for m in methods]
        steps[place] += len(result.ranks[any_method].above)
    total = int(steps.sum())
    mrr = dict(zip(methods, (sums.sum(0) / total).tolist(), strict=True))
    unheard = {m: _mean([result.unheard[m].reciprocal() for result in group]) for m in methods}
    best = _best(mrr)
    candidates = np.concatenate([result.ranks[any_method].candidates for result in group])
    numbers = dict.fromkeys(
        ("ratio", "ratio_low", "ratio_high", "unheard_ratio", "top1", "top5", "perplexity"), math.nan
    )
    if MODEL in mrr:
        ranks = [result.ranks[MODEL] for result in group]
        numbers["top1"], numbers["top5"] = (float(np.concatenate([r.within(k) for r in ranks]).mean()) for k in (1, 5))
        numbers["perplexity"] = float(np.exp(np.concatenate([r.surprise for r in ranks]).mean()))
        if best:
            numbers["ratio"] = mrr[MODEL] / mrr[best]
            numbers["unheard_ratio"] = unheard[MODEL] / unheard[_best(unheard)]
            numbers["ratio_low"], numbers["ratio_high"] = _interval(sums[:, 0], sums[:, 1:], seed)
    return Row(
        task, domain, len({result.recording for result in group}), total, float(candidates.mean()), mrr, best,
        target=TARGETS.get((task, domain), 1.0), unheard_mrr=unheard,
        uniform_perplexity=float(np.exp(np.log(candidates).mean())), **numbers,
    )  # fmt: skip


def piece(recording: str) -> str:
    """Give the music without its rendering: what hangs together when recordings are resampled."""
    return recording.partition(" · ")[0]


def _best(mrr: dict[str, float]) -> str:
    return max((m for m in mrr if m != MODEL), key=lambda m: mrr[m], default="")


def _mean(parts: Sequence[np.ndarray]) -> float:
    values = np.concatenate(parts)
    return float(values.mean()) if len(values) else math.nan


def _interval(model: np.ndarray, others: np.ndarray, seed: int) -> tuple[float, float]:
    """Bootstrap over pieces: sums of 1 / rank of the model [n] and of the baselines [n, methods]."""
    return bootstrap_interval(lambda drawn: (drawn @ model) / (drawn @ others).max(1), len(model), seed)
