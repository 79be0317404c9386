"""What is measured of a sound: features as a listener at the stage would get them, loudness, root pitch."""

import threading
from dataclasses import dataclass

import numpy as np

from livehost.bank.decode import UnusableSound
from livehost.bank.loudness import Level, level
from livehost.dsp.features import SLICES, Analyzer
from livehost.dsp.loudness import LIMIT
from livehost.dsp.segment import summarize_cuts
from livehost.dsp.tables import LEVEL_SLOTS

#: Analysis as on stage by default.
FRAME_SAMPLES = 1024
HOP_SAMPLES = 128
#: Features are taken over this much from the attack on, as of what a musician plays (`listen.segment_ms`).
FEATURES_MS = 500.0
#: … and once more over their first rows alone, as a sound is known that has just begun: 2.7, 8, 16, 24, 48, 96 ms.
CUT_ROWS = (1, 3, 6, 9, 18, 36)
#: A root is looked for in this much.
ROOT_MS = 1000.0
#: A sound has a root where at least this part of its loud frames has a confident f0, and they agree.
CONFIDENT = 0.85
CONFIDENT_SHARE = 0.5
AGREE_SEMITONES = 0.5
#: Frames this far below the loudest say nothing about pitch.
LOUD_DB = -30.0
#: Two channels that cancel out (by this much) are heard by the louder one.
CANCELLED_DB = -30.0


@dataclass(frozen=True)
class Measures:
    """Float32 [SEGMENT_SIZE], float32 [cuts, SEGMENT_SIZE], MIDI pitch (nan if unpitched), and level."""

    features: np.ndarray
    cuts: np.ndarray
    root: float
    level: Level


def amplified(features: np.ndarray, gain: float) -> np.ndarray:
    """Give features of the same sound under a linear gain, float32 [..., SEGMENT_SIZE]."""
    louder = np.array(features, np.float32)
    louder[..., LEVEL_SLOTS] += np.float32(20 * np.log10(max(gain, 1e-6)))
    return louder


class FeatureExtractor:
    """Measures sounds in any number of threads.

    Parameters
    ----------
    rate : int
        Engine rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._mine = threading.local()
        self._analyzer()  # compiles here, not in every thread at once

    def measure(self, samples: np.ndarray, onset: int) -> Measures:
        """Measure one sound.

        Parameters
        ----------
        samples : numpy.ndarray
            Float32 [frames, channels].
        onset : int
            Attack, frames from the start: features begin there.

        Returns
        -------
        Measures

        Raises
        ------
        UnusableSound
            If its level is far beyond full scale (over +80 dBFS, where features are no longer measured).
        """
        measured = level(samples, self.rate)
        if measured.peak_db > 20 * np.log10(LIMIT):
            raise UnusableSound(f"is far beyond full scale ({measured.peak_db:+.0f} dBFS)")
        mono = heard(samples[onset : onset + round(ROOT_MS * self.rate / 1000)])
        frames = max(FRAME_SAMPLES, -(-len(mono) // HOP_SAMPLES) * HOP_SAMPLES)
        rows = self._analyzer().extract(np.pad(mono, (0, frames - len(mono))))
        whole = round(FEATURES_MS * self.rate / 1000 / HOP_SAMPLES)
        counts = np.minimum((*CUT_ROWS, whole), len(rows))
        *cuts, features = summarize_cuts(rows, np.zeros(len(counts), np.int64), counts, self.rate, HOP_SAMPLES)
        return Measures(features, np.array(cuts), root_pitch(rows), measured)

    def _analyzer(self) -> Analyzer:
        analyzer: Analyzer | None = getattr(self._mine, "analyzer", None)
        if analyzer is None:
            analyzer = self._mine.analyzer = Analyzer(self.rate, FRAME_SAMPLES, HOP_SAMPLES)
        return analyzer


def heard(samples: np.ndarray) -> np.ndarray:
    """Mix to mono, as the average of the channels; the louder one where they cancel each other out.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, 1 or 2].

    Returns
    -------
    numpy.ndarray
        Float32 [frames].
    """
    mono = samples.mean(axis=1, dtype=np.float32)
    energies = np.square(samples, dtype=np.float64).sum(axis=0)
    if np.square(mono, dtype=np.float64).sum() < energies.max() * 10 ** (CANCELLED_DB / 10):
        return np.ascontiguousarray(samples[:, int(np.argmax(energies))])
    return np.ascontiguousarray(mono)


def root_pitch(rows: np.ndarray) -> float:
    """Median pitch of a sound.

    Parameters
    ----------
    rows : numpy.ndarray
        Float32 [hops, FEATURE_SIZE], from the attack on.

    Returns
    -------
    float
        MIDI pitch (69 = 440 Hz), nan where few frames are pitched or they disagree.
    """
    f0, confidence, level_db = (rows[:, SLICES[name]][:, 0] for name in ("f0", "f0_confidence", "rms"))
    loud = level_db > level_db.max() + LOUD_DB
    pitched = loud & (confidence >= CONFIDENT) & (f0 > 0)
    if pitched.sum() < max(3, CONFIDENT_SHARE * loud.sum()):
        return float("nan")
    pitches = 69 + 12 * np.log2(f0[pitched].astype(np.float64) / 440)
    root = float(np.median(pitches))
    return root if np.median(np.abs(pitches - root)) <= AGREE_SEMITONES else float("nan")
