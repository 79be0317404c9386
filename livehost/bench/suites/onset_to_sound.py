"""From the first sample of an onset to the first sample of its answer, in frames: detector, decision and engine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from livehost.bench.material import RATE, demo_bank, make_settings, write_take
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.stage.offline import play_offline
from livehost.synthesis.takes import make_take, match

_TOLERANCE_MS = 25.0
_BLOCK = 64
_DELAY_MS = 10.0
#: Sets of one-shots with a sharp attack: what "onset" means to a musician who waits for an answer.
_KINDS = ("drums", "plucks", "mixed")


def answers(events: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Onset frame and start frame of every answer, int64 [n, 2], in the order of onsets."""
    rows = [(e["onset_frame"], e["frame"]) for e in events if e["kind"] == "sample" and e["reason"] == "answer"]
    return np.array(sorted(rows), np.int64).reshape(-1, 2)


def measure(
    context: Context, seeds: Sequence[int], seconds: float, **settings: Any
) -> tuple[np.ndarray, np.ndarray, int]:
    """Play takes of all kinds.

    Returns
    -------
    delays_ms : float64
        From the true onset to its answer's first frame.
    distances : int64
        Frames from the detected onset to its answer's first frame.
    onsets : int
        How many there were.
    """
    delays: list[float] = []
    distances: list[int] = []
    onsets = 0
    for kind in _KINDS:
        for seed in seeds:
            take, truth = make_take(seed, RATE, seconds, kind)
            path = write_take(context.scratch / "take.wav", take)
            rows = answers(
                play_offline(make_settings(demo_bank(), audio__input=str(path), audio__block=_BLOCK, **settings))
            )
            onsets += len(truth)
            distances += (rows[:, 1] - rows[:, 0]).tolist()
            pairs = match(rows[:, 0], truth, _TOLERANCE_MS * RATE / 1000)
            delays += [float(rows[i, 1] - truth[j]) * 1000 / RATE for i, j in pairs]
    if not delays:
        raise CannotRun("No onset was answered at all.")
    return np.array(delays), np.array(distances), onsets


def run(context: Context) -> Iterator[Figure]:
    """As soon as possible, then at a constant distance."""
    seeds, seconds = ((1,), 10.0) if context.quick else ((1, 2, 3, 4), 20.0)
    delays, _, onsets = measure(context, seeds, seconds)
    note = f"{len(delays)} answers to {onsets} onsets, blocks of {_BLOCK}"
    yield Figure("median", float(np.median(delays)), "ms", "exact", samples=delays, note=note)
    yield Figure("p99", float(np.percentile(delays, 99)), "ms", "exact")
    yield Figure("answered", 100 * len(delays) / onsets, "%", "exact", better="higher")
    delays, distances, _ = measure(context, seeds, seconds, player__answer_delay_ms=_DELAY_MS)
    errors = np.abs(distances - round(_DELAY_MS * RATE / 1000))
    note = f"{len(distances)} answers, {_DELAY_MS:g} ms after their onset"
    yield Figure("largest error with answer_delay", int(errors.max()), "frames", "exact", note=note)
    yield Figure("jitter with answer_delay", float(delays.std()), "ms", "exact", note="against the true onset")
