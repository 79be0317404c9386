"""What a microphone makes of a stroke: when the detector tells of it, a room, noise, a level, a polarity."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from livehost.dsp.onset.detector import detect
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.strike.sounds import BEFORE, BEHIND, RANGES, StrikeSounds

#: Silence, or noise, that the detector hears before a stroke.
_QUIET = 4800
#: Level of a stroke's peak at the detector, dBFS: from and to.
_PEAK_DB = (-40.0, -3.0)
#: Reflections of a room: most of them, when they come (ms), and how loud they are (dB against the direct sound).
_REFLECTIONS, _DELAY_MS, _LEVEL_DB = 6, (1.0, 20.0), (-32.0, -10.0)

#: How much larger or smaller a drum may be made, natural logarithm.
_RESIZED = 0.12


@dataclass(frozen=True)
class Conditions:
    """Under what conditions strokes are heard.

    Parameters
    ----------
    noise_db : tuple of float
        Level of white noise against that of the window (RMS): drawn from here to there. −inf for none.
    room : float
        Share of the strokes that are heard in a room.
    """

    noise_db: tuple[float, float] = (-60.0, -30.0)
    room: float = 0.0


#: What is learnt from; and what is asked about, by name.
LEARNT = Conditions((-60.0, -27.0), 0.5)
ASKED = {
    "clean": Conditions((-np.inf, -np.inf)),
    "noise −30 dB": Conditions((-30.0, -30.0)),
    "noise −20 dB": Conditions((-20.0, -20.0)),
    "room, noise −30 dB": Conditions((-30.0, -30.0), 1.0),
}


def speeds(sounds: StrikeSounds, late: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw how much faster each sound is read, so that the same drums are heard in ever new sizes.

    Read faster, a drum is a smaller one, and its stick and its decay are, too: nothing but the unit of length is
    another. No drum leaves the range of sizes, and no window its recording.

    Parameters
    ----------
    sounds : StrikeSounds
    late : ndarray of int64, shape [n]
        As of `windows`.
    rng : Generator

    Returns
    -------
    ndarray of float32, shape [n]
        As `faster` of `windows`.
    """
    smallest, largest = RANGES.size_m
    recorded = FRAMES + BEHIND - 2 - np.clip(late, 0, BEHIND)
    highest = np.minimum(sounds.size_m / smallest, recorded / (FRAMES - 1))
    drawn = np.exp(rng.uniform(-_RESIZED, _RESIZED, len(sounds)))
    return np.clip(drawn, np.minimum(sounds.size_m / largest, highest), highest).astype(np.float32)


def windows(
    sounds: StrikeSounds,
    late: np.ndarray,
    conditions: Conditions,
    rng: np.random.Generator,
    faster: np.ndarray | None = None,
) -> np.ndarray:
    """Cut what the ear is given.

    Parameters
    ----------
    sounds : StrikeSounds
    late : ndarray of int64, shape [n]
        How many frames behind the beginning of the blow each window begins; negative before it.
    conditions : Conditions
    rng : Generator
    faster : ndarray of float32, shape [n], optional
        How much faster than it is each sound is read: its drum is so much smaller.

    Returns
    -------
    ndarray of float32, shape [n, FRAMES]
    """
    heard = _in_rooms(sounds.sound, conditions, rng)
    level = _level(heard)
    first = BEFORE + np.clip(late, -BEFORE, BEHIND)
    if faster is None:
        window = sliding_window_view(heard, FRAMES, axis=1)[np.arange(len(sounds)), first]
    else:
        window = _read(heard, first, faster)
    return _in_noise(window, level, conditions, rng)


