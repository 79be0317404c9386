"""What a training run says when it has ended: the best validation, how long it took, whether it helped."""

from pathlib import Path

from rich.console import Console
from torch import nn

from livehost.studio.training.checkpoint import BEST
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Task
from livehost.studio.training.verdict import verdict

_WHY = {"early": "it got no better any more", "interrupted": "it was stopped; go on with --resume"}


def show_outcome(state: TrainingState, task: Task, out: Path, console: Console, *, further: bool) -> None:
    """Print what came of a training run.

    Parameters
    ----------
    state : TrainingState
        At its end.
    task : Task
    out : Path
        Folder of the checkpoints.
    console : Console
    further : bool
        Whether a model that was there already was trained further: then it is shown beside what that could do.
    """
    if state.best:
        console.print(task.table(state.best, state.start if further else None))
    ended = _WHY.get(state.finished, "the time is up")
    console.print(f"{state.step} steps in {state.seconds / 60:.1f} min; {ended}. The best: {out / BEST}")


def show_verdict(state: TrainingState, task: Task, start: nn.Module, best: nn.Module, console: Console) -> None:
    """Print whether training further helped.

    Parameters
    ----------
    state : TrainingState
    task : Task
    start, best : nn.Module
        The model as it was, and as it is in `BEST`.
    console : Console
    """
    if state.best and state.best_step == 0:
        console.print(f"It did not help: no step made it better; {BEST} is the model as it was.")
    else:
        console.print(verdict(task.labels, task.judge(start), task.judge(best)))
