"""A task with two losses and two optimisers, as of a GAN: its own matter, in the same loop."""

from typing import NamedTuple

import pytest
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn import functional

from livehost.errors import LivehostError
from livehost.studio.training.checkpoint import LAST
from livehost.studio.training.optimizer import adamw
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.report import Report
from livehost.studio.training.task import Labels, Task
from livehost.studio.training.trainer import Trainer


class Batch(NamedTuple):
    real: Tensor


class Gan(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator, self.critic = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))


class GanTask(Task):
    """Points at (3, 3); the critic learns at twice the rate."""

    labels = Labels(unit="points", score="distance", column="distance", lower_is_better=True)

    def __init__(self, broken=False):
        self.broken, self.moved, self.hyperparameters = broken, [], {}

    def batch(self, number):
        generator = torch.Generator().manual_seed(number)
        return Batch(3.0 + 0.1 * torch.randn(16, 2, generator=generator))

    def optimizers(self, model, recipe):
        return [adamw(model.critic, recipe), adamw(model.generator, recipe)]

    def loss(self, model, batch, turn):
        made = model.generator(torch.randn_like(batch.real))
        if turn == "generator":
            loss = functional.softplus(-model.critic(made)).mean()
            return loss * torch.nan if self.broken else loss, {"generator": loss.detach()}
        loss = functional.softplus(-model.critic(batch.real)) + functional.softplus(model.critic(made.detach()))
        return loss.mean(), {"critic": loss.mean().detach()}

    def step(self, learner, batch):
        before = weights(learner.model)
        loss, parts = learner.loss(batch, "critic")
        value = learner.descend(loss, parts, which=0, rate=2 * learner.rate)
        between = weights(learner.model)
        loss, more = learner.loss(batch, "generator")
        value += learner.descend(loss, more, which=1)
        self.moved.append([changed(*pair) for pair in ((before, between), (between, weights(learner.model)))])
        return value, parts | more

    def validate(self, model):
        return {"all": {"distance": float((model.generator.bias - 3.0).norm())}}


def weights(model):
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def changed(before, after):
    return {name.split(".")[0] for name, value in before.items() if not torch.equal(value, after[name])}


class Killer(Report):
    """A report that ends the run at a step, before that is saved."""

    def __init__(self, step):
        super().__init__()
        self.last = step

    def step(self, state, *_):
        if state.step == self.last:
            raise KeyboardInterrupt


def trainer(out, steps, task=None, report=None):
    fabric = Fabric(accelerator="cpu", devices=1)
    fabric.launch()
    torch.manual_seed(0)
    header = {"kind": "gan", "hyperparameters": {}}
    recipe = TrainingRecipe(steps=steps, evaluations=2, rate=1e-2, save_seconds=0.0)
    return Trainer(fabric, Gan(), task or GanTask(), recipe, out, header, report or Report())


def test_each_optimiser_moves_its_own_half_at_its_own_rate(tmp_path):
    run = trainer(tmp_path, 5)
    run.run()
    assert run.task.moved == [[{"critic"}, {"generator"}]] * 5
    critic, generator = (optimizer.param_groups[0]["lr"] for optimizer in run.learner.optimizers)
    assert critic == 2 * generator > 0


def test_a_run_that_was_killed_goes_on_with_both_optimisers(tmp_path):
    whole, cut, again = (
        trainer(tmp_path / name, 8, report=report) for name, report in (("a", None), ("b", Killer(4)), ("b", None))
    )
    whole.run()
    with pytest.raises(KeyboardInterrupt):
        cut.run()
    again.resume(torch.load(tmp_path / "b" / LAST, weights_only=True))
    assert again.state.step == 3
    again.run()
    assert changed(weights(whole.learner.model), weights(again.learner.model)) == set()
    assert changed(weights(whole.ema.model), weights(again.ema.model)) == set()
    for one, two in zip(whole.learner.optimizers, again.learner.optimizers, strict=True):
        assert str(one.state_dict()) == str(two.state_dict())


def test_a_loss_that_is_no_number_is_named(tmp_path):
    with pytest.raises(LivehostError, match=r"step 0: the loss is not a finite number"):
        trainer(tmp_path, 3, GanTask(broken=True)).run()


def test_lower_is_better_where_the_labels_say_so(tmp_path):
    run = trainer(tmp_path, 40)
    state = run.run()
    assert state.best_score == min(state.best_score, state.start["all"]["distance"])
    labels = Labels(lower_is_better=True)
    assert labels.better(0.5, None)
    assert labels.better(0.5, 0.6)
    assert not labels.better(0.7, 0.6)
    assert not labels.better(float("nan"), None)
    assert Labels().better(0.7, 0.6)
