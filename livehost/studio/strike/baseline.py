"""What is told of strokes without a network: from features of one frame, by ridge regression and by neighbours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from livehost.dsp import arrays
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.strike.scores import Answers
from livehost.studio.strike.sounds import StrikeSounds

#: Neighbours that vote, and how much ridge regression shrinks.
NEIGHBOURS, RIDGE = 10, 1e-3
#: Frames of silence before each window, so that nothing is heard of the one before.
_SILENCE = 3 * FRAMES
_LOWEST_HZ = 20.0

Features = Callable[[np.ndarray], np.ndarray]


def centroid_and_f0(window: np.ndarray) -> np.ndarray:
    """Give the logarithms of spectral centroid and fundamental frequency of windows (float64 [n, 2])."""
    columns = [_of_windows(function, window) for function in (arrays.spectral_centroid, arrays.f0)]
    return np.asarray(np.log(np.maximum(np.stack(columns, axis=1), _LOWEST_HZ)))


def mel_spectrum(window: np.ndarray) -> np.ndarray:
    """Give the mel spectrum of windows at one level (float64 [n, bands])."""
    level = np.sqrt((window.astype(np.float64) ** 2).mean(axis=1, keepdims=True))
    return np.asarray(_of_windows(arrays.mel_spectrum, 0.1 * window / np.maximum(level, 1e-9)), np.float64)


def _of_windows(function: Callable[..., np.ndarray], window: np.ndarray) -> np.ndarray:
    """Compute a feature of the frame that ends with each window."""
    apart = np.zeros((len(window), _SILENCE + FRAMES), np.float32)
    apart[:, _SILENCE:] = window
    rows = function(apart.ravel(), RATE, frame_samples=FRAMES, hop_samples=FRAMES)
    per_window = (_SILENCE + FRAMES) // FRAMES
    return rows[per_window - 1 :: per_window]


@dataclass(frozen=True)
class Baseline:
    """A method without a network.

    Attributes
    ----------
    name : str
    answers : callable
        Windows → `Answers`.
    """

    name: str
    answers: Callable[[np.ndarray], Answers]


def ridge(name: str, features: Features, window: np.ndarray, sounds: StrikeSounds) -> Baseline:
    """Fit ridge regression of size and position; the shape is the commonest of the neighbours'."""
    known = features(window)
    mean, scale = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-9)
    targets = np.stack([np.log(sounds.size_m), sounds.position], axis=1).astype(np.float64)
    design = _design((known - mean) / scale)
    weights = np.linalg.solve(
        design.T @ design + RIDGE * len(design) * np.eye(design.shape[1]), design.T @ targets
    )  # fmt: skip
    nearest = neighbours(name, features, window, sounds)

    def answers(asked: np.ndarray) -> Answers:
        found = _design((features(asked) - mean) / scale) @ weights
        return Answers(np.exp(found[:, 0]), nearest.answers(asked).shape, np.clip(found[:, 1], 0.0, 1.0))

    return Baseline(f"ridge: {name}", answers)


def neighbours(name: str, features: Features, window: np.ndarray, sounds: StrikeSounds) -> Baseline:
    """Keep all strokes; the nearest ones vote."""
    known = features(window)
    mean, scale = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-9)
    tree = cKDTree((known - mean) / scale)
    count = min(NEIGHBOURS, len(known))

    def answers(asked: np.ndarray) -> Answers:
        near = tree.query((features(asked) - mean) / scale, k=count)[1].reshape(len(asked), count)
        votes = np.stack([(sounds.shape[near] == kind).sum(axis=1) for kind in range(int(sounds.shape.max()) + 1)], 1)
        size = np.exp(np.log(sounds.size_m[near]).mean(axis=1))
        return Answers(size, votes.argmax(axis=1), sounds.position[near].mean(axis=1))

    return Baseline(f"nearest: {name}", answers)


def guess(sounds: StrikeSounds) -> Baseline:
    """Say the same of every stroke: the mean, and the commonest shape."""
    size, position = float(sounds.size_m.mean()), float(sounds.position.mean())
    shape = int(np.bincount(sounds.shape).argmax())
    return Baseline(
        "guess", lambda asked: Answers(*(np.full(len(asked), value) for value in (size, shape, position)))
    )  # fmt: skip


def baselines(window: np.ndarray, sounds: StrikeSounds) -> Sequence[Baseline]:
    """Fit all methods on windows [n, frames] and what they are of."""
    return [
        guess(sounds),
        ridge("centroid, f0", centroid_and_f0, window, sounds),
        ridge("mel spectrum", mel_spectrum, window, sounds),
        neighbours("mel spectrum", mel_spectrum, window, sounds),
    ]


def _design(features: np.ndarray) -> np.ndarray:
    """Append squares and a constant."""
    return np.concatenate([features, features**2, np.ones((len(features), 1))], axis=1)
