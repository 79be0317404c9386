"""Gate, sensitivity and refractory time for a musician in a room, from a stretch of music and one of the room alone.

Nobody tells which onsets are true. So the detector listens at many sensitivities; each candidate gets a probability by
the least sensitivity that finds it, by how far the music stands above the noise, and by how often the room alone sets
off the detector at that sensitivity; and the sensitivity is suggested whose F1 is expected to be the highest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livehost.dsp.onset.detector import detect
from livehost.settings import TABLE
from livehost.soundcheck.levels import Sound, measure

#: Sensitivities that are tried; the refractory time meanwhile, ms.
SENSITIVITIES = (0.0, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_TRIED_MS = 20.0
#: The gate stands so far below the noise of the room, dB, and is raised by steps where the room alone sets off the
#: detector, as long as that costs no more than so much of the expected F1; its ends, dBFS.
BELOW_NOISE_DB = 6.0
_RAISED_DB, _COST = (6.0, 9.0, 12.0, 15.0), 0.01
_GATES_DB = (-85.0, -20.0)
#: Logistic regression on simulated rooms (`python -m livehost.bench.fit_soundcheck`): constant, sensitivity, level
#: above the noise (10 dB), the product of both, share of what the room alone sets off.
WEIGHTS = (2.22, -3.52, 0.68, -1.47, -0.48)
#: A stretch begins out of nothing: what is heard so soon is none of the room's, s.
_SETTLE_S = 0.5
#: Two candidates so near are the same one, ms; music that stands so far above the noise is as clear as can be, dB.
SAME_MS, _CLEAR_DB = 25.0, 50.0
#: Of sensitivities that promise about as much, the one nearer to what did best over all of these rooms is taken.
_CHANGE, _USUAL = 0.1, 0.7
#: The refractory time is this share of the shortest distance that is usual, within these ends, in these steps, ms.
_SHARE, _REFRACTORY_MS, _STEP_MS = 0.6, (20.0, 60.0), 5.0


@dataclass(frozen=True)
class Preview:
    """What the detector is suggested to be set to, and what it would hear.

    Attributes
    ----------
    gate_db, sensitivity, refractory_ms : float
        See the settings of these names.
    onsets : int
        How many it hears in the music with these.
    false_per_minute : float
        How many it hears in a minute of the room alone.
    expected_f1 : float
        What is expected of them, 0 … 1.
    """

    gate_db: float
    sensitivity: float
    refractory_ms: float
    onsets: int
    false_per_minute: float
    expected_f1: float

    def settings(self) -> dict[str, float]:
        """Give them by key."""
        return {
            "input.gate_db": self.gate_db, "listen.sensitivity": self.sensitivity,
            "listen.refractory_ms": self.refractory_ms,
        }  # fmt: skip


@dataclass(frozen=True)
class Candidates:
    """Onsets that there may be: frames, and the least sensitivity (by place) that finds each; both int [n]."""

    frames: NDArray[np.int64]
    places: NDArray[np.int64]


@dataclass(frozen=True)
class Listened:
    """What the detector heard at each of `SENSITIVITIES`.

    Attributes
    ----------
    gate_db : float
        Gate that it listened with.
    above_db : float
        Level of the music above the noise, dB.
    found : list of int64 [onsets]
        Onsets of the music.
    false : float64 [sensitivities]
        Onsets a second in the room alone.
    heard : float64 [sensitivities]
        Onsets a second in the music.
    candidates : Candidates
    """

    gate_db: float
    above_db: float
    found: list[NDArray[np.int64]]
    false: NDArray[np.float64]
    heard: NDArray[np.float64]
    candidates: Candidates


def suggest(music: Sound, quiet: Sound, rate: float) -> Preview:
    """Suggest settings for the onset detector.

    Parameters
    ----------
    music : float32 [frames]
        The musician, as in the show, without livehost.
    quiet : float32 [frames]
        The room alone; may be empty.
    rate : float
        Hz.

    Returns
    -------
    Preview
    """
    listened = listen(music, quiet, rate)
    frames = listened.candidates.frames
    likely = probabilities(features(listened))
    expected = [expected_f1(found, frames, likely, SAME_MS * rate / 1000) for found in listened.found]
    smooth = np.convolve(
        np.pad(expected, 1, mode="edge"), (0.25, 0.5, 0.25), "valid"
    )  # few onsets are a coarse measure
    best = int(np.argmax(smooth - _CHANGE * np.abs(np.array(SENSITIVITIES) - _USUAL)))
    gate_db, f1, false = listened.gate_db, expected[best], float(listened.false[best])
    for raised_db in _RAISED_DB if false > 0 else ():
        gate = min(listened.gate_db + raised_db, _GATES_DB[1])
        now = expected_f1(_onsets(music, rate, gate, SENSITIVITIES[best]), frames, likely, SAME_MS * rate / 1000)
        if now < expected[best] - _COST or false == 0:
            break
        gate_db, f1, false = gate, now, _alone(quiet, rate, gate, SENSITIVITIES[best])
    refractory_ms = _refractory_ms(frames[likely > 0.5], rate)
    heard = _onsets(music, rate, gate_db, SENSITIVITIES[best], refractory_ms)
    return Preview(gate_db, SENSITIVITIES[best], refractory_ms, heard.size, 60 * false, f1)


def listen(music: Sound, quiet: Sound, rate: float) -> Listened:
    """Listen at every sensitivity; parameters as of `suggest`."""
    levels = measure(music, rate)
    noise_db = measure(quiet, rate).rms_db if quiet.size else levels.floor_db
    gate = float(round(float(np.clip(noise_db - BELOW_NOISE_DB, *_GATES_DB))))
    found = [_onsets(music, rate, gate, s) for s in SENSITIVITIES]
    false = np.array([_alone(quiet, rate, gate, s) for s in SENSITIVITIES])
    heard = np.array([onsets.size for onsets in found]) * rate / music.size
    return Listened(gate, levels.loud_db - noise_db, found, false, heard, gather(found, SAME_MS * rate / 1000))


def features(listened: Listened) -> NDArray[np.float64]:
    """Describe each candidate as `WEIGHTS` wants it: float64 [candidates, len(WEIGHTS)]."""
    places = listened.candidates.places
    share = np.minimum(listened.false / np.maximum(listened.heard, 0.1), 1.0)[places]
    above = float(np.clip(listened.above_db, 0.0, _CLEAR_DB)) / 10
    sensitivity, ones = np.array(SENSITIVITIES)[places], np.ones(places.size)
    return np.stack([ones, sensitivity, above * ones, sensitivity * above, share], axis=1)


def probabilities(described: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the probability that each candidate is a true onset."""
    return 1.0 / (1.0 + np.exp(-(described @ np.array(WEIGHTS))))


