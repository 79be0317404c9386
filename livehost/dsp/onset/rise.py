"""The onset trigger: does the energy of the bands exceed their own recent past, and since which sample.

Each band is compared with its largest energy over a window that ends a little before now. What decays, beats or hisses
stays below its own recent maximum; an attack does not. The same idea runs at two scales of time: ticks of 0.7 ms for
sharp attacks, and smoothed steps of 4 ms for those that come in slowly or stand low in noise.
"""

import numpy as np

from livehost.dsp.onset.bands import BANDS, LANES
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
        ("caution", "f8"),  # how much each dB of `usual_db` raises both
        ("memory", "f8"),  # of `usual_db`, per step
        ("usual_db", "f8"),  # the sum of rises while there is no attack, averaged over 3 s: what noise does
        ("step", "i8"),  # steps so far
        ("energy", "i8"),  # address of float32 [RING, LANES]: smoothed energies
        ("since", "i8"),  # address of int64 [RING]: steps since we last played an attack
        ("rise", "i8"),  # address of float32 [RING, LANES]: how far they exceed their reference
    ],
    align=True,
)

#: A step of 0 ms is a tick; `smooth_ms` is the time constant of the one-pole; the rest is as in `SCALE`.
SCALE_TABLE: tuple[dict[str, float], ...] = (
    {
        "step_ms": 0.0, "lag_ms": 2.7, "window_ms": 22.0, "smooth_ms": 0.0, "small_db": 2.3, "large_db": 19.0,
        "threshold_db": 5.5, "confirm_db": 0.62, "caution": 4.0, "quiet_ms": 0.0,
    },
    {
        "step_ms": 4.0, "lag_ms": 16.0, "window_ms": 112.0, "smooth_ms": 5.0, "small_db": 2.2, "large_db": 14.0,
        "threshold_db": 7.5, "confirm_db": 0.3, "caution": 3.5, "quiet_ms": 130.0,
    },
)  # fmt: skip
_COPIED = ("small_db", "large_db", "threshold_db", "confirm_db", "caution", "quiet_ms")
_USUAL_MS = 3000.0


def design(tick_ms: float) -> np.ndarray:
    """Fill the `SCALE` records for ticks of `tick_ms`; the addresses are left to the owner. RT: never."""
    scales = np.zeros(SCALES, SCALE)
    for scale, row in zip(scales, SCALE_TABLE, strict=True):
        ticks = max(1, round(row["step_ms"] / tick_ms))
        step_ms = ticks * tick_ms
        scale["step_ticks"] = ticks
        scale["lag"] = max(1, round(row["lag_ms"] / step_ms))
        scale["window"] = max(scale["lag"] + 2, round(row["window_ms"] / step_ms))
        scale["alpha"] = 1 - np.exp(-tick_ms / row["smooth_ms"]) if row["smooth_ms"] else 1.0
        scale["memory"] = step_ms / _USUAL_MS
        for name in _COPIED:
            scale[name] = row[name]
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
