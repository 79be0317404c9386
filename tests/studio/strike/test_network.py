"""The network, and what its task teaches it."""

import numpy as np
import pytest
import torch

from livehost.errors import LivehostError
from livehost.studio.models.strike import PRESETS, Hyperparameters, StrikeGraph, StrikeNet
from livehost.studio.strike.sounds import SHAPES
from livehost.studio.strike.task import StrikeTask, answers_of

TOLD = {"shapes": list(SHAPES), "log_size_mean": -1.2, "log_size_scale": 0.4, "frames": 1024, "preset": "short"}


def net(**changes):
    torch.manual_seed(0)
    return StrikeNet(Hyperparameters(**{**TOLD, "dropout": 0.0, **changes})).eval()


@pytest.mark.parametrize("preset", PRESETS)
def test_level_and_constant_gain_are_not_heard(preset):
    sound = torch.randn(2, 1024, generator=torch.Generator().manual_seed(1))
    model = net(preset=preset)
    with torch.inference_mode():
        loud, soft = (StrikeGraph(model)(gain * sound) for gain in (1.0, 1e-3))
    for one, other in zip(loud, soft, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)
    size, position, shapes = loud
    assert (size.shape, position.shape, shapes.shape) == ((2,), (2,), (2, 6))
    torch.testing.assert_close(shapes.sum(1), torch.ones(2))
    with torch.inference_mode():
        assert all(torch.isfinite(part).all() for part in StrikeGraph(model)(torch.zeros(1, 1024)))


def test_sizes_are_metres():
    torch.testing.assert_close(net().sizes_m(torch.tensor([0.0, 1.0])), torch.tensor([-1.2, -0.8]).exp())


def test_it_is_small():
    """1 MB of weights at most, for the shipped preset."""
    assert sum(p.numel() for p in net().parameters()) * 4 < 1_000_000


@pytest.mark.parametrize("changes", [
    {"preset": "large"}, {"dropout": 1.0}, {"shapes": []}, {"frames": 1000}, {"log_size_scale": 0.0},
])  # fmt: skip
def test_networks_that_cannot_be(changes):
    with pytest.raises(ValueError, match="no such"):
        Hyperparameters(**{**TOLD, **changes})


def test_batches_repeat_by_number_and_are_of_training_drums_alone(sounds):
    task = StrikeTask(sounds, TOLD, seed=3, size=16)
    one, again, other = task.batch(7), StrikeTask(sounds, TOLD, seed=3, size=16).batch(7), task.batch(8)
    for first, second in zip(one, again, strict=True):
        assert torch.equal(first, second)
    assert not torch.equal(one.sound, other.sound)
    sizes = np.exp(one.log_size.numpy() * 0.4 - 1.2)
    assert np.isin(np.round(sizes, 4), np.round(sounds.of("train").size_m, 4)).all()


def test_the_loss_is_the_sum_of_its_parts_and_is_learnt(sounds):
    task, model = StrikeTask(sounds, TOLD, size=24), net().train()
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    losses = []
    for _ in range(12):
        loss, parts = task.loss(model, task.batch(0))
        assert set(parts) == {"size", "position", "shape"}
        torch.testing.assert_close(sum(parts.values()), loss.detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.6 * losses[0]
    assert all(p.grad is not None and p.grad.abs().max() > 0 for p in model.parameters())


def test_a_validation_asks_about_drums_that_are_held_out(sounds):
    task, model = StrikeTask(sounds, TOLD, size=4), net().train()
    (name, row), *more = task.validate(model).items()
    assert (name, more, model.training) == ("noise −30 dB", [], True)
    assert set(row) == {"loss", "size_r2", "size_cents", "shape", "position", "position_r2"}
    held = sounds.of("valid")
    assert 0 < len(task.probe()["probe"]) <= len(held)
    answers = answers_of(model.eval(), task.probe()["probe"].numpy(), rows=2)
    assert answers.size_m.shape == answers.shape.shape == answers.position.shape == (len(task.probe()["probe"]),)


def test_too_few_drums_and_strokes_that_are_not_found_are_one_sentence(sounds):
    with pytest.raises(LivehostError, match="too few drums to hold some out: 10 or more"):
        StrikeTask(sounds.of("train"), TOLD)
    silent = sounds.take(np.arange(len(sounds)))
    silent.sound[:] = 0
    with pytest.raises(LivehostError, match="onset detector finds none of the strokes"):
        StrikeTask(silent, TOLD)
