"""What the musician's beat costs the worker: a session that follows it, against the same that does not.

In mode answer, where both play the same; beside it what mode duo costs, which asks at each step whether a note is due.
"""

from collections.abc import Iterator

import numpy as np

from livehost.bench.material import RATE, write_take
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.worker_time import WorkerTime, as_it_is, work_through
from livehost.rt.native import STEP2, entry
from livehost.synthesis.takes import hat, kick, place, snare

#: A bar that is struck over and over, an eighth each; beats a minute.
_BAR, _BPM = (kick, hat, snare, hat, kick, kick, snare, hat), 112.0


@entry(STEP2)
def no_beat(_state_address, _io_address):
    """Follow no beat. RT: worker."""
    return 0


def _without(worker: np.void) -> None:
    worker["beat_step"] = no_beat.address


#: Sessions that are played in turn: name, what is taken out, mode.
_SESSIONS = (("with", as_it_is, "answer"), ("without", _without, "answer"), ("duo", as_it_is, "duo"))


def drums(seconds: float) -> np.ndarray:
    """Make a take with a beat, float32 [frames]."""
    random, eighth = np.random.default_rng(5), 30.0 / _BPM
    count = int(seconds / eighth) - 1
    sounds = [_BAR[k % len(_BAR)](random, RATE) for k in range(count)]
    frames = np.round((0.25 + eighth * np.arange(count)) * RATE).astype(np.int64)
    return place(sounds, frames, random.uniform(0.4, 0.6, count), round(seconds * RATE))


def run(context: Context) -> Iterator[Figure]:
    """Play all in turn, and compare the quickest of each."""
    rounds, seconds = (3, 10.0) if context.quick else (8, 20.0)
    take = write_take(context.scratch / "take.wav", drums(seconds))
    played: dict[str, list[WorkerTime]] = {name: [] for name, *_ in _SESSIONS}
    for k in range(rounds):
        context.say(f"{k + 1} of {rounds} …")
        for name, change, mode in _SESSIONS:
            played[name].append(work_through(take, change, player__mode=mode))
    with_beat, without, duo = (min(row.seconds for row in played[name]) for name in ("with", "without", "duo"))
    beats = played["with"][0].beats
    if beats == 0 or played["without"][0].beats != 0:
        raise CannotRun("No beat was heard where one was to be, or one where none could be.")
    note = f"{beats} beats in {seconds:.0f} s, at work {100 * with_beat / seconds:.1f} % of the time"
    yield Figure("more work by the beat", 100 * (with_beat / without - 1), "%", "ratio", noise=0.5, note=note)
    answers, own = played["with"][0].answers, played["duo"][0].answers
    note = f"against mode answer: {own} sounds of its own beside {answers} answers"
    yield Figure("more work in mode duo", 100 * (duo / with_beat - 1), "%", "ratio", noise=1.0, note=note)
