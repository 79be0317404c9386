"""Fundamental frequency, 40 to 2,000 Hz, after McLeod.

A period of 40 Hz is longer than a feature frame, so pitch keeps a longer history of its own: the input, low-passed and
decimated to about 12 kHz (the *slow history*, which chroma reads too). The newest 43 ms of it are compared with
themselves at every lag by McLeod and Wyvill's normalised square difference function ("A smarter way to find pitch",
ICMC 2005), which is 1 at a perfect period whatever the level. The first peak nearly as high as the highest is the
period; for high notes its multiples, further out, then measure it more finely than one period at 12 kHz could.
"""

import numpy as np

from livehost.dsp.tables import SLICES
from livehost.rt.native import f32, f64, fast_kernel, kernel

LOWEST_HZ, HIGHEST_HZ = 40.0, 2000.0
#: Rate that decimation aims at, in Hz.
SLOW_RATE = 12_000.0
#: Length of what is compared, in ms.
WINDOW_MS = 43.0
#: Confidence from which a frame counts as voiced; below it f0 is 0.
VOICED = 0.7
#: A peak this close to the highest one wins if it comes first.
_KEY = 0.9
#: Mean square of the slow window (−80 dBFS) below which nothing is pitched.
_SILENT_POWER = 1e-8
#: What little a tone above the range leaves in the slow history is no tone: −50 dB against the frame.
_LEAK = 1e-5
_MARGIN = 1.03
_TAPS_PER_STEP = 12
_RUMBLE_HZ = 20.0
F0, F0_CONFIDENCE = SLICES["f0"].start, SLICES["f0_confidence"].start


def decimation(rate: float) -> int:
    """Return how many samples make one of the slow history."""
    return max(1, round(rate / SLOW_RATE))


def low_pass(step: int) -> np.ndarray:
    """Return a linear-phase low-pass for decimation by `step`, float32 [taps]."""
    if step == 1:
        return np.ones(1, np.float32)
    half = _TAPS_PER_STEP * step // 2
    places = np.arange(-half, half + 1)
    taps = np.sinc(2 * 0.42 / step * places) * np.blackman(2 * half + 3)[1:-1]
    return (taps / taps.sum()).astype(np.float32)


def high_pass(rate: float) -> np.ndarray:
    """Return a Butterworth biquad (b0, b1, b2, a1, a2) that keeps DC and rumble out of the comparison, float64 [5]."""
    k, q = np.tan(np.pi * _RUMBLE_HZ / rate), np.sqrt(0.5)
    a0 = 1 + k / q + k * k
    return np.array([1 / a0, -2 / a0, 1 / a0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])


def lags(rate: float) -> tuple[int, float]:
    """Return the largest lag looked at (plus 1 a multiple of 4) and the smallest period accepted, in slow samples."""
    slow = rate / decimation(rate)
    return (int(np.ceil(slow / LOWEST_HZ * _MARGIN)) + 1) | 3, slow / HIGHEST_HZ / _MARGIN


@fast_kernel
def dot(x, y, count):
    """Return the sum of products. RT: callback."""
    total = np.float32(0.0)
    for i in range(np.uint64(count)):
        total += x[i] * y[i]
    return total


@kernel
def decimate(history, size, hop, step, phase, taps_address, taps_size, slow, slow_size, biquad, filters):
    """Append the newest hop to the slow history; return the phase of the next hop. RT: callback."""
    fresh = 0
    if phase < hop:
        fresh = (hop - phase + step - 1) // step
    for i in range(np.uint64(slow_size - fresh)):
        slow[i] = slow[i + np.uint64(fresh)]
    taps = f32(taps_address, taps_size)
    b, z = f64(biquad, 5), f64(filters, 5)
    z0, z1 = z[0], z[1]
    for i in range(fresh):
        end = size - hop + phase + i * step
        x = np.float64(dot(history[end + 1 - taps_size :], taps, taps_size))
        y = b[0] * x + z0
        z0 = b[1] * x - b[3] * y + z1
        z1 = b[2] * x - b[4] * y
        slow[slow_size - fresh + i] = np.float32(y)
    z[0] = z0 if abs(z0) > 1e-20 else 0.0
    z[1] = z1 if abs(z1) > 1e-20 else 0.0
    return phase + fresh * step - hop


