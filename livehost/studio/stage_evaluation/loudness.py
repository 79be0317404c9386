"""How loud: a stroke over its first 100 ms, an answer as it sounds, music as a whole."""

import numpy as np

from livehost.bank.loudness import level
from livehost.studio.stage_evaluation.session import RATE

WINDOW_S = 0.1
#: An answer's gain is read from its sound over this time after its start, s: what follows is over by then.
_SETTLED_S = (0.055, 0.2)
#: Blocks below this, LKFS, are rests; and those this far below the mean of the others (EBU R 128).
_GATE_DB, _RELATIVE_DB = -60.0, -10.0


def stroke_level_db(sound: np.ndarray, frames: np.ndarray) -> np.ndarray:
    """Give the RMS of the 100 ms from each frame on, dBFS, float64 [strokes]."""
    size = int(WINDOW_S * RATE)
    return np.array([10 * np.log10(np.mean(np.square(sound[f : f + size], dtype=np.float64)) + 1e-12) for f in frames])


def heard_gain_db(played: np.ndarray, item: np.ndarray, start: int) -> float:
    """Read the gain of a voice from the sound: the projection of what is played on its item.

    Parameters
    ----------
    played : np.ndarray
        Float32 [frames], as it leaves.
    item : np.ndarray
        Float32 [frames], the item as it stands in the bank, mono.
    start : int
        Frame at which the voice begins, in `played`.

    Returns
    -------
    float
        dB; nan where the item is too short or too quiet to tell.
    """
    first, last = (int(s * RATE) for s in _SETTLED_S)
    shape = item[first:last].astype(np.float64)
    part = played[start + first : start + first + len(shape)].astype(np.float64)
    shape = shape[: len(part)]
    power = float(shape @ shape)
    if len(shape) < RATE // 100 or power < 1e-3 * float(np.square(item[:last], dtype=np.float64).sum()) + 1e-9:
        return float("nan")
    gain = float(part @ shape) / power
    return 20 * float(np.log10(gain)) if gain > 1e-4 else float("nan")


def integrated_db(sound: np.ndarray) -> float:
    """Give the loudness of music without its rests: K-weighted, gated, LKFS; nan for silence."""
    size = int(WINDOW_S * RATE)
    blocks = sound[: len(sound) // size * size].reshape(-1, size, 1)
    loud = np.array([level(block, RATE).loudness_db for block in blocks])
    loud = loud[loud > _GATE_DB]
    if not len(loud):
        return float("nan")
    loud = loud[loud > _mean_db(loud) + _RELATIVE_DB]
    return _mean_db(loud)


def _mean_db(values: np.ndarray) -> float:
    return 10 * float(np.log10(np.mean(10 ** (values / 10))))
