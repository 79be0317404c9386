"""How long the worker is at work in a session, as it plays, and with a part of it taken out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.material import demo_bank, make_settings
from livehost.bench.models import default_export
from livehost.bench.suite import CannotRun
from livehost.dsp.segmenter import SEGMENTER_IO
from livehost.engine.drivers.offline import OfflineDriver
from livehost.engine.worker.record import WORKER
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call1, entry, record_at
from livehost.rt.platform import monotonic_ns

_TIMED = np.dtype([(name, "i8") for name in ("worker", "ns", "peeks")], align=True)


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


@dataclass(frozen=True)
class WorkerTime:
    """What a session took.

    Attributes
    ----------
    seconds : float
        That the worker was at work.
    peeks : int
        How often it was shown what still sounded.
    answers : int
        Sounds that were played.
    beats : int
        Beats of the musician's that were heard.
    """

    seconds: float
    peeks: int
    answers: int
    beats: int


def work_through(take: Path, change: Callable[[np.void], None], **settings: Any) -> WorkerTime:
    """Play a take offline with the model.

    Parameters
    ----------
    take : Path
    change : callable
        Is given the worker's record before it begins, to take a part out.
    **settings
        By their keys, with two underscores for a dot.

    Raises
    ------
    CannotRun
        Where it is not the model that plays.
    """
    from livehost.stage.stage import Stage

    values = make_settings(
        demo_bank(), audio__input=str(take), player__name="bank", player__model=str(default_export()), **settings
    )
    stage, timed = Stage(values, lambda _: None), zeros(1, _TIMED)
    try:
        change(stage.worker.state[0])
        stage.start()
        active = stage.hot_swap.active[0]
        if not isinstance(stage.driver, OfflineDriver) or active is None or active.player.name != "bank":
            raise CannotRun("The worker's time is measured with the model, offline.")
        timed[0] = (stage.worker.address, 0, 0)
        stage.driver.step_by(timed_step.address, timed.ctypes.data)
        while not stage.finished():
            pass
        counts = stage.monitor.stats.counts
    finally:
        stage.close()
    return WorkerTime(float(timed["ns"][0]) * 1e-9, int(timed["peeks"][0]), counts["sample"], counts["heard_beat"])


def as_it_is(_worker: np.void) -> None:
    """Take nothing out."""
