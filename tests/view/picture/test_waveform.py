import numpy as np
import pytest

from livehost.view.picture.waveform import envelope


def test_no_peak_is_lost():
    x = np.zeros(10_007, np.float32)
    x[[3, 5000, 10_006]] = 0.9, -0.8, 0.7
    wave = envelope(x, 1000.0, 100)
    assert len(wave.time_s) == 100
    assert wave.high[0] == np.float32(0.9)
    assert wave.low[49] == np.float32(-0.8)
    assert wave.high[-1] == np.float32(0.7)
    assert wave.peak == pytest.approx(0.9)


def test_rms_and_times():
    wave = envelope(np.full(100, 0.5), 10.0, 10)
    np.testing.assert_allclose(wave.rms, 0.5)
    np.testing.assert_allclose(wave.time_s, np.arange(10) + 0.5)


def test_channels_share_a_column():
    wave = envelope(np.array([[0.1, -0.9], [0.3, 0.2]]), 1.0, 1)
    assert (wave.low[0], wave.high[0]) == (np.float32(-0.9), np.float32(0.3))


def test_few_samples_nothing_and_nonsense():
    assert len(envelope(np.ones(3), 1.0, 100).time_s) == 3
    assert envelope(np.zeros(0), 1.0, 100).peak == 0.0
    odd = envelope(np.array([0.5, np.nan, np.inf, -0.25]), 1.0, 1)
    assert (odd.low[0], odd.high[0]) == (-0.25, 0.5)
