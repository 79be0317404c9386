"""Sound from mels without a network."""

import numpy as np
import pytest

from livehost.dsp.griffin_lim import griffin_lim, powers_of_mel
from livehost.dsp.mel_contract import STANDARD, MelContract, filterbank, power_scale

SMALL = MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=32, low_hz=50.0, high_hz=4000.0)


def chord(rate):
    """A decaying chord that begins with a click, half a second."""
    t = np.arange(rate // 2) / rate
    sound = sum(np.sin(2 * np.pi * f * t) for f in (220, 277, 660)) * np.exp(-6 * t) * 0.2
    sound[:20] += np.random.default_rng(0).normal(0, 0.3, 20)
    return sound


@pytest.fixture(scope="module")
def mel():
    return SMALL.analyse(chord(8000))


def off_db(mel, sound):
    """Mean distance of a sound's mel from the one that was asked for, where that is above −60 dB."""
    return float(np.abs(SMALL.analyse(sound) - mel)[mel > -60].mean())


def test_powers_have_the_bands_asked_for():
    mel = STANDARD.analyse(chord(STANDARD.rate))
    power = powers_of_mel(mel, STANDARD)
    assert power.min() >= 0
    again = 10 * np.log10(filterbank(STANDARD) @ power * power_scale(STANDARD) + 1e-9)
    off = np.abs(again - mel)[mel > -80]
    assert off.mean() < 0.2
    assert np.percentile(off, 99) < 2.0


def test_silence_stays_silent():
    assert np.abs(griffin_lim(np.full((32, 8), SMALL.floor_db), SMALL, iterations=3)).max() < 1e-6


def test_iterations_bring_it_nearer(mel):
    off = [off_db(mel, griffin_lim(mel, SMALL, iterations=n)) for n in (0, 4, 60)]
    assert off[0] > 1.4 * off[1] > 1.4 * off[2]
    assert off[2] < 2.5


def test_it_is_as_long_as_its_frames_and_repeats(mel):
    one, two, other = (griffin_lim(mel, SMALL, iterations=2, seed=seed) for seed in (1, 1, 2))
    assert one.dtype == np.float32
    assert len(one) == mel.shape[1] * 64
    np.testing.assert_array_equal(one, two)
    assert np.abs(one - other).max() > 1e-3


def test_the_attack_stays_in_its_place(mel):
    sound = griffin_lim(mel, SMALL)
    assert np.square(sound[:256]).sum() > np.square(sound[2000:]).sum() * 5
