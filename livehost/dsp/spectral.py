"""Shape of a power spectrum: centroid, spread, skewness, rolloff, flatness, entropy.

Definitions are those of Peeters, "A large set of audio features for sound description" (IRCAM, 2004), and of librosa
where both exist: moments and rolloff weigh the *magnitudes* of the bins, flatness and entropy their *powers*.
"""

import numpy as np

from livehost.dsp.tables import SLICES
from livehost.rt.native import f32, fast_kernel

#: Share of the magnitude below the rolloff frequency.
ROLLOFF_SHARE = 0.85
#: Power of one bin that counts as nothing.
TINY_POWER = 1e-16
#: Sum of magnitudes (about −100 dBFS, all bins together) below which a spectrum has no shape.
TINY_SUM = 1e-5
_BLOCK = 16
CENTROID, SPREAD, SKEWNESS, ROLLOFF, FLATNESS, ENTROPY = (
    SLICES[n].start for n in ("centroid", "spread", "skewness", "rolloff", "flatness", "entropy")
)


@fast_kernel
def fast_log2(x):
    """Return log2 of a positive, normal float32, to 2e-7 of 1 or of itself; a loop of it becomes SIMD. RT: callback."""
    bits = np.float32(x).view(np.int32)
    mantissa = np.int32((bits & np.int32(0x7FFFFF)) | np.int32(0x3F800000)).view(np.float32)
    exponent = np.float32((bits >> np.int32(23)) - np.int32(127))
    t = (mantissa - np.float32(1.0)) / (mantissa + np.float32(1.0))
    s = t * t
    series = np.float32(2.0 / 13)
    series = series * s + np.float32(2.0 / 11)
    series = series * s + np.float32(2.0 / 9)
    series = series * s + np.float32(2.0 / 7)
    series = series * s + np.float32(2.0 / 5)
    series = series * s + np.float32(2.0 / 3)
    series = series * s + np.float32(2.0)
    return exponent + np.float32(1.4426950408889634) * t * series


@fast_kernel
def power_spectrum(plan, power, scale):
    """Turn a transform into powers whose sum is the mean square of the frame; DC counts double. RT: callback."""
    bins = plan.size // 2 + 1
    real, imag = f32(plan.real, bins), f32(plan.imag, bins)
    for k in range(np.uint64(bins)):
        power[k] = np.float32(scale) * (real[k] * real[k] + imag[k] * imag[k])


@fast_kernel
def shape(power, magnitude, bins, hz_per_bin, out):
    """Write centroid, spread, skewness, rolloff, flatness and entropy. RT: callback."""
    total, moment, energy = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for k in range(np.uint64(bins)):
        a = np.sqrt(power[k])
        magnitude[k] = a
        total += a
        moment += a * np.float32(np.int32(k))
        energy += power[k]
    log_sum, entropy_sum = np.float32(0.0), np.float32(0.0)
    for k in range(np.uint64(bins)):
        p = max(power[k], np.float32(TINY_POWER))
        log_p = fast_log2(p)
        log_sum += log_p
        entropy_sum += p * log_p
    out[CENTROID] = out[SPREAD] = out[SKEWNESS] = out[ROLLOFF] = np.float32(0.0)
    out[FLATNESS] = out[ENTROPY] = np.float32(1.0)
    if total < np.float32(TINY_SUM):
        return
    centre = moment / total
    second, third = np.float32(0.0), np.float32(0.0)
    for k in range(np.uint64(bins)):
        d = np.float32(np.int32(k)) - centre
        weight = magnitude[k] * d * d
        second += weight
        third += weight * d
    variance = second / total
    deviation = np.sqrt(variance)
    out[CENTROID] = centre * np.float32(hz_per_bin)
    out[SPREAD] = deviation * np.float32(hz_per_bin)
    out[SKEWNESS] = third / total / max(variance * deviation, np.float32(1e-6))
    out[ROLLOFF] = np.float32(rolloff_bin(magnitude, bins, np.float32(ROLLOFF_SHARE) * total)) * np.float32(hz_per_bin)
    padded = energy + np.float32(bins * TINY_POWER)
    mean_log = log_sum / np.float32(bins)
    out[FLATNESS] = min(np.exp2(mean_log) * np.float32(bins) / padded, np.float32(1.0))
    entropy = fast_log2(padded) - entropy_sum / padded
    out[ENTROPY] = min(max(entropy / fast_log2(np.float32(bins)), np.float32(0.0)), np.float32(1.0))


@fast_kernel
def rolloff_bin(magnitude, bins, threshold):
    """Return the first bin at which the running sum of magnitudes reaches a threshold. RT: callback."""
    total, start = np.float32(0.0), 0
    while start + _BLOCK < bins:
        part = np.float32(0.0)
        for i in range(_BLOCK):
            part += magnitude[start + i]
        if total + part >= threshold:
            break
        total += part
        start += _BLOCK
    for k in range(start, bins):
        total += magnitude[k]
        if total >= threshold:
            return k
    return bins - 1
