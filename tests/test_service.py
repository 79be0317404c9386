"""Threads that are watched: what dies or hangs is told of, and goes on."""

import threading
import time

import pytest

from livehost.service import Service


def until(true, timeout_s=15.0):
    """Wait for something that another thread does."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def names():
    return [t.name for t in threading.enumerate()]


def test_turns_follow_one_another_until_it_is_stopped():
    turns = []
    service = Service("counting", lambda: turns.append(1), every_s=0.001)
    assert service.problem() == ""  # not begun
    service.start()
    assert "livehost counting" in names()
    until(lambda: len(turns) > 3)
    assert service.problem() == ""
    assert service.stop()
    assert "livehost counting" not in names()
    done = len(turns)
    time.sleep(0.02)
    assert len(turns) == done
    assert service.problem() == ""  # ended, not dead


def test_a_turn_that_fails_is_told_of_once_and_the_next_one_comes():
    turns = []

    def turn():
        turns.append(1)
        if len(turns) == 2:
            raise OSError("disk on fire")

    service = Service("writing", turn, every_s=0.001)
    service.start()
    until(lambda: len(turns) > 4)
    assert service.problem() == "A turn of writing failed (OSError: disk on fire); it goes on."
    assert service.problem() == ""
    service.stop()


# SystemExit: what ends a thread without a word
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_is_started_again():
    turns, die = [], threading.Event()

    def turn():
        turns.append(threading.current_thread())
        if die.is_set():
            die.clear()
            raise SystemExit

    service = Service("dying", turn, every_s=0.001)
    service.start()
    until(lambda: turns)
    die.set()
    until(lambda: not turns[0].is_alive())
    assert service.problem() == "The thread of dying died and was started again."
    until(lambda: turns[-1] is not turns[0])
    assert service.problem() == ""
    service.stop()


def test_a_thread_that_hangs_gets_another_one_beside_it_and_ends_when_it_comes_back():
    hang, turns = threading.Event(), []

    def turn():
        turns.append(threading.current_thread())
        if len(turns) == 1:
            hang.wait(10)

    service = Service("hanging", turn, every_s=0.001, stall_s=0.05)
    service.start()
    until(lambda: turns)
    until(lambda: service.problem().startswith("The thread of hanging hung for 0 s; another one goes on"))
    until(lambda: len(turns) > 3)
    assert service.problem() == ""
    assert len(set(turns)) == 2
    hang.set()
    until(lambda: not turns[0].is_alive())
    assert turns[-1].is_alive()
    service.stop()


def test_where_another_thread_would_hang_as_well_it_is_only_told_of():
    hang, turns = threading.Event(), []

    def turn():
        turns.append(threading.current_thread())
        hang.wait(10)

    service = Service("a dead disk", turn, stall_s=0.05, replace=False)
    service.start()
    until(lambda: service.problem().startswith("The thread of a dead disk has hung"))
    assert len(turns) == 1
    assert not service.stop(0.05)  # left alone
    hang.set()
    until(lambda: not turns[0].is_alive())
