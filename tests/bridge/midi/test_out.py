import math
import time

import pytest

from livehost.bridge.midi import port_set
from livehost.bridge.midi.out import MidiOut
from livehost.errors import LivehostError
from livehost.settings import Settings

PANIC = {"kind": "silenced", "frame": 100, "how": "panic"}
SILENCE = [(0xB0 | channel, controller, 0) for channel in range(16) for controller in (64, 123, 120)]


class Studio:
    """A port that comes and goes."""

    def __init__(self):
        self.messages, self.times, self.there, self.asked_back, self.dropped = [], [], True, 0, 0
        self.ports, self.by_port = [], {}

    opens = True

    def open_or_not(self, text):
        if not self.opens:
            raise LivehostError("there is no such port")
        return FakePort(self, text)

    def open(self, text):
        if not self.there:
            raise LivehostError("there is no such port")
        return FakePort(self, text)


class FakePort:
    virtual = False

    def __init__(self, studio, text):
        self.name, self.text, self.studio, self.closed = f"synth {text}", text, studio, False
        studio.ports.append(self)

    def send(self, message, at_ns=None):
        if not self.studio.there:
            raise OSError("gone")
        self.studio.messages.append(tuple(message))
        self.studio.times.append(at_ns)
        self.studio.by_port.setdefault(self.text, []).append(tuple(message))

    def drop_notes(self):
        self.studio.dropped += 1

    def alive(self):
        if self.studio.there is None:
            raise OSError("even asking fails")
        return self.studio.there

    def back(self):
        self.studio.asked_back += 1
        if self.studio.asked_back == 1:
            raise OSError("even asking fails")
        return self.studio.there

    def close(self):
        self.closed = True
        if not self.studio.there:
            raise OSError("gone")


@pytest.fixture
def studio():
    return Studio()


@pytest.fixture
def settings():
    return Settings({"midi.out": "volca"})


@pytest.fixture
def midi(studio, settings):
    """MIDI with a bank of three items: 60.2 (C4), 69 (A4), unpitched."""
    midi = MidiOut(settings, [[60.2, 69, math.nan], [48]], opener=studio.open, watch_s=60)
    yield midi
    midi.close()


def start(midi, voice, index, decision=1, **more):
    midi.event(
        {"kind": "sample", "decision": decision, "voice": voice, "index": index, "gain_db": 0.0, "rate": 1.0} | more
    )


def end(midi, voice, decision=1, **more):
    midi.event({"kind": "end", "decision": decision, "voice": voice, "index": 0, "ending": "played out"} | more)


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_note_for_a_voice(midi, studio):
    start(midi, 0, 0)
    start(midi, 1, 1)
    end(midi, 0)
    end(midi, 1)
    assert studio.messages == [(0x90, 60, 100), (0x90, 69, 100), (0x80, 60, 0), (0x80, 69, 0)]
    assert (midi.ports, midi.sent) == (["synth volca"], 4)


def test_which_note(midi, settings):
    def notes(*items, rate=1.0):
        return [midi.notes.of(i, rate)[1] for i in items]

    assert notes(0, 1, 2, 130) == [60, 69, 36, 2]
    assert notes(0, 2, rate=2.0) == [72, 36]
    settings.set("midi.transpose", 12)
    assert notes(0, 2) == [72, 48]
    settings.set("midi.transpose", -41)
    assert notes(2) == [7]  # an octave up, for there is no note below 0
    settings.set("midi.note", "index")
    settings.set("midi.transpose", 48)
    assert notes(0, 1, 100) == [48, 49, 124]


def test_which_velocity(midi, settings):
    assert [midi.notes.velocity(db) for db in (-90, -40, -12, 0, 4, 12)] == [1, 10, 50, 100, 126, 127]
    settings.set("midi.velocity_scale", 0.5)
    assert midi.notes.velocity(0) == 50


def note(midi, pitch, velocity, part=0, decision=1, frame=1):
    midi.event(
        {"kind": "note", "frame": frame, "part": part, "decision": decision, "pitch": pitch, "velocity": velocity}
    )


def test_each_part_plays_on_its_own_channel_with_its_own_roots(midi, studio):
    start(midi, 0, 0)
    start(midi, 1, 0, part=1)
    end(midi, 1)
    midi.use_roots([72], part=1)
    start(midi, 1, 0, part=1)
    assert studio.messages == [(0x90, 60, 100), (0x91, 48, 100), (0x81, 48, 0), (0x91, 72, 100)]


def test_notes_of_a_player_are_played_transposed_and_scaled_and_end_where_they_are_told_to(midi, studio, settings):
    settings.set("midi.transpose", 12)
    settings.set("midi.velocity_scale", 0.5)
    note(midi, 60, 100)
    note(midi, 60, 80, part=1)
    note(midi, 60, 0)
    note(midi, 60, 0)
    note(midi, 60, 0, part=1)
    assert studio.messages == [(0x90, 72, 50), (0x91, 72, 40), (0x80, 72, 0), (0x81, 72, 0)]


