"""What a training run says when it has ended: the best validation, how long it took, whether it helped."""

from pathlib import Path

from rich.console import Console

from livehost.studio.training.checkpoint import BEST
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Task

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
        Whether a model that was there already was trained further: then also whether that helped.
    """
    if state.best:
        console.print(task.table(state.best, state.start if further else None))
    ended = _WHY.get(state.finished, "the time is up")
    console.print(f"{state.step} steps in {state.seconds / 60:.1f} min; {ended}. The best: {out / BEST}")
    if further:
        console.print(verdict(state, task))


def verdict(state: TrainingState, task: Task) -> str:
    """Say whether training further helped, by what was held out."""
    if not state.best:
        return f"Whether it helped cannot be told: {task.labels.untold}."
    name, worse = task.labels.score, "less" if task.labels.lower_is_better else "more"
    before, after = task.score(state.start), task.score(state.best)
    if state.best_step == 0:
        return f"It did not help: {name} {before:.3f} before, never {worse} after; {BEST} is the model as it was."
    return f"It helped: {name} {before:.3f} before, {after:.3f} after, on {task.labels.held_out}."