def detected(sounds: StrikeSounds, conditions: Conditions, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Let the detector of the stage find each stroke, and cut what the ear is given then.

    Returns
    -------
    window : ndarray of float32, shape [n, FRAMES]
    late : ndarray of float64, shape [n]
        Frames from the beginning of the blow to the onset's; NaN where nothing was found.
    """
    heard = _heard(sounds.sound, conditions, rng)
    quiet = np.zeros((len(sounds), _QUIET), np.float32)
    if np.isfinite(conditions.noise_db[0]):
        level = np.sqrt((heard[:, :BEFORE] ** 2).mean(axis=1, keepdims=True))
        quiet += level * rng.standard_normal(quiet.shape).astype(np.float32)
    whole = np.concatenate([quiet, heard], axis=1)
    late = np.full(len(sounds), np.nan)
    window = np.zeros((len(sounds), FRAMES), np.float32)
    for row, sound in enumerate(whole):
        found = detect(sound, RATE, room_max_ms=0.0)["frame"] - (_QUIET + BEFORE)
        found = found[(found >= -BEFORE) & (found <= BEHIND)]
        if len(found):
            late[row] = found[0]
            first = _QUIET + BEFORE + int(found[0])
            window[row] = sound[first : first + FRAMES]
    return window, late


def _heard(sound: np.ndarray, conditions: Conditions, rng: np.random.Generator) -> np.ndarray:
    """Put strokes [n, frames] into rooms and noise (float32); all from one generator, in the order of the rows."""
    out = _in_rooms(sound, conditions, rng)
    return _in_noise(out, _level(out), conditions, rng)


def _in_rooms(sound: np.ndarray, conditions: Conditions, rng: np.random.Generator) -> np.ndarray:
    """Add reflections to some strokes (float32 [n, frames])."""
    count, frames = sound.shape
    out = sound.astype(np.float32)
    there = rng.uniform(size=count) < conditions.room
    number = np.where(there, rng.integers(1, _REFLECTIONS + 1, count), 0)
    delay = (rng.uniform(*_DELAY_MS, (count, _REFLECTIONS)) * 1e-3 * RATE).astype(np.int64)
    gain = rng.choice((-1.0, 1.0), delay.shape) * 10.0 ** (rng.uniform(*_LEVEL_DB, delay.shape) / 20.0)
    gain = gain.astype(np.float32)
    for row in np.flatnonzero(there):
        heard, direct = out[row], out[row].copy()
        for late, level in zip(delay[row, : number[row]].tolist(), gain[row], strict=False):
            heard[late:] += level * direct[: frames - late]
    return out


def _read(sound: np.ndarray, first: np.ndarray, faster: np.ndarray) -> np.ndarray:
    """Read FRAMES samples of each row from its first on, at a speed of its own, by linear interpolation."""
    at = faster[:, None] * np.arange(FRAMES, dtype=np.float32)
    whole = at.astype(np.int32)
    at -= whole
    whole += (first + np.arange(len(sound)) * sound.shape[1]).astype(np.int32)[:, None]
    flat = sound.ravel()
    one, other = flat[whole], flat[whole + 1]
    other -= one
    other *= at
    other += one
    return other


def _level(sound: np.ndarray) -> np.ndarray:
    """Compute the RMS of the windows that begin with the blow, [n]."""
    first = sound[:, BEFORE : BEFORE + FRAMES]
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", first, first) / FRAMES))


def _in_noise(sound: np.ndarray, level: np.ndarray, conditions: Conditions, rng: np.random.Generator) -> np.ndarray:
    """Add noise to strokes, against their levels [n], in place; then give each a level and a polarity."""
    count = len(sound)
    if np.isfinite(conditions.noise_db[0]):
        level = level * 10.0 ** (rng.uniform(*conditions.noise_db, count) / 20.0)
        noise = rng.standard_normal(sound.shape, np.float32)
        noise *= level[:, None].astype(np.float32)
        sound += noise
    peak = np.maximum(np.maximum(sound.max(axis=1), -sound.min(axis=1)), 1e-9)
    gain = rng.choice((-1.0, 1.0), count) * 10.0 ** (rng.uniform(*_PEAK_DB, count) / 20.0) / peak
    sound *= gain[:, None].astype(np.float32)
    return sound
