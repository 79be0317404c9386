import numpy as np
import pytest

from livehost.synthesis.string import BODIES, String, loop_filter, pluck, tuning

RATE = 16000.0


def pitch_hz(sound, near_hz):
    """Give the fundamental by a parabola through the peak of a long zero-padded spectrum."""
    size = 1 << 19
    level = np.log(np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size)) + 1e-12)
    low, high = (round(near_hz * factor * size / RATE) for factor in (0.97, 1.03))
    k = low + int(np.argmax(level[low:high]))
    a, b, c = level[k - 1 : k + 2]
    return (k + 0.5 * (a - c) / (a - 2 * b + c)) * RATE / size


@pytest.mark.parametrize("pitch", [41.2, 110.0, 196.0, 329.63, 659.26, 1318.5])
def test_it_is_in_tune(pitch):
    string = String("guitar", low_decay_s=8.0, detune=0.0)
    sound = pluck(string, pitch, 1.5, RATE, np.random.default_rng(1))
    cents = 1200 * np.log2(pitch_hz(sound[3200:], pitch) / pitch)
    assert abs(cents) < 2.0


def test_the_loop_has_exactly_one_period_at_the_fundamental():
    for pitch in np.geomspace(30.0, 1500.0, 25):
        gain, pole = loop_filter(String("guitar"), pitch, RATE)
        delay, c = tuning(pitch, RATE, pole)
        z = np.exp(-2j * np.pi * pitch / RATE)
        loop = z**delay * gain * (1 - pole) / (1 - pole * z) * (c + z) / (1 + c * z)
        assert np.angle(loop) == pytest.approx(0.0, abs=1e-9)
        assert abs(loop) < 1.0


def test_partials_die_in_the_times_that_were_asked_for():
    string = String("harp", low_decay_s=3.0, high_decay_s=0.5)
    gain, pole = loop_filter(string, 220.0, RATE)
    for hz, decay_s in ((0.0, 3.0), (5000.0, 0.5)):
        loop = gain * (1 - pole) / abs(1 - pole * np.exp(-2j * np.pi * hz / RATE))
        assert -3.0 / (220.0 * np.log10(loop)) == pytest.approx(decay_s, rel=1e-6)


def test_plucked_in_the_middle_it_has_no_even_partials():
    string = String("guitar", pick=0.5, noise=0.0, pick_hz=8000.0)
    middle = pluck(string, 200.0, 0.5, RATE, _Still())
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    first, second = (spectrum[round(hz * 0.5) - 2 : round(hz * 0.5) + 3].max() for hz in (200.0, 400.0))
    assert second < 0.05 * first


def test_a_palm_mutes_and_a_soft_pluck_is_darker():
    string = String("guitar")
    free, muted, soft = (
        pluck(string, 220.0, 0.5, RATE, np.random.default_rng(1), **how)
        for how in ({}, {"damped": 9.0}, {"velocity": 0.3})
    )
    assert np.sum(muted[4000:] ** 2) < 0.05 * np.sum(free[4000:] ** 2)
    assert centroid_hz(soft) < 0.9 * centroid_hz(free)


@pytest.mark.parametrize("body", BODIES)
def test_every_body_sounds(body):
    sound = pluck(String(body), 110.0, 0.2, RATE, np.random.default_rng(1))
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() > 0.01


def centroid_hz(sound):
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(sound), 1 / RATE)) / power.sum())


class _Still(np.random.Generator):
    """A generator whose hand does not shake."""

    def __init__(self):
        super().__init__(np.random.PCG64(1))

    def uniform(self, low=0.0, high=1.0, size=None):
        middle = 0.5 * (low + high)
        return middle if size is None else np.full(size, middle)
