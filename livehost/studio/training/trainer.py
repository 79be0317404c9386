"""The training loop: steps, validation, checkpoints; on one device or on many, for any `Task`.

Everything random in step n follows from the seed, the process and n, so a run that was killed and resumed has the
weights of one that was not (with a budget in steps; a budget in minutes depends on the clock).
"""

import copy
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lightning_fabric import Fabric
from torch import nn

from livehost.errors import LivehostError
from livehost.studio.training.batches import batches_from
from livehost.studio.training.checkpoint import BEST, LAST, save_checkpoint
from livehost.studio.training.ema import Ema
from livehost.studio.training.interrupts import stop_requests
from livehost.studio.training.learner import Learner
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.report import Report
from livehost.studio.training.schedule import Budget, Pace, learning_rate
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Table, Task


def cannot_be_resumed(path: Path) -> LivehostError:
    """Make the error of a checkpoint that a run cannot go on from."""
    return LivehostError(f"{path} cannot be resumed; begin anew with --fresh, or --from {path}.", 2)


class Trainer:
    """One training run.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    model : nn.Module
    task : Task
        Made for this process.
    recipe : TrainingRecipe
    out : path
        Folder of `LAST` and `BEST`.
    header : mapping
        What checkpoints say besides weights and progress: kind, hyperparameters, data, command, and the family's own.
    report : Report
        Shows and logs.

    Attributes
    ----------
    state : TrainingState
    learner : Learner
        Holds the model in training and its optimisers.
    ema : Ema
        Holds the averaged weights.
    """

    def __init__(
        self,
        fabric: Fabric,
        model: nn.Module,
        task: Task,
        recipe: TrainingRecipe,
        out: Path,
        header: Mapping[str, Any],
        report: Report,
    ) -> None:
        self.fabric, self.task, self.recipe = fabric, task, recipe
        self.out, self.header, self.report = out, header, report
        self.ema = Ema(model, recipe.ema_decay)
        self.learner = Learner(fabric, model, task, recipe)
        fabric.to_device(self.ema.model)
        self.state = TrainingState()

    def resume(self, checkpoint: Mapping[str, Any], best: Mapping[str, Any] | None = None) -> None:
        """Go on from a `LAST` checkpoint.

        The weights of the `BEST` are validated anew, as other data may be held out now.

        Raises
        ------
        LivehostError
            Where weights or optimisers are not this task's.
        """
        kept = checkpoint["training"]
        try:
            self.learner.load(kept)
            self.ema.model.load_state_dict(checkpoint["model"])
        except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
            raise cannot_be_resumed(self.out / LAST) from error
        self.state = state = TrainingState(**kept["progress"])
        if best is not None and best.get("steps") == state.best_step and self.fabric.is_global_zero:
            model = copy.deepcopy(self.ema.model)
            model.load_state_dict(best["model"])
            state.best = self.task.validate(model)
            state.best_score = self.task.score(state.best)

    def run(self) -> TrainingState:
        """Train until the budget is used up, nothing gets better any more, or somebody stops it.

        Ctrl-C and termination are granted after the step at hand: what was learnt by then is validated and saved. The
        second time, it ends at once.

        Raises
        ------
        KeyboardInterrupt
            Where it was to end at once.
        """
        state, budget = self.state, self._budget()
        pace = Pace(budget, self.recipe.evaluations)
        if state.finished == "early" or (state.step and budget.progress >= 1.0):
            return state
        with stop_requests() as asked, self.report.running(self.recipe.minutes, self.recipe.steps):
            if not state.step and not state.finished:
                self._validate(pace)  # what it could do before
            state.finished = ""
            self._loop(budget, pace, asked)
        return state

    def _loop(self, budget: Budget, pace: Pace, asked: threading.Event) -> None:
        """Take steps until the run is finished, validating and saving on the way."""
        state, recipe = self.state, self.recipe
        saved = began = time.monotonic()
        already = state.seconds
        source = batches_from(self.task.batch, state.step)
        due = self._due(budget)
        while not state.finished:
            before = time.monotonic()
            rate = learning_rate(recipe.rate, budget.progress)
            taken = self.learner.take(next(source), state.step, rate, budget.progress)
            state.step += 1
            state.units += taken.units
            self.ema.update(self.learner.model, state.step)
            now, wanted = self._agree(time.monotonic() - began + already, asked.is_set())
            state.seconds = budget.seconds = now
            budget.step = state.step
            pace.stepped(time.monotonic() - before)
            self.report.step(state, budget.progress, taken, pace.left_s())
            over = budget.progress >= 1.0
            state.finished = "budget" if over else "interrupted" if wanted else ""
            due_now = over or budget.progress * recipe.evaluations >= due
            if due_now or state.finished:
                self._validate(pace, counted=due_now)
                due = self._due(budget)
                if state.stale >= recipe.patience and not state.finished:
                    state.finished = "early"
            elif time.monotonic() - saved < recipe.save_seconds:
                continue
            self._save()
            saved = time.monotonic()
        source.close()  # type: ignore[attr-defined]

    def _budget(self) -> Budget:
        return Budget(self.recipe.minutes, self.recipe.steps, self.state.step, self.state.seconds)

    def _due(self, budget: Budget) -> int:
        """Give the number of the next validation in this budget, which may be more than the one before."""
        return int(budget.progress * self.recipe.evaluations) + 1

    def _agree(self, seconds: float, asked: bool) -> tuple[float, bool]:
        """Let all processes go by the first one's clock."""
        if self.fabric.world_size == 1:
            return seconds, asked
        agreed: tuple[float, bool] = self.fabric.broadcast((seconds, asked))
        return agreed

    def _validate(self, pace: Pace, *, counted: bool = True) -> None:
        """Validate the EMA of the weights, and save it where it is the best so far.

        One that is not `counted` (the last before a stop) is none of the schedule: a run that goes on from here is
        patient as if it had not been.
        """
        state, began = self.state, time.monotonic()
        if self.fabric.is_global_zero:
            table = self.task.validate(self.ema.model)
            value = self.task.score(table)
            pace.validated(time.monotonic() - began)
            if not state.evaluations:
                state.start = table
            if not table or self.task.labels.better(value, state.best_score):
                state.best_score, state.best_step, state.best = value, state.step, table
                state.stale = 0
                save_checkpoint(self.out / BEST, self._checkpoint(table))
            else:
                state.stale += counted
            self.report.validated(state, table, value, 0.0 if state.finished else pace.left_s())
            self.report.shown(state, self.task.shown(self.ema.model))
        state.evaluations += counted
        state.stale = self.fabric.broadcast(state.stale)

    def _save(self) -> None:
        """Save all that resuming needs."""
        if self.fabric.is_global_zero:
            training = self.learner.state() | {"progress": asdict(self.state), "recipe": asdict(self.recipe)}
            save_checkpoint(self.out / LAST, self._checkpoint(self.state.best) | {"training": training})
        self.fabric.barrier()

    def _checkpoint(self, table: Table) -> dict[str, Any]:
        return {
            **self.header,
            "model": {name: tensor.detach().cpu() for name, tensor in self.ema.model.state_dict().items()},
            "metrics": table,
            "steps": self.state.step,
            "seconds": self.state.seconds,
        }