@fast_kernel
def similarity(x_address, size, out, last):
    """Write McLeod's function for lags 0 to last, where last + 1 is a multiple of 4; return the power. RT: callback."""
    x = f32(x_address, size)
    # four lags at a time share what is read
    for lag in range(0, last, 4):
        y = f32(x_address + 4 * lag, size - lag)
        n = size - lag - 3
        a = b = c = d = np.float32(0.0)
        for i in range(np.uint64(n)):
            a += x[i] * y[i]
            b += x[i] * y[i + np.uint64(1)]
            c += x[i] * y[i + np.uint64(2)]
            d += x[i] * y[i + np.uint64(3)]
        out[lag] = a + x[n] * y[n] + x[n + 1] * y[n + 1] + x[n + 2] * y[n + 2]
        out[lag + 1] = b + x[n] * y[n + 1] + x[n + 1] * y[n + 2]
        out[lag + 2] = c + x[n] * y[n + 2]
        out[lag + 3] = d
    energy = np.float64(out[0])
    both = 2.0 * energy
    out[0] = np.float32(1.0)
    for lag in range(1, last + 1):
        both -= np.float64(x[lag - 1] * x[lag - 1]) + np.float64(x[size - lag] * x[size - lag])
        out[lag] *= np.float32(2.0) / np.float32(max(both, energy * 1e-6 + 1e-30))
    return energy / size


@kernel
def vertex(y, i):
    """Return where the parabola through y[i - 1 : i + 2] peaks, in samples from i, and how high. RT: callback."""
    slope, bend = y[i + 1] - y[i - 1], y[i - 1] - np.float32(2.0) * y[i] + y[i + 1]
    offset = np.float32(0.0)
    if bend < np.float32(-1e-9):
        offset = np.float32(-0.5) * slope / bend
    return offset, y[i] + np.float32(0.25) * slope * offset


@kernel
def find_peaks(y, last, places, heights):
    """Write place and height of the best peak of each positive region after the first dip; count them. RT: callback."""
    count, inside, dipped = 0, False, False
    for lag in range(1, last):
        if y[lag] <= np.float32(0.0):
            inside, dipped = False, True
        elif dipped and y[lag] >= y[lag - 1] and y[lag] > y[lag + 1]:
            offset, height = vertex(y, lag)
            if not inside:
                count += 1
                heights[count - 1] = np.float32(0.0)
            inside = True
            if height > heights[count - 1]:
                heights[count - 1], places[count - 1] = height, np.float32(lag) + offset
    return count


@kernel
def refine(y, place, height, limit):
    """Measure a period again at its doubled multiples, below a limit, as far as they hold. RT: callback."""
    period, times = place, 2
    while np.float32(times) * period < np.float32(limit):
        near = np.intp(np.float32(times) * period + np.float32(0.5))
        if y[near + 1] > y[near]:
            near += 1
        elif y[near - 1] > y[near]:
            near -= 1
        offset, top = vertex(y, near)
        if top < np.float32(_KEY) * height or abs(offset) > np.float32(0.5):
            break
        period = (np.float32(near) + offset) / np.float32(times)
        times *= 2
    return period


@kernel
def pitch(slow_address, size, scratch_address, last, shortest, slow_rate, frame_power, out):
    """Write f0 in Hz (0 where unvoiced) and its confidence (0 to 1). RT: callback."""
    y, places, heights = (
        f32(scratch_address, last + 1),
        f32(scratch_address + 4 * (last + 1), last),
        f32(scratch_address + 8 * (last + 1), last),
    )
    power = similarity(slow_address, size, y, last)
    out[F0], out[F0_CONFIDENCE] = np.float32(0.0), np.float32(0.0)
    if power < _SILENT_POWER or power < _LEAK * frame_power:
        return
    count = find_peaks(y, last, places, heights)
    top, first = np.float32(0.0), 0
    for i in range(count):
        top = max(top, heights[i])
    while first < count and heights[first] < np.float32(_KEY) * top:
        first += 1
    if first == count:
        return
    period = refine(y, places[first], heights[first], min(last, size // 2) - 1)
    if period < shortest:
        return
    out[F0_CONFIDENCE] = min(heights[first], np.float32(1.0))
    if heights[first] >= np.float32(VOICED):
        out[F0] = np.float32(slow_rate) / period
