"""The onset trigger: does the energy of the bands exceed their own recent past, and since which sample.

Each band is compared with its largest energy over a window that ends a little before now. What decays, beats or hisses
stays below its own recent maximum; an attack does not. The same idea runs at two scales of time: ticks of 0.7 ms for
sharp attacks, and smoothed steps of 4 ms for those that come in slowly or stand low in noise.
"""

import numpy as np

from livehost.dsp.onset_bands import BANDS, LANES
from livehost.rt.native import fast_kernel, kernel

#: Steps that each scale remembers.
RING = 512
SCALES = 2

#: One scale of time. A step is `step_ticks` ticks; lag and window count steps.
SCALE = np.dtype(
    [
        ("step_ticks", "i8"),
        ("lag", "i8"),  # the past ends so many steps ago
        ("window", "i8"),  # and begins so many steps ago
        ("alpha", "f8"),  # of the one-pole that smooths energies, per tick
        ("small_db", "f8"),  # a rise that does not count
        ("large_db", "f8"),  # a rise of one band counts no further
        ("threshold_db", "f8"),  # rises, summed over the bands, that arm the spectral check at sensitivity 0.5
        ("confirm_db", "f8"),  # that sum, times the part of the spectrum that is new, which makes an attack
        ("quiet_ms", "f8"),  # no attack of this scale so soon after another
        ("step", "i8"),  # steps so far
        ("energy", "i8"),  # address of float32 [RING, LANES]: smoothed energies
        ("rise", "i8"),  # address of float32 [RING, LANES]: how far they exceed their reference
    ],
    align=True,
)

#: Times in ms and levels in dB: step (0: a tick), lag, window, smoothing, then as in `SCALE`.
SCALE_TABLE = (
    (0.0, 2.7, 30.0, 0.0, 2.3, 19.0, 5.5, 0.62, 0.0),
    (4.0, 16.0, 112.0, 5.0, 2.2, 14.0, 7.5, 0.2, 130.0),
)


def design(tick_ms: float) -> np.ndarray:
    """Fill the `SCALE` records for ticks of `tick_ms`; the addresses are left to the owner. RT: never."""
    scales = np.zeros(SCALES, SCALE)
    for scale, (step, lag, window, smooth, small, large, threshold, confirm, quiet) in zip(
        scales, SCALE_TABLE, strict=True
    ):
        ticks = max(1, round(step / tick_ms))
        scale["step_ticks"] = ticks
        scale["lag"] = max(1, round(lag / (ticks * tick_ms)))
        scale["window"] = max(scale["lag"] + 2, round(window / (ticks * tick_ms)))
        scale["alpha"] = 1 - np.exp(-tick_ms / smooth) if smooth else 1.0
        scale["small_db"], scale["large_db"], scale["threshold_db"] = small, large, threshold
        scale["confirm_db"], scale["quiet_ms"] = confirm, quiet
    return scales


@fast_kernel
def compare(energy, rise, step, lag, window, reference):
    """Take each lane's largest energy between `window` and `lag` steps ago, and by how much it is exceeded now.

    RT: worker
    """
    for lane in range(LANES):
        reference[lane] = 0.0
    for back in range(lag, window):
        row = ((step - back) & (RING - 1)) * LANES
        for lane in range(LANES):
            reference[lane] = max(reference[lane], energy[row + lane])
    row = (step & (RING - 1)) * LANES
    for lane in range(LANES):
        rise[row + lane] = max(energy[row + lane] - reference[lane], np.float32(0.0))


@kernel
def rise_db(energy, row, reference, first, floor, small_db, large_db):
    """Sum over the bands from lane `first` on how far each exceeds its reference (and `floor`), in dB. RT: worker."""
    total = 0.0
    for lane in range(first, first + BANDS):
        now, past = energy[row + lane], max(reference[lane], floor)
        if now > past:
            total += max(min(10.0 * np.log10(now / past), large_db) - small_db, 0.0)
    return total


@kernel
def attack_start(history, mask, newest, span):
    """Find the sample, within the last `span`, at which the attack leaves what was before it. RT: worker."""
    before, peak = 0.0, 0.0
    for i in range(2 * span, 0, -1):
        slope = abs(history[(newest - i) & mask] - history[(newest - i - 1) & mask])
        if i > span:
            before = max(before, slope)
        else:
            peak = max(peak, slope)
    threshold = max(1.3 * before, 0.1 * peak)
    for i in range(span, 0, -1):
        if abs(history[(newest - i) & mask] - history[(newest - i - 1) & mask]) > threshold:
            return newest - i
    return newest - span // 2
