"""The replay driver: callback and worker in lockstep, with the blocks that a session had; see `engine.input_log`."""

import numpy as np

from livehost.engine.callback import callback
from livehost.engine.input_log import BLOCK, next_value
from livehost.engine.state import ENGINE, MAX_BLOCK, EngineState
from livehost.engine.worker.loop import worker_step
from livehost.engine.worker.state import WorkerState
from livehost.rt.native import STEP, call1, call_callback, entry, record_at, run1

REPLAY = np.dtype(
    [
        ("callback", "i8"),
        ("engine", "i8"),
        ("step", "i8"),
        ("worker", "i8"),
        ("block", "i8"),  # length of the block before
        ("until", "i8"),
    ],
    align=True,
)


@entry(STEP)
def replay_blocks(address):
    """Run callback and worker in turn, block by block, as long as a block ends at `until` or before. RT: worker."""
    c = record_at(address, REPLAY)
    e = record_at(c.engine, ENGINE)
    while True:
        length = min(next_value(e.input_log, BLOCK, e.frame, c.block), MAX_BLOCK)
        if length <= 0 or e.frame + length > c.until:
            return e.frame
        c.block = length
        call_callback(c.callback, 0, 0, length, 0, 0, c.engine)
        call1(c.step, c.worker)


class ReplayDriver:
    """Runs an engine and a worker whose input logs replay a session.

    Parameters
    ----------
    engine : EngineState
        With the session's input as its source.
    worker : WorkerState
    block : int
        Frames of a block where no input says another length.
    """

    def __init__(self, engine: EngineState, worker: WorkerState, block: int) -> None:
        self._kept = (engine, worker)
        self._record = np.zeros(1, REPLAY)
        self._record[0] = (callback.address, engine.address, worker_step.address, worker.address, block, 0)
        self._run = run1(replay_blocks)

    def run_until(self, frame: int) -> int:
        """Run all blocks that end at this frame or before it; gives the frame where the last of them ended."""
        self._record["until"] = frame
        return self._run(self._record.ctypes.data)
