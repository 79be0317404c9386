"""The calibration kernel: a fixed piece of work of the same kind as ours, which turns times into ratios.

A time in units of this kernel compares between machines, and between two moments of one noisy machine. What it does
must never change: a new constant here makes every stored baseline meaningless.
"""

import numpy as np

from livehost.rt.memory import zeros
from livehost.rt.native import STEP, entry, f32, record_at

_TABLE = 8192
_VOICES, _FRAMES = 384, 64
_WORK = np.dtype([("table", "i8"), ("mix", "i8"), ("sum", "f8")], align=True)


@entry(STEP)
def calibration(address):
    """Interpolate 384 voices of 64 frames from a table, window and weigh them: about 50 µs. RT: callback."""
    w = record_at(address, _WORK)
    table, mix = f32(w.table, _TABLE), f32(w.mix, _FRAMES)
    for i in range(_FRAMES):
        mix[i] = np.float32(0.0)
    for voice in range(_VOICES):
        position = 17.0 * voice
        for i in range(_FRAMES):
            whole = np.int64(position)
            t = np.float32(position - whole)
            a, b = table[whole & (_TABLE - 1)], table[(whole + 1) & (_TABLE - 1)]
            mix[i] += (a + t * (b - a)) * np.float32(0.1)
            position += 1.25 + 0.01 * voice
    for i in range(_FRAMES):
        w.sum = 0.5 * w.sum + np.sqrt(np.abs(np.float64(mix[i]))) + np.log10(1.0 + np.float64(mix[i]) * mix[i])
    return 0


class Calibration:
    """Memory of the kernel; `address` is what it takes."""

    def __init__(self) -> None:
        self._table, self._mix = zeros(_TABLE, np.float32), zeros(_FRAMES, np.float32)
        self._table[:] = np.sin(np.arange(_TABLE) * 0.37)
        self._work = zeros(1, _WORK)
        self._work[0] = (self._table.ctypes.data, self._mix.ctypes.data, 0.0)
        self.address: int = self._work.ctypes.data
