"""Levels of a channel."""

import numpy as np
import pytest

from livehost.soundcheck.levels import SILENT_DB, clipped, decibels, find_hum, loudness, measure

RATE = 8000
T = np.arange(3 * RATE) / RATE


def noise(level_db, seed=1, frames=T.size):
    return 10 ** (level_db / 20) * np.random.default_rng(seed).standard_normal(frames)


def test_a_sine_at_full_scale_is_what_the_standard_says():
    sine = np.sin(2 * np.pi * 997 * np.arange(3 * 48_000) / 48_000)
    assert loudness(sine, 48_000) == pytest.approx(-3.01, abs=0.01)
    assert loudness(0.1 * sine, 48_000) == pytest.approx(-23.01, abs=0.01)
    levels = measure(sine.astype(np.float32), 48_000)
    assert levels.peak_db == pytest.approx(0, abs=0.01)
    assert levels.rms_db == pytest.approx(-3.01, abs=0.01)


def test_silence_and_little_of_it():
    for frames in (1, 10, RATE):
        levels = measure(np.zeros(frames, np.float32), RATE)
        assert (levels.peak_db, levels.rms_db, levels.loudness, levels.clipped) == (SILENT_DB, SILENT_DB, SILENT_DB, 0)


def test_pauses_do_not_make_music_softer_nor_music_the_floor_louder():
    sound = noise(-60)
    sound[RATE : 2 * RATE] += np.sin(2 * np.pi * 300 * T[:RATE])
    levels = measure(sound.astype(np.float32), RATE)
    assert levels.floor_db == pytest.approx(-60, abs=1.5)
    assert levels.loud_db == pytest.approx(-3, abs=0.5)
    assert levels.loudness > -6


def test_dc_is_told_and_is_no_level():
    levels = measure(np.full(RATE, 0.25, np.float32), RATE)
    assert levels.dc == pytest.approx(0.25)
    assert levels.rms_db == SILENT_DB


def test_clipping_is_what_stands_at_full_scale_in_a_row():
    assert clipped(np.float32([0, 1, 0, -1, 0.5, 1])) == 0  # a peak of one sample may be one
    assert clipped(np.float32([0, 1, 1, 0, -1, -1, -1, 0])) == 5
    assert clipped(np.ones(7, np.float32)) == 7
    assert clipped(np.clip(1.5 * np.sin(2 * np.pi * 100 * T), -1, 1).astype(np.float32)) > RATE / 2


@pytest.mark.parametrize(("hz", "level_db"), [(50.0, -50.0), (60.0, -50.0), (50.02, -62.0)])
def test_hum_is_found_with_its_level(hz, level_db):
    amplitude = 10 ** (level_db / 20) * np.sqrt(2)
    hum = find_hum((noise(-70) + amplitude * np.sin(2 * np.pi * hz * T)).astype(np.float32), RATE)
    assert hum.hz == round(hz)
    assert hum.level_db == pytest.approx(level_db, abs=1)


def test_harmonics_count_as_well():
    both = sum(np.sqrt(2) * 1e-3 * np.sin(2 * np.pi * 50 * k * T) for k in (2, 3))
    hum = find_hum((noise(-80) + both).astype(np.float32), RATE)
    assert hum.hz == 50
    assert hum.level_db == pytest.approx(-57, abs=1)


@pytest.mark.parametrize("seed", range(5))
def test_noise_and_notes_are_no_hum(seed):
    assert find_hum(noise(-40, seed).astype(np.float32), RATE) is None
    note = 0.1 * np.sin(2 * np.pi * 220 * T)
    assert find_hum((note + noise(-60, seed)).astype(np.float32), RATE) is None
    assert find_hum(np.zeros(RATE, np.float32), RATE) is None
    assert find_hum(np.ones(10, np.float32), RATE) is None


def test_decibels():
    assert (decibels(1.0), decibels(0.1), decibels(0.0)) == (0, pytest.approx(-20), SILENT_DB)
