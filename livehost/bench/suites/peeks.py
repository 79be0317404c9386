"""What it costs the worker to look at what still sounds: a session with its peeks, against the same without them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from livehost.bench.material import RATE, demo_bank, make_settings, write_take
from livehost.bench.models import default_export
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.dsp.segmenter import SEGMENTER_IO, segmenter_at, segmenter_step
from livehost.engine.drivers.offline import OfflineDriver
from livehost.engine.worker.record import WORKER
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, call1, entry, kernel, record_at
from livehost.rt.platform import monotonic_ns
from livehost.synthesis.performer import perform

#: Rows that no segment has: what was shown so late is not due again.
_NEVER = 1 << 40
_TIMED = np.dtype([(name, "i8") for name in ("worker", "ns", "peeks")], align=True)
_step = kernel(segmenter_step.__wrapped__)


@entry(STEP)
def timed_step(address):
    """Let the worker take a step, add up its time, and count what it was shown. RT: worker."""
    t = record_at(address, _TIMED)
    began = monotonic_ns()
    call1(record_at(t.worker, WORKER).step, t.worker)
    t.ns += monotonic_ns() - began
    if record_at(record_at(t.worker, WORKER).segmenter_io, SEGMENTER_IO).peek != 0:
        t.peeks += 1
    return 0


@entry(STEP2)
def step_without_peeks(state_address, io_address):
    """Cut sound into segments, and show nothing of what still sounds. RT: worker."""
    segmenter_at(state_address).shown = _NEVER
    _step(state_address, io_address)
    record_at(io_address, SEGMENTER_IO).peek = 0
    return 0


def worker_seconds(take: Path, *, peeks: bool) -> tuple[float, int]:
    """Play a take offline; give the seconds that the worker took, and how often it was shown what sounded.

    Raises
    ------
    CannotRun
        Where it is not the model that plays.
    """
    from livehost.stage.stage import Stage

    values = make_settings(
        demo_bank(), audio__input=str(take), player__name="bank", player__model=str(default_export()),
        player__answer_delay_ms=12.0,
    )  # fmt: skip
    stage, timed = Stage(values, lambda _: None), zeros(1, _TIMED)
    try:
        if not peeks:
            stage.worker.state[0]["segmenter_step"] = step_without_peeks.address
        stage.start()
        active = stage.hot_swap.active[0]
        if not isinstance(stage.driver, OfflineDriver) or active is None or active.player.name != "bank":
            raise CannotRun("The peeks are measured with the model, offline.")
        timed[0] = (stage.worker.address, 0, 0)
        stage.driver.step_by(timed_step.address, timed.ctypes.data)
        while not stage.finished():
            pass
    finally:
        stage.close()
    return float(timed["ns"][0]) * 1e-9, int(timed["peeks"][0])


def run(context: Context) -> Iterator[Figure]:
    """Play both in turn, and compare the quickest of each."""
    rounds, seconds = (3, 6.0) if context.quick else (8, 20.0)
    take = write_take(context.scratch / "take.wav", perform(seconds, RATE, 6)[0])
    with_peeks, without, shown = [], [], 0
    for k in range(rounds):
        context.say(f"{k + 1} of {rounds} …")
        taken, shown = worker_seconds(take, peeks=True)
        with_peeks.append(taken)
        without.append(worker_seconds(take, peeks=False)[0])
    best, plain = min(with_peeks), min(without)
    note = f"{shown} peeks in {seconds:.0f} s of playing, at work {100 * best / seconds:.1f} % of the time"
    yield Figure("share of the worker's time", 100 * (best - plain) / seconds, "%", "ratio", noise=0.3, note=note)
    note = "of the time that it is at work"
    yield Figure("share of the worker's work", 100 * (best - plain) / best, "%", "ratio", noise=0.3, note=note)
