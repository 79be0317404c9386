"""The real FFT: radix-4 Stockham on half-length complex data, tables precomputed, everything passed by address.

A real transform of `size` samples is a complex one of `size`/2 (even samples real, odd samples imaginary), untangled at
the end. Stockham's form needs no bit reversal: each stage reads one buffer in order and writes the other in order.
"""

import numpy as np

from livehost.errors import LivehostError
from livehost.rt.native import STEP, entry, f32, fast_kernel, record_at, run1

#: What one transform needs: its size, and the addresses of its input, window, tables, buffers and power spectrum.
PLAN = np.dtype(
    [
        ("size", "i8"),  # samples, a power of two
        ("source", "i8"),  # float32 [size]
        ("window", "i8"),  # float32 [size]
        ("twiddles", "i8"),  # float32 [6, size / 8]: re and im of w, w², w³
        ("turns", "i8"),  # float32 [2, size / 4 + 1]: re and im of exp(-2πi k / size)
        ("work", "i8"),  # float32 [4, size / 2]: two complex buffers
        ("real", "i8"),  # float32 [size / 2 + 1]
        ("imag", "i8"),  # float32 [size / 2 + 1]
    ],
    align=True,
)


@fast_kernel
def real_fft(plan):
    """Transform windowed samples into `real` and `imag`. RT: callback."""
    half = plan.size // 2
    source, window = f32(plan.source, plan.size), f32(plan.window, plan.size)
    here, there = plan.work, plan.work + 8 * half
    re, im = f32(here, half), f32(here + 4 * half, half)
    for i in range(np.uint64(half)):
        re[i] = source[2 * i] * window[2 * i]
        im[i] = source[2 * i + 1] * window[2 * i + 1]
    quarter = half // 4
    w1r, w1i = f32(plan.twiddles, quarter), f32(plan.twiddles + 4 * quarter, quarter)
    w2r, w2i = f32(plan.twiddles + 8 * quarter, quarter), f32(plan.twiddles + 12 * quarter, quarter)
    w3r, w3i = f32(plan.twiddles + 16 * quarter, quarter), f32(plan.twiddles + 20 * quarter, quarter)
    length, stride = half, 1
    while length >= 4:
        xr, xi = f32(here, half), f32(here + 4 * half, half)
        yr, yi = f32(there, half), f32(there + 4 * half, half)
        step = np.uint64(stride * (length // 4))
        for p in range(np.uint64(length // 4)):
            k = np.uint64(p * np.uint64(stride))
            ar, ai, br, bi, cr, ci = w1r[k], w1i[k], w2r[k], w2i[k], w3r[k], w3i[k]
            for q in range(np.uint64(stride)):
                i = q + k
                x0r, x0i = xr[i], xi[i]
                x1r, x1i = xr[i + step], xi[i + step]
                x2r, x2i = xr[i + step + step], xi[i + step + step]
                x3r, x3i = xr[i + step + step + step], xi[i + step + step + step]
                sr, si, dr, di = x0r + x2r, x0i + x2i, x0r - x2r, x0i - x2i
                tr, ti, er, ei = x1r + x3r, x1i + x3i, x1r - x3r, x1i - x3i
                o = q + np.uint64(4) * k
                yr[o], yi[o] = sr + tr, si + ti
                o += np.uint64(stride)
                ur, ui = dr + ei, di - er
                yr[o], yi[o] = ar * ur - ai * ui, ar * ui + ai * ur
                o += np.uint64(stride)
                ur, ui = sr - tr, si - ti
                yr[o], yi[o] = br * ur - bi * ui, br * ui + bi * ur
                o += np.uint64(stride)
                ur, ui = dr - ei, di + er
                yr[o], yi[o] = cr * ur - ci * ui, cr * ui + ci * ur
        here, there = there, here
        length //= 4
        stride *= 4
    xr, xi = f32(here, half), f32(here + 4 * half, half)
    if length == 2:
        yr, yi = f32(there, half), f32(there + 4 * half, half)
        for q in range(np.uint64(stride)):
            o = q + np.uint64(stride)
            yr[q], yi[q] = xr[q] + xr[o], xi[q] + xi[o]
            yr[o], yi[o] = xr[q] - xr[o], xi[q] - xi[o]
        here = there
    untangle(plan, here)


@fast_kernel
def untangle(plan, packed):
    """Turn the complex transform of even and odd samples into that of the real signal. RT: callback."""
    half = plan.size // 2
    zr, zi = f32(packed, half), f32(packed + 4 * half, half)
    cos, sin = f32(plan.turns, half // 2 + 1), f32(plan.turns + 4 * (half // 2 + 1), half // 2 + 1)
    real, imag = f32(plan.real, half + 1), f32(plan.imag, half + 1)
    real[0], imag[0] = zr[0] + zi[0], np.float32(0.0)
    real[half], imag[half] = zr[0] - zi[0], np.float32(0.0)
    for k in range(1, half // 2 + 1):
        m = half - k
        even_r, even_i = np.float32(0.5) * (zr[k] + zr[m]), np.float32(0.5) * (zi[k] - zi[m])
        odd_r, odd_i = np.float32(0.5) * (zi[k] + zi[m]), np.float32(0.5) * (zr[m] - zr[k])
        turned_r, turned_i = cos[k] * odd_r - sin[k] * odd_i, cos[k] * odd_i + sin[k] * odd_r
        real[k], imag[k] = even_r + turned_r, even_i + turned_i
        real[m], imag[m] = even_r - turned_r, turned_i - even_i


@entry(STEP)
def transform(plan_address):
    """Run one transform from its `PLAN`. RT: callback."""
    real_fft(record_at(plan_address, PLAN))
    return 0


def hann(size: int) -> np.ndarray:
    """Return a periodic Hann window.

    Parameters
    ----------
    size : int
        Samples.

    Returns
    -------
    ndarray of float32, shape [size]
        The window.
    """
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)).astype(np.float32)


class RealFFT:
    """A real FFT of one size, with its tables and buffers.

    Parameters
    ----------
    size : int
        Samples; a power of two, 32 or more.
    window : ndarray of float32, shape [size], optional
        Multiplied with the samples; ones by default.
    source_address : int, optional
        Where the samples lie; an own buffer (`source`) by default.

    Attributes
    ----------
    real, imag : ndarray of float32, shape [size / 2 + 1]
        The transform, overwritten by each run.
    """

    def __init__(self, size: int, window: np.ndarray | None = None, source_address: int | None = None) -> None:
        if size < 32 or size & (size - 1):
            raise LivehostError(f"An FFT wants a power of two of at least 32 samples, not {size}.")
        half, quarter = size // 2, size // 8
        self.size = size
        self.window = np.ones(size, np.float32) if window is None else np.ascontiguousarray(window, np.float32)
        self.source = np.zeros(size, np.float32)
        first = np.exp(-2j * np.pi * np.arange(quarter) / half)
        powers = [first, first**2, first**3]
        self._twiddles = np.array([part for w in powers for part in (w.real, w.imag)], np.float32)
        turns = np.exp(-2j * np.pi * np.arange(half // 2 + 1) / size)
        self._turns = np.array([turns.real, turns.imag], np.float32)
        self._work = np.zeros((4, half), np.float32)
        self.real, self.imag = np.zeros(half + 1, np.float32), np.zeros(half + 1, np.float32)
        self.plan = np.zeros(1, PLAN)
        plan = self.plan[0]
        plan["size"], plan["source"] = size, source_address or self.source.ctypes.data
        plan["window"], plan["twiddles"] = self.window.ctypes.data, self._twiddles.ctypes.data
        plan["turns"], plan["work"] = self._turns.ctypes.data, self._work.ctypes.data
        plan["real"], plan["imag"] = self.real.ctypes.data, self.imag.ctypes.data

    @property
    def address(self) -> int:
        """Address of the `PLAN` record."""
        return int(self.plan.ctypes.data)


def rfft(samples: np.ndarray) -> np.ndarray:
    """Transform real samples, as `numpy.fft.rfft` does.

    Parameters
    ----------
    samples : array_like, shape [n]
        n is a power of two, 32 or more.

    Returns
    -------
    ndarray of complex64, shape [n / 2 + 1]
        The transform.

    Raises
    ------
    LivehostError
        Where the length is not a power of two.
    """
    samples = np.asarray(samples, np.float32)
    fft = RealFFT(samples.size)
    fft.source[:] = samples.ravel()
    run1(transform)(fft.address)
    return fft.real + np.complex64(1j) * fft.imag
