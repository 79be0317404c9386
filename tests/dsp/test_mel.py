import warnings

import librosa
import numpy as np
import pytest

from livehost.dsp import arrays
from livehost.dsp.mel import BANDS, COEFFICIENTS, cosines, filterbank, hz_to_mel, mel_to_hz, pack

from .oracle import RATES, mixture, powers, tone


def librosa_bank(rate, frame):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # at 8 kHz the upper bands are empty: ours too, on purpose
        return librosa.filters.mel(sr=rate, n_fft=frame, n_mels=BANDS, fmin=40, fmax=16_000, norm=None)


@pytest.mark.parametrize("rate", RATES)
def test_filterbank_equals_librosa(rate):
    np.testing.assert_allclose(filterbank(rate, 1024), librosa_bank(rate, 1024), atol=1e-6)


def test_scale_equals_librosa():
    hz = np.array([0.0, 40.0, 999.0, 1000.0, 1001.0, 16_000.0])
    np.testing.assert_allclose(hz_to_mel(hz), librosa.hz_to_mel(hz))
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz)


def test_a_band_too_narrow_for_any_bin_shares_its_neighbours():
    bank = filterbank(96_000, 256)
    assert (bank.sum(axis=1) > 0).all()
    # weights keep the middle of the band: the first is centred on 128.9 Hz, between bins 0 and 1 (375 Hz)
    centres = bank @ np.fft.rfftfreq(256, 1 / 96_000) / bank.sum(axis=1)
    expected = mel_to_hz(np.linspace(hz_to_mel(40), hz_to_mel(16_000), BANDS + 2))[1:-1]
    narrow = (bank > 0).sum(axis=1) == 2
    np.testing.assert_allclose(centres[narrow][:3], expected[narrow][:3], rtol=1e-5)


def test_packing_loses_nothing():
    bank = filterbank(48_000, 1024)
    spans, weights = pack(bank)
    rebuilt = np.zeros_like(bank)
    for row, (first, count, offset) in zip(rebuilt, spans, strict=True):
        row[first : first + count] = weights[offset : offset + count]
    assert np.array_equal(rebuilt, bank)


@pytest.mark.parametrize(("rate", "frame", "hop"), [(r, 1024, 128) for r in RATES] + [(48_000, 4096, 1024)])
def test_bands_and_mfcc_equal_librosa(rate, frame, hop):
    x = mixture(rate)
    bands = librosa.power_to_db(librosa_bank(rate, frame) @ powers(x, frame, hop), top_db=None)
    kwargs = {"frame_samples": frame, "hop_samples": hop}
    np.testing.assert_allclose(arrays.mel_spectrum(x, rate, **kwargs), bands.T, atol=2e-3)
    mfcc = librosa.feature.mfcc(S=bands, n_mfcc=COEFFICIENTS)
    np.testing.assert_allclose(arrays.mfcc(x, rate, **kwargs), mfcc.T, atol=5e-3)


def test_flux_equals_librosas_onset_strength():
    x = mixture(48_000)
    ours = arrays.spectral_flux(x, 48_000) * (128 / 48)
    bands = arrays.mel_spectrum(x, 48_000).T
    theirs = librosa.onset.onset_strength(S=bands, sr=48_000, hop_length=128, center=False, lag=1, max_size=1)
    np.testing.assert_allclose(ours[1:], theirs[1:], atol=1e-4)
    # the first frame rises from silence
    np.testing.assert_allclose(ours[0], np.mean(bands[:, 0] + 100), rtol=1e-5)


def test_a_full_scale_sine_in_the_middle_of_a_band_reads_its_power():
    middle = float(mel_to_hz(np.linspace(hz_to_mel(40), hz_to_mel(16_000), BANDS + 2))[31])
    band = arrays.mel_spectrum(tone(middle, 48_000, level=1), 48_000)[-1]
    assert band.argmax() == 30
    # the triangle tapers over the three bins of the window's main lobe
    assert band[30] == pytest.approx(-3.01, abs=0.7)


def test_the_same_sound_reads_the_same_at_every_rate():
    reference = arrays.mel_spectrum(mixture(96_000)[: 96_000 // 4], 96_000, frame_samples=2048, hop_samples=256)
    half = arrays.mel_spectrum(mixture(96_000)[::2], 48_000)
    loud = reference[40] > -40
    np.testing.assert_allclose(half[40][loud], reference[40][loud], atol=0.3)


def test_cosines_are_orthonormal():
    matrix = cosines(BANDS).astype(float)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(BANDS), atol=1e-6)


def test_bands_above_half_the_rate_are_silent():
    assert (arrays.mel_spectrum(mixture(8_000), 8_000)[:, -1] == -100).all()
