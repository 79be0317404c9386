import librosa
import numpy as np
import pytest
import scipy.signal

from livehost.dsp import arrays
from livehost.dsp.chroma import filterbank
from livehost.dsp.features import Analyzer

from .oracle import RATES, tone


@pytest.mark.parametrize("rate", [8_000.0, 11_025.0, 12_000.0])
def test_filterbank_equals_librosa(rate):
    expected = librosa.filters.chroma(sr=rate, n_fft=1024, tuning=0)
    np.testing.assert_allclose(filterbank(rate, 1024)[:, 1:], expected[:, 1:], atol=1e-6)


def test_equals_librosa_on_the_slow_history():
    rate = 8_000  # nothing is decimated here: the history is the sound, less its rumble
    x = tone(440, rate, 0.4, 0.3) + tone(523.25, rate, 0.4, 0.2)
    sos = scipy.signal.butter(2, 20, "highpass", fs=rate, output="sos")
    slow = scipy.signal.sosfilt(sos, x)[3200 - 512 - 0 : 3200]
    power = np.abs(np.fft.rfft(slow * np.hanning(513)[:-1])) ** 2
    expected = librosa.feature.chroma_stft(S=power[:, None], sr=rate, n_fft=512, tuning=0)[:, 0]
    np.testing.assert_allclose(arrays.chroma(x, rate)[-1], expected, atol=1e-3)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", [57, 60, 62, 71, 79, 90])
def test_a_note_is_its_pitch_class(rate, midi):
    row = arrays.chroma(tone(440 * 2 ** ((midi - 69) / 12), rate), rate)[-1]
    assert row.argmax() == midi % 12
    assert row.max() == pytest.approx(1)


def test_a_triad_at_48_khz():
    x = sum(tone(hz, 48_000, 0.3, 0.2) for hz in (523.25, 659.26, 783.99))
    assert set(np.argsort(arrays.chroma(x, 48_000)[-1])[-3:]) == {0, 4, 7}


def test_level_does_not_matter_and_silence_is_nothing():
    x = tone(440, 48_000)
    np.testing.assert_allclose(arrays.chroma(0.01 * x, 48_000)[-1], arrays.chroma(x, 48_000)[-1], atol=1e-4)
    assert np.array_equal(arrays.chroma(np.zeros(1024), 48_000), np.zeros((8, 12)))


def test_the_history_is_about_85_ms():
    for rate in RATES:
        analyzer = Analyzer(rate)
        assert 60 < 1000 * analyzer.chroma_samples / rate < 130
