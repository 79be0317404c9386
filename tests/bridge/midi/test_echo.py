"""What livehost sent and what comes back is not the musician's."""

import pytest

from livehost.bridge.midi import echo as echo_module
from livehost.bridge.midi.echo import EchoLog

ON, OFF = b"\x90\x3c\x40", b"\x80\x3c\x00"
MS = 1_000_000


class Clock:
    now = 10_000 * MS

    def monotonic_ns(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(echo_module, "time", clock)
    return clock


@pytest.fixture
def log(clock):
    return EchoLog()


def back(log, message, after_ms, port="a", within_ms=100.0):
    return log.is_echo(port, message, Clock.now + round(after_ms * MS), within_ms)


def test_what_was_sent_comes_back_once_to_every_input(log):
    log.sent(ON)
    assert back(log, ON, 10)
    assert not back(log, ON, 20)
    assert back(log, ON, 20, "b")


@pytest.mark.parametrize(("after_ms", "echo"), [(-5.1, False), (-5, True), (0, True), (100, True), (100.1, False)])
def test_only_for_so_long(log, after_ms, echo):
    log.sent(ON)
    assert back(log, ON, after_ms) == echo


def test_the_time_at_which_it_leaves_counts(log):
    log.sent(ON, Clock.now + 200 * MS)
    assert not back(log, ON, 50)
    assert back(log, ON, 205)


def test_nothing_is_an_echo_where_none_is_wanted(log):
    log.sent(ON)
    assert not back(log, ON, 0, within_ms=0.0)


def test_another_channel_is_an_echo_and_another_note_velocity_or_value_is_none(log):
    log.sent(ON)
    log.sent(b"\xb0\x07\x40")
    assert not back(log, b"\x90\x3d\x40", 1)
    assert not back(log, b"\x90\x3c\x41", 1)
    assert not back(log, b"\xb0\x07\x41", 1)
    assert not back(log, b"\xb0\x08\x40", 1)
    assert back(log, b"\x95\x3c\x40", 1)
    assert back(log, b"\xb5\x07\x40", 1)


def test_the_end_of_an_echo_is_one_whenever_it_comes_and_in_whatever_form(log):
    log.sent(ON)
    assert back(log, ON, 1)
    assert back(log, b"\x90\x3c\x00", 5000)
    assert not back(log, OFF, 5001)  # that one is the musician's


def test_the_end_of_a_note_that_the_musician_strikes_after_an_echo_is_the_musicians(log):
    log.sent(ON)
    assert back(log, ON, 1)
    assert not back(log, b"\x90\x3c\x50", 2)
    assert not back(log, OFF, 3)


def test_a_note_that_the_musician_strikes_again_at_once_ends_each_time(log):
    """Passed on, the first end has been sent as well; the second is none of its echoes."""
    for after_ms, message in enumerate((ON, OFF, b"\x90\x3c\x41", OFF)):
        assert not back(log, message, after_ms)
        log.sent(message)


def test_what_is_long_past_is_forgotten(log, clock):
    log.sent(ON)
    clock.now += 1001 * MS
    log.sent(b"\xc0\x01")
    assert not log.is_echo("a", ON, clock.now - 1001 * MS, 100.0)
    assert log.is_echo("a", b"\xc3\x01", clock.now, 100.0)
