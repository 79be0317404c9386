import os
import sys
import threading
import time

import numpy as np
import pytest

from livehost.rt import denormals, memory
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.native import STEP, entry, f32, i64, run1
from livehost.rt.platform import MACHINE, gettid, monotonic_ns, sleep_until_ns
from livehost.rt.schedule import raise_priority
from livehost.rt.semaphore import Semaphore, wait
from livehost.rt.thread import NativeThread


@entry(STEP)
def _now(_address):
    return monotonic_ns()


@entry(STEP)
def _sleep(nanoseconds):
    deadline = monotonic_ns() + nanoseconds
    sleep_until_ns(deadline)
    return monotonic_ns() - deadline


@entry(STEP)
def _tid(_address):
    return gettid()


@entry(STEP)
def _halve_flushed(address):
    before = flush_denormals()
    values = f32(address, 2)
    values[1] = values[0] * np.float32(0.5)
    restore_denormals(before)
    values[0] = values[0] * np.float32(0.5)
    return 0


@entry(STEP)
def _wait_then_count(address):
    state = i64(address, 2)
    wait(state[0])
    state[1] += 1
    return 0


def test_the_clock_is_python_s_own_monotonic_clock():
    before = time.monotonic_ns()
    now = run1(_now)(0)
    assert before <= now <= time.monotonic_ns()


def test_a_sleep_never_ends_early():
    assert run1(_sleep)(2_000_000) >= 0


@pytest.mark.skipif(sys.platform != "linux", reason="kernel thread ids are Linux's")
def test_the_thread_id_is_the_kernel_s():
    assert run1(_tid)(0) == threading.get_native_id()


@pytest.mark.skipif(MACHINE not in ("x86_64", "aarch64"), reason="no flush-to-zero on this processor")
def test_denormals_are_flushed_inside_and_kept_outside():
    values = np.array([np.finfo(np.float32).tiny, 1], np.float32)
    run1(_halve_flushed)(values.ctypes.data)
    assert values[1] == 0
    assert values[0] == np.finfo(np.float32).tiny / 2 > 0


def test_every_processor_is_told_what_it_gets():
    assert "denormals" in denormals.describe()


def test_a_post_wakes_a_waiting_thread():
    semaphore = Semaphore()
    state = np.array([semaphore.address, 0], np.int64)
    thread = NativeThread(_wait_then_count, state.ctypes.data, "test")
    thread.start()
    semaphore.wake()
    assert thread.join()
    assert state[1] == 1


def test_zeros_are_aligned_and_zero():
    for dtype, count in ((np.float32, 3), (np.int64, 1000), (np.uint8, 77)):
        array = memory.zeros(count, dtype)
        assert array.ctypes.data % 64 == 0
        assert array.shape == (count,)
        assert not array.any()


@pytest.mark.skipif(sys.platform != "linux", reason="limits are Linux's here")
def test_lock_says_what_it_got_with_and_without_privileges(monkeypatch):
    array = memory.zeros(1000, np.float32)
    monkeypatch.setattr(memory, "_limit", lambda: 0.0)
    assert "locked" in memory.lock([array])
    monkeypatch.setattr(memory, "_libc", lambda: type("Refuses", (), {"mlock": staticmethod(lambda *_: -1)}))
    assert "raise the memlock limit" in memory.lock([array])


@pytest.mark.skipif(sys.platform != "linux", reason="SCHED_FIFO is Linux's here")
def test_priority_falls_back_and_says_so(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    monkeypatch.setattr("shutil.which", lambda _: None)
    got = raise_priority(threading.get_native_id(), 50)
    assert (got.realtime, got.level) == (False, 0)
    assert "rtprio" in got.text


def test_no_thread_id_means_the_priority_is_left_alone():
    assert raise_priority(0, 50).text == "as the system gave it"
