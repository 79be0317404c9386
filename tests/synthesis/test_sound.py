import numpy as np
import pytest

from livehost.synthesis.sound import coloured_noise, convolve, fast_size, finish, velocity_peak_db

RATE = 8000.0


def test_finish_gives_silent_ends_no_dc_and_the_peak():
    raw = np.random.default_rng(1).standard_normal(4000) + 0.7
    sound = finish(raw, RATE, peak_db=-6.0)
    assert sound.dtype == np.float32
    assert sound[0] == sound[-1] == 0.0
    assert np.abs(sound).max() == pytest.approx(10 ** (-6.0 / 20), rel=1e-6)
    assert abs(float(sound.astype(np.float64).mean())) < 1e-8


def test_finish_survives_nothing():
    assert finish(np.zeros(0), RATE).shape == (0,)
    assert not finish(np.zeros(10), RATE).any()


def test_velocity_sets_the_peak():
    assert velocity_peak_db(1.0) == -3.5
    assert velocity_peak_db(0.5) == pytest.approx(-12.53, abs=0.01)


def test_noise_has_its_band_and_level():
    noise = coloured_noise(16384, RATE, 500.0, 1500.0, np.random.default_rng(1), order=4)
    power = np.abs(np.fft.rfft(noise)) ** 2
    f = np.fft.rfftfreq(16384, 1 / RATE)
    assert np.sqrt(np.mean(noise**2)) == pytest.approx(1.0)
    assert power[(f > 250) & (f < 3000)].sum() > 0.99 * power.sum()
    assert power[(f > 500) & (f < 1500)].sum() > 0.8 * power.sum()


def test_convolve_is_convolution():
    a, b = np.random.default_rng(1).standard_normal((2, 50))
    np.testing.assert_allclose(convolve(a, b), np.convolve(a, b)[:50], atol=1e-12)


@pytest.mark.parametrize(("frames", "size"), [(1, 1), (96, 96), (97, 128), (128, 128), (129, 192), (200, 256)])
def test_fast_sizes(frames, size):
    assert fast_size(frames) == size
