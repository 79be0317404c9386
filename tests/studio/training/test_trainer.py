import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.augment import NONE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.stage_cases import MODES
from livehost.studio.bank_transformer.validation import Validation, score
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint, network
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.report import Report
from livehost.studio.training.trainer import Trainer
from tests.studio.bank_transformer.tasks import bank_task_of
from tests.studio.conftest import recording

TINY = Hyperparameters(width=32, layers=1, heads=2, feed_forward=64, embedding=16)


@pytest.fixture(scope="module")
def fabric():
    fabric = Fabric(accelerator="cpu", devices=1)
    fabric.launch()
    return fabric


def trainer(fabric, out, recipe, *, shape=TINY, report=None, seed=0, **options):
    options = {"tokens": 128, "lengths": {32: 1.0}, "bank": 48, **options}
    train = [recording("a", 40), recording("b", 40)]
    task = bank_task_of(train, [recording("v", 30, split="valid")], shape, seed, **options)
    torch.manual_seed(seed)
    header = {"kind": "bank-transformer", "hyperparameters": task.hyperparameters, **task.about()}
    report = report or Report(labels=task.labels)
    return Trainer(fabric, BankTransformer(shape), task, recipe, out, header, report)


class KilledError(Exception):
    pass


class Killer(Report):
    """A report that ends the run at a step, without warning."""

    def __init__(self, step):
        super().__init__()
        self.last = step

    def step(self, state, *_):
        if state.step == self.last:
            raise KilledError


@pytest.mark.parametrize("killed_at", [2, 7, 9])
def test_a_run_that_was_killed_goes_on_to_the_same_weights(tmp_path, fabric, killed_at):
    recipe = TrainingRecipe(steps=10, evaluations=5)
    whole = trainer(fabric, tmp_path / "whole", recipe)
    whole.run()
    with pytest.raises(KilledError):
        trainer(fabric, tmp_path / "cut", recipe, report=Killer(killed_at)).run()
    again = trainer(fabric, tmp_path / "cut", recipe)
    if (tmp_path / "cut" / LAST).exists():
        again.resume(*(load_checkpoint(tmp_path / "cut" / kept) for kept in (LAST, BEST)))
        assert again.state.step == killed_at - 1 - (killed_at - 1) % 2
    again.run()
    for kept in (LAST, BEST):
        one, two = (load_checkpoint(tmp_path / name / kept) for name in ("whole", "cut"))
        for name, value in one["model"].items():
            assert torch.equal(value, two["model"][name]), name
    one, two = (load_checkpoint(tmp_path / name / LAST)["training"] for name in ("whole", "cut"))
    for name, value in one["model"].items():
        assert torch.equal(value, two["model"][name]), name
    for key in ("step", "best_score", "best_step", "stale", "units", "evaluations", "finished"):
        assert one["progress"][key] == two["progress"][key]


def test_a_tiny_set_is_learnt_by_heart(tmp_path, fabric):
    recipe = TrainingRecipe(steps=200, evaluations=1, ema_decay=0.9, rate=5e-3, weight_decay=0.0)
    shape = Hyperparameters(width=48, layers=2, heads=2, feed_forward=96, embedding=32, dropout=0.0)
    run = trainer(fabric, tmp_path, recipe, shape=shape, strength=NONE, tokens=256)
    run.run()
    learnt = Validation([recording("a", 40), recording("b", 40)], run.task.sampler.mean, run.task.sampler.scale)
    table = learnt.measure(run.ema.model)
    assert min(row["gain"] for row in table.values()) > 4.0, table
    assert score(table) > 6.0, table


def test_a_number_that_is_none_stops_training_and_names_the_tensor(tmp_path, fabric):
    for name, spoil in {
        "the parameter layers.0.widen.bias": lambda run: model(run).layers[0].widen.bias.data.fill_(float("nan")),
        "the batch's tokens": lambda run: setattr(run.task.sampler, "batch", _spoilt(run.task.sampler.batch)),
        "the gradient of query.weight": lambda run: model(run).query.weight.register_hook(lambda g: g * torch.inf),
    }.items():
        run = trainer(fabric, tmp_path, TrainingRecipe(steps=3, evaluations=1))
        run.task.validation.cases.clear()
        spoil(run)
        with pytest.raises(LivehostError, match=rf"step 0: {name} is not a finite number"):
            run.run()


def model(run):
    return run.learner.model


def _spoilt(batch):
    def spoilt(number):
        examples = batch(number)
        examples[0].tokens[0, 0] = np.nan
        return examples

    return spoilt


def test_training_stops_when_nothing_gets_better(tmp_path, fabric):
    run = trainer(fabric, tmp_path, TrainingRecipe(steps=100, evaluations=100, patience=3, rate=0.0, weight_decay=0.0))
    state = run.run()
    assert state.finished == "early"
    assert state.step == 3
    assert load_checkpoint(tmp_path / BEST)["steps"] == 0


def test_the_best_is_that_of_the_best_validation(tmp_path, fabric):
    run = trainer(fabric, tmp_path, TrainingRecipe(steps=8, evaluations=4, rate=1e-2))
    state = run.run()
    best = load_checkpoint(tmp_path / BEST)
    assert best["steps"] == state.best_step
    assert best["metrics"] == state.best
    assert set(state.best) == {f"piano {mode.name}" for mode in MODES}


def test_the_best_so_far_is_asked_anew_where_other_recordings_are_held_out(tmp_path, fabric):
    first = trainer(fabric, tmp_path, TrainingRecipe(steps=4, evaluations=2))
    first.run()
    last, best = (load_checkpoint(tmp_path / kept) for kept in (LAST, BEST))
    again = trainer(fabric, tmp_path, TrainingRecipe(steps=6, evaluations=3))
    sampler = again.task.sampler
    again.task.validation = Validation([recording("w", 30, split="valid")], sampler.mean, sampler.scale)
    again.resume(last, best)
    assert again.state.best == again.task.validate(network(best)) != first.state.best
    assert again.state.best_score == again.task.score(again.state.best)
    assert again.state.best_step == best["steps"]


def test_a_run_that_is_over_stays_as_it_is(tmp_path, fabric):
    trainer(fabric, tmp_path, TrainingRecipe(steps=4, evaluations=1)).run()
    again = trainer(fabric, tmp_path, TrainingRecipe(steps=4, evaluations=1))
    again.resume(load_checkpoint(tmp_path / LAST))
    assert again.run().step == 4
    more = trainer(fabric, tmp_path, TrainingRecipe(steps=6, evaluations=1))
    more.resume(load_checkpoint(tmp_path / LAST))
    assert more.run().step == 6


class Noting(Report):
    """A report that keeps the steps of all evaluations."""

    def __init__(self):
        super().__init__()
        self.steps = []

    def validated(self, state, *_):
        self.steps.append(state.step)


def test_a_longer_budget_is_evaluated_on_its_way(tmp_path, fabric):
    first, then = Noting(), Noting()
    trainer(fabric, tmp_path, TrainingRecipe(steps=8, evaluations=4), report=first).run()
    more = trainer(fabric, tmp_path, TrainingRecipe(steps=16, evaluations=4), report=then)
    more.resume(load_checkpoint(tmp_path / LAST))
    more.run()
    assert (first.steps, then.steps) == ([0, 2, 4, 6, 8], [12, 16])
