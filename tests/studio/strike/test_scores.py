"""Scores against sums by hand, and methods without a network on sounds that they can tell."""

import math

import numpy as np
import pytest

from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.strike.baseline import baselines, centroid_and_f0, mel_spectrum
from livehost.studio.strike.scores import Answers, intervals, r_squared, score
from livehost.studio.strike.sounds import StrikeSounds


def test_scores_are_what_they_are_called():
    answers = Answers(np.array([0.2, 0.4, 0.2]), np.array([0, 1, 1]), np.array([0.1, 0.5, 0.5]))
    found = score(answers, np.array([0.2, 0.2, 0.4]), np.array([0, 1, 0]), np.array([0.1, 0.5, 0.8]))
    assert found == {
        "size_r2": pytest.approx(1 - 0.08 / (2 * (0.2 / 3) ** 2 + (0.4 / 3) ** 2)),
        "size_cents": 1200.0, "shape": pytest.approx(2 / 3), "position": pytest.approx(0.1),
        "position_r2": pytest.approx(1 - 0.09 / ((0.1 - 1.4 / 3) ** 2 + (0.5 - 1.4 / 3) ** 2 + (0.8 - 1.4 / 3) ** 2)),
    }  # fmt: skip
    assert math.isnan(r_squared(np.ones(3), np.ones(3)))
    assert r_squared(np.full(2, 1.5), np.array([1.0, 2.0])) == 0.0


def test_intervals_are_of_drums_not_of_strokes():
    rng = np.random.default_rng(0)
    drum = np.repeat(np.arange(40), 25)
    size = np.repeat(rng.uniform(0.2, 0.6, 40), 25)
    right = np.repeat(rng.uniform(size=40) < 0.7, 25)
    answers = Answers(size + rng.normal(0, 0.03, len(size)), np.where(right, 1, 0), size)
    found = intervals(answers, size, np.ones(len(size), int), drum)
    low, high = found["shape"]
    assert low < right.mean() < high
    assert high - low > 0.2  # 1000 strokes that were each for itself would give 0.06
    low, high = found["size_r2"]
    assert low < r_squared(answers.size_m, size) < high
    one = intervals(answers, size, np.ones(len(size), int), np.zeros(len(size), int))
    assert all(math.isnan(value) for pair in one.values() for value in pair)


@pytest.fixture(scope="module")
def tones():
    """Sizes are periods of a tone; of shape 1, it is bright."""
    rng = np.random.default_rng(1)
    size, shape = rng.uniform(0.2, 0.6, 240), rng.integers(0, 2, 240)
    t = np.arange(FRAMES) / RATE
    window = np.stack([
        sum(0.3**k * np.sin(2 * np.pi * k * 100 / s * t) for k in ((1, 2, 3, 4) if bright else (1,)))
        for s, bright in zip(size, shape, strict=True)
    ]).astype(np.float32)  # fmt: skip
    sounds = StrikeSounds(window, np.arange(240), size.astype(np.float32), shape, size.astype(np.float32), shape == 0)
    return window, sounds


def test_methods_without_a_network_tell_what_they_can(tones):
    window, sounds = tones
    known, asked = np.arange(180), np.arange(180, 240)
    methods = baselines(window[known], sounds.take(known))
    names = ["guess", "ridge: centroid, f0", "ridge: mel spectrum", "nearest: mel spectrum"]
    assert [method.name for method in methods] == names
    truth = sounds.take(asked)
    found = {m.name: score(m.answers(window[asked]), truth.size_m, truth.shape, truth.position) for m in methods}
    assert found["guess"]["size_r2"] <= 0
    assert 0.3 < found["guess"]["shape"] < 0.7
    for name in names[1:]:
        assert found[name]["size_r2"] > 0.8, name
        assert found[name]["shape"] > 0.85, name


def test_features_are_of_each_window_alone(tones):
    window, _ = tones
    for features in (centroid_and_f0, mel_spectrum):
        together = features(window[:5])
        alone = np.concatenate([features(row[None]) for row in window[:5]])
        np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-3)
        assert np.abs(np.diff(together, axis=0)).max() > 0.01
    np.testing.assert_allclose(mel_spectrum(window[:5]), mel_spectrum(0.01 * window[:5]), atol=0.05)
