"""A cheap split into bands, for the onset trigger: two channels (heard, played) through the same filters at once."""

import numpy as np
from numpy.typing import NDArray

from livehost.rt.native import fast_kernel

BANDS = 8
#: Lanes of the filters: the bands of what is heard, then those of what is played.
LANES = 2 * BANDS
#: Middle of each band, an octave apart.
CENTRES_HZ = (85.0, 175.0, 360.0, 740.0, 1500.0, 3100.0, 6300.0, 12000.0)
_Q = 1.2

#: Rows of the filter memory, `LANES` float32 each: coefficients, two integrators of each of two stages, energy.
_A1, _A2, _A3, _GAIN, _S1, _S2, _S3, _S4, _ENERGY = range(9)
ROWS = 9
ENERGY_OFFSET = _ENERGY * LANES


def design(rate: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Design the filters: two equal band-pass stages of a state variable filter per band.

    Trapezoidal integration (A. Simper, "Linear trapezoidal integrated SVF", Cytomic 2013) stays exact in float32 at
    any rate. A band too near to the Nyquist frequency is left silent.

    Parameters
    ----------
    rate : float
        Hz.

    Returns
    -------
    memory : float32 [ROWS * LANES]
        Filter memory for `split`, at rest.
    weight : float32 [BANDS]
        1 for a band that exists at this rate, else 0.

    RT: never
    """
    memory = np.zeros((ROWS, LANES), np.float32)
    weight = np.array([hz < 0.4 * rate for hz in CENTRES_HZ], np.float32)
    for lane in range(LANES):
        band = lane % BANDS
        g, k = np.tan(np.pi * min(CENTRES_HZ[band], 0.4 * rate) / rate), 1 / _Q
        a1 = 1 / (1 + g * (g + k))
        memory[_A1, lane], memory[_A2, lane], memory[_A3, lane] = a1, g * a1, g * g * a1
        memory[_GAIN, lane] = k * weight[band]
    return memory.ravel(), weight


@fast_kernel
def split(heard, played, count, memory):
    """Filter `count` samples of both channels and add the energy of each lane to its row of `memory`. RT: worker."""
    for i in range(count):
        x, y = heard[i], played[i]
        for lane in range(LANES):
            sample = x if lane < BANDS else y
            a1, a2, a3 = memory[lane], memory[LANES + lane], memory[2 * LANES + lane]
            gain = memory[3 * LANES + lane]
            s1, s2 = memory[4 * LANES + lane], memory[5 * LANES + lane]
            s3, s4 = memory[6 * LANES + lane], memory[7 * LANES + lane]
            v3 = sample - s2
            v1 = a1 * s1 + a2 * v3
            v2 = s2 + a2 * s1 + a3 * v3
            middle = gain * v1
            w3 = middle - s4
            w1 = a1 * s3 + a2 * w3
            w2 = s4 + a2 * s3 + a3 * w3
            memory[4 * LANES + lane] = v1 + v1 - s1
            memory[5 * LANES + lane] = v2 + v2 - s2
            memory[6 * LANES + lane] = w1 + w1 - s3
            memory[7 * LANES + lane] = w2 + w2 - s4
            out = gain * w1
            memory[8 * LANES + lane] += out * out
