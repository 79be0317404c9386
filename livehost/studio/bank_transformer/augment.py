"""Data augmentation of segment features: as another room, instrument or microphone would have given them.

Training sees far more music than there are recordings. Sound itself is varied where recordings are prepared; here the
features are, at no cost: louder or softer, brighter or darker, transposed, faster or slower, a little off, partly
unknown.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from livehost.dsp.mel import BANDS, COEFFICIENTS, HIGHEST_HZ, LOWEST_HZ, cosines, hz_to_mel, mel_to_hz
from livehost.dsp.tables import LEVEL_SLOTS, PITCH_CLASSES, SEGMENT_SIZE, SEGMENT_SLICES

_AT = {name: places.start for name, places in SEGMENT_SLICES.items()}
_MEL, _MFCC, _CHROMA, _START = (SEGMENT_SLICES[n] for n in ("mel_mean", "mfcc_mean", "chroma_mean", "start_mfcc"))
#: Slots in decibels or LKFS that follow the gain.
LEVELS = LEVEL_SLOTS
#: Slots in semitones that follow transposition; `pitch_mean` does where there is a pitch.
SEMITONES = [_AT[n] for n in ("zero_crossings_mean", "centroid_mean", "spread_mean", "rolloff_mean", "start_centroid")]
#: What may be unknown, all at once.
GROUPS = [
    LEVELS,
    [_AT[n] for n in ("log_duration", "temporal_centroid", "decay_slope")],
    [_AT[n] for n in ("log_attack_time", "attack_slope", "flux_mean", "flux_peak")],
    [_AT[n] for n in ("pitch_mean", "pitch_std", "f0_confidence_mean", "voiced")],
    list(range(_MEL.start, _MEL.stop)),
    list(range(_MFCC.start, _MFCC.stop)),
    list(range(*SEGMENT_SLICES["mfcc_std"].indices(SEGMENT_SIZE))),
    list(range(_CHROMA.start, _CHROMA.stop)),
    list(range(_START.start, _START.stop)),
    [*SEMITONES, _AT["skewness_mean"], _AT["flatness_mean"], _AT["entropy_mean"]],
]
_COSINES = cosines().astype(np.float64)


@dataclass(frozen=True)
class Strength:
    """How far features are moved; standard deviations unless said otherwise. 0 everywhere: not at all.

    Parameters
    ----------
    gain_db : float
    colour_db : float
        Of the first cosine coefficient; later ones move less.
    transpose : int
        Most semitones up or down (uniform).
    time : float
        Of the natural logarithm of the tempo.
    shift, stretch : float
        Of each feature over a whole sequence, in units of its scale; and of its logarithmic spread.
    noise : float
        Of each value, in units of its feature's scale.
    unknown : float
        Chance of each of `GROUPS` to be replaced by the mean.
    """

    gain_db: float = 6.0
    colour_db: float = 12.0
    transpose: int = 6
    time: float = 0.2
    shift: float = 0.15
    stretch: float = 0.08
    noise: float = 0.06
    unknown: float = 0.03


NONE = Strength(0, 0, 0, 0, 0, 0, 0, 0)


@lru_cache(maxsize=128)
def _transposer(semitones: int) -> tuple[np.ndarray, np.ndarray]:
    """Return matrices that move mel bands [BANDS, BANDS] and truncated cosine coefficients, for columns."""
    mels = np.linspace(hz_to_mel(LOWEST_HZ), hz_to_mel(HIGHEST_HZ), BANDS + 2)[1:-1]
    # band k now holds what stood a little lower
    wanted = hz_to_mel(mel_to_hz(mels) * 2.0 ** (-semitones / 12))
    place = np.interp(wanted, mels, np.arange(BANDS))
    left = np.minimum(place.astype(int), BANDS - 2)
    bands = np.zeros((BANDS, BANDS))
    bands[np.arange(BANDS), left] = 1 - (place - left)
    bands[np.arange(BANDS), left + 1] += place - left
    return bands, _COSINES @ bands @ _COSINES.T


def transpose(features: np.ndarray, semitones: int) -> np.ndarray:
    """Move segment features [n, SEGMENT_SIZE] up by semitones: pitch, chroma, colour."""
    x = np.array(features, np.float32)
    if not semitones:
        return x
    bands, coefficients = _transposer(semitones)
    mel = x[:, _MEL].copy()
    x[:, _MEL] = mel @ bands.T
    x[:, _MFCC] += (x[:, _MEL] - mel) @ _COSINES.T
    x[:, _START] = x[:, _START] @ coefficients.T
    x[:, SEMITONES] += semitones
    x[:, _AT["pitch_mean"]] += np.where(x[:, _AT["voiced"]] > 0, semitones, 0)
    x[:, _CHROMA] = np.roll(x[:, _CHROMA], semitones % PITCH_CLASSES, axis=1)
    return x


def colour(features: np.ndarray, gain_db: float, coefficients: np.ndarray) -> np.ndarray:
    """Play segment features [n, SEGMENT_SIZE] through a gain and a filter.

    Parameters
    ----------
    gain_db : float
    coefficients : ndarray, shape [COEFFICIENTS]
        Of the filter's curve in dB over the mel bands, as MFCC count; the first of them is ignored.
    """
    x = np.array(features, np.float32)
    curve = np.array(coefficients, np.float64)
    curve[0] = gain_db * np.sqrt(BANDS)
    x[:, LEVELS] += gain_db
    x[:, _MEL] += curve @ _COSINES
    x[:, _MFCC] += curve
    x[:, _START] += curve
    # a falling curve darkens: some semitones of the centroid per dB of slope
    x[:, [_AT["centroid_mean"], _AT["rolloff_mean"], _AT["start_centroid"]]] -= 0.2 * curve[1]
    return x


def retime(features: np.ndarray, factor: float) -> np.ndarray:
    """Let segments [n, SEGMENT_SIZE] last longer by a factor."""
    x = np.array(features, np.float32)
    x[:, _AT["log_duration"]] += np.log10(factor)
    x[:, _AT["temporal_centroid"]] *= factor
    x[:, _AT["decay_slope"]] /= factor
    x[:, _AT["centroid_slope"]] /= factor
    return x


def vary(
    features: np.ndarray, mean: np.ndarray, scale: np.ndarray, strength: Strength, random: np.random.Generator
) -> np.ndarray:
    """Augment segments: one random gain, filter and calibration for all of them, and noise for each.

    Parameters
    ----------
    features : ndarray of float32, shape [n, SEGMENT_SIZE]
    mean, scale : ndarray of float32, shape [SEGMENT_SIZE]
        Of the training data.
    strength : Strength
        Transposition and time are left to the caller: they concern all that sounds together.
    random : numpy.random.Generator

    Returns
    -------
    ndarray of float32, shape [n, SEGMENT_SIZE]
    """
    fall = strength.colour_db / np.arange(1, COEFFICIENTS + 1)
    x = colour(features, random.normal(0, strength.gain_db), random.normal(0, 1, COEFFICIENTS) * fall)
    spread = np.exp(random.normal(0, strength.stretch, SEGMENT_SIZE)).astype(np.float32)
    shift = (scale * random.normal(0, strength.shift, SEGMENT_SIZE)).astype(np.float32)
    x = (x - mean) * spread + (mean + shift)
    if strength.noise:
        x += random.standard_normal(x.shape, np.float32) * (scale * np.float32(strength.noise * random.random()))
    for group, chance in zip(GROUPS, random.random(len(GROUPS)), strict=True):
        if chance < strength.unknown:
            x[:, group] = mean[group]
    return x
