"""Asking: every case, every method, and what came of it by recording."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from livehost.studio.data.recording import TASKS, Recording
from livehost.studio.evaluate.baselines import BASELINES, Places
from livehost.studio.evaluate.case import Case, cases
from livehost.studio.evaluate.model import Scorer
from livehost.studio.evaluate.ranking import Ranks, rank

#: The name of the model among the methods.
MODEL = "model"


@dataclass(eq=False)
class Answered:
    """One case, answered by every method.

    Attributes
    ----------
    recording, domain, task : str
        What was asked.
    ranks : dict
        Name of the method → `Ranks`; methods that have nothing to say are not in it.
    """

    recording: str
    domain: str
    task: str
    ranks: dict[str, Ranks]


def measure(
    model: Scorer | None,
    recordings: Iterable[Recording],
    *,
    tasks: Sequence[str] = TASKS,
    baselines: bool = True,
    progress: Callable[[str, int], None] | None = None,
) -> list[Answered]:
    """Ask a model and the baselines.

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
    list of Answered
    """
    answered = []
    for case in cases(recordings, tasks):
        answered.append(ask(model, case, baselines=baselines))
        if progress is not None:
            progress(case.recording, len(case.after))
    return answered


def ask(model: Scorer | None, case: Case, *, baselines: bool = True) -> Answered:
    """Ask one case."""
    ranks = {}
    if model is not None:
        ranks[MODEL] = rank(model(case), case.target, case.excluded)
    if baselines:
        places = Places(case)
        for name, method in BASELINES.items():
            scores = method(case, places)
            if scores is not None:
                ranks[name] = rank(scores, case.target, case.excluded)
    return Answered(case.recording, case.domain, case.task, ranks)
