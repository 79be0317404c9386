import librosa
import numpy as np
import pytest
import scipy.signal

from livehost.dsp import arrays
from livehost.dsp.loudness import FLOOR_DB, k_weighting

from .oracle import RATES, means, mixture, noise, tone


def test_k_weighting_is_the_standards_at_48_khz():
    # ITU-R BS.1770-5, tables 1 and 2
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
    high_pass = [1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621]
    np.testing.assert_allclose(k_weighting(48_000), [shelf, high_pass], atol=1e-7)


@pytest.mark.parametrize("rate", RATES)
def test_k_weighting_hears_the_same_at_every_rate(rate):
    hz = np.geomspace(20, 0.2 * rate, 50)

    def gain_db(at_rate):
        sections = [[*row[:3], 1.0, *row[3:]] for row in k_weighting(at_rate)]
        return 20 * np.log10(np.abs(scipy.signal.sosfreqz(sections, hz, fs=at_rate)[1]))

    # the bilinear transform bends the shelf a little where it is near half the rate
    np.testing.assert_allclose(gain_db(rate), gain_db(192_000), atol=0.25 if rate == 8_000 else 0.05)


@pytest.mark.parametrize("rate", RATES)
def test_loudness_is_that_of_the_standards_filter(rate):
    x = mixture(rate)
    weighted = scipy.signal.sosfilt([[*row[:3], 1.0, *row[3:]] for row in k_weighting(rate)], x.astype(float))
    expected = -0.691 + 10 * np.log10(means(weighted**2))
    np.testing.assert_allclose(arrays.loudness(x, rate), expected, atol=1e-3)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_a_full_scale_sine_at_997_hz_is_minus_3_01_lkfs(rate):
    x = tone(997, rate, 1, level=1)
    # 8192 samples: the ripple of a frame that holds no whole number of periods is small
    assert arrays.loudness(x, rate, frame_samples=8192)[-1] == pytest.approx(-3.01, abs=0.03)


def test_rms_and_peak_are_exact():
    x = noise(9_600)
    np.testing.assert_allclose(arrays.rms(x, 48_000), 10 * np.log10(means(x.astype(float) ** 2)), rtol=0, atol=2e-5)
    np.testing.assert_allclose(
        arrays.peak(x, 48_000), 20 * np.log10(np.abs(x.reshape(-1, 128)).max(axis=1)), rtol=0, atol=2e-5
    )


@pytest.mark.parametrize("rate", RATES)
def test_zero_crossings_equal_librosa(rate):
    x = mixture(rate)
    padded = np.concatenate([np.zeros(1024 - 128, np.float32), x])
    expected = librosa.feature.zero_crossing_rate(
        padded, frame_length=1024, hop_length=128, center=False, pad=False, threshold=0
    )[0]
    ours = arrays.zero_crossings(x, rate)
    np.testing.assert_allclose(ours[7:], expected[7:] * rate, rtol=1e-6)
    # a frame that still grows counts what it holds
    crossings = [np.sum(np.diff(x[: 128 * rows] < 0)) for rows in range(1, 8)]
    np.testing.assert_allclose(ours[:7], crossings / (128 * np.arange(1, 8)) * rate, rtol=1e-6)


def test_level_is_kept():
    x = mixture(48_000)
    for feature in (arrays.rms, arrays.peak, arrays.loudness):
        np.testing.assert_allclose(feature(0.1 * x, 48_000), feature(x, 48_000) - 20, atol=1e-4)


def test_silence_reads_as_the_floor():
    for feature in (arrays.rms, arrays.peak, arrays.loudness):
        assert np.array_equal(feature(np.zeros(2048), 48_000), np.full(16, FLOOR_DB))
