"""Mel bands in dB, and the cosine transform that makes MFCC of them.

The bands are the same at every sample rate (40 to 16,000 Hz, Slaney's scale: linear below 1 kHz, logarithmic above), so
that one model hears the same whatever the sound card runs at; bands above half the rate read as silence.
"""

import numpy as np

from livehost.dsp.loudness import FLOOR_DB, power_db
from livehost.dsp.tables import MEL_BANDS, MFCC_SIZE, SLICES
from livehost.rt.native import f32, fast_kernel, i64

BANDS, COEFFICIENTS = MEL_BANDS, MFCC_SIZE
MEL, MFCC, FLUX = (SLICES[n].start for n in ("mel", "mfcc", "flux"))
LOWEST_HZ, HIGHEST_HZ = 40.0, 16_000.0
_LINEAR_HZ, _BREAK_HZ = 200.0 / 3, 1000.0
_LOG_STEP = np.log(6.4) / 27


def hz_to_mel(hz: np.ndarray | float) -> np.ndarray:
    """Return mel (Slaney's Auditory Toolbox, 1998) for frequencies in Hz."""
    hz = np.asarray(hz, float)
    above = _BREAK_HZ / _LINEAR_HZ + np.log(np.maximum(hz, _BREAK_HZ) / _BREAK_HZ) / _LOG_STEP
    return np.where(hz < _BREAK_HZ, hz / _LINEAR_HZ, above)


def mel_to_hz(mel: np.ndarray | float) -> np.ndarray:
    """Return frequencies in Hz for mel."""
    mel = np.asarray(mel, float)
    above = _BREAK_HZ * np.exp(_LOG_STEP * (mel - _BREAK_HZ / _LINEAR_HZ))
    return np.where(mel < _BREAK_HZ / _LINEAR_HZ, mel * _LINEAR_HZ, above)


def filterbank(rate: float, size: int) -> np.ndarray:
    """Return triangular mel filters of unit peak.

    Parameters
    ----------
    rate : float
        Sample rate in Hz.
    size : int
        Samples of the transform.

    Returns
    -------
    ndarray of float32, shape [BANDS, size / 2 + 1]
        Weights for powers. A band so narrow that no bin falls inside shares the two bins around its centre, with the
        weight that its width deserves; a band whose centre is above half the rate is empty.
    """
    edges = mel_to_hz(np.linspace(hz_to_mel(LOWEST_HZ), hz_to_mel(HIGHEST_HZ), BANDS + 2))
    hz = np.fft.rfftfreq(size, 1 / rate)
    rise = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    fall = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    weights = np.maximum(0, np.minimum(rise, fall))
    step = rate / size
    for band in np.flatnonzero(weights.sum(axis=1) == 0):
        place = edges[band + 1] / step
        left = int(place)
        if left + 1 < hz.size:
            share = (edges[band + 2] - edges[band]) / 2 / step
            weights[band, left], weights[band, left + 1] = share * (1 - place + left), share * (place - left)
    return weights.astype(np.float32)


def pack(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pack sparse rows: [first bin, bins, offset] of each (int64 [rows, 3]), and their weights (float32, 1-D)."""
    spans, values = np.zeros((len(weights), 3), np.int64), []
    offset = 0
    for row, span in zip(weights, spans, strict=True):
        inside = np.flatnonzero(row)
        if inside.size:
            span[:] = inside[0], inside[-1] + 1 - inside[0], offset
            values.append(row[inside[0] : inside[-1] + 1])
            offset += int(span[1])
    return spans, np.concatenate([*values, np.zeros(1, np.float32)])


def cosines(rows: int = COEFFICIENTS, columns: int = BANDS) -> np.ndarray:
    """Return the orthonormal DCT-II as a matrix, float32 [rows, columns]."""
    matrix = np.cos(np.pi / columns * np.outer(np.arange(rows), np.arange(columns) + 0.5)) * np.sqrt(2 / columns)
    matrix[0] /= np.sqrt(2)
    return matrix.astype(np.float32)


@fast_kernel
def mel_bands(power, spans_address, weights_address, weights_size, previous_address, hop_ms, out):
    """Write the power of each band in dB, and flux, their mean rise since the last call. RT: callback."""
    spans, weights = i64(spans_address, 3 * BANDS), f32(weights_address, weights_size)
    previous = f32(previous_address, BANDS)
    rise = np.float32(0.0)
    for band in range(BANDS):
        first, offset = np.uint64(spans[3 * band]), np.uint64(spans[3 * band + 2])
        total = np.float32(0.0)
        for i in range(np.uint64(spans[3 * band + 1])):
            total += weights[offset + i] * power[first + i]
        db = power_db(total)
        rise += max(db - previous[band], np.float32(0.0))
        previous[band] = out[MEL + band] = db
    out[FLUX] = rise / np.float32(BANDS * hop_ms)


@fast_kernel
def mfcc(matrix, out):
    """Write the first coefficients of the cosine transform of the bands. RT: callback."""
    for row in range(COEFFICIENTS):
        total = np.float32(0.0)
        for band in range(np.uint64(BANDS)):
            total += matrix[np.uint64(row * BANDS) + band] * out[np.uint64(MEL) + band]
        out[MFCC + row] = total


#: What `mel_bands` remembers after a reset: silence.
SILENT_BAND = FLOOR_DB
