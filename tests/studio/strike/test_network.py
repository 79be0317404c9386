"""The network, and what its task teaches it."""

import numpy as np
import pytest
import torch

from livehost.errors import LivehostError
from livehost.inference.kinds.strike import RATE
from livehost.studio.models.strike import PRESETS, Hyperparameters, StrikeGraph, StrikeNet
from livehost.studio.strike.sounds import SHAPES
from livehost.studio.strike.task import StrikeTask, answers_of

TOLD = {"shapes": list(SHAPES), "log_size_mean": -1.2, "log_size_scale": 0.4, "frames": 1024, "preset": "spectra"}


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
    """2 MB at most for the shipped preset, whose weights are stored with 16 bits."""
    model = net()
    numbers = sum(t.numel() for t in [*model.parameters(), *model.buffers()])
    assert numbers * 2 < 1_900_000


def tones(hertz):
    """Give the window of a sum of tones that decay, brought to RMS 1."""
    seconds = torch.arange(1024) / RATE
    sound = sum(torch.sin(2 * torch.pi * f * seconds) * torch.exp(-seconds * 20) for f in hertz)
    return (sound / sound.square().mean().sqrt())[None]


def test_a_tone_stands_at_its_place_of_the_axis_and_a_blow_at_its_place_of_the_envelope():
    spectra, envelope = net().body.spectra(tones([1000.0]))
    for part in spectra[0]:
        assert abs(80.0 * 2.0 ** (int(part.argmax()) / 40) / 1000.0 - 1.0) < 0.02
    late = torch.zeros(1, 1024)
    late[:, 512:] = tones([1000.0])[:, :512]
    assert envelope[0, 0] > -2
    assert (net().body.spectra(late)[1][0, :15] < -8).all()
    assert (net().body.spectra(late)[1][0, 17:20] > -3).all()


def test_drums_of_all_sizes_are_moved_to_the_same_place():
    """The partials of a drum of 20, 30 and 45 cm stand in the same bins, once its size is known."""
    model, partials = net().body, np.array([1.0, 1.59, 2.14]) * 0.765 * 100.0
    found = []
    for size in (0.2, 0.3, 0.45):
        spectra, _ = model.spectra(tones(partials / size))
        rough = torch.tensor([(np.log(size) + 1.2) / 0.4], dtype=torch.float32)
        found.append(model.moved(spectra, rough)[0, 0])
        loudest = 190.0 * 2.0 ** (int(found[-1].argmax()) / 40)
        assert np.abs(loudest / (partials / 0.3) - 1.0).min() < 0.04
    unmoved = [model.moved(model.spectra(tones(partials / size))[0], torch.tensor([0.0]))[0, 0] for size in (0.2, 0.45)]
    alike, other = (float(torch.corrcoef(torch.stack(pair))[0, 1]) for pair in ((found[0], found[2]), unmoved))
    assert alike > 0.9 > 0.7 > other


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
    known = sounds.of("train").size_m
    assert (np.abs(np.log(sizes[:, None] / known)).min(axis=1) <= 0.1201).all()  # made larger or smaller by 12 %


@pytest.mark.parametrize(("preset", "more"), [("spectra", {"rough size"}), ("short", set())])
def test_the_loss_is_the_sum_of_its_parts_and_is_learnt(sounds, preset, more):
    task, model = StrikeTask(sounds, {**TOLD, "preset": preset}, size=24), net(preset=preset).train()
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    losses = []
    for _ in range(12):
        loss, parts = task.loss(model, task.batch(0))
        assert set(parts) == {"size", "position", "shape"} | more
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
