"""The tempo of a session, in a time that is only counted."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from livehost.bridge.tempo import sources as sources_module
from livehost.bridge.tempo.source import Reading
from livehost.bridge.tempo.sources import SOURCES, Row
from livehost.errors import LivehostError
from livehost.settings import TABLE, Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.tempo import Tempo

RATE, LATENCY_MS = 1000.0, 10
MS = 1_000_000


class Time:
    """A timebase of 1,000 frames a second; frame 0 is at 5 s, and is heard 10 ms later."""

    frame_ns = 1e6

    def __init__(self):
        self.ns, self.zero_ms = 5_000 * MS, 5000

    def ns_at(self, frame):
        return (frame + self.zero_ms) * MS

    def frame_at_ns(self, ns):
        return round(ns / MS) - self.zero_ms

    def sound_ns(self, frame):
        return self.ns_at(frame) + LATENCY_MS * MS

    def frame_sounding_at(self, ns):
        return self.frame_at_ns(ns - LATENCY_MS * MS)

    @property
    def now(self):
        return self.frame_at_ns(self.ns)

    @property
    def next_frame(self):
        return self.now + 1


class Source:
    """A source from outside, which says what it is told to."""

    takes_tempo, heard, starts, problem = True, True, False, ""

    def __init__(self, time):
        self.time, self.asked, self.running, self.song, self.bpm, self.zero_ns = time, [], None, False, 60.0, 0
        self.there = True

    def read(self):
        beat_ns = 60e9 / self.bpm
        beat = (self.time.ns - self.zero_ns) / beat_ns
        return Reading(beat, self.time.ns, beat_ns, 0.5, self.running, self.song, peers=3) if self.there else None

    def __getattr__(self, name):
        return lambda *given: self.asked.append((name, *given))


@pytest.fixture
def made(monkeypatch):
    """A tempo at 120 beats a minute, its time, its events, and the MIDI clock that it sends."""
    values, time, seen, sent = Settings({"tempo.clock_out": True}), Time(), [], []
    bus = EventBus(seen.append)
    bus.subscribe(seen.append)
    source = Source(time)
    port = SimpleNamespace(send_at=lambda message, ns: sent.append((message, (ns - 5_000 * MS) / MS)))
    monkeypatch.setitem(SOURCES, "link", Row("a friend", lambda *_: source))
    tempo = Tempo(values, time, RATE, bus, port, lambda: time.ns)

    def run(seconds, each=lambda: None):
        for _ in range(round(seconds * 1000)):
            each()
            tempo.turn()
            time.ns += MS
        bus.pump()

    def beats():
        told = [(e["frame"], e["bar"], e["beat"]) for e in seen if e["kind"] == "beat"]
        seen.clear()
        return told

    return SimpleNamespace(
        tempo=tempo, values=values, time=time, seen=seen, sent=sent, source=source, run=run, beats=beats, bus=bus
    )


def test_the_table_of_sources_is_that_of_the_setting():
    assert tuple(SOURCES) == TABLE["tempo.source"].choices


def test_the_beat_that_is_heard_is_a_source_while_it_is_sure():
    heard = [None]
    source = SOURCES["heard"].open(None, 120.0, lambda: heard[0])
    assert source.read() is None
    heard[0] = Reading(4.0, 5_000 * MS, 5e8, 0.1)
    assert source.read() is None
    heard[0] = Reading(4.0, 5_000 * MS, 5e8, 0.6)
    assert source.read() == heard[0]
    assert not source.play(0)


def test_the_tempo_of_what_is_heard_is_taken_over_and_kept():
    heard, values, time, bus = [None], Settings({"tempo.source": "heard"}), Time(), EventBus(lambda _: None)
    tempo = Tempo(values, time, RATE, bus, None, lambda: time.ns, lambda: heard[0])
    tempo.turn()
    assert values["tempo.bpm"] == 120.0
    heard[0] = Reading(8.0, time.ns, 60e9 / 96, 0.6)
    tempo.turn()
    assert values["tempo.bpm"] == 96.0
    assert tempo.grid.beat_heard(time.ns) == pytest.approx(8.0, abs=0.01)
    heard[0], time.ns = None, time.ns + 5_000 * MS
    tempo.turn()
    assert tempo.grid.beat_heard(time.ns) == pytest.approx(16.0, abs=0.01)
    heard[0] = Reading(16.0, time.ns, 60e9 / 96, 0.6)
    with pytest.raises(LivehostError, match="as they are heard"):
        tempo.check("tempo.bpm", 100.0)


def test_it_tells_of_no_beat_until_it_plays(made):
    made.run(3)
    assert made.beats() == []
    assert made.tempo.facts() == {"transport": "stopped", "tempo_peers": 0}


def test_it_starts_at_the_next_bar_and_stops_at_once(made):
    made.run(0.7)
    made.tempo.act("play")
    made.run(2.6)
    assert made.beats() == [(2000, 1, 1), (2500, 1, 2), (3000, 1, 3)]
    made.tempo.act("stop")
    made.run(2)
    assert made.beats() == []
    made.tempo.act("continue")
    made.run(3)
    assert made.beats() == [(6000, 2, 1), (6500, 2, 2), (7000, 2, 3), (7500, 2, 4), (8000, 3, 1)]


def test_a_beat_is_told_of_when_it_is_heard(made):
    told = []
    made.bus.subscribe(lambda e: told.append(made.time.now) if e["kind"] == "beat" else None)
    made.run(0.1)
    made.tempo.act("play")
    made.run(4.2, made.bus.pump)
    assert told == pytest.approx([2000 + LATENCY_MS + 500 * k for k in range(5)], abs=3)


def test_beats_and_midi_clock_go_on_in_time_although_frames_stood_still(made):
    told = []
    made.bus.subscribe(
        lambda e: told.append((made.time.ns // MS, e["bar"], e["beat"])) if e["kind"] == "beat" else None
    )
    made.run(0.1)
    made.tempo.act("play")
    made.run(3.0, made.bus.pump)
    frame = made.time.now

    def restart():
        made.time.zero_ms = made.time.ns // MS - frame  # the frame at which the card stood

    made.run(1.3, made.bus.pump)  # while it was away
    made.tempo.after_gap(restart)
    assert made.time.now == frame
    made.run(2.0, made.bus.pump)
    times, *places = zip(*told, strict=True)
    assert np.diff(times).tolist() == pytest.approx([500] * (len(times) - 1), abs=2)
    assert list(zip(*places, strict=True)) == [(1 + k // 4, 1 + k % 4) for k in range(len(told))]
    pulses = [at for message, at in made.sent if message == bytes((0xF8,))]
    assert np.diff(pulses).tolist() == pytest.approx([500 / 24] * (len(pulses) - 1), abs=2)


def test_the_count_in_comes_first(made):
    made.values.set("tempo.countin", 1)
    made.values.set("tempo.quantum", 2)
    made.run(0.1)
    made.tempo.act("play")
    made.run(2.6)
    assert made.beats() == [(1000, 0, 1), (1500, 0, 2), (2000, 1, 1), (2500, 1, 2)]


def test_the_state_is_a_fact(made):
    made.run(0.1)
    for what, seconds in (("play", 2.5), ("stop", 0.1)):
        made.tempo.act(what)
        made.run(seconds)
    facts = [(e["name"], e["value"]) for e in made.seen if e["kind"] == "fact"]
    assert facts == [("transport", "counting"), ("transport", "playing"), ("transport", "stopped")]


def test_another_tempo_goes_on_from_this_beat(made):
    made.run(0.1)
    made.tempo.act("play")
    made.run(2.65)
    made.values.set("tempo.bpm", 60.0)
    made.run(1.4)
    assert made.beats() == [(2000, 1, 1), (2500, 1, 2), (3250, 1, 3)]


def test_the_offset_moves_every_beat(made):
    made.values.set("tempo.offset_ms", -30.0)
    made.tempo.act("play")
    made.run(2.2)
    assert made.beats()[0][0] == 1970


def test_taps_give_the_tempo_and_with_source_tap_the_place(made):
    for source, first in (("internal", None), ("tap", 0)):
        made.values.set("tempo.source", source)
        made.values.set("tempo.bpm", 120.0)
        made.run(3)
        for _ in range(4):
            made.tempo.tap(made.time.ns)
            made.run(0.4)
        assert made.values["tempo.bpm"] == 150.0
        assert made.values.by("tempo.bpm") == "tap"
        tapped = made.time.now - 400 - LATENCY_MS
        phase = made.tempo.grid.clock.beat_at(tapped) % 1
        if first is not None:
            assert min(phase, 1 - phase) == pytest.approx(0, abs=0.01)


def test_a_source_from_outside_is_followed(made):
    made.source.bpm, made.source.zero_ns = 90.0, 123 * MS
    made.values.set("tempo.source", "link")
    made.run(0.5)
    assert made.values["tempo.bpm"] == 90.0
    assert made.values.by("tempo.bpm") == "tempo"
    assert made.tempo.facts()["tempo_peers"] == 3
    beat = 12
    heard = made.time.sound_ns(made.tempo.grid.clock.frame_of(beat))
    assert heard == pytest.approx(123 * MS + beat * 60e9 / 90, abs=MS)


def test_its_tempo_is_asked_for(made):
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.check("tempo.bpm", 100.0)
    made.values.set("tempo.bpm", 100.0)
    made.tempo.act("play")
    made.values.set("tempo.quantum", 3)
    start = made.tempo.grid.heard_ns(12)
    assert made.source.asked == [
        ("set_quantum", 4),
        ("set_bpm", 100.0),
        ("play", start - 4 * 10**9),
        ("set_quantum", 3),
    ]


def test_it_starts_and_stops_as_the_source_does(made):
    made.source.running, made.source.song = False, True
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.source.zero_ns, made.source.running = made.time.ns, True
    made.run(2.5)
    assert [(bar, beat) for _, bar, beat in made.beats()] == [(1, 1), (1, 2), (1, 3)]
    made.source.running = False
    made.run(2)
    assert made.beats() == []


def test_who_joins_a_source_that_stands_still_plays_on_with_the_same_bar(made):
    made.run(0.1)
    made.tempo.act("play")
    made.run(4.6)
    assert made.beats()[-1][1:] == (2, 2)
    made.source.running, made.source.zero_ns = False, -1000 * 10**9
    made.values.set("tempo.source", "link")
    made.run(2)
    assert made.tempo.facts()["transport"] == "playing"
    assert {bar for _, bar, _ in made.beats()} <= {2, 3}


def test_a_stop_of_the_source_counts_as_soon_as_it_plays(made):
    made.source.running = False
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.act("play")
    made.run(0.05)
    made.source.running = True  # a stop of ours that comes back late must not end the count
    made.run(0.05)
    made.source.running = False
    made.run(0.05)
    assert made.tempo.facts()["transport"] == "counting"
    until_s = (made.tempo.grid.heard_ns(made.tempo._transport.start) - made.time.ns) / 1e9
    made.run(until_s + 0.01)
    made.source.running = True
    made.run(0.02)
    assert made.tempo.facts()["transport"] == "playing"
    made.source.running = False
    made.run(0.02)
    assert made.tempo.facts()["transport"] == "stopped"


def test_a_stop_that_came_before_the_start_was_seen_counts_too(made):
    made.source.running, made.source.play = False, lambda ns: True
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.act("play")
    made.run((made.tempo.grid.heard_ns(made.tempo._transport.start) - made.time.ns) / 1e9 + 0.3)
    assert made.tempo.facts()["transport"] == "playing"
    made.run(0.3)
    assert made.tempo.facts()["transport"] == "stopped"


def test_a_source_that_nobody_can_start_does_not_stop_what_plays(made):
    made.source.running, made.source.play = False, lambda ns: False
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.act("play")
    made.run(8)
    assert made.tempo.facts()["transport"] == "playing"


def test_where_a_transport_is_the_sources_own_it_is_asked_to_start(made):
    made.source.starts, made.source.running = True, False
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.act("play")
    made.run(3)
    made.tempo.act("stop")
    assert [a[0] for a in made.source.asked] == ["set_quantum", "play", "stop"]
    assert made.beats() == []


def test_a_tempo_that_is_anothers_cannot_be_set_while_it_is_there(made):
    made.source.takes_tempo = False
    made.values.set("tempo.source", "link")
    made.run(0.1)
    sentence = "The tempo is that of a friend; set tempo.source to another first."
    for attempt in (lambda: made.tempo.check("tempo.bpm", 100.0), lambda: made.tempo.tap(made.time.ns)):
        with pytest.raises(LivehostError, match=re.escape(sentence)):
            attempt()
    made.source.there = False
    made.tempo.check("tempo.bpm", 100.0)


def test_a_source_that_goes_silent_leaves_the_beat_going(made):
    made.source.bpm = 120.0
    made.values.set("tempo.source", "link")
    made.run(0.1)
    made.tempo.act("play")
    made.run(2)
    made.source.there = False
    made.beats()
    made.run(2)
    assert [frame for frame, *_ in made.beats()] == pytest.approx([2490, 2990, 3490, 3990], abs=510)
    made.values.set("tempo.source", "internal")
    made.run(0.1)
    assert ("close",) in made.source.asked


def test_a_sound_waits_for_the_beat_or_the_bar(made):
    made.time.ns += 1200 * MS
    assert made.tempo.next_frame("beat") == 1500
    assert made.tempo.next_frame("bar") == 2000
    made.time.ns += 297 * MS  # too late for this beat
    assert made.tempo.next_frame("beat") == 2000


def test_midi_clock_is_sent_in_time_and_starts_with_the_transport(made):
    made.run(0.1)
    made.tempo.act("play")
    made.run(4)
    pulses = [at for message, at in made.sent if message == b"\xf8"]
    assert pulses[:49] == pytest.approx([LATENCY_MS + k * 500 / 24 for k in range(49)], abs=0.51)
    assert [at for message, at in made.sent if message == b"\xfa"] == [2000 + LATENCY_MS - 1]
    made.tempo.act("stop")
    assert made.sent[-1][0] == b"\xfc"
    made.values.set("tempo.clock_out", False)
    count = len(made.sent)
    made.run(1)
    assert len(made.sent) == count


def test_what_is_not_installed_is_told_of(monkeypatch):
    monkeypatch.setattr(sources_module, "find_spec", lambda _name: None)
    sentence = (
        "The tempo source link needs Ableton Link, which is not installed: pip install 'livehost[link]'."
    )  # fmt: skip
    with pytest.raises(LivehostError, match=re.escape(sentence)):
        Tempo(Settings({"tempo.source": "link"}), Time(), RATE, EventBus(print))