def test_a_note_struck_again_ends_first_and_none_is_left_after_a_panic(midi, studio):
    note(midi, 60, 100)
    note(midi, 60, 90)
    midi.silence(10)
    note(midi, 60, 0)
    note(midi, 64, 100, frame=10)  # from before the panic
    assert studio.messages[:4] == [(0x90, 60, 100), (0x80, 60, 0), (0x90, 60, 90), (0x80, 60, 0)]
    assert [m for m in studio.messages[4:] if m[0] & 0xF0 == 0x90] == []
    note(midi, 64, 100, frame=11)
    assert studio.messages[-1] == (0x90, 64, 100)


def test_a_voice_and_a_note_of_one_pitch_are_ended_by_the_last_of_them(midi, studio):
    start(midi, 0, 0)
    note(midi, 60, 100)
    end(midi, 0)
    note(midi, 60, 0)
    assert [m[0] for m in studio.messages] == [0x90, 0x80, 0x90, 0x80]


def test_channel_and_transposition_may_change_while_notes_sound(midi, studio, settings):
    start(midi, 0, 0)
    settings.set("midi.channel", 10)
    settings.set("midi.transpose", 1)
    start(midi, 1, 0)
    end(midi, 0)
    end(midi, 1)
    assert studio.messages == [(0x90, 60, 100), (0x99, 61, 100), (0x80, 60, 0), (0x89, 61, 0)]


def test_voices_of_one_note_end_together(midi, studio):
    start(midi, 0, 0)
    start(midi, 1, 0)
    end(midi, 0)
    assert studio.messages == [(0x90, 60, 100), (0x80, 60, 0), (0x90, 60, 100)]  # still sounding
    end(midi, 1)
    assert studio.messages[3:] == [(0x80, 60, 0)]


def test_an_end_that_got_lost_leaves_nothing_on(midi, studio):
    start(midi, 0, 0, decision=1)
    start(midi, 0, 1, decision=2)
    end(midi, 0, decision=1)  # late: that voice has been replaced
    assert studio.messages == [(0x90, 60, 100), (0x80, 60, 0), (0x90, 69, 100)]
    end(midi, 0, decision=2)
    end(midi, 0, decision=2)
    end(midi, 5, decision=9)
    assert studio.messages[3:] == [(0x80, 69, 0)]


@pytest.mark.parametrize("act", [lambda m: m.panic(), lambda m: m.event(PANIC), lambda m: m.close()])
def test_panic_and_the_end_leave_nothing_on(midi, studio, act):
    start(midi, 0, 1)
    start(midi, 1, 0)
    start(midi, 2, 0)
    studio.messages.clear()
    act(midi)
    assert studio.messages == [(0x80, 60, 0), (0x80, 69, 0), *SILENCE]
    end(midi, 0)
    assert len(studio.messages) == 2 + len(SILENCE)


def test_other_events_are_passed_over(midi, studio):
    for event in ({"kind": "onset"}, {"kind": "meter"}, {}):
        midi.event(event)
    assert studio.messages == []


def test_a_port_that_goes_away_is_missed_and_found_again(studio, settings):
    midi = MidiOut(settings, [[60]], opener=studio.open, watch_s=0.005)
    start(midi, 0, 0)
    studio.there = False
    start(midi, 1, 0)
    end(midi, 1)
    assert midi.losses == 1
    assert midi.missed >= 1
    assert midi.problem == "The MIDI port synth volca has gone; its notes go on as soon as it is back."
    studio.messages.clear()
    studio.there = True
    until(lambda: not midi.problem)
    start(midi, 2, 0)
    midi.close()
    assert studio.messages == [(0x80, 60, 0), *SILENCE, (0x80, 60, 0), (0x90, 60, 100), (0x80, 60, 0), *SILENCE]


@pytest.mark.parametrize("gone", [False, None])
def test_a_port_that_goes_away_in_silence_is_noticed(studio, settings, gone):
    midi = MidiOut(settings, [[60]], opener=studio.open, watch_s=0.001)
    studio.there = gone
    until(lambda: midi.losses == 1)
    midi.close()


def test_no_port_no_midi(studio, settings):
    studio.there = False
    with pytest.raises(LivehostError):
        MidiOut(settings, [[60]], opener=studio.open)


def test_several_ports_take_the_same(studio):
    midi = MidiOut(Settings({"midi.out": "a, b,,a"}), [[60]], opener=studio.open, watch_s=60)
    start(midi, 0, 0)
    end(midi, 0)
    assert midi.ports == ["synth a", "synth b"]
    assert studio.by_port == {name: [(0x90, 60, 100), (0x80, 60, 0)] for name in "ab"}
    assert midi.sent == 4
    midi.close()
    assert [port.closed for port in studio.ports] == [True, True]


