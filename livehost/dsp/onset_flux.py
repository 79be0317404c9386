"""The spectral second opinion on an onset: how much of the newest sound was not there just before."""

import numpy as np
from numpy.typing import NDArray

from livehost.rt.native import fast_kernel

_FRAME_MS = 5.3


def frame_samples(rate: float) -> int:
    """Give the length of the spectral frame: the power of two nearest to 5.3 ms. RT: never."""
    return 1 << max(5, round(np.log2(_FRAME_MS * rate / 1000)))


def design(size: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
    """Make the tables of `new_energy` for frames of `size` samples.

    Returns
    -------
    window : float32 [size]
        A long rise and a short fall: the newest samples weigh most.
    twiddles : float32 [2 * (size // 2)]
        Cosines, then negative sines, of the transform.
    reversal : int64 [size]
        Bit-reversed order.

    RT: never
    """
    fall = size // 16
    rise = size - fall
    window = np.concatenate(
        [
            np.sin(0.5 * np.pi * (np.arange(rise) + 0.5) / rise) ** 2,
            np.cos(0.5 * np.pi * (np.arange(fall) + 0.5) / fall) ** 2,
        ]
    ).astype(np.float32)
    angle = 2 * np.pi * np.arange(size // 2) / size
    twiddles = np.concatenate([np.cos(angle), -np.sin(angle)]).astype(np.float32)
    bits = size.bit_length() - 1
    reversal = np.array([int(f"{i:0{bits}b}"[::-1], 2) for i in range(size)], np.int64)
    return window, twiddles, reversal


@fast_kernel
def _transform(re, im, size, twiddles):
    """Run a radix-2 FFT in place on input in bit-reversed order. RT: worker."""
    half, stride, table = 1, size // 2, size // 2
    while half < size:
        start = 0
        while start < size:
            for k in range(half):
                c, s = twiddles[k * stride], twiddles[table + k * stride]
                a, b = start + k, start + k + half
                xr, xi = re[b] * c - im[b] * s, re[b] * s + im[b] * c
                re[b], im[b] = re[a] - xr, im[a] - xi
                re[a], im[a] = re[a] + xr, im[a] + xi
            start += 2 * half
        half, stride = 2 * half, stride // 2


@fast_kernel
def new_energy(history, mask, newest, before, size, window, twiddles, reversal, work):
    """Measure the part of the newest frame's spectrum that the frame before the attack did not have.

    Both real frames go through one complex transform. Square-rooted magnitudes let quiet partials count; a bin is
    compared with the largest of its neighbours before, so that a gliding partial is not news.

    Parameters
    ----------
    history, mask : float32 ring of samples and its index mask
    newest, before : int64
        Ends (exclusive) of the two frames, as positions.
    size : int64
    window, twiddles, reversal : tables of `design`
    work : float32 [3 * size]

    Returns
    -------
    float64
        0 (nothing new) to 1 (all new).

    RT: worker
    """
    re, im, old = work[:size], work[size : 2 * size], work[2 * size : 3 * size]
    for i in range(size):
        j = reversal[i]
        re[i] = history[(newest - size + j) & mask] * window[j]
        im[i] = history[(before - size + j) & mask] * window[j]
    _transform(re, im, size, twiddles)
    half = size // 2
    for k in range(1, half):
        ar, ai, br, bi = re[k], im[k], re[size - k], im[size - k]
        fresh = (ar + br) * (ar + br) + (ai - bi) * (ai - bi)
        past = (ai + bi) * (ai + bi) + (br - ar) * (br - ar)
        re[k], old[k] = np.sqrt(np.sqrt(fresh)), np.sqrt(np.sqrt(past))
    news, total = 0.0, 1e-12
    for k in range(2, half - 1):
        peak = max(old[k], old[k - 1], old[k + 1])
        news += max(re[k] - peak, 0.0)
        total += re[k]
    return news / total
