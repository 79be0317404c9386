"""Levels of a channel: peak, clipping, DC, noise floor, hum, loudness."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livehost.dsp.loudness import BS1770_OFFSET_DB, k_weighting

Sound = NDArray[np.float32]

#: What is written for digital silence, dBFS.
SILENT_DB = -140.0
#: Samples at least so large have been cut by a converter; so many in a row are no coincidence.
CLIPPED, CLIPPED_RUN = 0.999, 2
#: Frequencies of the mains, Hz.
MAINS = (50.0, 60.0)
_HARMONICS = 8
_FRAME_S = 0.05


def decibels(amplitude: float) -> float:
    """Express an amplitude in dBFS."""
    return 20 * float(np.log10(max(amplitude, 10 ** (SILENT_DB / 20))))


@dataclass(frozen=True)
class Levels:
    """What a stretch of a channel is like.

    Attributes
    ----------
    peak_db : float
        Highest sample, dBFS.
    rms_db : float
        RMS without DC, dBFS.
    dc : float
        Mean, full scale 1.
    clipped : int
        Samples that a converter has cut.
    floor_db : float
        Level of the quietest twentieth of a second in twenty, dBFS.
    loud_db : float
        Level that one in ten twentieths of a second exceeds, dBFS.
    loudness : float
        Integrated loudness, LUFS.
    """

    peak_db: float
    rms_db: float
    dc: float
    clipped: int
    floor_db: float
    loud_db: float
    loudness: float


def measure(samples: Sound, rate: float) -> Levels:
    """Measure a stretch of one channel.

    Parameters
    ----------
    samples : float32 [frames]
        At least one frame.
    rate : float
        Hz.

    Returns
    -------
    Levels
    """
    x = np.asarray(samples, np.float64)
    dc = float(np.mean(x))
    x = x - dc
    size = max(1, min(round(_FRAME_S * rate), x.size))
    frames = np.sqrt(np.mean(x[: x.size // size * size].reshape(-1, size) ** 2, axis=1))
    low, high = np.percentile(frames, [5, 90])
    return Levels(
        peak_db=decibels(float(np.abs(samples).max())), rms_db=decibels(float(np.sqrt(np.mean(x * x)))), dc=dc,
        clipped=clipped(samples), floor_db=decibels(float(low)), loud_db=decibels(float(high)),
        loudness=loudness(x, rate),
    )  # fmt: skip


def clipped(samples: Sound) -> int:
    """Count samples in runs that stand at full scale: what a converter has cut."""
    full = np.concatenate([[False], np.abs(samples) >= CLIPPED, [False]])
    edges = np.flatnonzero(np.diff(full.astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= CLIPPED_RUN].sum())


def loudness(samples: NDArray[np.float64], rate: float) -> float:
    """Give the integrated loudness of one channel, LUFS (ITU-R BS.1770-5); `SILENT_DB` where all of it is silence."""
    spectrum, hz = np.fft.rfft(samples), np.fft.rfftfreq(samples.size, 1 / rate)
    z = np.exp(-2j * np.pi * hz / rate)
    for b0, b1, b2, a1, a2 in k_weighting(rate):
        spectrum = spectrum * (b0 + b1 * z + b2 * z**2) / (1 + a1 * z + a2 * z**2)
    weighted = np.fft.irfft(spectrum, samples.size)
    hop = max(1, round(0.1 * rate))
    power = np.mean(weighted[: weighted.size // hop * hop].reshape(-1, hop) ** 2, axis=1) if samples.size >= hop else ()
    blocks = np.convolve(power, np.full(4, 0.25), "valid") if len(power) >= 4 else np.asarray(power)
    levels = 10 * np.log10(np.maximum(blocks, 1e-14)) + BS1770_OFFSET_DB
    loud = blocks[levels > -70.0]
    if not loud.size:
        return SILENT_DB
    least = 10 * np.log10(loud.mean()) + BS1770_OFFSET_DB - 10.0
    kept = blocks[(levels > -70.0) & (levels > least)]
    return 10 * float(np.log10(kept.mean())) + BS1770_OFFSET_DB


@dataclass(frozen=True)
class Hum:
    """Hum of the mains: its frequency, and its level with its harmonics, dBFS."""

    hz: float
    level_db: float


def find_hum(quiet: Sound, rate: float) -> Hum | None:
    """Find hum of the mains in a stretch without music.

    Lines at the first harmonics of 50 or 60 Hz are held against the median of what is around them.

    Parameters
    ----------
    quiet : float32 [frames]
        A second or more.
    rate : float
        Hz.

    Returns
    -------
    Hum or None
        The stronger one; None where no line stands out by 10 dB.
    """
    x = np.asarray(quiet, np.float64) - np.mean(quiet)
    if x.size < rate:
        return None
    window = np.hanning(x.size)
    power = np.abs(np.fft.rfft(x * window)) ** 2 * 2 / np.sum(window) ** 2
    hz = np.fft.rfftfreq(x.size, 1 / rate)
    step = hz[1]
    found: list[Hum] = []
    for mains in MAINS:
        total = 0.0
        for harmonic in range(1, _HARMONICS + 1):
            at = mains * harmonic
            line = power[np.abs(hz - at) <= max(1.0, 2.5 * step)]
            around = power[(np.abs(hz - at) > 4.0) & (np.abs(hz - at) < 14.0)]
            if line.size and around.size and line.max() > 10 * 2.0 * np.median(around):
                # the bins of a line have 1.5 times its power, by the window, and noise
                total += max(float(line.sum()) - line.size * float(np.mean(around)), 0.0) / 1.5
        if total > 0:
            found.append(Hum(mains, 10 * float(np.log10(total))))
    return max(found, key=lambda hum: hum.level_db, default=None)
