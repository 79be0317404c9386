import numpy as np
import pytest

from livehost.bank.decode import UnusableSound
from livehost.bank.measure import FEATURES_MS, FRAME_SAMPLES, HOP_SAMPLES, FeatureExtractor, amplified, heard
from livehost.dsp.features import Analyzer
from livehost.dsp.segment import SEGMENT_SLICES, summarize
from livehost.dsp.segmenter import Segmenter, segmenter_step
from livehost.dsp.tables import LEVEL_SLOTS, SEGMENT_SIZE
from livehost.rt.native import run2
from livehost.settings import Settings

from .conftest import RATE, hit


@pytest.fixture(scope="module")
def meter():
    return FeatureExtractor(RATE)


def test_features_are_those_that_the_stage_computes_from_the_attack_on(meter):
    sound = np.r_[np.zeros(480, np.float32), hit(300.0, 1.5, decay_s=0.5)]
    assert FEATURES_MS == Settings()["listen.segment_ms"] == 500.0
    rows = Analyzer(RATE, FRAME_SAMPLES, HOP_SAMPLES).extract(sound[480 : 480 + RATE])
    measured = meter.measure(sound[:, None], 480).features
    # 500 ms are 187 rows and a half
    assert measured == pytest.approx(summarize(rows[:188], RATE, HOP_SAMPLES))
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


def test_a_sound_is_measured_as_it_is_heard_in_a_segment_of_its_own(meter):
    sound = hit(300.0, 1.5, decay_s=0.5)
    stream = np.pad(sound, (9_607, 4_800))  # not on any hop
    segmenter, step = Segmenter(RATE, FRAME_SAMPLES, HOP_SAMPLES), run2(segmenter_step)
    io = segmenter.io[0]
    io["gate_db"], io["longest"] = -60.0, 24_000
    for now in range(32, len(stream) + 1, 32):
        io["samples"], io["count"], io["now"] = stream.ctypes.data + 4 * (now - 32), 32, now
        io["onset"], io["onset_frame"] = now == 9_664, 9_607
        step(segmenter.address, segmenter.io_address)
        if io["closed"]:
            break
    np.testing.assert_allclose(meter.measure(sound[:, None], 0).features, segmenter.closed_summary, atol=1e-5)


def test_what_comes_after_half_a_second_says_nothing(meter):
    early, late = (np.zeros(RATE, np.float32) for _ in range(2))
    early[:24_000] = late[:24_000] = hit(300.0, 0.5, decay_s=9.0)
    late[25_000:] = 0.9 * np.random.default_rng(0).uniform(-1, 1, RATE - 25_000)
    assert np.array_equal(meter.measure(early[:, None], 0).features, meter.measure(late[:, None], 0).features)
    assert meter.measure(early[:, None], 0).root == pytest.approx(69 + 12 * np.log2(300 / 440), abs=0.1)


@pytest.mark.parametrize("gain", [0.1, 1.0, 7.5])
def test_a_gain_moves_the_levels(meter, gain):
    sound = hit(300.0, 0.4)[:, None]
    features = meter.measure(sound, 0).features
    louder, truth = amplified(features, gain), meter.measure(np.float32(gain) * sound, 0).features
    np.testing.assert_allclose(louder[LEVEL_SLOTS], truth[LEVEL_SLOTS], atol=1e-3)
    others = np.setdiff1d(np.arange(SEGMENT_SIZE), LEVEL_SLOTS)
    np.testing.assert_array_equal(louder[others], features[others])
    assert amplified(features, 0.0)[LEVEL_SLOTS] == pytest.approx(features[LEVEL_SLOTS] - 120, abs=1e-3)


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
