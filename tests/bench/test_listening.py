"""What is known after m milliseconds, as the suite `listens` measures it."""

import io

import numpy as np
import pytest
from PIL import Image

from livehost.bench import listening, pictures
from livehost.bench.suite import Figure
from livehost.bench.suites.listens import curve
from tests.conftest import RATE


def test_frames_that_are_over():
    assert [listening.rows_by(ms, 128) for ms in (0.1, 2.7, 5.0, 8.0, 100.0)] == [1, 1, 1, 3, 37]


def test_the_nearest_vote():
    known = np.array([[0.0], [0.2], [5.0], [5.1], [5.2]]) * np.ones(176)
    classes = np.array([0, 0, 1, 1, 1])
    asked = np.array([[0.1], [5.1]]) * np.ones(176)
    assert listening.classify(known, classes, asked, 3).tolist() == [0, 1]
    assert listening.classify(known[:3], classes[:3], asked, 2).tolist() == [0, 1]


def tone(hz):
    return lambda: np.sin(2 * np.pi * hz * np.arange(RATE // 4) / RATE).astype(np.float32)


def test_tones_that_are_far_apart_are_told_apart():
    heard = listening.listen([tone(200.0), tone(3000.0)], 2, seed=0)
    assert heard.features.shape[:2] == (len(listening.TIMES_MS), len(heard.sound))
    assert len(heard.sound) + len(heard.missed) == 12
    bits = [listening.bits_within(heard, np.arange(2), time) for time in (0, 4)]
    assert 0.3 < bits[0] <= bits[1] + 0.05
    assert bits[1] > 0.7


def test_equal_sounds_are_not():
    heard = listening.listen([tone(200.0), tone(200.0)], 2, seed=0)
    assert listening.bits_within(heard, np.arange(2), 4) < 0.5


def test_a_sound_that_is_not_heard_counts_against():
    features = np.zeros((len(listening.TIMES_MS), 6, 176), np.float32)
    features[:, 3:] = 1.0
    sound, level = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2])
    found = listening.Heard(features, sound, level, np.zeros(0, np.int64))
    assert listening.bits_within(found, np.arange(2), 0) == pytest.approx(1.0)
    lost = listening.Heard(features, sound, level, np.array([0, 1, 0, 1, 0, 1]))
    assert listening.bits_within(lost, np.arange(2), 0) == pytest.approx(0.5)


def test_a_kit_that_was_never_heard():
    kits = [listening.listen_to_kit(seed, 1) for seed in range(2)]
    assert listening.bits_across(kits, len(listening.TIMES_MS) - 1) > 0.8


def test_the_curve_has_a_picture_with_a_scale_from_zero():
    figures = list(curve("strokes of one kit", np.linspace(1, 1.5, len(listening.TIMES_MS)), 1.58))
    assert figures[0].name == "strokes of one kit, 2.7 ms"
    assert {f.curve for f in figures} == {"strokes of one kit by ms heard"}
    canvas = pictures.growth_curves("ms heard", {"strokes of one kit": figures})
    assert canvas.axes[0].get_ylim()[0] == 0
    assert canvas.axes[0].get_yscale() == "linear"
    assert Image.open(io.BytesIO(pictures.png(canvas))).size[0] > 100


def test_other_curves_keep_their_scale():
    rows = [Figure(f"{x}", float(x), "ms", "compute", x=x) for x in (1, 10)]
    assert pictures.growth_curves("items", {"step": rows}).axes[0].get_yscale() == "log"
