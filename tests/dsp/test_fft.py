import numpy as np
import pytest
import scipy.fft

from livehost.dsp.fft import RealFFT, hann, rfft, transform
from livehost.errors import LivehostError
from livehost.rt.native import run1


@pytest.mark.parametrize("size", [32, 64, 256, 1024, 4096])
def test_equals_scipy(size):
    x = np.random.default_rng(size).standard_normal(size).astype(np.float32)
    expected = scipy.fft.rfft(x.astype(float))
    np.testing.assert_allclose(rfft(x), expected, rtol=0, atol=3e-7 * np.abs(expected).max())


def test_an_impulse_is_flat_and_a_constant_is_one_bin():
    impulse = np.zeros(64)
    impulse[0] = 1
    assert np.array_equal(rfft(impulse), np.ones(33))
    assert np.array_equal(rfft(np.ones(64)), [64] + [0] * 32)


def test_the_window_is_applied_and_the_source_may_lie_elsewhere():
    x = np.random.default_rng(1).standard_normal(512).astype(np.float32)
    fft = RealFFT(512, hann(512), x.ctypes.data)
    assert run1(transform)(fft.address) == 0
    expected = np.fft.rfft(x * np.hanning(513)[:-1])
    np.testing.assert_allclose(fft.real + 1j * fft.imag, expected, atol=3e-7 * np.abs(expected).max())


@pytest.mark.parametrize("size", [0, 1, 16, 1000])
def test_other_sizes_are_refused(size):
    with pytest.raises(LivehostError, match=f"power of two of at least 32 samples, not {size}"):
        rfft(np.zeros(size))
