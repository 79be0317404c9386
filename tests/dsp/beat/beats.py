"""Kernels of the beat, to be called by hand."""

import numpy as np

from livehost.dsp.beat import given, grid, strokes
from livehost.dsp.beat.state import EXPECTED
from livehost.dsp.beat.tracker import BeatTracker
from livehost.rt.native import STEP2, entry, f64, kernel, record_at, run2

RATE = 48_000


@kernel
def _ask(address, v):
    v[1] = grid.beat_sure(address, np.int64(v[0]))
    v[2] = grid.beat_position(address, np.int64(v[0]))
    v[3] = grid.position_frame(address, v[2])
    v[4] = grid.next_grid(address, np.int64(v[0]), v[5])
    v[6] = grid.position_frame(address, v[4])
    v[7], v[8] = grid.bar_of(address, v[2], np.int64(v[9]))
    v[10] = grid.next_bar(address, np.int64(v[0]), np.int64(v[9]))


@entry(STEP2)
def _asked(address, values):
    _ask(address, f64(values, 11))
    return 0


@entry(STEP2)
def _begin(address, values):
    v = f64(values, 2)
    given.begin_beat(address, np.int64(v[0]), v[1])
    return 0


@entry(STEP2)
def _give(address, values):
    v = f64(values, 4)
    if v[2] == 0.0:
        given.free_beat(address)
    else:
        given.give_beat(address, np.int64(v[0]), v[1], v[2], np.int64(v[3]))
    return 0


@entry(STEP2)
def _expect(address, values):
    v = f64(values, 5)
    out = record_at(values + 40, EXPECTED)
    strokes.expect_stroke(address, np.int64(v[0]), np.int64(v[1]), np.int64(v[2]), out)
    return 0


class Grid:
    """What the kernels say of a tracker's beat."""

    def __init__(self, tracker: BeatTracker) -> None:
        self.tracker = tracker

    def ask(self, frame: int, *, divisions: float = 4.0, quantum: int = 4) -> dict[str, float]:
        values = np.zeros(11)
        values[0], values[5], values[9] = frame, divisions, quantum
        run2(_asked)(self.tracker.address, values.ctypes.data)
        names = ("frame", "sure", "position", "back", "next", "_", "next_frame", "bar", "beat", "_", "next_bar")
        return dict(zip(names, values.tolist(), strict=True))

    def begin(self, frame: int, period: float) -> None:
        values = np.array([frame, period], np.float64)
        run2(_begin)(self.tracker.address, values.ctypes.data)

    def give(self, number: int, frame: float, period: float, downbeat: int = 0) -> None:
        values = np.array([number, frame, period, downbeat], np.float64)
        run2(_give)(self.tracker.address, values.ctypes.data)

    def free(self) -> None:
        self.give(0, 0.0, 0.0)

    def expect(self, now: int, head: np.ndarray | None = None, head_onset: int = -1) -> tuple[int, float, float]:
        """Frame, probability and spread of the next stroke."""
        values = np.zeros(8)
        values[0], values[1], values[2] = now, head.ctypes.data if head is not None else 0, head_onset
        run2(_expect)(self.tracker.address, values.ctypes.data)
        out = values[5:].view(EXPECTED)[0]
        return int(out["frame"]), float(out["probability"]), float(out["spread"])
