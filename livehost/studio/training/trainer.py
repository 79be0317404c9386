"""The training loop: batches, steps, validation, checkpoints; on one device or on many, with the same command.

Everything random in step n follows from the seed, the process and n, so a run that was killed and resumed has the
weights of one that was not (with a budget in steps; a budget in minutes depends on the clock).
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric

from livehost.studio.bank_transformer.batch import Batch, batches
from livehost.studio.bank_transformer.loss import OWN, Objective
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.validation import Table, Validation, score
from livehost.studio.training.checkpoint import BEST, LAST, network, save_checkpoint
from livehost.studio.training.ema import Average
from livehost.studio.training.nan_guard import blame, blame_gradient, stopped
from livehost.studio.training.report import Report
from livehost.studio.training.schedule import Clock, Pace, learning_rate


@dataclass(frozen=True)
class Recipe:
    """How training is done.

    Parameters
    ----------
    minutes : float
        Budget, validation included.
    steps : int, optional
        Budget in steps instead.
    rate : float
        Peak of the learning rate.
    weight_decay, clip, average : float
        Of AdamW, on matrices; longest gradient; decay of the running mean of the weights.
    own : float
        Share of the own bank in the loss.
    evaluations : int
        Validations in the whole budget.
    patience : int
        Validations without a new best after which training stops early.
    save_seconds : float
        Between checkpoints.
    seed : int
    """

    minutes: float = 30.0
    steps: int | None = None
    rate: float = 1.5e-3
    weight_decay: float = 0.05
    clip: float = 1.0
    average: float = 0.998
    own: float = OWN
    evaluations: int = 25
    patience: int = 10
    save_seconds: float = 60.0
    seed: int = 0


@dataclass
class Progress:
    """How far training is; resuming begins here."""

    step: int = 0
    seconds: float = 0.0
    evaluations: int = 0
    stale: int = 0
    best_score: float = -1.0
    best_step: int = 0
    tokens: int = 0
    finished: str = ""
    start: Table = field(default_factory=dict)
    best: Table = field(default_factory=dict)


def optimizer_of(model: torch.nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Make AdamW; only matrices decay."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": recipe.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), eps=1e-8)


class Trainer:
    """One training run.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    model : BankTransformer
    sampler : Sampler
        Of this process's training sequences.
    validation : Validation
        May have no cases: then the last weights are the best.
    recipe : Recipe
    out : path
        Folder of `LAST` and `BEST`.
    about : dict
        What checkpoints say besides: `mean`, `scale`, `schema`, …
    report : Report
        Shows and logs.
    """

    def __init__(
        self,
        fabric: Fabric,
        model: BankTransformer,
        sampler: Sampler,
        validation: Validation,
        recipe: Recipe,
        out: Path,
        about: dict[str, Any],
        report: Report,
    ) -> None:
        self.fabric, self.sampler, self.validation, self.recipe = fabric, sampler, validation, recipe
        self.out, self.about, self.report = out, about, report
        self.average = Average(model, recipe.average)
        self.raw = Objective(model, recipe.own)
        self.optimizer: Any
        self.objective, self.optimizer = fabric.setup(self.raw, optimizer_of(self.raw, recipe))
        fabric.to_device(self.average.model)
        self.progress = Progress()

    def resume(self, checkpoint: dict[str, Any], best: dict[str, Any] | None = None) -> None:
        """Go on from a `LAST` checkpoint; the `BEST` is asked anew, as other recordings may be held out now."""
        state = checkpoint["training"]
        self.raw.model.load_state_dict(state["model"])
        self.average.model.load_state_dict(checkpoint["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = progress = Progress(**state["progress"])
        if best is not None and best["steps"] == progress.best_step and self.fabric.is_global_zero:
            progress.best = self.validation.measure(network(best).to(self.fabric.device))
            progress.best_score = score(progress.best)

    def run(self) -> Progress:
        """Train until the budget is used up, nothing gets better any more, or somebody stops it.

        Ctrl-C and termination are granted after the step at hand: what was learnt by then is validated and saved. The
        second time, it ends at once.

        Raises
        ------
        KeyboardInterrupt
            Where it was to end at once.
        """
        progress, clock = self.progress, self._clock()
        pace = Pace(clock, self.recipe.evaluations)
        if progress.finished == "early" or (progress.step and clock.progress >= 1.0):
            return progress
        with _asked_to_stop() as asked, self.report.running(self.recipe.minutes, self.recipe.steps):
            if not progress.step and not progress.finished:
                self._validate(pace)  # what it could do before
            progress.finished = ""
            saved = began = time.monotonic()
            already = progress.seconds
            source = batches(self.sampler, progress.step)
            due = self._due(clock)
            while not progress.finished:
                before = time.monotonic()
                tokens, loss, parts, norm = self._step(next(source), learning_rate(self.recipe.rate, clock.progress))
                progress.tokens += tokens
                now, wanted = self._agree(time.monotonic() - began + already, asked.is_set())
                progress.seconds = clock.seconds = now
                clock.step = progress.step
                pace.stepped(time.monotonic() - before)
                self.report.step(progress, clock.progress, loss, parts, norm, pace.left_s())
                over = clock.progress >= 1.0
                progress.finished = "budget" if over else "interrupted" if wanted else ""
                due_now = over or clock.progress * self.recipe.evaluations >= due
                if due_now or progress.finished:
                    self._validate(pace, counted=due_now)
                    due = self._due(clock)
                    if progress.stale >= self.recipe.patience and not progress.finished:
                        progress.finished = "early"
                elif time.monotonic() - saved < self.recipe.save_seconds:
                    continue
                self._save()
                saved = time.monotonic()
        source.close()  # type: ignore[attr-defined]
        return progress

    def _clock(self) -> Clock:
        return Clock(self.recipe.minutes, self.recipe.steps, self.progress.step, self.progress.seconds)

    def _due(self, clock: Clock) -> int:
        """Give the number of the next evaluation in this budget, which may be more than the one before."""
        return int(clock.progress * self.recipe.evaluations) + 1

    def _agree(self, seconds: float, asked: bool) -> tuple[float, bool]:
        """Let all processes go by the first one's clock."""
        if self.fabric.world_size == 1:
            return seconds, asked
        agreed: tuple[float, bool] = self.fabric.broadcast((seconds, asked))
        return agreed

    def _step(self, batch: Batch, rate: float) -> tuple[int, float, dict[str, float], float]:
        """Learn from one batch."""
        progress, recipe = self.progress, self.recipe
        # dropout too follows from seed, process and step
        torch.manual_seed((recipe.seed * 1_000_003 + progress.step) * 4096 + self.fabric.global_rank)
        batch = Batch(*self.fabric.to_device(tuple(batch)))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.objective.train()
        self.optimizer.zero_grad()
        loss, parts = self.objective(batch)
        value = float(loss.detach())
        if not _finite(value):
            raise stopped(progress.step, blame(batch, self.raw.model, parts))
        self.fabric.backward(loss)
        norm = self.fabric.clip_gradients(
            self.objective, self.optimizer, max_norm=recipe.clip, error_if_nonfinite=False
        )
        length = float(norm) if norm is not None else 0.0
        if not _finite(length):
            raise stopped(progress.step, blame_gradient(self.raw.model))
        self.optimizer.step()
        progress.step += 1
        self.average.update(self.raw.model, progress.step)
        tokens = int((batch.targets >= 0).sum()) * self.fabric.world_size
        return tokens, value, {name: float(part) for name, part in parts.items()}, length

    def _validate(self, pace: Pace, *, counted: bool = True) -> None:
        """Ask the running mean of the weights; keep it where it is the best so far.

        One that is not `counted` lies on nobody's way: a run that goes on from here is patient as if it had not been.
        """
        progress, began = self.progress, time.monotonic()
        if self.fabric.is_global_zero:
            table = self.validation.measure(self.average.model)
            value = score(table)
            pace.validated(time.monotonic() - began)
            if not progress.evaluations:
                progress.start = table
            if value > progress.best_score or not table:
                progress.best_score, progress.best_step, progress.best = value, progress.step, table
                progress.stale = 0
                save_checkpoint(self.out / BEST, self._checkpoint(table))
            else:
                progress.stale += counted
            self.report.validated(progress, table, value, 0.0 if progress.finished else pace.left_s())
        progress.evaluations += counted
        self.progress.stale = self.fabric.broadcast(progress.stale)

    def _save(self) -> None:
        if self.fabric.is_global_zero:
            training = {
                "model": self.raw.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "progress": asdict(self.progress),
                "recipe": asdict(self.recipe),
            }
            save_checkpoint(self.out / LAST, self._checkpoint(self.progress.best) | {"training": training})
        self.fabric.barrier()

    def _checkpoint(self, table: Table) -> dict[str, Any]:
        return {
            "hyperparameters": self.raw.model.shape.as_dict(),
            "model": {name: tensor.detach().cpu() for name, tensor in self.average.model.state_dict().items()},
            "metrics": table,
            "steps": self.progress.step,
            "seconds": self.progress.seconds,
            **self.about,
        }


def _finite(value: float) -> bool:
    return value - value == 0.0


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Turn Ctrl-C and termination into a wish that is granted between two steps; the second time is an order."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def ask(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, ask) for number in signals]
    try:
        yield asked
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
