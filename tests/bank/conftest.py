import numpy as np
import pytest
import soundfile

RATE = 48_000


def hit(hz=440.0, seconds=0.2, rate=RATE, peak=0.5, decay_s=0.05):
    """A decaying sine: float32 [frames]."""
    t = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hz * t) * np.exp(-t / decay_s)).astype(np.float32)


@pytest.fixture
def folder(tmp_path):
    """Three good sounds; in natural order Bell, kick2, kick10."""
    place = tmp_path / "sounds"
    place.mkdir()
    for name, hz in (("kick10.wav", 90.0), ("kick2.wav", 110.0), ("Bell.wav", 880.0)):
        soundfile.write(place / name, hit(hz), RATE)
    return place


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"
