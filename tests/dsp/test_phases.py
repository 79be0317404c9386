"""Phases that are found from magnitudes: of tones, of clicks, of sounds, and piece by piece."""

from dataclasses import replace

import numpy as np
import pytest

from livehost.dsp.griffin_lim import sound_of
from livehost.dsp.mel_contract import MelContract, hann
from livehost.dsp.phases import PhaseStream, phases
from tests.dsp.phase_steps import steps_of

CONTRACT = MelContract(rate=16_000, fft_samples=512, hop_samples=128, bands=40, high_hz=8000.0)
RNG = np.random.default_rng(0)


def spectrum(sound, contract=CONTRACT):
    padded = np.concatenate([np.zeros(contract.padding), sound, np.zeros(contract.fft_samples)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, contract.fft_samples)[:: contract.hop_samples]
    return np.fft.rfft(windows * hann(CONTRACT.fft_samples))


def by_magnitudes(logs, contract=CONTRACT):
    return phases(logs, steps_of(logs, contract))


def logs_of(found):
    return np.log(np.maximum(np.abs(found), 1e-6)).astype(np.float32)


def test_a_tone_turns_at_its_own_frequency():
    for hz in (443.0, 1010.5, 3777.7):  # between bins, too
        wanted = spectrum(np.sin(2 * np.pi * hz * np.arange(16_000) / 16_000))[4:-6]
        peak = int(np.abs(wanted).sum(0).argmax())
        found = by_magnitudes(logs_of(wanted))
        turned = np.angle(found[1:, peak] * np.conj(found[:-1, peak]))
        real = np.angle(wanted[1:, peak] * np.conj(wanted[:-1, peak]))
        np.testing.assert_allclose(np.angle(np.exp(1j * (turned - real))), 0, atol=0.08)


def test_a_click_turns_from_bin_to_bin_as_where_it_is():
    sound = np.zeros(4000)
    sound[2000] = 1.0
    fine = replace(CONTRACT, hop_samples=32)
    wanted = spectrum(sound, fine)
    heard = np.abs(wanted).max(1) > 0.5  # at a window's ends Hann's is no Gaussian
    assert heard.sum() >= 6
    found = by_magnitudes(logs_of(wanted), fine)
    turned, real = (np.angle(x[heard, 1:] * np.conj(x[heard, :-1])) for x in (found, wanted))
    apart = np.abs(np.angle(np.exp(1j * (turned - real))))
    assert np.median(apart, axis=1).max() < 0.6  # by chance π / 2


@pytest.mark.parametrize("kind", ["chirp", "bursts"])
def test_with_them_one_round_is_better_than_ten_from_chance(kind):
    t = np.arange(16_000) / 16_000
    chirp, bursts = np.sin(2 * np.pi * (300 * t + 700 * t**2)), RNG.normal(size=t.size) * (t % 0.25 < 0.01)
    sound = chirp if kind == "chirp" else bursts
    wanted = spectrum(sound)
    magnitude = np.abs(wanted).astype(np.float32)

    def left(first, rounds):
        made = spectrum(sound_of(magnitude, (magnitude * first).astype(np.complex64), CONTRACT, rounds))
        rows = min(len(made), len(magnitude))
        return np.linalg.norm(np.abs(made[:rows]) - magnitude[:rows]) / np.linalg.norm(magnitude)

    found = by_magnitudes(logs_of(wanted))
    assert np.abs(found) == pytest.approx(1, abs=1e-5)
    assert left(found, 1) < left(np.exp(2j * np.pi * RNG.random(magnitude.shape)), 10)


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_pieces_have_the_phases_of_the_whole(size):
    logs = RNG.normal(-3, 2, (60, 257)).astype(np.float32)
    steps = steps_of(logs, CONTRACT)
    whole = phases(logs, steps)
    nearly = logs + RNG.normal(0, 1e-6, logs.shape).astype(np.float32)  # as another length makes a network's output
    rows, stream = np.concatenate([nearly, steps.reshape(60, -1)], axis=1), PhaseStream(CONTRACT)
    found = np.concatenate([stream.push(rows[at : at + size]) for at in range(0, 60, size)])
    np.testing.assert_allclose(found / np.exp(nearly), whole, atol=1e-3)


def test_right_steps_give_the_right_phases():
    wanted = spectrum(RNG.normal(size=4000))
    steps = np.zeros((len(wanted), 2, 257), np.float32)
    steps[1:, 0] = np.angle(wanted[1:] * np.conj(wanted[:-1]))
    steps[:, 1, :-1] = np.angle(wanted[:, 1:] * np.conj(wanted[:, :-1]))
    turned = phases(logs_of(wanted), steps)[4:-6] * np.conj(wanted[4:-6]) / np.abs(wanted[4:-6])
    np.testing.assert_allclose(turned / turned[0, 40], 1, atol=0.02)  # but for one turn of all


def test_silence_and_nothing():
    assert np.isfinite(by_magnitudes(np.full((3, 257), -30, np.float32))).all()
    assert by_magnitudes(np.zeros((0, 257), np.float32)).shape == (0, 257)
    assert PhaseStream(CONTRACT).push(np.zeros((0, 3 * 257), np.float32), last=True).shape == (0, 257)
