"""What is known of a sound after its first milliseconds: strokes and plucks in a take, told apart by their nearest.

Sounds are made by synthesis and played with noise at several levels; they are heard as on stage: onsets by the
detector, frames from the onset on, the segment's summary of those that are over by then. A sound counts as known where
its nearest neighbours among sounds of other levels (or of other kits) are of its class; one whose onset was not heard
is of none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from livehost.bench.material import RATE
from livehost.dsp.features import Analyzer
from livehost.dsp.onset.detector import detect
from livehost.dsp.segment import SEGMENT_SLICES, summarize_cuts
from livehost.players.nearest.space import CLIP, column_weights
from livehost.settings import TABLE
from livehost.studio.evaluation.information import balanced_bits
from livehost.synthesis.string import String, pluck
from livehost.synthesis.takes import hat, kick, match, place, snare

#: Times after the onset, ms.
TIMES_MS = (2.7, 5.0, 8.0, 12.0, 20.0, 30.0, 50.0, 100.0)
#: Peaks of the same sound, dBFS, and the noise beside it (RMS).
LEVELS_DB = (0.0, -12.0, -24.0)
NOISE_DB = -50.0
#: A kit, in the order of its classes.
KIT = (kick, snare, hat)
#: Notes of a string, MIDI: four octaves, every pitch class as often.
NOTES = tuple(range(36, 84))
#: Neighbours that vote within one instrument, and across instruments.
WITHIN, ACROSS = 3, 5
_APART_S, _SOUNDS_S = 0.5, 0.35
_TOLERANCE_MS = 25.0


@dataclass(frozen=True)
class Heard:
    """What was heard of the sounds of one instrument.

    Attributes
    ----------
    features : np.ndarray
        Float32 [times, sounds, SEGMENT_SIZE]; only for sounds whose onset was heard.
    sound : np.ndarray
        Int64 [sounds], which sound it was.
    level : np.ndarray
        Int64 [sounds], which of `LEVELS_DB`.
    missed : np.ndarray
        Int64 [missed], sounds whose onset was not heard.
    """

    features: np.ndarray
    sound: np.ndarray
    level: np.ndarray
    missed: np.ndarray


def rows_by(ms: float, hop_samples: int) -> int:
    """Count the frames that are over so long after the onset, at least one."""
    return max(1, int(ms * RATE / 1000 / hop_samples + 0.01))


def listen(sounds: Sequence[Callable[[], np.ndarray]], repeats: int, seed: int) -> Heard:
    """Play each sound so often at each level, in random order, and listen.

    Parameters
    ----------
    sounds : sequence of callable
        Each plays its sound anew, float32 [frames], peak 1.
    repeats, seed : int
    """
    random = np.random.default_rng(seed)
    cells = [(sound, level) for sound in range(len(sounds)) for level in range(len(LEVELS_DB)) for _ in range(repeats)]
    order = np.array(cells, np.int64)[random.permutation(len(cells))]
    jitter = random.uniform(-0.02, 0.02, len(order))
    frames = np.round((_APART_S * (1 + np.arange(len(order))) + jitter) * RATE).astype(np.int64)
    played = [sounds[sound]()[: int(_SOUNDS_S * RATE)] for sound, _ in order]
    take = place(played, frames, 10 ** (np.array(LEVELS_DB)[order[:, 1]] / 20), int(_APART_S * (len(order) + 2) * RATE))
    take += (10 ** (NOISE_DB / 20) * random.standard_normal(len(take))).astype(np.float32)
    onsets = detect(take, RATE)["frame"]
    pairs = match(onsets, frames, _TOLERANCE_MS * RATE / 1000)
    hop, frame = (int(TABLE[f"listen.{name}_samples"].default) for name in ("hop", "frame"))
    analyzer, counts = Analyzer(RATE, frame, hop), [rows_by(ms, hop) for ms in TIMES_MS]
    most = max(counts)
    rows = np.concatenate([analyzer.extract(take[onsets[i] : onsets[i] + most * hop]) for i, _ in pairs])
    first = most * np.arange(len(pairs))
    features = [summarize_cuts(rows, first, np.full(len(pairs), count), RATE, hop) for count in counts]
    known = np.array([j for _, j in pairs], np.int64)
    missed = np.setdiff1d(np.arange(len(order)), known)
    return Heard(np.stack(features), order[known, 0], order[known, 1], order[missed, 0])


def classify(known: np.ndarray, classes: np.ndarray, asked: np.ndarray, neighbours: int) -> np.ndarray:
    """Give each row the class of most of its nearest neighbours; of as many, that of the nearest.

    Parameters
    ----------
    known : np.ndarray
        Float32 [n, SEGMENT_SIZE].
    classes : np.ndarray
        Int64 [n].
    asked : np.ndarray
        Float32 [m, SEGMENT_SIZE].
    neighbours : int

    Returns
    -------
    np.ndarray
        Int64 [m].
    """
    mean, scale = known.mean(0, dtype=np.float64), known.std(0, dtype=np.float64) + 1e-6
    weights = column_weights(SEGMENT_SLICES, known.shape[1])
    a, b = (np.clip((x - mean) / scale, -CLIP, CLIP) * weights for x in (known, asked))
    distance = (b**2).sum(1)[:, None] - 2 * b @ a.T + (a**2).sum(1)[None]
    near = classes[np.argsort(distance, axis=1, kind="stable")[:, :neighbours]]
    votes = np.stack([(near == k).sum(1) for k in range(classes.max() + 1)], axis=1).astype(np.float64)
    votes[np.arange(len(near)), near[:, 0]] += 0.5
    guesses: np.ndarray = votes.argmax(1)
    return guesses


def bits_within(heard: Heard, classes: np.ndarray, time: int) -> float:
    """Compute the bits that are known of one instrument's sounds, each level held out in turn.

    Parameters
    ----------
    heard : Heard
    classes : np.ndarray
        Int64 [sounds], the class of each sound.
    time : int
        Place in `TIMES_MS`.
    """
    count = int(classes.max()) + 1
    confusion = np.zeros((count, count + 1))
    for level in range(len(LEVELS_DB)):
        held = heard.level == level
        guesses = classify(
            heard.features[time][~held], classes[heard.sound[~held]], heard.features[time][held], WITHIN
        )  # fmt: skip
        np.add.at(confusion, (classes[heard.sound[held]], guesses), 1)
    np.add.at(confusion[:, count], classes[heard.missed], 1)
    return balanced_bits(confusion)


def bits_across(kits: Sequence[Heard], time: int) -> float:
    """Compute the bits that are known of a stroke on a kit that was never heard, each kit held out in turn."""
    confusion = np.zeros((len(KIT), len(KIT) + 1))
    for number, kit in enumerate(kits):
        others = [other for k, other in enumerate(kits) if k != number]
        guesses = classify(
            np.concatenate([other.features[time] for other in others]),
            np.concatenate([other.sound for other in others]), kit.features[time], ACROSS,
        )  # fmt: skip
        np.add.at(confusion, (kit.sound, guesses), 1)
        np.add.at(confusion[:, len(KIT)], kit.missed, 1)
    return balanced_bits(confusion)


def listen_to_kit(seed: int, repeats: int) -> Heard:
    """Listen to one kit: the same three sounds again and again."""
    random = np.random.default_rng([11, seed])
    made = [maker(random, RATE) for maker in KIT]
    return listen([partial(np.copy, sound) for sound in made], repeats, seed)


def listen_to_string(string: String, seed: int) -> Heard:
    """Listen to all `NOTES` of a string, each plucked anew."""
    random = np.random.default_rng([12, seed])

    def note(midi: int) -> np.ndarray:
        sound = pluck(string, 440.0 * 2 ** ((midi - 69) / 12), _SOUNDS_S, RATE, random)
        return (sound / np.abs(sound).max()).astype(np.float32)

    return listen([partial(note, midi) for midi in NOTES], 1, seed)
