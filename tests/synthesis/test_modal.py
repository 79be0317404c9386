import numpy as np
import pytest

from livehost.synthesis.modal import Modes, contact_spectrum, strike

RATE = 8000.0


def test_one_mode_is_a_decaying_sine():
    modes = Modes(np.array([440.0]), np.array([5.0]), np.array([0.5]))
    t = np.arange(800) / RATE
    expected = 0.5 * np.exp(-5.0 * t) * np.sin(2 * np.pi * 440.0 * t)
    np.testing.assert_allclose(strike(modes, 0.1, RATE, contact_ms=0.0), expected, atol=1e-9)


def test_modes_above_the_band_are_left_out():
    modes = Modes(np.array([3700.0]), np.array([5.0]), np.array([1.0]))
    assert not strike(modes, 0.1, RATE).any()


def test_a_longer_contact_takes_the_highs():
    f = np.array([0.0, 500.0, 5000.0])
    np.testing.assert_allclose(contact_spectrum(f[:2], 1.0), [1.0, np.pi / 4], rtol=1e-12)
    assert contact_spectrum(f, 4.0)[2] < 0.1 * contact_spectrum(f, 0.2)[2]


def test_a_hard_blow_starts_sharp_and_sinks():
    modes = Modes(np.array([200.0]), np.array([2.0]), np.array([1.0]))
    sound = strike(modes, 1.0, RATE, glide=0.44, glide_ms=50.0)
    rising = np.flatnonzero((sound[:-1] <= 0) & (sound[1:] > 0))
    periods = np.diff(rising) / RATE
    assert 1 / periods[0] == pytest.approx(200.0 * np.sqrt(1.44), rel=0.03)
    assert 1 / periods[-20:].mean() == pytest.approx(200.0, rel=2e-3)