def test_a_change_of_ports_ends_what_the_old_one_holds_and_leaves_the_others_alone(studio):
    settings = Settings({"midi.out": "a,b"})
    midi = MidiOut(settings, [[60], []], opener=studio.open, watch_s=0.001)
    start(midi, 0, 0)
    settings.set("midi.out", "b,c")
    until(lambda: midi.ports == ["synth b", "synth c"])
    assert studio.by_port["a"] == [(0x90, 60, 100), (0x80, 60, 0), *SILENCE]
    assert [port.closed for port in studio.ports] == [True, False, False]
    end(midi, 0)
    assert studio.by_port["b"] == [(0x90, 60, 100), (0x80, 60, 0)]
    assert midi.sent == 2 + len(SILENCE) + 3
    settings.set("midi.out", "")
    until(lambda: not midi.ports)
    assert studio.by_port["b"][2:] == SILENCE
    midi.close()


def test_a_port_that_cannot_be_opened_is_told_of_and_tried_again(studio, monkeypatch):
    monkeypatch.setattr(port_set, "AGAIN_S", 0.01)
    settings = Settings({"midi.out": "a"})
    midi = MidiOut(settings, [[60]], opener=studio.open_or_not, watch_s=0.001)
    studio.opens = False
    settings.set("midi.out", "a,b")
    until(lambda: midi.problem)
    assert (midi.problem, midi.ports) == ("there is no such port", ["synth a"])
    studio.opens = True
    until(lambda: not midi.problem)
    assert midi.ports == ["synth a", "synth b"]
    midi.close()


def test_a_note_that_lasts_too_long_is_ended(studio):
    settings = Settings({"midi.out": "a", "midi.max_note_s": 0.001})
    midi = MidiOut(settings, [[60]], opener=studio.open, watch_s=0.001)
    start(midi, 0, 0)
    midi.thru(bytes((0x93, 50, 1)))
    until(lambda: midi.stuck == 2)
    assert sorted(studio.messages) == [(0x80, 60, 0), (0x83, 50, 0), (0x90, 60, 100), (0x93, 50, 1)]
    end(midi, 0)
    assert len(studio.messages) == 4
    midi.close()


def test_no_note_is_too_long_where_none_is_to_be_ended(studio):
    midi = MidiOut(Settings({"midi.out": "a", "midi.max_note_s": 0}), [[60]], opener=studio.open, watch_s=60)
    start(midi, 0, 0)
    midi._end_stuck(time.monotonic() + 1e6)
    assert (midi.stuck, studio.messages) == (0, [(0x90, 60, 100)])
    midi.close()


def test_notes_that_are_passed_on_are_held_as_others_are(midi, studio):
    start(midi, 0, 0)
    midi.thru(bytes((0x90, 60, 50)))
    end(midi, 0)
    midi.thru(bytes((0xB0, 1, 2)))
    midi.thru(bytes((0x90, 60, 0)))
    midi.thru(bytes((0x80, 61, 0)))
    assert studio.messages == [(0x90, 60, 100), (0x80, 60, 0), (0x90, 60, 50), (0xB0, 1, 2), (0x80, 60, 0)]


class Frames:
    """A clock of 1,000 frames a second that began ten seconds ago, and a loudspeaker that is late."""

    def __init__(self, latency_ms):
        self.began, self.latency_ns = time.monotonic_ns() - 10_000_000_000, latency_ms * 1_000_000

    def ns_at(self, frame):
        return self.began + frame * 1_000_000

    def sound_ns(self, frame):
        return self.ns_at(frame) + self.latency_ns


@pytest.mark.parametrize(("delay_ms", "latency_ms", "after_ms"), [(4.0, 1, 4), (4.0, 20, 20), (0.0, 0, 0)])
def test_notes_leave_an_even_time_after_their_frame_or_with_their_sound(studio, delay_ms, latency_ms, after_ms):
    clock = Frames(latency_ms)
    settings = Settings({"midi.out": "a", "midi.delay_ms": delay_ms})
    midi = MidiOut(settings, [[60, 62]], opener=studio.open, watch_s=60, clock=clock)
    start(midi, 0, 0, frame=10_100)
    end(midi, 0, frame=10_300)
    start(midi, 1, 1, frame=10_200)  # told of later: does not overtake
    start(midi, 2, 1, frame=200_000)  # in minutes: that clock is wrong
    times = [(at - clock.began) / 1e6 for at in studio.times]
    assert times[:3] == [10_100 + after_ms, 10_300 + after_ms, 10_300 + after_ms]
    assert times[3] == pytest.approx(10_300 + after_ms)
    midi.send_at(b"\xf8", 77)
    assert studio.times[-1] == 77
    midi.close()


def test_a_panic_drops_what_waits(midi, studio):
    midi.panic()
    assert studio.dropped == 1
