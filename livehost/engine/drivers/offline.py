"""The offline driver: callback and worker in lockstep, as fast as it goes, the same to the bit every time."""

import numpy as np

from livehost.engine.callback import callback
from livehost.engine.drivers.base import DEFAULT_RATE, channel_numbers, output_pair
from livehost.engine.state import EngineState
from livehost.engine.worker.loop import worker_step
from livehost.engine.worker.state import WorkerState
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call1, call_callback, entry, record_at, run1
from livehost.settings import Settings

LOCKSTEP = np.dtype(
    [
        ("callback", "i8"),
        ("engine", "i8"),
        ("step", "i8"),
        ("worker", "i8"),
        ("inp", "i8"),
        ("out", "i8"),
        ("block", "i8"),
        ("ragged", "u8"),  # state of the generator of block lengths, 0 for equal blocks
        ("frames", "i8"),  # to run in this call
    ],
    align=True,
)


@entry(STEP)
def lockstep(address):
    """Run callback and worker in turn over a number of frames. RT: worker."""
    c = record_at(address, LOCKSTEP)
    done = np.int64(0)
    while done < c.frames:
        length = c.block
        if c.ragged != 0:  # xorshift64
            c.ragged ^= c.ragged << np.uint64(13)
            c.ragged ^= c.ragged >> np.uint64(7)
            c.ragged ^= c.ragged << np.uint64(17)
            length = np.int64(c.ragged % np.uint64(c.block)) + 1
        length = min(length, c.frames - done)
        call_callback(c.callback, c.inp, c.out, length, 0, 0, c.engine)
        call1(c.step, c.worker)
        done += length
    return done


class OfflineDriver:
    """Time as arithmetic; see `Driver`. `run` moves it."""

    name = "offline"
    realtime = is_card = False

    def __init__(self, values: Settings) -> None:
        self.rate = float(values["audio.rate"] or DEFAULT_RATE)
        self.block = values["audio.block"]
        self.listened = channel_numbers(values, "audio.input_channels")
        self.pair = output_pair(values)
        self.inputs, self.outputs = max(self.listened) + 1, max(self.pair) + 1
        self.device, self.note = "offline (as fast as it goes)", ""
        self._ragged = 0x9E3779B97F4A7C15 if values["audio.ragged"] else 0
        self._inp = zeros(self.block * self.inputs, np.float32)
        self._out = zeros(self.block * self.outputs, np.float32)
        self._lockstep = zeros(1, LOCKSTEP)
        self._step = run1(lockstep)

    def start(self, engine: EngineState, worker: WorkerState) -> None:
        """Make ready for `run`."""
        self._lockstep[0] = (
            callback.address, engine.address, worker_step.address, worker.address, self._inp.ctypes.data,
            self._out.ctypes.data, self.block, self._ragged, 0,
        )  # fmt: skip

    def step_by(self, function: int, state: int) -> None:
        """Have the worker's steps taken by another function (`STEP`), such as one that times them."""
        self._lockstep[0]["step"], self._lockstep[0]["worker"] = function, state

    def run(self, frames: int) -> None:
        """Compute a number of frames."""
        self._lockstep[0]["frames"] = frames
        self._step(self._lockstep.ctypes.data)

    def stop(self) -> None:
        """Nothing runs between two calls of `run`."""
