"""What a supervisor tells reaches livehost, and its beats come back."""

import contextlib
import os
import threading
from pathlib import Path

import pytest

from livehost.supervise.heart import Heart, thread_busy_ms
from livehost.supervise.link import BEAT_BYTES, PLAYING, VARIABLE, Beat, Link, supervised, unpack
from tests.waiting import until


def test_what_is_told_is_understood():
    link = Link(5, 2, "livehost hung: Python", True, 1.5, 2.5)
    assert supervised(link.environment()) == link
    assert supervised({**link.environment(), "OTHER": "1"}) == link


@pytest.mark.parametrize("text", [None, "", "{}", "5", '{"beats": "x"}', "[1, 2]", "{"])
def test_what_is_not_understood_is_no_supervisor(text):
    assert supervised({} if text is None else {VARIABLE: text}) is None


def test_a_beat_goes_through_a_pipe_whole():
    beat = Beat(PLAYING, 3, 2**40, -1, 5)
    assert len(beat.pack()) == BEAT_BYTES < 512
    assert unpack(beat.pack()) == beat


@pytest.fixture
def pipe():
    """Both ends of a pipe; the heart has the second one."""
    ends = os.pipe()
    yield ends
    for end in ends:
        with contextlib.suppress(OSError):
            os.close(end)


def test_a_heart_beats_with_the_clocks_of_all(pipe):
    reading, writing = pipe
    heart = Heart(writing)
    assert not os.get_inheritable(writing)
    heart.beat()
    heart.show(lambda: (1, 2, 3))
    heart.turn()
    heart.turn()
    heart.enter(PLAYING)
    assert [unpack(os.read(reading, BEAT_BYTES)) for _ in range(2)] == [Beat(), Beat(PLAYING, 2, 1, 2, 3)]


def test_a_heart_that_nobody_hears_waits_for_nobody(pipe):
    reading, writing = pipe
    heart = Heart(writing)
    for _ in range(5000):
        heart.beat()  # the pipe is full long before
    assert not heart.orphaned
    os.close(reading)
    heart.beat()
    assert heart.orphaned


def test_a_heart_beats_by_itself(pipe):
    reading, writing = pipe
    heart = Heart(writing)
    heart.start()
    try:
        assert len(os.read(reading, BEAT_BYTES)) == BEAT_BYTES
    finally:
        heart.service.stop()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux tells it")
def test_the_time_of_a_thread_is_known():
    mine, before = threading.get_native_id(), thread_busy_ms(threading.get_native_id())
    until(lambda: sum(range(20_000)) and thread_busy_ms(mine) > before, "the thread is seen to work")
    assert thread_busy_ms(2**22 + 1) == -1
