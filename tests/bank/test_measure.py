import numpy as np
import pytest

from livehost.bank.decode import UnusableSound
from livehost.bank.measure import FRAME_SAMPLES, HOP_SAMPLES, FeatureExtractor, heard
from livehost.dsp.features import Analyzer
from livehost.dsp.segment import SEGMENT_SLICES, summarize

from .conftest import RATE, hit


@pytest.fixture(scope="module")
def meter():
    return FeatureExtractor(RATE)


def test_features_are_those_that_the_stage_computes_from_the_attack_on(meter):
    sound = np.r_[np.zeros(480, np.float32), hit(300.0, 1.5, decay_s=0.5)]
    rows = Analyzer(RATE, FRAME_SAMPLES, HOP_SAMPLES).extract(sound[480 : 480 + RATE])
    measured = meter.measure(sound[:, None], 480).features
    assert measured == pytest.approx(summarize(rows, RATE, HOP_SAMPLES))
    assert np.array_equal(measured, meter.measure(np.repeat(sound[:, None], 2, axis=1), 480).features)


@pytest.mark.parametrize("midi", [36.0, 57.3, 69.0, 84.0])
def test_root_of_a_tone(meter, midi):
    tone = hit(440 * 2 ** ((midi - 69) / 12), 0.8, decay_s=0.3)
    assert meter.measure(tone[:, None], 0).root == pytest.approx(midi, abs=0.1)


@pytest.mark.parametrize("kind", ["noise", "glide"])
def test_no_root_without_one_pitch(meter, kind):
    sound = {
        "noise": np.random.default_rng(0).normal(0, 0.1, RATE),
        "glide": 0.5 * np.sin(2 * np.pi * np.cumsum(np.geomspace(100, 1000, RATE)) / RATE),
    }[kind]
    assert np.isnan(meter.measure(sound.astype(np.float32)[:, None], 0).root)


def test_channels_that_cancel_are_heard_by_the_louder_one():
    sound = np.stack([0.5 * hit(), -0.5 * hit()], axis=1)
    assert np.array_equal(heard(sound), sound[:, 0])
    assert np.array_equal(heard(sound * np.float32([1, 0.5])), (sound * np.float32([1, 0.5])).mean(axis=1))


def test_a_click_has_features(meter):
    measures = meter.measure(np.full((48, 1), 0.5, np.float32), 0)
    assert np.isfinite(measures.features).all()
    assert 10 ** measures.features[SEGMENT_SLICES["log_duration"]][0] == pytest.approx(FRAME_SAMPLES / RATE, rel=0.01)


def test_beyond_all_measure(meter):
    with pytest.raises(UnusableSound, match="far beyond full scale"):
        meter.measure(np.full((4800, 1), 3e38, np.float32) * np.float32([[(-1) ** i] for i in range(4800)]), 0)
