"""How times are taken: by native code, around every call, in rounds that alternate with the calibration kernel."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.bench.calibrate import Calibration, calibration
from livehost.bench.suite import Figure
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call1, call2, call_callback, entry, i64, record_at, run1
from livehost.rt.platform import monotonic_ns

_CALLS = np.dtype(
    [
        ("function", "i8"),
        ("form", "i8"),  # 1: int64(state), 2: int64(state, argument), 6: the audio callback
        ("state", "i8"),
        ("argument", "i8"),
        ("stride", "i8"),  # bytes that the argument moves on by after every call …
        ("wrap", "i8"),  # … and the calls after which it begins again
        ("frames", "i8"),  # of a block, for the callback
        ("output", "i8"),
        ("calls", "i8"),
        ("times", "i8"),  # int64 [calls], ns
    ],
    align=True,
)


@entry(STEP)
def time_calls(address):
    """Call a function again and again, and note how long each call takes. RT: worker."""
    c = record_at(address, _CALLS)
    times = i64(c.times, c.calls)
    for k in range(c.calls):
        argument = c.argument + (k % c.wrap) * c.stride
        began = monotonic_ns()
        if c.form == 6:
            call_callback(c.function, argument, c.output, c.frames, 0, 0, c.state)
        elif c.form == 2:
            call2(c.function, c.state, argument)
        else:
            call1(c.function, c.state)
        times[k] = monotonic_ns() - began
    return 0


@dataclass(frozen=True)
class Timing:
    """Times of one function.

    Attributes
    ----------
    times_us : np.ndarray
        Float64 [rounds, calls], µs; none left out.
    calibration_us : np.ndarray
        Float64 [rounds]: minimum of the calibration kernel beside each round.
    """

    times_us: np.ndarray
    calibration_us: np.ndarray

    @property
    def best_us(self) -> float:
        """Minimum of all calls."""
        return float(self.times_us.min())

    @property
    def typical_us(self) -> np.ndarray:
        """For calls that differ from one another: the median over calls of each call's minimum so far, by round."""
        return np.median(np.minimum.accumulate(self.times_us, axis=0), axis=1)

    def figure(self, name: str, *, scale: float = 1.0, unit: str = "µs", typical: bool = False, **more: Any) -> Figure:
        """Make the compute figure of these times: the minimum, or what is `typical`; `scale` turns µs into `unit`."""
        if typical:
            rounds = np.median(self.times_us, axis=1) * scale
            return Figure(
                name, float(self.typical_us[-1]) * scale, unit, "compute", samples=self.times_us.ravel() * scale,
                rounds=rounds, calibration_us=float(self.calibration_us.min()), **more,
            )  # fmt: skip
        return Figure(            name, self.best_us * scale, unit, "compute", samples=self.times_us.ravel() * scale,
            rounds=self.times_us.min(axis=1) * scale, calibration_us=float(self.calibration_us.min()), **more,
        )  # fmt: skip


class Timer:
    """Times native functions.

    Parameters
    ----------
    rounds : int
        Rounds at least, a pause apart; between them runs the calibration kernel.
    most : int, optional
        Rounds at most: a minimum counts when `_CONFIRMED` rounds have come near it, so noise asks for more of them.
    """

    _CALIBRATIONS = 20
    _PAUSE_S = 0.008
    _CONFIRMED, _NEAR = 3, 1.03

    def __init__(self, rounds: int = 12, most: int | None = None) -> None:
        self.rounds, self.most = rounds, most or 5 * rounds
        self._run = run1(time_calls)
        self._calibration = Calibration()

    def _times(self, calls: int, **what: int) -> np.ndarray:
        times, record = zeros(calls, np.int64), zeros(1, _CALLS)
        row = record[0]
        row["wrap"], row["calls"], row["times"] = 1, calls, times.ctypes.data
        for name, value in what.items():
            row[name] = value
        self._run(record.ctypes.data)
        return times / 1000.0

    def run_once(self, **what: int) -> None:
        """Call a function once, as `timed` would."""
        self._times(1, **what)

    def calibration_us(self, calls: int = _CALIBRATIONS) -> float:
        """Minimum of the calibration kernel now."""
        return float(self._times(calls, function=calibration.address, form=1, state=self._calibration.address).min())

    def timed(self, calls: int, *, warm_up: int = 20, before: Callable[[], None] | None = None, **what: int) -> Timing:
        """Time a function.

        Parameters
        ----------
        calls : int
            Per round.
        warm_up : int
            Calls before the first round.
        before : callable, optional
            Called before each round, untimed.
        **what : int
            ``function`` (address), ``form`` (1, 2 or 6), ``state``, and where wanted ``argument``, ``stride``,
            ``wrap``, ``frames``, ``output``.
        """
        if before is not None:
            before()
        self._times(warm_up, **what)
        rows: list[np.ndarray] = []
        calibrations: list[float] = []
        while len(rows) < self.rounds or (len(rows) < self.most and not self._sure(rows, calibrations)):
            time.sleep(self._PAUSE_S)
            first = self.calibration_us()
            if before is not None:
                before()
            rows.append(self._times(calls, **what))
            calibrations.append(min(first, self.calibration_us()))
        return Timing(np.array(rows), np.array(calibrations))

    def _sure(self, rows: list[np.ndarray], calibrations: list[float]) -> bool:
        """Whether several rounds agree on both minima."""
        for minima in (np.array([row.min() for row in rows]), np.array(calibrations)):
            if np.count_nonzero(minima <= self._NEAR * minima.min()) < self._CONFIRMED:
                return False
        return True


def timed_python(functions: Sequence[Callable[[], object]], rounds: int, warm_up: int = 2) -> list[np.ndarray]:
    """Time Python callables in turn, so that what disturbs one disturbs all: one array of µs each."""
    for function in functions:
        for _ in range(warm_up):
            function()
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, row in zip(functions, times, strict=True):
            began = time.perf_counter_ns()
            function()
            row.append((time.perf_counter_ns() - began) / 1000)
    return [np.array(row) for row in times]


def summary(samples: Sequence[float] | np.ndarray) -> dict[str, float]:
    """Count, minimum, median, 99th percentile and maximum of all samples."""
    data = np.asarray(samples, np.float64)
    if data.size == 0:
        return {}
    return {
        "count": data.size, "min": float(data.min()), "median": float(np.median(data)),
        "p99": float(np.percentile(data, 99)), "max": float(data.max()),
    }  # fmt: skip


def growth(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Exponent of the growth from the first to the last size: 1 is linear."""
    return math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
