import numpy as np
import pytest

from livehost.dsp.mel import cosines
from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.studio.bank_transformer.augment import GROUPS, NONE, Strength, colour, retime, transpose, vary

MEL, MFCC, CHROMA = (SEGMENT_SLICES[name] for name in ("mel_mean", "mfcc_mean", "chroma_mean"))


@pytest.fixture
def features():
    x = np.random.default_rng(0).normal(0, 1, (5, SEGMENT_SIZE)).astype(np.float32)
    x[:, MFCC] = x[:, MEL] @ cosines().T
    return x


def column(x, name):
    return x[:, SEGMENT_SLICES[name]].squeeze()


def test_a_gain_raises_all_levels_alike(features):
    louder = colour(features, 6.0, np.zeros(13))
    for name in ("loudness_mean", "rms_mean", "peak_level", "start_loudness"):
        np.testing.assert_allclose(column(louder, name), column(features, name) + 6, rtol=1e-5)
    np.testing.assert_allclose(louder[:, MEL], features[:, MEL] + 6, atol=1e-4)
    np.testing.assert_allclose(louder[:, MFCC], louder[:, MEL] @ cosines().T, atol=1e-3)
    np.testing.assert_array_equal(column(louder, "pitch_mean"), column(features, "pitch_mean"))


def test_a_filter_keeps_bands_and_coefficients_together(features):
    filtered = colour(features, 0.0, np.array([0, 5.0, *[0] * 11]))
    np.testing.assert_allclose(filtered[:, MFCC], filtered[:, MEL] @ cosines().T, atol=1e-3)
    assert (column(filtered, "centroid_mean") < column(features, "centroid_mean")).all()


def test_transposing_moves_pitch_chroma_and_bands(features):
    features[:2, SEGMENT_SLICES["voiced"]] = 0.0
    features[2:, SEGMENT_SLICES["voiced"]] = 1.0
    higher = transpose(features, 5)
    np.testing.assert_array_equal(higher[:, CHROMA], np.roll(features[:, CHROMA], 5, axis=1))
    moved = column(higher, "pitch_mean") - column(features, "pitch_mean")
    np.testing.assert_allclose(moved, [0, 0, 5, 5, 5], atol=1e-5)
    np.testing.assert_allclose(higher[:, MFCC], higher[:, MEL] @ cosines().T, atol=1e-3)
    flat = features.copy()
    flat[:, MEL] = -30.0
    np.testing.assert_allclose(transpose(flat, -7)[:, MEL], -30.0, atol=1e-3)


def test_slower_music_lasts_longer(features):
    slower = retime(features, 10.0)
    np.testing.assert_allclose(column(slower, "log_duration"), column(features, "log_duration") + 1, rtol=1e-5)


def test_no_strength_changes_nothing(features):
    varied = vary(features, np.zeros(SEGMENT_SIZE, np.float32), np.ones(SEGMENT_SIZE, np.float32), NONE,
                  np.random.default_rng(0))  # fmt: skip
    np.testing.assert_allclose(varied, features, atol=1e-6)


def test_what_is_unknown_is_the_mean(features):
    mean = np.full(SEGMENT_SIZE, 7, np.float32)
    strength = Strength(0, 0, 0, 0, 0, 0, 0, unknown=1.0)
    varied = vary(features, mean, np.ones(SEGMENT_SIZE, np.float32), strength, np.random.default_rng(0))
    assert (varied[:, sorted({slot for group in GROUPS for slot in group})] == 7).all()
