from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from livehost.synthesis.membrane import Drum, hit, modes

RATE = 16000.0
HEAVY = Drum(0.15, 9000.0, density=200.0, split=0.0)  # so heavy that air does not matter


def centroid_hz(sound):
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(sound), 1 / RATE)) / power.sum())


def test_overtones_are_bessel_zeros():
    found = modes(HEAVY, 0.5, 1.0).frequency.reshape(16, 2, 12)[:, 0]
    expected = np.array([special.jn_zeros(n, 12) for n in range(16)])
    np.testing.assert_allclose(found / found[0, 0], expected / expected[0, 0], rtol=1e-3)
    assert found[0, 0] == pytest.approx(expected[0, 0] / (2 * np.pi * 0.15) * np.sqrt(9000.0 / 200.0), rel=1e-3)


def test_tension_size_and_air_move_the_pitch():
    drum = Drum(0.15, 1000.0)
    assert replace(drum, tension=4000.0).fundamental_hz == pytest.approx(2 * drum.fundamental_hz, rel=1e-12)
    assert replace(drum, radius_m=0.3).fundamental_hz < 0.5 * drum.fundamental_hz  # more air too
    unloaded = 2.404825557695773 / (2 * np.pi * 0.15) * np.sqrt(1000.0 / drum.density)
    assert 0.7 * unloaded < drum.fundamental_hz < unloaded


def test_a_centre_stroke_leaves_modes_with_diameters_silent():
    amplitude = np.abs(modes(HEAVY, 0.0, 0.3).amplitude).reshape(16, 2, 12)
    assert amplitude[1:].max() < 1e-12 * amplitude[0].max()
    off_centre = np.abs(modes(HEAVY, 0.5, 0.3).amplitude).reshape(16, 2, 12)
    assert off_centre[1].max() > 0.1 * off_centre[0].max()


def test_a_stroke_on_a_node_line_leaves_that_mode_silent():
    node = special.jn_zeros(0, 1)[0] / special.jn_zeros(0, 2)[1]
    assert abs(modes(HEAVY, node, 0.0).amplitude[1]) < 1e-12


def test_harder_is_brighter_and_louder():
    drum = Drum(0.15, 1500.0, glide=0.0, noise=0.0)
    soft, hard = (hit(drum, 0.3, RATE, np.random.default_rng(1), velocity=v) for v in (0.3, 1.0))
    assert centroid_hz(hard) > 1.1 * centroid_hz(soft)
    assert np.abs(hard).max() > 3 * np.abs(soft).max()


def test_a_hand_on_the_skin_shortens_the_sound():
    drum = Drum(0.15, 1500.0)
    free, held = (hit(drum, 0.5, RATE, np.random.default_rng(1), damped=d) for d in (1.0, 6.0))
    assert np.sum(held[4000:] ** 2) < 1e-3 * np.sum(free[4000:] ** 2)


def test_wires_add_what_a_snare_has():
    plain = Drum(0.17, 2500.0)
    bare, wired = (hit(replace(plain, wires=w), 0.3, RATE, np.random.default_rng(1)) for w in (0.0, 0.5))
    assert centroid_hz(wired) > 1.5 * centroid_hz(bare)
