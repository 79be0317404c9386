"""Streams go where they are wanted, and nowhere else."""

import pytest

from livehost.bridge.osc.consent import AGAIN_S, MAX_ASKED, PATIENCE_S, Consent, is_here


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def desk():
    class Desk:
        asked, begun, clock = [], [], Clock()

    desk = Desk()
    desk.asked, desk.begun, desk.clock = [], [], Clock()
    desk.consent = Consent(lambda target, number: desk.asked.append((target, number)), desk.clock)
    return desk


TARGET = ("10.0.0.9", 7000)


def test_a_stream_begins_when_its_number_comes_back_from_its_host(desk):
    assert desk.consent.request(TARGET, "meter", lambda: desk.begun.append("meter"))
    assert desk.consent.request(TARGET, "event", lambda: desk.begun.append("event"))
    ((target, number),) = desk.asked  # both with one question
    assert target == TARGET
    assert desk.begun == []
    assert not desk.consent.confirm("10.0.0.8", number)
    assert not desk.consent.confirm("10.0.0.9", number + 1)
    assert desk.consent.confirm("10.0.0.9", number)
    assert desk.begun == ["meter", "event"]
    assert not desk.consent.confirm("10.0.0.9", number)  # once


def test_nobody_is_asked_more_than_once_a_second(desk):
    for _ in range(100):
        desk.consent.request(TARGET, "all", lambda: None)
    assert len(desk.asked) == 1
    desk.clock.now = AGAIN_S
    desk.consent.request(TARGET, "all", lambda: None)
    assert [number for _, number in desk.asked] == [desk.asked[0][1]] * 2


def test_a_number_is_good_for_a_while(desk):
    desk.consent.request(TARGET, "all", lambda: desk.begun.append(1))
    desk.clock.now = PATIENCE_S + 0.1
    assert not desk.consent.confirm(TARGET[0], desk.asked[0][1])
    assert desk.begun == []


def test_so_many_may_stand_unconfirmed(desk):
    wants = [desk.consent.request(("10.0.0.9", port), "all", lambda: None) for port in range(MAX_ASKED + 1)]
    assert wants == [True] * MAX_ASKED + [False]
    desk.clock.now = PATIENCE_S + 0.1
    assert desk.consent.request(TARGET, "all", lambda: None)


def test_this_computer_is_known_by_its_loopback_address():
    assert is_here("127.0.0.1")
    assert is_here("127.8.8.8")
    assert not is_here("192.168.1.4")
