"""From what a model has made to a sound of a bank: made audible, trimmed, brought to the loudness of all, checked."""

from dataclasses import dataclass

import numpy as np

from livehost.bank.decode import UnusableSound
from livehost.bank.loudness import Level
from livehost.bank.measure import FeatureExtractor, amplified
from livehost.bank.slice import attack, take, trim
from livehost.growing.candidates import Candidate
from livehost.growing.checks import CHECKS, SILENT, SILENT_DB
from livehost.studio.audio.voice import Voice


@dataclass(frozen=True)
class Finished:
    """A candidate as a sound.

    Attributes
    ----------
    candidate : Candidate
    reason : str
        Why it is no sound of a bank, a key of `livehost.growing.checks.WORDS`; "" where it is one, and the rest is so.
    sound : numpy.ndarray
        Float32 [n].
    level : Level
        Of the sound.
    features : numpy.ndarray
        Float32 [SEGMENT_SIZE].
    """

    candidate: Candidate
    reason: str
    sound: np.ndarray
    level: Level
    features: np.ndarray


_NOTHING = np.zeros(0, np.float32)


def finish(candidate: Candidate, voice: Voice, meter: FeatureExtractor) -> Finished:
    """Make a sound of a candidate, and check it; what is near another one is found later.

    Parameters
    ----------
    candidate : Candidate
    voice : Voice
    meter : FeatureExtractor
        At the rate of the sound.
    """
    rate = meter.rate
    if voice.loudest_db(candidate.made) < SILENT_DB:
        return _rejected(candidate, SILENT)
    raw = voice.sound(candidate.made, candidate.number)
    for check in CHECKS[:1]:
        if check.fails(raw, rate):
            return _rejected(candidate, check.name)
    try:
        sound = take(raw[:, None], trim(raw[:, None], rate), rate)
        onset = attack(sound, rate)
        measures = meter.measure(sound, onset)
    except UnusableSound:
        return _rejected(candidate, SILENT)
    for check in CHECKS[1:]:
        if check.fails(sound[:, 0], rate):
            return _rejected(candidate, check.name)
    gain = measures.level.gain
    gain_db = 20 * np.log10(gain)
    level = Level(measures.level.loudness_db + gain_db, measures.level.peak_db + gain_db)
    return Finished(candidate, "", sound[:, 0] * np.float32(gain), level, amplified(measures.features, gain))


def _rejected(candidate: Candidate, reason: str) -> Finished:
    return Finished(candidate, reason, _NOTHING, Level(-np.inf, -np.inf), _NOTHING)
