"""Folders of small sounds."""

import numpy as np
import pytest
import soundfile

from livehost.dsp.mel_contract import MelContract

#: As the standard, but small.
CONTRACT = MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=16, low_hz=50.0, high_hz=4000.0)


def ping(pitch, seconds=0.3, rate=8000, seed=0):
    """A struck tone with a little noise, float32."""
    t = np.arange(round(seconds * rate)) / rate
    noise = np.random.default_rng([seed, int(pitch)]).normal(0, 0.1, len(t)) * np.exp(-60 * t)
    return ((np.sin(2 * np.pi * pitch * t) + noise) * np.exp(-8 * t) * 0.5).astype(np.float32)


@pytest.fixture(scope="session")
def bank(tmp_path_factory):
    """Twelve sounds: mono and stereo, at several rates."""
    folder = tmp_path_factory.mktemp("sounds") / "bank"
    folder.mkdir()
    for k in range(12):
        rate = (8000, 11_025, 44_100)[k % 3]
        sound = ping(200 * 1.2**k, 0.15 + 0.05 * (k % 4), rate)
        soundfile.write(folder / f"ping {k}.wav", np.stack([sound, sound / 2], 1) if k % 2 else sound, rate)
    return folder
