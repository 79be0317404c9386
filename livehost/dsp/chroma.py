"""Chroma: how strongly each of the twelve pitch classes sounds, C first.

Taken from the slow history (see `pitch`): about 85 ms at about 12 kHz, whose bins are 11.7 Hz apart, fine enough to
tell semitones from 200 Hz up; the 21 ms of a feature frame could not below 800 Hz.
"""

import numpy as np

from livehost.dsp.tables import PITCH_CLASSES, SLICES
from livehost.rt.native import f32, fast_kernel

CLASSES, CHROMA = PITCH_CLASSES, SLICES["chroma"].start
_TUNING_HZ = 440.0
_CENTRE_OCTAVE, _OCTAVE_WIDTH = 5.0, 2.0
_TINY = 1e-12


def filterbank(rate: float, size: int) -> np.ndarray:
    """Return chroma filters.

    Parameters
    ----------
    rate : float
        Sample rate in Hz of the slow history.
    size : int
        Samples of the transform.

    Returns
    -------
    ndarray of float32, shape [12, size / 2 + 1]
        Gaussian bumps around each pitch class, one unit of energy per bin, weighted by a gentle bell around
        A440 / 16 · 2⁵ Hz.

    Notes
    -----
    After Ellis, "Chroma feature analysis and synthesis" (2007), which librosa follows too.
    """
    bins = np.arange(1, size)
    classes = CLASSES * np.log2(bins * rate / size / (_TUNING_HZ / 16))
    # bin 0 stands one and a half octaves under bin 1, as if DC had a pitch; it weighs next to nothing there
    classes = np.concatenate([[classes[0] - 1.5 * CLASSES], classes])
    widths = np.concatenate([np.maximum(classes[1:] - classes[:-1], 1.0), [1.0]])
    distance = classes - np.arange(CLASSES)[:, None]
    distance = np.remainder(distance + CLASSES / 2 + 10 * CLASSES, CLASSES) - CLASSES / 2
    weights = np.exp(-0.5 * (2 * distance / widths) ** 2)
    weights /= np.sqrt((weights**2).sum(axis=0))
    weights *= np.exp(-0.5 * ((classes / CLASSES - _CENTRE_OCTAVE) / _OCTAVE_WIDTH) ** 2)
    # the reference A is class 0 so far; C comes first
    return np.roll(weights, -3, axis=0)[:, : size // 2 + 1].astype(np.float32)


@fast_kernel
def chroma(power, weights_address, bins, out):
    """Write twelve strengths, the strongest 1; all 0 in silence. RT: callback."""
    weights = f32(weights_address, CLASSES * bins)
    top = np.float32(_TINY)
    for row in range(CLASSES):
        offset = np.uint64(row * bins)
        total = np.float32(0.0)
        for k in range(np.uint64(bins)):
            total += weights[offset + k] * power[k]
        out[CHROMA + row] = total
        top = max(top, total)
    for row in range(CLASSES):
        out[CHROMA + row] /= top
