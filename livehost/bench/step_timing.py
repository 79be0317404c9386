"""Many steps of a model by native code, as the worker takes them; and the floor: the time to read what they touch."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.measure import Timer
from livehost.inference.ort_api import library
from livehost.inference.ort_native import NativeRun, run_session
from livehost.inference.recurrent_stepper import RecurrentStepper
from livehost.inference.stepper import Stepper
from livehost.rt.atomics import load_acquire
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, call2, entry, f32, fast_kernel, i64, record_at, run1
from livehost.rt.platform import monotonic_ns, sleep_until_ns
from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority
from livehost.rt.thread import NativeThread

#: More than any processor's last cache holds.
_MEMORY_BYTES = 192_000_000

_STEPS = np.dtype(
    [
        ("begin", "i8"),
        ("state", "i8"),
        ("tokens", "i8"),  # float32 [pool, size], taken in turn
        ("pool", "i8"),
        ("size", "i8"),
        ("token", "i8"),
        ("first", "i8"),  # number of the first token
        ("count", "i8"),
        ("times", "i8"),  # int64 [count], ns; 0: not wanted
        ("period_ns", "i8"),  # from step to step; 0: without a pause
        ("go", "i8"),  # address of int64: 0 until the thread has its priority
    ],
    align=True,
)


@fast_kernel
def _total(address, count):
    """Read float32 as fast as they come. RT: worker."""
    values, total = f32(address, count), np.float32(0.0)
    for i in range(count):
        total += values[i]
    return total


@entry(STEP2)
def read_memory(address, count):
    """Read `count` float32. RT: worker."""
    return np.int64(_total(address, count))


@entry(STEP)
def step_often(address):
    """Step token after token, each kept; the code of the first step that is not done. RT: worker."""
    s = record_at(address, _STEPS)
    token = f32(s.token, s.size)
    while load_acquire(s.go) == 0:
        sleep_until_ns(monotonic_ns() + 1_000_000)
    began = monotonic_ns()
    for k in range(s.count):
        row = f32(s.tokens + 4 * s.size * ((s.first + k) % s.pool), s.size)
        for i in range(s.size):
            token[i] = row[i]
        due = began + k * s.period_ns
        if s.period_ns > 0:
            sleep_until_ns(due)
        else:
            due = monotonic_ns()
        code = call2(s.begin, s.state, 1)
        if s.times != 0:
            i64(s.times, s.count)[k] = monotonic_ns() - due
        if code != 0:
            return code
    return 0


def make_tokens(size: int, count: int = 4096, seed: int = 0) -> np.ndarray:
    """Make standardised tokens of noise, float32 [count, size]."""
    return np.random.default_rng(seed).normal(0, 1, (count, size)).clip(-4, 4).astype(np.float32)


def step_many(
    stepper: Stepper | RecurrentStepper,
    tokens: np.ndarray,
    count: int,
    *,
    first: int = 0,
    period_us: float = 0.0,
    urgent: bool = False,
) -> np.ndarray:
    """Step tokens in turn, each kept; µs of each step, from when it was due.

    Parameters
    ----------
    stepper : Stepper or RecurrentStepper
        Whose back end is never pending.
    tokens : float32 [pool, token_size]
    count, first : int
        How many, and the number of the first: token k is row k % pool.
    period_us : float
        From step to step; 0: without a pause.
    urgent : bool
        On a thread with the audio thread's priority.
    """
    times, record = zeros(count, np.int64), zeros(1, _STEPS)
    go = zeros(1, np.int64)
    go[0] = int(not urgent)
    record[0] = (
        stepper.begin, stepper.state.address, tokens.ctypes.data, len(tokens), tokens.shape[1],
        stepper.token.ctypes.data, first, count,
        times.ctypes.data, round(period_us * 1000), go.ctypes.data,
    )  # fmt: skip
    if urgent:
        thread = NativeThread(step_often, record.ctypes.data, "livehost steps")
        thread.start()
        raise_priority(thread.tid, AUDIO_PRIORITY)
        go[0] = 1
        while not thread.join(60.0):
            pass
    elif run1(step_often)(record.ctypes.data):
        raise RuntimeError(stepper.trouble() or "a step is not finite")
    return times / 1000.0


def bytes_touched(stepper: Stepper, model_file: Path) -> int:
    """Count what one step has to read: all weights, all keys and values."""
    return model_file.stat().st_size + stepper.cache.k.nbytes + stepper.cache.v.nbytes


def bandwidths(timer: Timer, size: int) -> tuple[float, float]:
    """Bytes per µs that one core reads: from memory, and again and again `size` bytes that stay in its caches."""
    found = []
    for count, calls in ((_MEMORY_BYTES // 4, 2), (size // 4, 40)):
        data = np.ones(count, np.float32)
        timing = timer.timed(calls, warm_up=1, function=read_memory.address, form=2, state=data.ctypes.data,
                             argument=count)  # fmt: skip
        found.append(data.nbytes / timing.best_us)
    return found[0], found[1]


@contextmanager
def session_of(path: Path) -> Iterator[dict[str, Any]]:
    """Load any graph of float32 tensors of fixed shapes; gives what `Timer.timed` calls."""
    api = library()
    session = api.session(path)
    rng = np.random.default_rng(0)
    arrays: list[dict[str, np.ndarray]] = []
    for kind in ("Input", "Output"):
        shapes = api.tensors(session.handle, kind)
        arrays.append({name: rng.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()})
    run: Any = NativeRun(api, session, *arrays)
    try:
        yield {"function": run_session.address, "form": 1, "state": run.work.ctypes.data}
    finally:
        run.close()


def paced(function: Any, count: int, period_us: float) -> np.ndarray:
    """Call a Python function at a steady pace; µs of each call, from when it was due."""
    times, began = [], time.perf_counter()
    for k in range(count):
        due = began + k * period_us * 1e-6
        if (left := due - time.perf_counter()) > 0:
            time.sleep(left)
        function()
        times.append((time.perf_counter() - due) * 1e6)
    return np.array(times)
