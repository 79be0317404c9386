"""One step of training: forward, backward, clip, optimiser step; on the devices of a Fabric.

A task with one loss needs nothing from here. A task with several optimisers (a GAN) overrides `Task.step`::

    def step(self, learner, batch):
        loss, parts = learner.loss(batch, "discriminator")      # → self.loss(model, batch, "discriminator")
        value = learner.descend(loss, parts, which=0)
        loss, more = learner.loss(batch, "generator")
        return value + learner.descend(loss, more, which=1), parts | more
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from livehost.studio.training.nan_guard import blame, blame_gradient, is_finite, not_finite
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.task import Task


class Objective(nn.Module):
    """A model with its task's loss as its forward pass: what is wrapped for several devices.

    Parameters
    ----------
    model : nn.Module
    task : Task
    """

    def __init__(self, model: nn.Module, task: Task) -> None:
        super().__init__()
        self.model, self._task = model, task

    def forward(self, batch: Any, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the loss of a batch, and its parts (without gradient)."""
        return self._task.loss(self.model, batch, *turn)


@dataclass(frozen=True)
class StepResult:
    """What came of a step.

    Attributes
    ----------
    units : int
        Learnt from, by all processes.
    loss : float
    parts : dict of str to float
    norm : float
        Largest length (L2) of a gradient before it was clipped.
    """

    units: int
    loss: float
    parts: dict[str, float]
    norm: float


class Learner:
    """A model with its optimisers on the devices of a Fabric.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    model : nn.Module
    task : Task
    recipe : TrainingRecipe

    Attributes
    ----------
    model : nn.Module
        The bare model, on its device.
    optimizers : list
        As `Task.optimizers` made them, wrapped.
    rate : float
        Learning rate of the step at hand.
    number : int
        Of the step at hand, from 0 on.
    progress : float
        How much of the budget is used up, 0 … 1: what schedules of a task's own go by.
    """

    def __init__(self, fabric: Fabric, model: nn.Module, task: Task, recipe: TrainingRecipe) -> None:
        self.fabric, self.task, self.recipe = fabric, task, recipe
        self._raw = Objective(model, task)
        self._objective, *optimizers = fabric.setup(self._raw, *task.optimizers(model, recipe))
        self.optimizers: list[Any] = optimizers
        self.model: Any = self._raw.model
        self.rate, self.number, self.progress, self._norm, self._batch = 0.0, 0, 0.0, 0.0, None

    def take(self, batch: Any, number: int, rate: float, progress: float = 0.0) -> StepResult:
        """Learn from one batch.

        Parameters
        ----------
        batch : NamedTuple of Tensor
            On the processor.
        number : int
            Of the step, from 0 on.
        rate : float
            Learning rate.
        progress : float
            Of the budget, 0 … 1.

        Raises
        ------
        LivehostError
            Where a loss or a gradient is not finite.
        """
        # dropout too follows from seed, process and step
        torch.manual_seed((self.recipe.seed * 1_000_003 + number) * 4096 + self.fabric.global_rank)
        self._batch = batch = type(batch)(*self.fabric.to_device(tuple(batch)))
        self.number, self.rate, self.progress, self._norm = number, rate, progress, 0.0
        self._objective.train()
        value, parts = self.task.step(self, batch)
        units = self.task.units(batch) * self.fabric.world_size
        return StepResult(units, value, {name: float(part) for name, part in parts.items()}, self._norm)

    def loss(self, batch: Any, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Run `Task.loss` through the wrapper of the devices; further arguments go along."""
        loss, parts = self._objective(batch, *turn)
        return loss, parts

    def descend(self, loss: Tensor, parts: Mapping[str, Tensor], which: int = 0, rate: float | None = None) -> float:
        """Take one step of one optimiser down the gradient of a loss.

        Parameters
        ----------
        loss : Tensor
            Scalar.
        parts : mapping of str to Tensor
            Of the loss, for the NaN guard.
        which : int
            Number of the optimiser; only its parameters move.
        rate : float, optional
            Learning rate, in place of the step's.

        Returns
        -------
        float
            The loss.

        Raises
        ------
        LivehostError
            Where it or its gradient is not finite; nothing has moved then.
        """
        optimizer = self.optimizers[which]
        value = float(loss.detach())
        if not is_finite(value):
            raise not_finite(self.number, blame(self._batch, self.model, parts))
        for group in optimizer.param_groups:
            group["lr"] = self.rate if rate is None else rate
        optimizer.zero_grad()
        self.fabric.backward(loss)
        norm = self.fabric.clip_gradients(
            self._objective, optimizer, max_norm=self.recipe.clip, error_if_nonfinite=False
        )
        length = float(norm) if norm is not None else 0.0
        if not is_finite(length):
            raise not_finite(self.number, blame_gradient(self.model))
        optimizer.step()
        self._norm = max(self._norm, length)
        return value

    def state(self) -> dict[str, Any]:
        """Give what a checkpoint keeps: the weights, not averaged, and the states of the optimisers."""
        return {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
        }

    def load(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` gave."""
        self.model.load_state_dict(state["model"])
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
