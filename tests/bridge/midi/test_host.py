"""What the process that holds the MIDI port sends, leaves out, and ends."""

import io
import time

import pytest

from livehost.bridge.midi import host as midi_host
from livehost.bridge.midi.host import STALE_S, Host, InputHost, frame

LONG_AGO = (0).to_bytes(8, "little")


class Port:
    """A port that can be unplugged."""

    def __init__(self):
        self.sent, self.there, self.closed = [], True, False

    def send(self, message):
        if not self.there:
            raise OSError("gone")
        self.sent.append(tuple(message))

    def alive(self):
        return self.there

    back = alive

    def close(self):
        self.closed = True


@pytest.fixture
def port():
    return Port()


@pytest.fixture
def said(monkeypatch):
    lines = []
    monkeypatch.setattr(midi_host, "say", lines.append)
    monkeypatch.setattr(midi_host, "_AGAIN_S", 0.0)
    return lines


@pytest.fixture
def host(port, said):
    return Host(port)


def feed(host, *messages, late=False):
    """Let it read messages to the end; `late`: made when the computer was switched on."""
    packed = [bytes((len(m),)) + LONG_AGO + bytes(m) if late else frame(bytes(m)) for m in messages]
    host.read(io.BytesIO(b"".join(packed)))
    host._deadlines.send_due()


def test_a_frame_tells_its_length_and_its_time():
    before = time.monotonic_ns()
    packed = frame(b"\x90\x40\x01")
    assert (packed[0], packed[9:]) == (3, b"\x90\x40\x01")
    assert before <= int.from_bytes(packed[1:9], "little") <= time.monotonic_ns()


def test_all_is_sent_in_its_order_whatever_its_length(host, port):
    messages = [(0x90, 60, 1), (0xF8,), (0xC2, 7), (0x80, 60, 0), (0xE1, 0, 64)]
    feed(host, *messages)
    assert port.sent == messages


@pytest.mark.parametrize("velocity", [1, 2, 127])
@pytest.mark.parametrize("channel", [0, 15])
def test_a_note_that_comes_too_late_does_not_begin(host, port, velocity, channel):
    feed(host, (0x90 | channel, 60, velocity), late=True)
    assert port.sent == []
    host.end()
    assert port.sent == []


@pytest.mark.parametrize("message", [(0x90, 60, 0), (0x80, 60, 64), (0xB0, 64, 127), (0xC0, 9), (0xF8,), (0xA0, 60, 1)])
def test_whatever_begins_no_note_is_never_too_late(host, port, message):
    feed(host, message, late=True)
    assert port.sent == [message]


def test_half_a_second_is_not_too_late(host, port, monkeypatch):
    packed = frame(b"\x90\x40\x01")
    made = int.from_bytes(packed[1:9], "little")
    for late_s, sent in ((STALE_S, 1), (STALE_S + 1e-9, 1)):
        monkeypatch.setattr(midi_host.time, "monotonic_ns", lambda late=late_s: made + round(late * 1e9))
        host.read(io.BytesIO(packed))
        host._deadlines.send_due()
        assert len(port.sent) == sent


def test_what_is_held_is_ended_each_on_its_channel(host, port):
    feed(host, (0x93, 60, 1), (0x90, 60, 9), (0x90, 61, 9), (0x9F, 62, 9), (0x90, 64, 9), (0xB0, 70, 1), (0xC5, 1))
    feed(host, (0x80, 60, 0), (0x90, 64, 0), (0x81, 61, 0))  # the last is held on another channel
    del port.sent[:]
    host.end()
    assert port.sent == [(0x80, 61, 0), (0x83, 60, 0), (0x8F, 62, 0)]
    assert port.closed


def test_a_port_that_goes_is_told_of_once_and_what_comes_meanwhile_is_left_out(host, port, said):
    feed(host, (0x90, 60, 9))
    port.there = False
    feed(host, (0x90, 61, 9), (0x90, 62, 9))
    host.watch()
    assert said == ["lost", "alive"]
    port.there = True
    feed(host, (0x90, 63, 9))
    host.watch()
    host.watch()
    assert said[2:] == ["back", "alive", "alive"]
    feed(host, (0x90, 64, 9))
    host.end()
    assert port.sent == [(0x90, 60, 9), (0x80, 60, 0), (0x90, 64, 9), (0x80, 64, 0)]  # 60: as soon as it is back


def test_a_port_that_goes_is_noticed_where_nothing_is_sent(host, port, said):
    port.there = False
    host.watch()
    host.watch()
    assert said == ["lost", "alive", "alive"]


def test_a_port_of_which_nothing_can_be_asked_is_lost(host, port, said, monkeypatch):
    def fail():
        raise OSError("even asking fails")

    monkeypatch.setattr(port, "alive", fail)
    host.watch()
    assert said == ["lost", "alive"]
    host.end()  # nothing is held: it need not come back
    assert port.closed


def test_a_time_is_kept_and_notes_that_wait_are_dropped_by_an_empty_message(host, port):
    later = time.monotonic_ns() + 3_600_000_000_000
    packed = (frame(b"\x90\x40\x01", later), frame(b"\x80\x41\x00", later), frame(b"\xf8"), frame(b""))
    host.read(io.BytesIO(b"".join(packed[:3])))
    host._deadlines.send_due()
    assert port.sent == [(0xF8,)]
    host.read(io.BytesIO(packed[3]))
    host._deadlines.send_due()
    assert port.sent == [(0xF8,), (0x80, 0x41, 0)]
    host.end()
    assert port.sent[2:] == []


def test_at_the_end_what_waits_to_end_does_so_also_where_the_port_has_to_come_back_first(host, port):
    later = time.monotonic_ns() + 3_600_000_000_000
    feed(host, (0x90, 60, 1), (0x91, 61, 1))
    host.read(io.BytesIO(frame(b"\x80\x3c\x00", later) + frame(b"\x90\x3e\x01", later)))
    there = iter([False, False, True])
    port.there = False
    host.watch()

    def back():
        port.there = next(there)
        return port.there

    port.back = back
    host.end()
    assert port.sent[2:] == [(0x80, 60, 0), (0x81, 61, 0)]
    assert port.closed


class Keys(Port):
    """An input that gives what it is told to."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def receive(self):
        if not self.there:
            raise OSError("gone")
        waiting, self.waiting = self.waiting, []
        return waiting


def test_an_input_tells_what_comes_with_its_time(said):
    keys = Keys()
    host = InputHost(keys)
    host.poll()
    keys.waiting = [(b"\x90\x3c\x40", 17), (b"\xf8", 18)]
    host.poll()
    assert said == ["midi 17 903c40\nmidi 18 f8"]
    host.read(io.BytesIO(b"whatever"))
    host.end()
    assert keys.closed
    host.run()  # returns at once


def test_an_input_that_goes_is_told_of_once_and_found_again(said):
    keys = Keys()
    host = InputHost(keys)
    keys.there = False
    host.poll()
    host.poll()
    host.watch()
    keys.there = True
    keys.waiting = [(b"\xf8", 18)]
    host.watch()
    host.poll()
    assert said == ["lost", "alive", "back", "alive", "midi 18 f8"]
