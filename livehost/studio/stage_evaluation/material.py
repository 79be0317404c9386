"""What the musician of the tests plays: a kit of strokes, a drone, a roll, takes; by synthesis, or from folders."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.scan import scan
from livehost.errors import LivehostError
from livehost.studio.stage_evaluation.session import RATE
from livehost.synthesis.takes import make_take, place, snare

#: Noise floor of what is made here, dBFS.
FLOOR_DB = -80.0
LEAD_S = 0.5


@dataclass(frozen=True)
class Strokes:
    """A take of strokes.

    Attributes
    ----------
    sound : np.ndarray
        Float32 [frames].
    frames : np.ndarray
        Int64 [strokes], where each begins.
    kind, level : np.ndarray
        Int64 [strokes], which sound it is, and which of the levels.
    """

    sound: np.ndarray
    frames: np.ndarray
    kind: np.ndarray
    level: np.ndarray


@dataclass(frozen=True)
class Take:
    """Music with a name, float32 [frames]."""

    name: str
    sound: np.ndarray


def with_noise(sound: np.ndarray, level_db: float, seed: int = 0) -> np.ndarray:
    """Add white noise of a level, RMS in dBFS, float32 [frames]."""
    noise = np.random.default_rng(seed).standard_normal(len(sound))
    return (sound + 10 ** (level_db / 20) * noise).astype(np.float32)


def strokes(
    sounds: list[np.ndarray], count: int, apart_s: float, levels_db: tuple[float, ...], seed: int = 0
) -> Strokes:
    """Play sounds in random order, each as often at each level as the others, or nearly so.

    Parameters
    ----------
    sounds : list of np.ndarray
        Float32 [frames] of peak 1, from their attack on.
    count : int
        Strokes.
    apart_s : float
        From one stroke to the next, s.
    levels_db : tuple of float
        Peaks, dBFS.
    seed : int
        Of the order.
    """
    random = np.random.default_rng(seed)
    cells = np.arange(count) % (len(sounds) * len(levels_db))
    order = random.permutation(cells)
    kind, level = order // len(levels_db), order % len(levels_db)
    frames = np.round((LEAD_S + apart_s * np.arange(count)) * RATE).astype(np.int64)
    gains = 10 ** (np.array(levels_db)[level] / 20)
    size = int((2 * LEAD_S + apart_s * count) * RATE)
    sound = place([sounds[k] for k in kind], frames, gains, size)
    return Strokes(with_noise(sound, FLOOR_DB, seed), frames, kind.astype(np.int64), level.astype(np.int64))


def roll(a_second: float, seconds: float, seed: int = 1) -> Strokes:
    """Play a roll on a snare drum: each stroke up to 2 ms early or late, and a little softer or louder."""
    random = np.random.default_rng(seed)
    sound = snare(random, RATE)
    count = int(a_second * seconds)
    times = LEAD_S + np.arange(count) / a_second + random.uniform(-0.002, 0.002, count)
    frames = np.round(times * RATE).astype(np.int64)
    take = place([sound] * count, frames, 0.4 * random.uniform(0.7, 1.0, count), int((2 * LEAD_S + seconds) * RATE))
    zeros = np.zeros(count, np.int64)
    return Strokes(with_noise(take, FLOOR_DB, seed), frames, zeros, zeros)


def drone(seconds: float = 30.0, hz: float = 110.0) -> np.ndarray:
    """Hold a chord of two strings whose colour moves slowly, float32 [frames]; −14 dBFS."""
    t = np.arange(int((seconds + 2 * LEAD_S) * RATE)) / RATE
    sound = np.zeros(len(t))
    for base in (hz, 1.5 * hz):
        for n in range(1, 13):
            bright = 1.5 + 0.9 * np.sin(2 * np.pi * (0.11 * t + 0.05 * n))
            sound += np.sin(2 * np.pi * n * base * (1 + 2e-4 * n) * t + n) * n**-bright
    envelope = np.clip(np.minimum(t - LEAD_S, t[-1] - LEAD_S - t) / 0.3, 0.0, 1.0)
    sound *= envelope
    return with_noise(sound * 10 ** (-14 / 20) / np.sqrt(np.mean(sound**2)), FLOOR_DB)


def own_takes(seconds: float, count: int) -> list[Take]:
    """Play takes by synthesis: a performer's, and one of mixed one-shots."""
    from livehost.synthesis.performer import perform

    made = [
        lambda: Take("performer", perform(seconds, RATE, 3)[0]),
        lambda: Take("mixed", make_take(5, RATE, seconds, "mixed")[0]),
        lambda: Take("drums", make_take(6, RATE, seconds, "drums")[0]),
    ]
    return [make() for make in made[:count]]


def takes_of(folder: Path, seconds: float, count: int, least_s: float = 1.0) -> list[Take]:
    """Read takes of a folder: mono, each its first seconds at most, peak −3 dBFS; evenly spread over the names.

    One that is shorter than `least_s` is passed over.

    Raises
    ------
    LivehostError
        Where there is none.
    """
    listing = scan(folder)
    names = [file.name for file in listing.files]
    places = np.linspace(0, len(names) - 1, min(count, len(names))).round().astype(int)
    takes = []
    for at in np.unique(places):
        try:
            sound = decode(folder / names[at], RATE).samples.mean(axis=1)[: int(seconds * RATE)]
        except (UnusableSound, OSError):
            continue
        if len(sound) >= least_s * RATE and np.abs(sound).max() > 0:
            takes.append(Take(Path(names[at]).stem, (sound * (0.7 / np.abs(sound).max())).astype(np.float32)))
    if not takes:
        raise LivehostError(f"There is no take of {least_s:g} s or more in {folder}.")
    return takes
