"""What a microphone makes of a stroke: when the detector tells of it, a room, noise, a level, a polarity."""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.onset.detector import detect
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.strike.sounds import BEFORE, BEHIND, StrikeSounds

#: Silence, or noise, that the detector hears before a stroke.
_QUIET = 4800
#: Level of a stroke's peak at the detector, dBFS: from and to.
_PEAK_DB = (-40.0, -3.0)
#: Reflections of a room: most of them, when they come (ms), and how loud they are (dB against the direct sound).
_REFLECTIONS, _DELAY_MS, _LEVEL_DB = 6, (1.0, 20.0), (-32.0, -10.0)


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


def windows(sounds: StrikeSounds, late: np.ndarray, conditions: Conditions, rng: np.random.Generator) -> np.ndarray:
    """Cut what the ear is given.

    Parameters
    ----------
    sounds : StrikeSounds
    late : ndarray of int64, shape [n]
        How many frames behind the beginning of the blow each window begins; negative before it.
    conditions : Conditions
    rng : Generator

    Returns
    -------
    ndarray of float32, shape [n, FRAMES]
    """
    heard = _heard(sounds.sound.astype(np.float32), conditions, rng)
    first = BEFORE + np.clip(late, -BEFORE, BEHIND)
    return np.ascontiguousarray(np.take_along_axis(heard, first[:, None] + np.arange(FRAMES), axis=1))


def detected(sounds: StrikeSounds, conditions: Conditions, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Let the detector of the stage find each stroke, and cut what the ear is given then.

    Returns
    -------
    window : ndarray of float32, shape [n, FRAMES]
    late : ndarray of float64, shape [n]
        Frames from the beginning of the blow to the onset's; NaN where nothing was found.
    """
    heard = _heard(sounds.sound.astype(np.float32), conditions, rng)
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
    """Put strokes into rooms and noise (float32 [n, frames]); all from one generator, in the order of the rows."""
    count, frames = sound.shape
    out = sound.copy()
    for row in np.flatnonzero(rng.uniform(size=count) < conditions.room):
        for _ in range(int(rng.integers(1, _REFLECTIONS + 1))):
            delay = int(rng.uniform(*_DELAY_MS) * 1e-3 * RATE)
            gain = rng.choice((-1.0, 1.0)) * 10.0 ** (rng.uniform(*_LEVEL_DB) / 20.0)
            out[row, delay:] += np.float32(gain) * sound[row, : frames - delay]
    level = np.sqrt((out[:, BEFORE : BEFORE + FRAMES] ** 2).mean(axis=1))
    if np.isfinite(conditions.noise_db[0]):
        level *= 10.0 ** (rng.uniform(*conditions.noise_db, count) / 20.0)
        out += level[:, None].astype(np.float32) * rng.standard_normal(out.shape, np.float32)
    peak = np.maximum(np.abs(out).max(axis=1), 1e-9)
    gain = rng.choice((-1.0, 1.0), count) * 10.0 ** (rng.uniform(*_PEAK_DB, count) / 20.0) / peak
    return np.asarray(out * gain[:, None].astype(np.float32))
