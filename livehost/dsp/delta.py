"""Slopes of the main features over a short past: rms, centroid, MFCC.

The slope is that of the least-squares line through the newest 2 n + 1 frames, with n so that they span about 21 ms
(n = 4 at 48 kHz and hop 128). It describes the frame n hops ago: that is what being causal costs.
"""

import numpy as np

from livehost.dsp.mel import COEFFICIENTS
from livehost.dsp.tables import SLICES
from livehost.rt.native import f32, fast_kernel

#: Values followed: rms, centroid, each MFCC; slopes are written to the slots from `FIRST_SLOT` on, in that order.
TRACKED = 2 + COEFFICIENTS
FIRST_SLOT = SLICES["rms_delta"].start
_RMS, _CENTROID, _MFCC = SLICES["rms"].start, SLICES["centroid"].start, SLICES["mfcc"].start
_REACH_MS = 10.7
#: Slots that are followed.
SLOTS = [_RMS, _CENTROID, *range(_MFCC, _MFCC + COEFFICIENTS)]


def half_width(rate: float, hop_samples: int) -> int:
    """Return n: frames to each side of the middle of the line."""
    return max(1, round(_REACH_MS * rate / 1000 / hop_samples))


@fast_kernel
def slopes(vector, ring_address, at, n, hop_ms):
    """Remember this frame in slot `at` of the ring, write the slopes, and return the next slot. RT: callback."""
    width = 2 * n + 1
    ring = f32(ring_address, width * TRACKED)
    row = at * TRACKED
    ring[row], ring[row + 1] = vector[_RMS], vector[_CENTROID]
    for i in range(COEFFICIENTS):
        ring[row + 2 + i] = vector[_MFCC + i]
    at = at + 1 if at + 1 < width else 0
    for i in range(TRACKED):
        vector[FIRST_SLOT + i] = np.float32(0.0)
    scale = np.float32(3.0 / (n * (n + 1) * width * hop_ms))
    oldest = at
    for age in range(width):
        weight = np.float32(age - n) * scale
        row = oldest * TRACKED
        for i in range(TRACKED):
            vector[FIRST_SLOT + i] += weight * ring[row + i]
        oldest = oldest + 1 if oldest + 1 < width else 0
    return at
