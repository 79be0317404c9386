"""The way from a loudspeaker to the microphone."""

import numpy as np
import pytest

from livehost.soundcheck.signal import LONGEST_S, measure_way, sweep
from livehost.synthesis.feedback_room import impulse_response

RATE = 16_000


def played():
    signal = sweep(RATE)
    return np.concatenate([np.zeros(700, np.float32), signal, np.zeros(round(LONGEST_S * RATE), np.float32)])


def heard(response, noise_db=None):
    sent = played()
    size = 1 << 16
    back = np.fft.irfft(np.fft.rfft(sent, size) * np.fft.rfft(response, size), size)[: sent.size]
    if noise_db is not None:
        back = back + 10 ** (noise_db / 20) * np.random.default_rng(1).standard_normal(sent.size)
    return back.astype(np.float32)


def test_the_signal_is_quiet_and_begins_and_ends_softly():
    signal = sweep(48_000)
    assert np.abs(signal).max() == pytest.approx(10 ** (-30 / 20), rel=1e-3)
    assert abs(signal[0]) + abs(signal[-1]) < 1e-6
    assert sweep(8000).size == 8000


@pytest.mark.parametrize(("frames", "gain_db"), [(1, 0), (64, 0), (500, -20), (4000, -40)])
def test_a_cable_is_measured_to_the_sample(frames, gain_db):
    way = measure_way(played(), heard(np.eye(1, frames + 1, frames)[0] * 10 ** (gain_db / 20)), RATE)
    assert way.delay_frames == pytest.approx(frames, abs=0.1)
    assert way.gain_db == pytest.approx(gain_db, abs=0.1)


def test_between_two_samples_and_with_the_sign_turned():
    sent = played()
    size = 1 << 16
    turned = -np.fft.irfft(np.fft.rfft(sent, size) * np.exp(-2j * np.pi * np.fft.rfftfreq(size) * 100.4), size)
    way = measure_way(sent, turned[: sent.size].astype(np.float32), RATE)
    assert way.delay_frames == pytest.approx(100.4, abs=0.1)


@pytest.mark.parametrize("noise_db", [-70, -50])
def test_a_room_is_measured_in_noise(noise_db):
    way = measure_way(played(), heard(impulse_response(RATE, 23.0, -20.0, 150.0, 1), noise_db), RATE)
    assert way.delay_frames == pytest.approx(round(0.023 * RATE), abs=1)
    assert way.gain_db == pytest.approx(-17.0, abs=1)  # the tail has as much energy


def test_what_is_not_heard_is_not_made_up():
    silence = np.zeros_like(played())
    assert measure_way(played(), silence, RATE) is None
    assert measure_way(silence, heard([1.0]), RATE) is None
    for seed in range(10):
        noise = 0.01 * np.random.default_rng(seed).standard_normal(silence.size)
        assert measure_way(played(), noise.astype(np.float32), RATE) is None
