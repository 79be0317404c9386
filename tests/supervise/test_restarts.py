"""When livehost is started again, when in failsafe, and when its end is an end."""

import pytest

from livehost.supervise.restarts import Ended, Next, Restarts

AGAIN, END, FAILSAFE = Next(start=True), Next(start=False), Next(start=True, failsafe=True)
KILLED, HUNG, FAULT = Ended(-9, True), Ended(-9, True, "its worker stood still for 5 s"), Ended(70, True)


@pytest.mark.parametrize("code", [0, 1, 2, 130])
def test_an_end_of_its_own_accord_is_an_end(code):
    restarts = Restarts()
    assert restarts.after(Ended(code, True), 0.0) == END
    assert Restarts().after(Ended(code, False), 0.0) == END  # settings that do not fit, at the first start


@pytest.mark.parametrize("ended", [KILLED, HUNG, FAULT, Ended(75, True), Ended(-11, False)])
def test_a_crash_is_none(ended):
    assert Restarts().after(ended, 0.0) == AGAIN


def test_three_crashes_in_a_minute_are_failsafe_from_then_on():
    restarts = Restarts()
    assert [restarts.after(KILLED, at) for at in (0.0, 20.0, 60.0)] == [AGAIN, AGAIN, FAILSAFE]
    assert restarts.after(KILLED, 500.0) == FAILSAFE
    assert restarts.after(KILLED, 520.0) == FAILSAFE
    assert restarts.after(KILLED, 540.0) == Next(start=True, failsafe=True, pause_s=2.0)  # nor does that hold


def test_three_crashes_in_more_than_a_minute_are_not():
    restarts = Restarts()
    assert [restarts.after(KILLED, at) for at in (0.0, 30.0, 60.1, 90.2, 120.3)] == [AGAIN] * 5


def test_a_restart_that_fails_is_tried_again_ever_more_slowly_and_in_failsafe_by_turns():
    restarts = Restarts()
    restarts.after(KILLED, 0.0)
    found = [restarts.after(Ended(1, False), 100.0 + k) for k in range(8)]
    assert [then.start for then in found] == [True] * 8
    assert [then.failsafe for then in found] == [False, False, True, False, True, False, True, False]
    assert [then.pause_s for then in found] == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert restarts.after(Ended(-9, True), 300.0) == AGAIN


def test_what_never_played_is_given_up_when_failsafe_does_not_play_either():
    restarts = Restarts()
    assert [restarts.after(Ended(-11, False), at).failsafe for at in (0.0, 1.0, 2.0)] == [False, False, True]
    assert restarts.after(Ended(-11, False), 3.0) == END


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (KILLED, "livehost was killed by signal 9 (SIGKILL)"),
        (Ended(-250, True), "livehost was killed by signal 250"),
        (HUNG, "livehost hung: its worker stood still for 5 s"),
        (FAULT, "livehost ended by a fault of its own"),
        (Ended(1, False), "livehost ended with exit status 1"),
    ],
)
def test_what_became_of_it_is_said(ended, sentence):
    assert ended.sentence() == sentence
