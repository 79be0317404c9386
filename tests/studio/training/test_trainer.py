import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.studio.bank_transformer.augment import NONE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.validation import Validation, score
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint, network
from livehost.studio.training.report import Report
from livehost.studio.training.trainer import Recipe, Trainer
from tests.studio.conftest import recording

TINY = Hyperparameters(width=32, layers=1, heads=2, feed_forward=64, embedding=16)


@pytest.fixture(scope="module")
def fabric():
    fabric = Fabric(accelerator="cpu", devices=1)
    fabric.launch()
    return fabric


def trainer(fabric, out, recipe, *, shape=TINY, report=None, seed=0, **options):
    train = [recording("a", 40), recording("b", 40)]
    mean, scale = standardisation(train)
    options = {"tokens": 128, "lengths": {32: 1.0}, "bank": 48, **options}
    sampler = Sampler(train, mean, scale, seed, **options)
    validation = Validation([recording("v", 30, split="valid")], mean, scale)
    torch.manual_seed(seed)
    about = {
        "mean": torch.from_numpy(mean), "scale": torch.from_numpy(scale), "schema": SEGMENT_SCHEMA, "rate": 48_000,
        "hop_samples": 128, "frame_samples": 1024, "segment_ms": 1000.0,
    }  # fmt: skip
    return Trainer(fabric, BankTransformer(shape), sampler, validation, recipe, out, about, report or Report())


class KilledError(Exception):
    pass


class Killer(Report):
    """A report that ends the run at a step, without warning."""

    def __init__(self, step):
        super().__init__()
        self.last = step

    def step(self, progress, *_):
        if progress.step == self.last:
            raise KilledError


@pytest.mark.parametrize("killed_at", [2, 7, 9])
def test_a_run_that_was_killed_goes_on_to_the_same_weights(tmp_path, fabric, killed_at):
    recipe = Recipe(steps=10, evaluations=5)
    whole = trainer(fabric, tmp_path / "whole", recipe)
    whole.run()
    with pytest.raises(KilledError):
        trainer(fabric, tmp_path / "cut", recipe, report=Killer(killed_at)).run()
    again = trainer(fabric, tmp_path / "cut", recipe)
    if (tmp_path / "cut" / LAST).exists():
        again.resume(*(load_checkpoint(tmp_path / "cut" / kept) for kept in (LAST, BEST)))
        assert again.progress.step == killed_at - 1 - (killed_at - 1) % 2
    again.run()
    for kept in (LAST, BEST):
        one, two = (load_checkpoint(tmp_path / name / kept) for name in ("whole", "cut"))
        for name, value in one["model"].items():
            assert torch.equal(value, two["model"][name]), name
    one, two = (load_checkpoint(tmp_path / name / LAST)["training"] for name in ("whole", "cut"))
    for name, value in one["model"].items():
        assert torch.equal(value, two["model"][name]), name
    for key in ("step", "best_score", "best_step", "stale", "tokens", "evaluations", "finished"):
        assert one["progress"][key] == two["progress"][key]


def test_a_tiny_set_is_learnt_by_heart(tmp_path, fabric):
    recipe = Recipe(steps=160, evaluations=1, average=0.9, rate=5e-3, weight_decay=0.0)
    shape = Hyperparameters(width=48, layers=2, heads=2, feed_forward=96, embedding=32, dropout=0.0)
    run = trainer(fabric, tmp_path, recipe, shape=shape, strength=NONE, tokens=256)
    run.run()
    learnt = Validation([recording("a", 40), recording("b", 40)], run.sampler.mean, run.sampler.scale)
    table = learnt.measure(run.average.model)
    assert min(row["mrr"] for row in table.values()) > 0.9, table


def test_a_number_that_is_none_stops_training_and_names_the_tensor(tmp_path, fabric):
    for name, spoil in {
        "the parameter layers.0.widen.bias": lambda run: run.raw.model.layers[0].widen.bias.data.fill_(float("nan")),
        "the batch's tokens": lambda run: setattr(run.sampler, "batch", _spoilt(run.sampler.batch)),
        "the gradient of query.weight": lambda run: run.raw.model.query.weight.register_hook(lambda g: g * torch.inf),
    }.items():
        run = trainer(fabric, tmp_path, Recipe(steps=3, evaluations=1))
        run.validation.cases.clear()
        run.validation._vectors.clear()
        spoil(run)
        with pytest.raises(LivehostError, match=rf"step 0: {name} is not a finite number"):
            run.run()


def _spoilt(batch):
    def spoilt(number):
        examples = batch(number)
        examples[0].tokens[0, 0] = np.nan
        return examples

    return spoilt


def test_training_stops_when_nothing_gets_better(tmp_path, fabric):
    run = trainer(fabric, tmp_path, Recipe(steps=100, evaluations=100, patience=3, rate=0.0, weight_decay=0.0))
    progress = run.run()
    assert progress.finished == "early"
    assert progress.step == 3
    assert load_checkpoint(tmp_path / BEST)["steps"] == 0


def test_the_best_is_that_of_the_best_validation(tmp_path, fabric):
    run = trainer(fabric, tmp_path, Recipe(steps=8, evaluations=4, rate=1e-2))
    progress = run.run()
    best = load_checkpoint(tmp_path / BEST)
    assert best["steps"] == progress.best_step
    assert best["metrics"] == progress.best
    assert set(progress.best) == {"continue piano", "crossed piano", "answer piano"}


def test_the_best_so_far_is_asked_anew_where_other_recordings_are_held_out(tmp_path, fabric):
    first = trainer(fabric, tmp_path, Recipe(steps=4, evaluations=2))
    first.run()
    last, best = (load_checkpoint(tmp_path / kept) for kept in (LAST, BEST))
    again = trainer(fabric, tmp_path, Recipe(steps=6, evaluations=3))
    again.validation = Validation([recording("w", 30, split="valid")], again.sampler.mean, again.sampler.scale)
    again.resume(last, best)
    assert again.progress.best == again.validation.measure(network(best)) != first.progress.best
    assert again.progress.best_score == score(again.progress.best)
    assert again.progress.best_step == best["steps"]


def test_a_run_that_is_over_stays_as_it_is(tmp_path, fabric):
    trainer(fabric, tmp_path, Recipe(steps=4, evaluations=1)).run()
    again = trainer(fabric, tmp_path, Recipe(steps=4, evaluations=1))
    again.resume(load_checkpoint(tmp_path / LAST))
    assert again.run().step == 4
    more = trainer(fabric, tmp_path, Recipe(steps=6, evaluations=1))
    more.resume(load_checkpoint(tmp_path / LAST))
    assert more.run().step == 6


class Noting(Report):
    """A report that keeps the steps of all evaluations."""

    def __init__(self):
        super().__init__()
        self.steps = []

    def validated(self, progress, *_):
        self.steps.append(progress.step)


def test_a_longer_budget_is_evaluated_on_its_way(tmp_path, fabric):
    first, then = Noting(), Noting()
    trainer(fabric, tmp_path, Recipe(steps=8, evaluations=4), report=first).run()
    more = trainer(fabric, tmp_path, Recipe(steps=16, evaluations=4), report=then)
    more.resume(load_checkpoint(tmp_path / LAST))
    more.run()
    assert (first.steps, then.steps) == ([0, 2, 4, 6, 8], [12, 16])
