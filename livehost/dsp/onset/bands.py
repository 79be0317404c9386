"""A cheap split into bands, for the onset trigger: what is heard and what each output plays, all at once."""

import numpy as np
from numpy.typing import NDArray

from livehost.rt.native import fast_kernel

BANDS = 16
#: Outputs, each with bands of its own.
OUTPUTS = 2
#: Lanes of the filters: the bands of what is heard, then those of what the left and the right output play.
LANES = (1 + OUTPUTS) * BANDS
#: Middle of each band, half an octave apart.
CENTRES_HZ = tuple(70.0 * 2 ** (band / 2) for band in range(BANDS))
_Q = 2.0

# Rows of the filter memory, `LANES` float32 each: coefficients, two integrators of each of two stages, energy.
_A1, _A2, _A3, _GAIN = 0, LANES, 2 * LANES, 3 * LANES
_S1, _S2, _S3, _S4 = 4 * LANES, 5 * LANES, 6 * LANES, 7 * LANES
ENERGY = 8 * LANES
MEMORY = 9 * LANES
#: What a reset sets to zero starts here.
AT_REST = _S1


def design(rate: float) -> NDArray[np.float32]:
    """Design the filters: two equal band-pass stages of a state variable filter per band.

    Trapezoidal integration (A. Simper, "Solving the continuous SVF equations using trapezoidal integration", 2013)
    stays exact in float32 at any rate. A band too near to the Nyquist frequency is left silent.

    Parameters
    ----------
    rate : float
        Hz.

    Returns
    -------
    float32 [MEMORY]
        Filter memory for `split`, at rest.

    RT: never
    """
    memory = np.zeros(MEMORY, np.float32)
    for lane in range(LANES):
        hz = CENTRES_HZ[lane % BANDS]
        if hz < 0.42 * rate:
            g, k = np.tan(np.pi * hz / rate), 1 / _Q
            a1 = 1 / (1 + g * (g + k))
            memory[_A1 + lane], memory[_A2 + lane], memory[_A3 + lane] = a1, g * a1, g * g * a1
            memory[_GAIN + lane] = k
    return memory


@fast_kernel
def split(heard, left, right, count, memory):
    """Filter `count` samples of all channels and add the energy of each lane to its row of `memory`. RT: worker."""
    for i in range(count):
        x, y, z = heard[i], left[i], right[i]
        for lane in range(LANES):
            sample = x if lane < BANDS else y if lane < 2 * BANDS else z
            a1, a2, a3, gain = memory[_A1 + lane], memory[_A2 + lane], memory[_A3 + lane], memory[_GAIN + lane]
            s1, s2, s3, s4 = memory[_S1 + lane], memory[_S2 + lane], memory[_S3 + lane], memory[_S4 + lane]
            v3 = sample - s2
            v1 = a1 * s1 + a2 * v3
            v2 = s2 + a2 * s1 + a3 * v3
            w3 = gain * v1 - s4
            w1 = a1 * s3 + a2 * w3
            w2 = s4 + a2 * s3 + a3 * w3
            memory[_S1 + lane] = v1 + v1 - s1
            memory[_S2 + lane] = v2 + v2 - s2
            memory[_S3 + lane] = w1 + w1 - s3
            memory[_S4 + lane] = w2 + w2 - s4
            out = gain * w1
            memory[ENERGY + lane] += out * out
