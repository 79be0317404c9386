"""The spectral second opinion on an onset: how much of the newest sound was not there just before."""

import numpy as np
from numpy.typing import NDArray

from livehost.dsp.fft import RealFFT
from livehost.rt.native import call1, f32, fast_kernel

_FRAME_MS = 5.3


def frame_samples(rate: float) -> int:
    """Give the length of the spectral frame: the power of two nearest to 5.3 ms. RT: never."""
    return 1 << max(5, round(float(np.log2(_FRAME_MS * rate / 1000))))


def design(size: int) -> RealFFT:
    """Make the transform of `new_energy`: its window weighs the newest samples most. RT: never."""
    fall = size // 16
    rise = np.sin(0.5 * np.pi * (np.arange(size - fall) + 0.5) / (size - fall)) ** 2
    return RealFFT(size, np.concatenate([rise, np.cos(0.5 * np.pi * (np.arange(fall) + 0.5) / fall) ** 2]))


def scratch(size: int) -> NDArray[np.float32]:
    """Make room for the magnitudes of two frames. RT: never."""
    return np.zeros(size + 2, np.float32)


@fast_kernel
def new_energy(history, mask, newest, before, plan, plan_address, transform_address, magnitudes):
    """Measure the part of the newest frame's spectrum that the frame before the attack did not have.

    Square-rooted magnitudes let quiet partials count; a bin is compared with the largest of its neighbours before
    (Böck and Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013).

    Parameters
    ----------
    history, mask : float32 ring of samples and its index mask
    newest, before : int64
        Ends (exclusive) of the two frames, as positions.
    plan, plan_address : `fft.PLAN` record, and where it lies
    transform_address : int64
        Of `fft.transform`.
    magnitudes : float32 [size + 2]

    Returns
    -------
    float64
        0 (nothing new) to 1 (all new).

    RT: worker
    """
    bins = plan.size // 2 + 1
    source, real, imag = f32(plan.source, plan.size), f32(plan.real, bins), f32(plan.imag, bins)
    for frame in range(2):
        end = before if frame == 0 else newest
        for i in range(plan.size):
            source[i] = history[(end - plan.size + i) & mask]
        call1(transform_address, plan_address)
        for k in range(bins):
            magnitudes[frame * bins + k] = np.sqrt(np.sqrt(real[k] * real[k] + imag[k] * imag[k]))
    news, total = 0.0, 1e-12
    for k in range(1, bins - 1):
        peak = max(magnitudes[k - 1], magnitudes[k], magnitudes[k + 1])
        news += max(magnitudes[bins + k] - peak, 0.0)
        total += magnitudes[bins + k]
    return news / total
