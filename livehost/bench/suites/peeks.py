"""What it costs the worker to look at what still sounds: a session with its peeks, against the same without them."""

from collections.abc import Iterator

import numpy as np

from livehost.bench.material import RATE, write_take
from livehost.bench.suite import Context, Figure
from livehost.bench.worker_time import WorkerTime, as_it_is, work_through
from livehost.dsp.segmenter import SEGMENTER_IO, segmenter_at, segmenter_step
from livehost.rt.native import STEP2, entry, kernel, record_at
from livehost.synthesis.performer import perform

#: Rows that no segment has: what was shown so late is not due again.
_NEVER = 1 << 40
#: So long that what sounds is looked at.
_DELAY_MS = 12.0
_step = kernel(segmenter_step.__wrapped__)


@entry(STEP2)
def step_without_peeks(state_address, io_address):
    """Cut sound into segments, and show nothing of what still sounds. RT: worker."""
    segmenter_at(state_address).shown = _NEVER
    _step(state_address, io_address)
    record_at(io_address, SEGMENTER_IO).peek = 0
    return 0


def _without(worker: np.void) -> None:
    worker["segmenter_step"] = step_without_peeks.address


def run(context: Context) -> Iterator[Figure]:
    """Play both in turn, and compare the quickest of each."""
    rounds, seconds = (3, 6.0) if context.quick else (8, 20.0)
    take = write_take(context.scratch / "take.wav", perform(seconds, RATE, 6)[0])
    with_peeks: list[WorkerTime] = []
    without: list[WorkerTime] = []
    for k in range(rounds):
        context.say(f"{k + 1} of {rounds} …")
        for change, rows in ((as_it_is, with_peeks), (_without, without)):
            rows.append(work_through(take, change, player__answer_delay_ms=_DELAY_MS))
    best, plain = (min(row.seconds for row in rows) for rows in (with_peeks, without))
    shown = with_peeks[0].peeks
    note = f"{shown} peeks in {seconds:.0f} s of playing, at work {100 * best / seconds:.1f} % of the time"
    yield Figure("share of the worker's time", 100 * (best - plain) / seconds, "%", "ratio", noise=0.3, note=note)
    note = "of the time that it is at work"
    yield Figure("share of the worker's work", 100 * (best - plain) / best, "%", "ratio", noise=0.3, note=note)
