import numpy as np
import pytest

from livehost.synthesis.struck_bars import CLAMPED_BAR, FREE_BAR, Bar, bar_modes, cymbal, shaker, tap

RATE = 16000.0


def rng():
    return np.random.default_rng(1)


def test_mode_numbers_solve_the_beam_equation():
    np.testing.assert_allclose(np.cos(FREE_BAR), 1 / np.cosh(FREE_BAR), atol=1e-6)
    np.testing.assert_allclose(np.cos(CLAMPED_BAR), -1 / np.cosh(CLAMPED_BAR), atol=1e-6)


def test_overtones_of_a_plain_bar():
    modes = bar_modes(Bar("free"), 440.0, 0.0, rng())
    np.testing.assert_allclose(modes.frequency[:3] / 440.0, [1.0, 2.7565, 5.4039], rtol=1e-4)
    np.testing.assert_allclose(np.abs(modes.amplitude), 1.0, atol=1e-6)  # its end moves in every mode


@pytest.mark.parametrize(("ends", "node"), [("free", 0.22416), ("clamped", 0.0)])
def test_a_stroke_on_a_node_leaves_the_mode_silent(ends, node):
    assert abs(bar_modes(Bar(ends), 440.0, node, rng()).amplitude[0]) < 1e-4


def test_a_bell_has_its_minor_third():
    ratio = bar_modes(Bar("bell"), 200.0, 0.5, rng()).frequency / 200.0
    assert np.any(np.isclose(ratio, 1.19, rtol=2e-3))


def test_a_marimba_sounds_at_its_pitch():
    sound = tap(Bar("free", (1.0, 3.93, 9.25), knock=0.0), 440.0, 0.5, RATE, rng())
    assert np.argmax(np.abs(np.fft.rfft(sound))) == 220  # bins of 2 Hz


def test_cymbals_and_shakers_are_finite_and_die_away():
    for sound in (cymbal(1.0, RATE, rng(), decay_s=0.5), shaker(0.5, RATE, rng())):
        assert np.isfinite(sound).all()
        assert np.sum(sound[-2000:] ** 2) < 0.01 * np.sum(sound**2)
