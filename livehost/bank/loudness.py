"""How loud a sound is, and the gain that makes all sounds of a bank equally loud.

K-weighting and channel summation after ITU-R BS.1770-5; the window is 100 ms (a hit is over before the 400 ms of
"momentary" loudness have passed), and the loudest window counts.
"""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.loudness import BS1770_OFFSET_DB, k_weighting
from livehost.rt.native import compiled

#: Loudness that every item is brought to (LKFS of its loudest 100 ms).
TARGET_DB = -20.0
#: Never amplify or attenuate by more; only a peak above `CEILING_DB` is brought down further.
MOST_DB = 18.0
LEAST_DB = -24.0
#: No item's peak goes above this by its gain (dBFS).
CEILING_DB = -1.0

WINDOW_MS = 100.0
_HOPS = 4  # a window is made of four hops


@dataclass(frozen=True)
class Level:
    """Loudness (LKFS of the loudest 100 ms) and sample peak (dBFS)."""

    loudness_db: float
    peak_db: float

    @property
    def gain(self) -> float:
        """Linear gain to `TARGET_DB` within its limits."""
        gain_db = min(max(TARGET_DB - self.loudness_db, LEAST_DB), MOST_DB, CEILING_DB - self.peak_db)
        return float(10.0 ** (gain_db / 20.0))


def level(samples: np.ndarray, rate: int) -> Level:
    """Measure a sound.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, channels]; taken as surrounded by silence.
    rate : int
        Hz.

    Returns
    -------
    Level
    """
    hop = max(1, round(WINDOW_MS * rate / 1000 / _HOPS))
    power = np.zeros(len(samples) // hop + 1 + 2 * _HOPS)
    filters = k_weighting(rate)
    for channel in range(samples.shape[1]):
        # the tail of the filter after the end counts as well: a single click has its energy there
        _weigh(samples[:, channel], filters, hop, power)
    loudest = np.convolve(power, np.ones(_HOPS)).max() / (_HOPS * hop)
    peak = max(float(samples.max()), -float(samples.min()))
    return Level(float(BS1770_OFFSET_DB + 10 * np.log10(loudest + 1e-20)), float(20 * np.log10(peak + 1e-10)))


@compiled
def _weigh(samples: np.ndarray, filters: np.ndarray, hop: int, power: np.ndarray) -> None:
    """Add the K-weighted energy of each hop of one channel to `power`. RT: never."""
    s1 = s2 = t1 = t2 = 0.0
    energy = 0.0
    left = hop
    at = 0
    for i in range(power.shape[0] * hop):
        x = np.float64(samples[i]) if i < samples.shape[0] else 0.0
        y = filters[0, 0] * x + s1
        s1 = filters[0, 1] * x - filters[0, 3] * y + s2
        s2 = filters[0, 2] * x - filters[0, 4] * y
        z = filters[1, 0] * y + t1
        t1 = filters[1, 1] * y - filters[1, 3] * z + t2
        t2 = filters[1, 2] * y - filters[1, 4] * z
        energy += z * z
        left -= 1
        if left == 0:
            power[at] += energy
            energy = 0.0
            left = hop
            at += 1
