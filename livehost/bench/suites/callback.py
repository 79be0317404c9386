"""What a block costs: the whole callback, by number of voices, length of the block, and speed of the voices."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost import events
from livehost.bench.material import RATE
from livehost.bench.measure import Timer
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.engine.callback import callback
from livehost.engine.state import MAX_BLOCK, EngineState
from livehost.rt.memory import zeros
from livehost.settings import Settings

_ITEMS, _ITEM_FRAMES = 32, 5 * RATE
_VOICES, _QUICK_VOICES = (0, 1, 4, 16, 32, 64, 128, 192, 256), (0, 1, 16, 64, 128, 256)
_BLOCKS = (32, 64, 128, 256, 512)
_USUAL_VOICES, _USUAL_BLOCK = 128, 64
#: Speed of reading, and what the figure calls such voices.
_SPEEDS = {1.0: "voices", 1.37: "resampled voices"}
_CURVES = {"voices": "as recorded", "resampled voices": "resampled"}


class Desk:
    """An engine without a driver, whose voices can be started by hand.

    Parameters
    ----------
    function : entry, optional
        What to call in place of the callback.
    """

    def __init__(self, function: Any = None) -> None:
        from livehost.bank.synthetic import make_synthetic_bank

        values = Settings()
        values.update({"engine.voices": 256}, "flag")
        self.engine = EngineState(values, RATE)
        self.bank = make_synthetic_bank(_ITEMS, _ITEM_FRAMES, RATE)
        self.engine.use_bank(self.bank.block, self.bank.items)
        self._inp = zeros(MAX_BLOCK, np.float32)
        self._inp[:] = np.random.default_rng(1).normal(0, 0.01, MAX_BLOCK)
        self._out = zeros(2 * MAX_BLOCK, np.float32)
        self.function = function or callback

    def call(self, block: int) -> dict[str, int]:
        """Describe a call of the callback, for `Timer.timed`."""
        return {
            "function": self.function.address, "form": 6, "state": self.engine.address, "frames": block,
            "argument": self._inp.ctypes.data, "output": self._out.ctypes.data,
        }  # fmt: skip

    def start(self, voices: int, rate: float) -> None:
        """Silence what sounds, and queue `voices` new ones for the next block."""
        self.engine.voices["active"] = 0
        for _ in self.engine.events.drain():
            pass
        for k in range(voices):
            self.engine.control.push(
                events.new("voice", index=k % _ITEMS, gain_db=-50, rate=rate, offset=97 * k, onset_frame=-1)
            )


def run(context: Context) -> Iterator[Figure]:
    """Time every size once."""
    desk, timer = Desk(), Timer(8 if context.quick else 24)
    counts = _QUICK_VOICES if context.quick else _VOICES
    sizes = [(n, _USUAL_BLOCK) for n in counts] + [(_USUAL_VOICES, b) for b in _BLOCKS if b != _USUAL_BLOCK]
    for rate, word in _SPEEDS.items():
        for voices, block in sizes:
            if voices or rate == 1.0:
                yield measure(desk, timer, voices, block, rate, word)


def measure(desk: Desk, timer: Timer, voices: int, block: int, rate: float, word: str) -> Figure:
    """Time the callback with a number of voices, in per cent of the block's duration."""
    period_us = block / RATE * 1e6
    calls = min(150, int(0.9 * _ITEM_FRAMES / rate / block) - 8)

    def begin() -> None:
        desk.start(voices, rate)
        timer.run_once(**desk.call(block))

    timing = timer.timed(calls, before=begin, warm_up=5, **desk.call(block))
    sounding = int(np.count_nonzero(desk.engine.voices["active"]))
    if sounding != voices:
        raise CannotRun(f"{sounding} voices sounded where {voices} were started.")
    by_voices = block == _USUAL_BLOCK
    return timing.figure(
        f"{voices} {word}, {block} frames", typical=True, scale=100 / period_us, unit="%",
        x=voices if by_voices else block,
        curve=f"{_CURVES[word]} by {'voices' if by_voices else 'frames in a block'}",
        note=f"{timing.typical_us[-1]:.1f} µs",
    )  # fmt: skip
