"""Level: RMS, peak, K-weighted loudness, zero crossings. Levels are kept, never normalised per clip."""

import numpy as np

from livehost.dsp.tables import SLICES
from livehost.rt.native import f64, fast_kernel, kernel

#: Everything in dB ends here: below the noise of 16 bits.
FLOOR_DB = -100.0
#: The power that stands for it.
FLOOR_POWER = 1e-10
#: Samples beyond it (+80 dBFS) are broken, and are clipped so that no square overflows.
LIMIT = 1e4
#: Offset of ITU-R BS.1770: a 997 Hz sine at full scale in one channel reads −3.01.
BS1770_OFFSET_DB = -0.691
RMS, LOUDNESS, PEAK, ZERO_CROSSINGS = (SLICES[n].start for n in ("rms", "loudness", "peak", "zero_crossings"))
_TINY = 1e-20


def k_weighting(rate: float) -> np.ndarray:
    """Return the two biquads of K-weighting at any rate.

    Parameters
    ----------
    rate : float
        Sample rate in Hz.

    Returns
    -------
    ndarray of float64, shape [2, 5]
        Rows b0, b1, b2, a1, a2: the head's shelf, then the high-pass.

    Notes
    -----
    ITU-R BS.1770-5 gives the coefficients at 48 kHz only; these are the analogue prototypes behind them (De Man,
    "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018), mapped with the bilinear
    transform. At 48 kHz they equal the standard's to 1e-7.
    """
    k, q = np.tan(np.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    mid = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = [
        (high + mid * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - mid * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return np.array([shelf, [1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]])


@fast_kernel
def power_db(power):
    """Return a power in dB, not below the floor. RT: callback."""
    return np.float32(10.0) * np.log10(max(np.float32(power), np.float32(FLOOR_POWER)))


@kernel
def take_in(history, size, hop_samples, hop):
    """Slide the history by one hop, and append new samples, cleaned. RT: callback."""
    for i in range(np.uint64(size - hop)):
        history[i] = history[i + np.uint64(hop)]
    limit = np.float32(LIMIT)
    for i in range(hop):
        x = hop_samples[i]
        # NaN and Inf are equal to nothing and to everything: neither is below Inf
        history[size - hop + i] = min(max(x, -limit), limit) if abs(x) < np.float32(np.inf) else np.float32(0.0)


@kernel
def weigh(history, size, weighted, frame, hop, biquads, filters):
    """K-weight the newest hop of the history, and slide it into a frame of weighted samples. RT: callback."""
    for i in range(np.uint64(frame - hop)):
        weighted[i] = weighted[i + np.uint64(hop)]
    b, z = f64(biquads, 10), f64(filters, 4)
    b0, b1, b2, a1, a2 = b[0], b[1], b[2], b[3], b[4]
    d1, d2 = b[8], b[9]
    z0, z1, z2, z3 = z[0], z[1], z[2], z[3]
    for i in range(hop):
        x = np.float64(history[size - hop + i])
        y = b0 * x + z0
        z0 = b1 * x - a1 * y + z1
        z1 = b2 * x - a2 * y
        v = y + z2
        z2 = -2.0 * y - d1 * v + z3
        z3 = y - d2 * v
        weighted[frame - hop + i] = np.float32(v)
    # a filter that rings out into denormals costs twenty times as much
    z[0] = z0 if abs(z0) > _TINY else 0.0
    z[1] = z1 if abs(z1) > _TINY else 0.0
    z[2] = z2 if abs(z2) > _TINY else 0.0
    z[3] = z3 if abs(z3) > _TINY else 0.0


@fast_kernel
def level(history, size, weighted, count, hop, rate, out):
    """Write rms, loudness, peak and zero crossings of the newest `count` samples, `weighted` from there on.

    RT: callback
    """
    total, heard = np.float32(0.0), np.float32(0.0)
    first = np.uint64(size - count)
    crossings = np.int32(0)
    for i in range(np.uint64(count)):
        x = history[first + i]
        total += x * x
        heard += weighted[i] * weighted[i]
    for i in range(np.uint64(count - 1)):
        # 0 counts as positive
        below = history[first + i] < np.float32(0.0)
        crossings += np.int32(below != (history[first + i + np.uint64(1)] < np.float32(0.0)))
    top = np.float32(0.0)
    for i in range(np.uint64(size - hop), np.uint64(size)):
        top = max(top, abs(history[i]))
    floor = np.float32(FLOOR_DB)
    out[RMS] = power_db(total / np.float32(count))
    out[LOUDNESS] = max(power_db(heard / np.float32(count)) + np.float32(BS1770_OFFSET_DB), floor)
    out[PEAK] = power_db(top * top)
    out[ZERO_CROSSINGS] = np.float32(crossings) * np.float32(rate / count)
    return total / np.float32(count)
