"""Steps of the phase by the magnitudes alone, in plain numpy: what the network in torch begins with."""

import numpy as np

from livehost.dsp.phases import own_turns, slope_of


def steps_of(logs, contract):
    """Tell the steps of the phase from the magnitudes.

    At the ends, where a frame beyond is unknown, half of what is known is taken.

    Parameters
    ----------
    logs : numpy.ndarray
        Float32 [frames, bins], natural logarithms of magnitudes.
    contract : MelContract

    Returns
    -------
    numpy.ndarray
        Float32 [frames, 2, bins], radians: from the frame before, and to the bin above (0 of the last).
    """
    slope, steps = slope_of(contract), np.zeros((len(logs), 2, logs.shape[1]), np.float32)
    if not len(logs):
        return steps
    bend = np.zeros_like(logs)
    bend[:, 1:-1] = (logs[:, 2:] - logs[:, :-2]) / 2
    bend[1:] = (bend[1:] + bend[:-1]) / 2
    steps[:, 0] = own_turns(contract) + bend / slope
    around = np.concatenate([logs[:1], logs, logs[-1:]])
    tilt = (around[:-2] - around[2:]) / 2 * slope
    steps[:, 1, :-1] = (tilt[:, 1:] + tilt[:, :-1]) / 2 - np.pi
    return steps
