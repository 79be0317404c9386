"""The null driver: a native clock thread calls the callback in real time, without a sound card."""

import time

import numpy as np

from livehost.engine.callback import callback
from livehost.engine.drivers.base import DEFAULT_RATE, channel_numbers, output_pair
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.rt.atomics import load_acquire
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call_callback, entry, record_at
from livehost.rt.platform import monotonic_ns, sleep_until_ns
from livehost.rt.thread import NativeThread
from livehost.settings import Settings

CLOCK = np.dtype(
    [
        ("callback", "i8"),
        ("engine", "i8"),
        ("inp", "i8"),
        ("out", "i8"),
        ("block", "i8"),
        ("period_ns", "f8"),
        ("stop", "i8"),
        ("patience", "i8"),  # blocks that it may be behind before it gives them up
    ],
    align=True,
)
_UNDERFLOW = 0x4


@entry(STEP)
def clock_loop(address):
    """Call the callback once a block period, on absolute deadlines; what cannot be caught up is an xrun. RT: worker."""
    c = record_at(address, CLOCK)
    began = monotonic_ns()
    ticks = np.int64(0)
    flags = np.int64(0)
    while load_acquire(c.stop) == 0:
        deadline = began + np.int64(ticks * c.period_ns)
        sleep_until_ns(deadline)
        behind = monotonic_ns() - deadline
        if behind > c.period_ns * c.patience:
            flags = np.int64(_UNDERFLOW)
            began = monotonic_ns()
            ticks = 0
        call_callback(c.callback, c.inp, c.out, c.block, 0, flags, c.engine)
        flags = np.int64(0)
        ticks += 1
    return 0


class Clock:
    """Calls a callback in real time, without a sound card.

    Parameters
    ----------
    callback, user : int
        Addresses of the callback and of its user data.
    rate : float
        Hz.
    block : int
        Frames in a call.
    inputs, outputs : int
        Channels.
    """

    def __init__(self, callback: int, user: int, rate: float, block: int, inputs: int, outputs: int) -> None:
        self._inp, self._out = zeros(block * inputs, np.float32), zeros(block * outputs, np.float32)
        self._stop, self._clock = zeros(8, np.int64), zeros(1, CLOCK)
        self._clock[0] = (
            callback, user, self._inp.ctypes.data, self._out.ctypes.data, block, block / rate * 1e9,
            self._stop.ctypes.data, 4,
        )  # fmt: skip
        self._thread = NativeThread(clock_loop, self._clock.ctypes.data, "livehost clock")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the block in hand."""
        self._stop[0] = 1
        self._thread.join()


class NullDriver:
    """A clock in place of a sound card; see `Driver`."""

    name = "null"
    realtime, is_card = True, False

    def __init__(self, values: Settings, note: str = "") -> None:
        self.rate = float(values["audio.rate"] or DEFAULT_RATE)
        self.block = values["audio.block"]
        self.listened = channel_numbers(values, "audio.input_channels")
        self.pair = output_pair(values)
        self.inputs, self.outputs = max(self.listened) + 1, max(self.pair) + 1
        self.device, self.note = "no sound card (own clock)", note
        self._clock: Clock | None = None

    def start(self, engine: EngineState, worker: WorkerState) -> None:  # noqa: ARG002
        """Begin to call the callback."""
        self._clock = Clock(callback.address, engine.address, self.rate, self.block, self.inputs, self.outputs)
        self._clock.start()

    def run(self, frames: int) -> None:
        """Wait until so many frames have been played; see `Driver`."""
        time.sleep((frames + 2 * self.block) / self.rate)

    def stop(self) -> None:
        """Stop after the block in hand."""
        if self._clock is not None:
            self._clock.stop()
