"""Pulses with known beats, as lists of onsets: steady, swung, faster and faster, patterns; each as people play it.

What is made here is what the tracker may be tuned on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from livehost.studio.beat_evaluation.follow import Onsets, as_onsets

RATE = 48_000
#: How much later than it begins an onset is reported, frames.
DELAY = 96
LEAD_S = 0.5
#: A bar of each pattern: place in quarters, how often it is struck, level in dB.
Pattern = Sequence[tuple[float, float, float]]
PATTERNS: dict[str, Pattern] = {
    "quarters": [(k, 1.0, -10.0) for k in range(4)],
    "eighths": [(k / 2, 1.0, -10.0 - 3.0 * (k % 2)) for k in range(8)],
    "sixteenths": [(k / 4, 0.95, -8.0 - 3.0 * (k % 4 > 0) - 2.0 * (k % 2)) for k in range(16)],
    "rock": [(0, 1, -6), (0.5, 0.9, -16), (1, 1, -7), (1.5, 0.9, -16), (2, 1, -6), (2.5, 1, -9), (3, 1, -7), (3.5, 0.9, -16)],
    "funk": [
        (0, 1, -6), (0.75, 0.9, -11), (1, 1, -7), (1.75, 0.6, -14), (2.25, 0.6, -13), (2.5, 1, -7), (3, 1, -7),
        (3.5, 0.7, -12), (3.75, 0.4, -14),
    ],
    "tresillo": [(0, 1, -6), (1.5, 1, -8), (3, 1, -8), (2, 0.3, -14)],
    "sparse": [(0, 1, -6), (1.5, 0.7, -10), (2, 0.95, -8), (3, 0.6, -12)],
    "waltz": [(0, 1, -6), (1, 0.95, -11), (2, 0.95, -11), (2.5, 0.3, -14)],
    "busy": [(k / 4, 0.55 + 0.4 * (k % 4 == 0) + 0.2 * (k % 2 == 0), -8.0 - 5.0 * (k % 4 > 0)) for k in range(16)],
}  # fmt: skip


@dataclass(frozen=True)
class Pulse:
    """Onsets, and the beats that are true.

    Attributes
    ----------
    name : str
    onsets : Onsets
    beats : np.ndarray
        float64 [beats], frames.
    bpm : float
        At the end.
    """

    name: str
    onsets: Onsets
    beats: np.ndarray
    bpm: float


def pulse(
    pattern: str,
    bpm: float,
    seconds: float,
    *,
    jitter_ms: float = 4.0,
    swing: float = 0.5,
    faster: float = 0.0,
    seed: int = 0,
    clock: Callable[[float], float] | None = None,
) -> Pulse:
    """Play a pattern.

    Parameters
    ----------
    pattern : str
        Of `PATTERNS`.
    bpm : float
        Tempo at the beginning.
    seconds : float
        How long.
    jitter_ms : float
        Standard deviation of each stroke, ms.
    swing : float
        Where the second eighth of a beat is struck.
    faster : float
        By how much the tempo grows with each bar of four beats.
    seed : int
    clock : callable, optional
        Tempo at a time, s, in place of `bpm` and `faster`.
    """
    random, bar = np.random.default_rng(seed), PATTERNS[pattern]
    length = 3 if pattern == "waltz" else 4
    beats, now, beat = [], LEAD_S, 60.0 / bpm
    while now < LEAD_S + seconds:
        beats.append(now)
        beat = 60.0 / clock(now - LEAD_S) if clock is not None else beat / (1.0 + faster / 4.0)
        now += beat
    times, levels = [], []
    for k in range(len(beats) - 1):
        for place, often, level in bar:
            part = place - k % length
            if 0 <= part < 1 and random.random() < often:
                at = 2 * part * swing if part < 0.5 else swing + (2 * part - 1) * (1 - swing)
                times.append(beats[k] + at * (beats[k + 1] - beats[k]) + random.normal(0, jitter_ms / 1000))
                levels.append(level + random.normal(0, 1.5))
    frames = np.round(np.array(times) * RATE).astype(np.int64)
    return Pulse(f"{pattern} {bpm:.0f}", as_onsets(frames, levels, DELAY), np.array(beats) * RATE, 60.0 / beat)