def gather(found: list[NDArray[np.int64]], same: float) -> Candidates:
    """Gather what was found at all sensitivities, the lowest first; what is nearer than `same` frames is one."""
    frames: list[int] = []
    places: list[int] = []
    for place, onsets in enumerate(found):
        known = np.array(sorted(frames), np.int64)
        for frame in onsets:
            at = int(np.searchsorted(known, frame))
            near = known[max(at - 1, 0) : at + 1]
            if not near.size or np.abs(near - frame).min() > same:
                frames.append(int(frame))
                places.append(place)
    order = np.argsort(frames, kind="stable")
    return Candidates(np.array(frames, np.int64)[order], np.array(places, np.int64)[order])


def expected_f1(
    onsets: NDArray[np.int64], frames: NDArray[np.int64], likely: NDArray[np.float64], same: float
) -> float:
    """Give the F1 that is expected of onsets where the candidates at `frames` are true with a probability each."""
    if not onsets.size or not frames.size:
        return 0.0
    after = np.clip(np.searchsorted(frames, onsets), 0, frames.size - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(np.abs(frames[before] - onsets) <= np.abs(frames[after] - onsets), before, after)
    hits = np.unique(nearest[np.abs(frames[nearest] - onsets) <= same])
    return 2 * float(likely[hits].sum()) / (onsets.size + float(likely.sum()))


def _alone(quiet: Sound, rate: float, gate_db: float, sensitivity: float) -> float:
    """Count the onsets a second that the room alone sets off; 0 where it was not listened to."""
    alone_s = quiet.size / rate - _SETTLE_S
    return (
        float(np.sum(_onsets(quiet, rate, gate_db, sensitivity) > _SETTLE_S * rate)) / alone_s if alone_s > 0 else 0.0
    )


def _onsets(
    samples: Sound, rate: float, gate_db: float, sensitivity: float, refractory_ms: float = _TRIED_MS
) -> NDArray[np.int64]:
    found = detect(
        samples, rate, room_max_ms=0.0, gate_db=gate_db, sensitivity=sensitivity, refractory_ms=refractory_ms
    )  # fmt: skip
    return np.asarray(found["frame"], np.int64)


def _refractory_ms(frames: NDArray[np.int64], rate: float) -> float:
    """Choose a refractory time by the distances of likely onsets."""
    if frames.size < 3:
        return float(TABLE["listen.refractory_ms"].default)
    usual_ms = float(np.percentile(np.diff(frames), 5)) * 1000 / rate
    return float(np.clip(_STEP_MS * round(_SHARE * usual_ms / _STEP_MS), *_REFRACTORY_MS))
