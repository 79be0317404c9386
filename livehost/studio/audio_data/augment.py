"""Sound made different, so that a model learns what it hears and not how it was recorded.

The transforms are audiomentations'; every parameter is drawn here, so that a seed makes the same sound again.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import audiomentations
import numpy as np
from scipy.signal import fftconvolve

from livehost.studio.audio_data.segments import RATE

Transform = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def _fixed(name: str, **limits: float) -> audiomentations.core.transforms_interface.BaseWaveformTransform:
    """Return a transform with each parameter at one value."""
    both = {f"{end}_{key}": value for key, value in limits.items() for end in ("min", "max")}
    return getattr(audiomentations, name)(p=1.0, **both)


def _apply(transform: object, sound: np.ndarray) -> np.ndarray:
    out = transform(samples=sound, sample_rate=RATE)  # type: ignore[operator]
    return np.ascontiguousarray(out, np.float32)


def _low_pass(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return _apply(_fixed("LowPassFilter", cutoff_freq=float(np.exp(rng.uniform(np.log(1500), np.log(10000))))), sound)


def _high_pass(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return _apply(_fixed("HighPassFilter", cutoff_freq=float(np.exp(rng.uniform(np.log(40), np.log(400))))), sound)


def _peak(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    hz = float(np.exp(rng.uniform(np.log(150), np.log(8000))))
    return _apply(_fixed("PeakingFilter", center_freq=hz, gain_db=float(rng.uniform(-12, 12)), q=1.0), sound)


def _shelf(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    name = "LowShelfFilter" if rng.random() < 0.5 else "HighShelfFilter"
    hz = float(rng.uniform(100, 400) if name == "LowShelfFilter" else rng.uniform(2000, 8000))
    return _apply(_fixed(name, center_freq=hz, gain_db=float(rng.uniform(-10, 8)), q=0.7), sound)


def _drive(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return _apply(_fixed("TanhDistortion", distortion=float(rng.uniform(0.02, 0.5))), sound)


def _noise(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return _apply(_fixed("AddGaussianSNR", snr_db=float(rng.uniform(25, 55))), sound)


def _room(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Add a room: noise that decays, darker the later."""
    seconds, wet = rng.uniform(0.1, 0.9), 10 ** (rng.uniform(-26, -8) / 20)
    t = np.arange(int(seconds * RATE)) / RATE
    tail = rng.standard_normal(len(t)).astype(np.float32) * np.exp(-6.9 * t / seconds).astype(np.float32)
    tail[1:] = 0.5 * (tail[1:] + tail[:-1])
    tail[: int(0.004 * RATE)] = 0.0
    tail *= np.float32(wet / np.sqrt(np.square(tail).sum() + 1e-9))
    return (sound + fftconvolve(sound, tail)[: len(sound)]).astype(np.float32)


#: How a sound is coloured: name, chance, how. None of them moves an onset.
COLOURS: tuple[tuple[str, float, Transform], ...] = (
    ("drive", 0.2, _drive),
    ("low pass", 0.25, _low_pass),
    ("high pass", 0.2, _high_pass),
    ("peak", 0.4, _peak),
    ("shelf", 0.3, _shelf),
    ("room", 0.35, _room),
    ("noise", 0.25, _noise),
)


@contextmanager
def _seeded(rng: np.random.Generator) -> Iterator[None]:
    """Seed the generators that audiomentations draws from, and give them back as they were."""
    seed = int(rng.integers(1 << 31))
    before = random.getstate(), np.random.get_state()  # noqa: NPY002  the library's own
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])  # noqa: NPY002


def colour(sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Filter, drive, place and record a sound otherwise; onsets stay where they are.

    Parameters
    ----------
    sound : ndarray of float32, shape [frames]
        Sound at `RATE`.
    rng : numpy Generator
        Where all chance comes from.

    Returns
    -------
    ndarray of float32, shape [frames]
        With the peak between -20 and -1 dBFS.
    """
    with _seeded(rng):
        for _, chance, transform in COLOURS:
            if rng.random() < chance:
                sound = transform(sound, rng)
    peak = float(np.abs(sound).max(initial=0.0))
    level = 10 ** (rng.uniform(-20, -1) / 20)
    return (sound * np.float32(level / peak)).astype(np.float32) if peak > 0 else sound


def stretch(sound: np.ndarray, factor: float) -> np.ndarray:
    """Play a sound faster (factor above 1) or slower at the same pitch."""
    if abs(factor - 1.0) < 1e-3:
        return sound
    return _apply(
        audiomentations.TimeStretch(min_rate=factor, max_rate=factor, leave_length_unchanged=False, p=1.0), sound
    )


def shift_pitch(sound: np.ndarray, semitones: float) -> np.ndarray:
    """Transpose a sound, its onsets stay where they are."""
    return sound if abs(semitones) < 1e-3 else _apply(_fixed("PitchShift", semitones=semitones), sound)


def speed(sound: np.ndarray, factor: float) -> np.ndarray:
    """Play a sound faster and higher, or slower and lower, as tape does."""
    at = np.arange(0, max(len(sound) - 1, 0), factor)
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32)
