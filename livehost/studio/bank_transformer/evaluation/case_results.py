"""Evaluates cases: ranks of the true items by a model and by the baselines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.recording import TASKS, Recording
from livehost.studio.bank_transformer.evaluation.baselines import BASELINES, Places
from livehost.studio.bank_transformer.evaluation.cases import LEAST_ITEMS, Case, cases
from livehost.studio.bank_transformer.evaluation.ranking import Ranks, rank
from livehost.studio.bank_transformer.evaluation.scorer import Scorer

#: The name of the model among the methods.
MODEL = "model"


@dataclass(eq=False)
class CaseResult:
    """Ranks of one case by every method.

    Attributes
    ----------
    recording, domain, task : str
        What was asked.
    ranks : dict
        Name of the method → `Ranks`; methods that have nothing to say are not in it.
    unheard : dict
        The same among the sounds that have not been yet, at the steps that leave `LEAST_ITEMS` of them. Each sound of a
        recording comes once, so a method that avoids what has been gains by that alone; here it does not.
    """

    recording: str
    domain: str
    task: str
    ranks: dict[str, Ranks]
    unheard: dict[str, Ranks]


def evaluate_cases(
    model: Scorer | None,
    recordings: Iterable[Recording],
    *,
    tasks: Sequence[str] = TASKS,
    baselines: bool = True,
    progress: Callable[[str, int], None] | None = None,
) -> list[CaseResult]:
    """Rank the true items of recordings by a model and by the baselines.

    Parameters
    ----------
    model : Scorer, optional
        Without it the baselines only.
    recordings : iterable of Recording
        What is asked about.
    tasks : sequence of str
        What is asked.
    baselines : bool
        Whether the baselines are asked too.
    progress : callable, optional
        Called with the recording's name and the number of steps after each case.

    Returns
    -------
    list of CaseResult
    """
    results = []
    for case in cases(recordings, tasks):
        results.append(evaluate_case(model, case, baselines=baselines))
        if progress is not None:
            progress(case.recording, len(case.after))
    return results


def evaluate_case(model: Scorer | None, case: Case, *, baselines: bool = True) -> CaseResult:
    """Rank the true items of one case."""
    result = CaseResult(case.recording, case.domain, case.task, {}, {})
    steps = len(case.bank) - case.target >= LEAST_ITEMS
    for name, scores in _scores(model, case, baselines):
        result.ranks[name] = rank(scores, case.target, case.excluded)
        result.unheard[name] = rank(scores[steps], case.target[steps], case.excluded[steps], unheard=True)
    return result


def _scores(model: Scorer | None, case: Case, baselines: bool) -> Iterator[tuple[str, np.ndarray]]:
    if model is not None:
        yield MODEL, model(case)
    if baselines:
        places = Places(case)
        for name, method in BASELINES.items():
            scores = method(case, places)
            if scores is not None:
                yield name, scores
