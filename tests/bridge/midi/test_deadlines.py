"""Messages leave at their time, in their order."""

import threading
import time

import pytest

from livehost.bridge.midi import deadlines as deadlines_module
from livehost.bridge.midi.deadlines import Deadlines, begins_note, is_note

ON, OFF, CLOCK = b"\x90\x3c\x40", b"\x80\x3c\x00", b"\xf8"


class Clock:
    now = 1000

    def monotonic_ns(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(deadlines_module, "time", clock)
    return clock


@pytest.fixture
def sent():
    return []


@pytest.fixture
def queue(sent):
    return Deadlines(lambda message, at_ns: sent.append((message, at_ns)))


def test_what_is_due_leaves_by_its_time_and_of_one_time_as_it_came(queue, clock, sent):
    for at_ns, message in ((1100, b"c"), (1000, b"a"), (900, b"0"), (1000, b"b"), (1101, b"d")):
        queue.put(message, at_ns)
    queue.send_due()
    assert sent == [(b"0", 900), (b"a", 1000), (b"b", 1000)]
    clock.now = 1100
    queue.send_due()
    assert sent[3:] == [(b"c", 1100)]
    clock.now = 1101
    queue.send_due()
    assert [message for message, _ in sent] == [b"0", b"a", b"b", b"c", b"d"]


def test_dropping_notes_keeps_what_is_due_ends_others_at_once_and_leaves_the_clock_alone(queue, clock, sent):
    for at_ns, message in ((1000, ON), (1001, ON), (5000, OFF), (5000, CLOCK)):
        queue.put(message, at_ns)
    queue.drop_notes()
    queue.send_due()
    assert sent == [(ON, 1000), (OFF, 1000)]
    clock.now = 5000
    queue.send_due()
    assert sent[2:] == [(CLOCK, 5000)]


def test_what_is_left_at_the_end_is_given_without_the_notes_that_were_to_come(queue, clock, sent):
    for at_ns, message in ((1001, ON), (2000, CLOCK), (1500, OFF), (999, ON)):
        queue.put(message, at_ns)
    assert queue.stop() == [ON, OFF, CLOCK]
    clock.now = 9999
    queue.send_due()
    queue.run()  # returns at once
    assert sent == []


def test_its_thread_waits_for_each_time_and_for_earlier_ones_that_come_later():
    sent, over = [], threading.Event()

    def take(message, at_ns):
        sent.append((message, at_ns, time.monotonic_ns()))
        if message == b"z":
            over.set()

    queue = Deadlines(take)
    thread = threading.Thread(target=queue.run)
    thread.start()
    began = time.monotonic_ns()
    queue.put(b"z", began + 60_000_000)
    queue.put(b"y", began + 20_000_000)
    assert over.wait(20)
    queue.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert [message for message, _, _ in sent] == [b"y", b"z"]
    assert all(left >= at_ns for _, at_ns, left in sent)


@pytest.mark.parametrize(
    ("message", "note", "begins"),
    [
        (ON, True, True), (b"\x9f\x00\x01", True, True), (b"\x90\x3c\x00", True, False), (OFF, True, False),
        (b"\x8f\x01\x40", True, False), (b"\xa0\x3c\x40", False, False), (b"\xb0\x40\x7f", False, False),
        (b"\xc0\x01", False, False), (CLOCK, False, False), (b"\xf2\x01\x01", False, False), (b"", False, False),
    ],
)  # fmt: skip
def test_what_is_a_note(message, note, begins):
    assert (is_note(message), begins_note(message)) == (note, begins)
