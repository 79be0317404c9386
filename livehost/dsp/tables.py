"""The two tables of features: what each slot of a frame's vector and of a segment's vector means."""

import hashlib
from typing import NamedTuple

MEL_BANDS = 40
MFCC_SIZE = 13
PITCH_CLASSES = 12


class Feature(NamedTuple):
    """One row: a name, how many slots it takes, its unit, and what it is."""

    name: str
    size: int
    unit: str
    help: str


def slices(table: tuple[Feature, ...]) -> dict[str, slice]:
    """Return the place of each feature in the vector."""
    places, at = {}, 0
    for feature in table:
        places[feature.name] = slice(at, at + feature.size)
        at += feature.size
    return places


def slot_names(table: tuple[Feature, ...]) -> tuple[str, ...]:
    """Return one name per slot, such as `centroid` or `mel[3]`."""
    return tuple(f.name if f.size == 1 else f"{f.name}[{i}]" for f in table for i in range(f.size))


FEATURES = (
    Feature("rms", 1, "dBFS", "root mean square of the frame; a full-scale sine is −3.01"),
    Feature("loudness", 1, "LKFS", "K-weighted level of the frame (ITU-R BS.1770, without gating)"),
    Feature("peak", 1, "dBFS", "largest sample of the newest hop: the level with the finest time"),
    Feature("zero_crossings", 1, "1/s", "changes of sign a second"),
    Feature("centroid", 1, "Hz", "mean frequency, weighted by magnitude; 0 in silence"),
    Feature("spread", 1, "Hz", "standard deviation of frequency around the centroid"),
    Feature("skewness", 1, "1", "third standardised moment of frequency: > 0 with a tail towards the high"),
    Feature("rolloff", 1, "Hz", "85 % of the magnitude lies below"),
    Feature("flatness", 1, "1", "geometric over arithmetic mean of the powers: 0 a tone, 1 white or silent"),
    Feature("entropy", 1, "1", "entropy of the powers over that of a flat spectrum: 0 a single bin, 1 flat or silent"),
    Feature("flux", 1, "dB/ms", "mean rise of the mel bands since the last hop"),
    Feature("mel", MEL_BANDS, "dB", "power in bands of Slaney's mel scale, 40 to 16,000 Hz; not below −100"),
    Feature("mfcc", MFCC_SIZE, "dB", "orthonormal cosine transform of the mel bands"),
    Feature("chroma", PITCH_CLASSES, "1", "strength of the pitch classes from C on, the strongest 1; 0 in silence"),
    Feature("f0", 1, "Hz", "fundamental frequency, 40 to 2,000 Hz; 0 where unvoiced"),
    Feature("f0_confidence", 1, "1", "how nearly the sound repeats after one period; voiced from 0.7"),
    Feature("rms_delta", 1, "dB/ms", "slope of rms over the last 21 ms or so"),
    Feature("centroid_delta", 1, "Hz/ms", "slope of the centroid"),
    Feature("mfcc_delta", MFCC_SIZE, "dB/ms", "slope of each coefficient"),
)
FEATURE_SIZE = sum(feature.size for feature in FEATURES)
SLICES = slices(FEATURES)

SEGMENT_FEATURES = (
    Feature("log_duration", 1, "log10 s", "how long it was heard (up to max_ms)"),
    Feature("loudness_mean", 1, "LKFS", "mean loudness"),
    Feature("loudness_std", 1, "dB", "deviation of loudness"),
    Feature("loudness_peak", 1, "LKFS", "loudest frame"),
    Feature("rms_mean", 1, "dBFS", "mean level"),
    Feature("rms_std", 1, "dB", "deviation of level"),
    Feature("peak_level", 1, "dBFS", "largest sample"),
    Feature("log_attack_time", 1, "log10 s", "from 10 to 90 % of the peak, not below 1 ms"),
    Feature("attack_slope", 1, "dB/ms", "rise up to there, of 40 dB at most, over its time"),
    Feature("temporal_centroid", 1, "s", "centre of the envelope's mass"),
    Feature("decay_slope", 1, "dB/s", "slope of the level after the peak, down to 60 dB under it"),
    Feature("zero_crossings_mean", 1, "semitones", "half the crossings a second, as MIDI pitch"),
    Feature("centroid_mean", 1, "semitones", "centroid, as MIDI pitch"),
    Feature("centroid_std", 1, "semitones", "deviation of the centroid"),
    Feature("centroid_slope", 1, "semitones/s", "movement of the centroid: < 0 where it darkens"),
    Feature("spread_mean", 1, "semitones", "spread, as MIDI pitch of that many Hz"),
    Feature("skewness_mean", 1, "1", "skewness"),
    Feature("rolloff_mean", 1, "semitones", "rolloff, as MIDI pitch"),
    Feature("flatness_mean", 1, "1", "flatness"),
    Feature("flatness_std", 1, "1", "deviation of flatness"),
    Feature("entropy_mean", 1, "1", "entropy"),
    Feature("flux_mean", 1, "dB/ms", "flux"),
    Feature("flux_peak", 1, "dB/ms", "largest flux"),
    Feature("pitch_mean", 1, "semitones", "f0 of the voiced frames as MIDI pitch; 60 without any"),
    Feature("pitch_std", 1, "semitones", "its deviation"),
    Feature("f0_confidence_mean", 1, "1", "confidence"),
    Feature("voiced", 1, "1", "share of voiced frames, weighted as everything else"),
    Feature("mel_mean", MEL_BANDS, "dB", "mel bands"),
    Feature("mfcc_mean", MFCC_SIZE, "dB", "MFCC"),
    Feature("mfcc_std", MFCC_SIZE, "dB", "deviation of MFCC"),
    Feature("chroma_mean", PITCH_CLASSES, "1", "chroma"),
    Feature("start_loudness", 1, "LKFS", "mean loudness of the first 50 ms"),
    Feature("start_centroid", 1, "semitones", "centroid of the first 50 ms"),
    Feature("start_mfcc", MFCC_SIZE, "dB", "MFCC of the first 50 ms"),
)
SEGMENT_SIZE = sum(feature.size for feature in SEGMENT_FEATURES)
SEGMENT_SLICES = slices(SEGMENT_FEATURES)
SEGMENT_NAMES = slot_names(SEGMENT_FEATURES)
#: Slots of a segment in decibels or LKFS: those that a gain moves.
LEVEL_SLOTS = [
    SEGMENT_SLICES[n].start for n in ("loudness_mean", "loudness_peak", "rms_mean", "peak_level", "start_loudness")
]

#: Grows whenever a definition changes and its row above does not.
_VERSION = 2
#: Names this vector in banks and exports; the same at every rate.
SEGMENT_SCHEMA = "segment-" + hashlib.sha256(repr((_VERSION, FEATURES, SEGMENT_FEATURES)).encode()).hexdigest()[:12]
