"""What a session tells its supervisor, and how it goes on without one."""

import contextlib
import os
import time

import pytest

from livehost.stage.supervision import ALONE, Supervision, restart_sentence
from livehost.supervise.link import BEAT_BYTES, ENDING, PLAYING, Beat, Link, unpack
from tests.waiting import until


@pytest.fixture
def supervised():
    """Make a supervision of a link, and give it and the end of the pipe that its supervisor reads."""
    made = []

    def make(**told):
        reading, writing = os.pipe()
        supervision = Supervision(Link(writing, **told))
        made.append((reading, writing, supervision))
        return supervision, reading

    yield make
    for reading, writing, supervision in made:
        for service in supervision.services:
            service.stop()
        for handle in (reading, writing):
            with contextlib.suppress(OSError):
                os.close(handle)


def beats(reading):
    """Beats that wait in the pipe, without those that repeat."""
    os.set_blocking(reading, False)
    found = []
    with contextlib.suppress(BlockingIOError):
        while data := os.read(reading, BEAT_BYTES):
            found.append(unpack(data))
    return list(dict.fromkeys(found))


def test_alone_there_is_nobody_to_tell():
    assert ALONE.alone
    assert not ALONE.restarted
    assert not ALONE.failsafe
    assert ALONE.services == []
    ALONE.plays(lambda: (1, 2, 3))
    assert not ALONE.turn()
    ALONE.ends()


def test_its_heart_beats_from_the_first_moment_and_tells_each_phase(supervised):
    supervision, reading = supervised()
    (service,) = supervision.services
    until(lambda: beats(reading) == [Beat()], "it beats")
    service.stop()
    beats(reading)
    assert not supervision.alone
    assert not supervision.turn()
    supervision.plays(lambda: (1, 2, 3))
    supervision.ends()
    assert beats(reading) == [Beat(PLAYING, 1, 1, 2, 3), Beat(ENDING, 1, 1, 2, 3)]


def test_where_the_supervisor_has_gone_it_says_so_once(supervised):
    supervision, reading = supervised()
    os.close(reading)
    until(supervision.turn, "the next beat finds nobody")
    assert supervision.alone
    assert not supervision.turn()


def test_a_restart_is_told_with_its_reason_and_its_gap(supervised):
    first, _ = supervised(began=5.0)
    again, _ = supervised(restarts=2, why="livehost hung: x", failsafe=True, died=time.time() - 1.5)
    assert (first.restarted, first.failsafe) == (False, False)
    assert (again.restarted, again.failsafe) == (True, True)
    told = again.restart()
    assert 1.5 <= told.pop("gap_s") < 60
    assert told == {"count": 2, "failsafe": 1, "why": "livehost hung: x"}


@pytest.mark.parametrize(
    ("failsafe", "how"), [(0, "as it was"), (1, "failsafe: the nearest sound, and settings as at the first start")]
)
def test_a_restart_is_one_sentence(failsafe, how):
    told = {"count": 1, "gap_s": 1.44, "failsafe": failsafe, "why": "livehost hung: x"}
    assert restart_sentence(told) == f"livehost hung: x. It plays again after 1.4 s, {how}."


def test_a_session_of_a_length_ends_when_the_first_one_would_have(supervised):
    supervision, _ = supervised(began=time.time() - 40)
    assert 59 < supervision.left_s(100.0) <= 60
    assert supervision.left_s(30.0) == 0.1
    assert ALONE.left_s(30.0) == pytest.approx(30.0, abs=0.1)
