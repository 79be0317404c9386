import numpy as np
import pytest

from livehost.bank.loudness import CEILING_DB, LEAST_DB, MOST_DB, TARGET_DB, Level, level


def sine(hz, seconds, peak=1.0, rate=48_000, channels=1):
    t = np.arange(round(seconds * rate)) / rate
    return np.repeat(peak * np.sin(2 * np.pi * hz * t)[:, None], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_full_scale_sine_reads_as_the_standard_says(rate):
    measured = level(sine(997, 1, rate=rate), rate)
    assert measured.loudness_db == pytest.approx(-3.01, abs=0.03)
    assert measured.peak_db == pytest.approx(0, abs=0.01)


def test_two_channels_add_up():
    assert level(sine(997, 1, channels=2), 48_000).loudness_db == pytest.approx(0, abs=0.03)


def test_the_loudest_100_ms_count():
    quiet_and_loud = np.concatenate([sine(997, 1, 0.01), sine(997, 0.2), sine(997, 1, 0.01)])
    assert level(quiet_and_loud, 48_000).loudness_db == pytest.approx(-3.01, abs=0.1)


def test_shorter_than_the_window_is_less_loud():
    assert level(sine(997, 0.05), 48_000).loudness_db == pytest.approx(-3.01 - 3.01, abs=0.2)


@pytest.mark.parametrize(
    ("loudness_db", "peak_db", "gain_db"),
    [
        (-30.0, -20.0, TARGET_DB + 30.0),
        (-60.0, -50.0, MOST_DB),
        (-30.0, -5.0, CEILING_DB + 5.0),  # louder would go over the ceiling
        (10.0, 20.0, LEAST_DB),
        (60.0, 70.0, CEILING_DB - 70.0),  # far beyond full scale: the ceiling is stronger
    ],
)
def test_gain(loudness_db, peak_db, gain_db):
    assert 20 * np.log10(Level(loudness_db, peak_db).gain) == pytest.approx(gain_db)
