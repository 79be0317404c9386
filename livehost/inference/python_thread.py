"""Runs a model that needs Python on a thread of its own: the worker hands a step over and polls it every hop."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from livehost.inference.step_state import finish, prepare, work_of
from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.denormals import flush_denormals
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, entry, record_at, run1, run2
from livehost.rt.semaphore import Semaphore, wait, wake

THREAD_RUN = np.dtype(
    [
        ("status", "i8"),  # address of int64: IDLE … FAILED
        ("stop", "i8"),  # address of int64
        ("semaphore", "i8"),
        ("commit", "i8"),
    ],
    align=True,
)
IDLE, PENDING, RAN, FAILED = 0, 1, 2, 3


@entry(STEP2)
def threaded_begin(state: Any, commit: Any) -> Any:
    """Hand a step over; 2 while another one is still running. RT: worker."""
    t = record_at(work_of(state), THREAD_RUN)
    if load_acquire(t.status) != IDLE:
        return 2
    prepare(state)
    t.commit = commit
    store_release(t.status, PENDING)
    wake(t.semaphore)
    return 1


@entry(STEP2)
def threaded_poll(state: Any, _unused: Any) -> Any:
    """Complete the step once it has run. RT: worker."""
    t = record_at(work_of(state), THREAD_RUN)
    status = load_acquire(t.status)
    if status == IDLE:
        return 0
    if status == PENDING:
        return 1
    store_release(t.status, IDLE)
    if status == FAILED:
        return 2
    return finish(state, t.commit)


@entry(STEP)
def _await(work: Any) -> Any:
    """Wait for a step (0) or the end (1). RT: worker."""
    t = record_at(work, THREAD_RUN)
    while load_acquire(t.stop) == 0 and load_acquire(t.status) != PENDING:
        wait(t.semaphore)
    return load_acquire(t.stop)


@entry(STEP2)
def _report(work: Any, status: Any) -> Any:
    """Say how the step ended. RT: worker."""
    store_release(record_at(work, THREAD_RUN).status, status)
    return 0


@entry(STEP)
def _flush(_unused: Any) -> Any:
    """Let this thread flush denormals for the rest of its life, as the worker's step does. RT: worker."""
    flush_denormals()
    return 0


class ThreadedRun:
    """A thread that runs a Python function whenever a step is handed over.

    Parameters
    ----------
    run : callable
        Reads the inputs of a `StepState`, fills its outputs.

    Attributes
    ----------
    work : numpy.ndarray
        One `THREAD_RUN`.
    begin, poll : int
        Addresses of C functions.
    """

    begin: int = threaded_begin.address
    poll: int = threaded_poll.address

    def __init__(self, run: Callable[[], None]) -> None:
        self._run, self._trouble = run, ""
        self._flags = zeros(2 * 8, np.int64)  # a cache line each
        self._semaphore = Semaphore()
        self.work = zeros(1, THREAD_RUN)
        self.work[0] = (self._flags.ctypes.data, self._flags[8:].ctypes.data, self._semaphore.address, 0)
        self._thread = threading.Thread(target=self._loop, name="livehost-model", daemon=True)
        self._thread.start()

    def _loop(self) -> None:
        wait_for_work, report = run1(_await), run2(_report)
        run1(_flush)(0)
        work = self.work.ctypes.data
        while not wait_for_work(work):
            try:
                self._run()
                status = RAN
            except Exception as error:  # whatever it is, the stage goes on without this step
                self._trouble, status = str(error), FAILED
            report(work, status)

    def trouble(self) -> str:
        """Newest error since it was last asked for; empty for none."""
        text, self._trouble = self._trouble, ""
        return text

    def close(self) -> None:
        """End the thread; nobody may step any more."""
        self._flags[8] = 1
        self._semaphore.wake()
        self._thread.join(5.0)
