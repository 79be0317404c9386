"""Fits `livehost.soundcheck.onsets.WEIGHTS` to simulated rooms: ``python -m livehost.bench.fit_soundcheck [ROOMS]``.

The suite ``soundcheck`` measures them on others: those from `TESTED_FROM` on.
"""

import sys

import numpy as np
from numpy.typing import NDArray

from livehost.bench.sound_rooms import RATE, SoundRoom, sound_rooms
from livehost.soundcheck import onsets
from livehost.soundcheck.findings import choose_channel
from livehost.synthesis.takes import match

#: Seed from which rooms are for the suite alone.
TESTED_FROM = 1000
_ROOMS, _MUSIC_S, _SAME = 40, 9.0, onsets.SAME_MS * RATE / 1000
_RIDGE = 0.3


def described(room: SoundRoom) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Describe the candidates of a room's soundcheck, and tell which of them are true (1.0)."""
    capture, truth = room.soundcheck(_MUSIC_S)
    heard = np.ascontiguousarray(capture.heard[:, choose_channel(capture)])
    listened = onsets.listen(heard[slice(*capture.music)], heard[slice(*capture.quiet)], RATE)
    true = np.zeros(listened.candidates.frames.size)
    true[[i for i, _ in match(listened.candidates.frames, truth, _SAME)]] = 1.0
    return onsets.features(listened), true


def fit(rows: NDArray[np.float64], true: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression with a ridge, by Newton's method: float64 [features]."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (true - likely) - _RIDGE * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + _RIDGE * np.eye(weights.size)
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Print the weights."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _ROOMS
    found = [described(room) for room in sound_rooms(0, count)]
    rows, true = (np.concatenate(part) for part in zip(*found, strict=True))
    sys.stdout.write(f"WEIGHTS = {tuple(round(float(w), 2) for w in fit(rows, true))}  # {count} rooms\n")


if __name__ == "__main__":
    main()
