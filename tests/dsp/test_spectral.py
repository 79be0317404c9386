import librosa
import numpy as np
import pytest
import scipy.stats

from livehost.dsp import arrays, spectral
from livehost.dsp.tables import FEATURE_SIZE
from tests.kernels import by_hand

from .oracle import RATES, magnitudes, mixture, noise, powers, tone

CASES = [(rate, 1024, 128) for rate in RATES] + [(48_000, 256, 64), (48_000, 2048, 500)]


@pytest.mark.parametrize(("rate", "frame", "hop"), CASES)
def test_shape_equals_librosa_and_scipy(rate, frame, hop):
    x = mixture(rate)
    S = magnitudes(x, frame, hop)
    kwargs = {"frame_samples": frame, "hop_samples": hop}
    hz = np.fft.rfftfreq(frame, 1 / rate)[:, None]
    centroid = librosa.feature.spectral_centroid(S=S, sr=rate)[0]
    np.testing.assert_allclose(arrays.spectral_centroid(x, rate, **kwargs), centroid, rtol=1e-5)
    spread = librosa.feature.spectral_bandwidth(S=S, sr=rate)[0]
    np.testing.assert_allclose(arrays.spectral_spread(x, rate, **kwargs), spread, rtol=1e-5)
    third = (S * (hz - centroid) ** 3).sum(axis=0) / S.sum(axis=0) / spread**3
    np.testing.assert_allclose(arrays.spectral_skewness(x, rate, **kwargs), third, rtol=1e-4, atol=1e-5)
    rolloff = librosa.feature.spectral_rolloff(S=S, sr=rate, roll_percent=0.85)[0]
    # a running sum that rounds differently may fall to the next bin, once in a while
    off = np.abs(arrays.spectral_rolloff(x, rate, **kwargs) - rolloff) / (rate / frame)
    assert off.max() <= 1.01
    assert (off > 0.01).mean() < 0.02
    flatness = librosa.feature.spectral_flatness(S=S)[0]
    np.testing.assert_allclose(arrays.spectral_flatness(x, rate, **kwargs), flatness, rtol=1e-3, atol=1e-6)
    entropy = scipy.stats.entropy(S**2) / np.log(len(S))
    np.testing.assert_allclose(arrays.spectral_entropy(x, rate, **kwargs), entropy, atol=1e-4)


def test_powers_add_up_to_the_mean_square():
    x = tone(1000, 48_000)
    np.testing.assert_allclose(powers(x)[:, -1].sum(), np.mean(x**2), rtol=1e-6)


def test_a_tone_is_narrow_and_noise_is_flat():
    sine, hiss = tone(3000, 48_000), noise(14_400)
    assert arrays.spectral_centroid(sine, 48_000)[-1] == pytest.approx(3000, abs=15)
    assert arrays.spectral_centroid(hiss, 48_000)[8:].mean() == pytest.approx(12_000, rel=0.02)
    assert arrays.spectral_spread(sine, 48_000)[-1] < 0.05 * arrays.spectral_spread(hiss, 48_000)[-1]
    assert arrays.spectral_rolloff(hiss, 48_000)[8:].mean() == pytest.approx(0.85 * 24_000, rel=0.02)
    # the geometric mean of exponentially distributed powers is exp(-γ) of the arithmetic one
    assert arrays.spectral_flatness(hiss, 48_000)[8:].mean() == pytest.approx(np.exp(-np.euler_gamma), abs=0.02)
    assert arrays.spectral_flatness(sine, 48_000)[-1] < 1e-6
    assert arrays.spectral_entropy(sine, 48_000)[-1] < 0.25 < 0.9 < arrays.spectral_entropy(hiss, 48_000)[-1]


def test_shape_does_not_depend_on_level():
    x = mixture(48_000)
    for feature in (arrays.spectral_centroid, arrays.spectral_spread, arrays.spectral_rolloff):
        np.testing.assert_allclose(feature(0.125 * x, 48_000), feature(x, 48_000), rtol=1e-6)


def test_silence_has_no_shape():
    still = np.zeros(1024)
    for feature in (
        arrays.spectral_centroid,
        arrays.spectral_spread,
        arrays.spectral_skewness,
        arrays.spectral_rolloff,
    ):
        assert np.array_equal(feature(still, 48_000), np.zeros(8))
    for feature in (arrays.spectral_flatness, arrays.spectral_entropy):
        assert np.array_equal(feature(still, 48_000), np.ones(8))


@pytest.mark.parametrize("bins", [9, 16, 17, 33, 40])
def test_the_rolloff_is_the_first_bin_that_reaches_the_threshold_else_the_last(bins):
    rolloff, magnitudes = by_hand(spectral.rolloff_bin), np.ones(bins, np.float32)
    found = [rolloff(magnitudes, bins, np.float32(k + half)) for k in range(bins) for half in (0.5, 1.0)]
    assert found == [k for k in range(bins) for _ in range(2)]
    assert rolloff(magnitudes, bins, np.float32(bins + 1)) == bins - 1


@pytest.mark.parametrize("first", [4, 30])
def test_a_shape_narrower_than_a_bin_is_skewed_as_its_two_bins_say(first):
    """With a share p in the upper of two bins, skewness is (1 − 2p) / √(p (1 − p)), whatever their distance."""
    shape = by_hand(spectral.shape)
    for upper in (0.0, 0.1, 0.25, 0.5, 0.75):
        magnitudes, out = np.zeros(65, np.float32), np.zeros(FEATURE_SIZE, np.float32)
        magnitudes[first : first + 2] = 1 - upper, upper
        shape(magnitudes**2, np.zeros(65, np.float32), 65, 100.0, out)
        expected = (1 - 2 * upper) / np.sqrt(upper * (1 - upper)) if upper else 0
        assert out[spectral.SKEWNESS] == pytest.approx(expected, abs=1e-3)
        assert out[spectral.CENTROID] == pytest.approx(100 * (first + upper), rel=1e-5)
        assert out[spectral.SPREAD] == pytest.approx(100 * np.sqrt(upper * (1 - upper)), abs=0.05)
