"""Hints while it runs."""

import pytest

from livehost.settings import Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.hints import AGAIN_S, Hints
from livehost.stage.notices import Notices

RATE = 1000


class Room:
    """Seconds of a session, told to the hints."""

    def __init__(self, **settings):
        self.given, self.frame = [], 0
        self.values = Settings(settings)
        self.hints = Hints(self.values, RATE, lambda name, text: self.given.append((name, text)))

    def meters(self, seconds, peak_db=-30.0, rms_db=-40.0):
        for _ in range(round(20 * seconds)):
            self.frame += RATE // 20
            self.hints.event({"kind": "meter", "frame": self.frame, "in_peak_db": peak_db, "in_rms_db": rms_db})

    def attack(self, kind="onset"):
        self.frame += RATE // 10
        self.hints.event({"kind": kind, "frame": self.frame})

    @property
    def names(self):
        return [name for name, _ in self.given]


def test_a_session_as_it_should_be_gets_none():
    room = Room()
    for _ in range(60):
        room.meters(2)
        room.attack()
        room.meters(2, -70.0, -90.0)  # a pause
    assert room.given == []


def test_clipping():
    room = Room()
    room.meters(0.1, 0.0)
    assert room.given == []  # two peaks are none
    room.meters(10, -3.0)
    room.meters(0.2, 0.0)
    assert room.given == [("clipping", "The input clips: turn the preamplifier down.")]


@pytest.mark.parametrize("peak_db", [-120.0, None])
def test_silence(peak_db):
    room = Room(**{"audio.input_channels": "2"})
    room.meters(14, peak_db, peak_db)
    assert room.given == []
    room.meters(2, peak_db, peak_db)
    assert room.names == ["silence"]
    assert "input 2 the right one?" in room.given[0][1]


def test_signal_without_onsets():
    room = Room(**{"listen.sensitivity": 0.1})
    room.meters(14)
    room.attack()
    room.meters(14)
    assert room.given == []
    room.meters(2)
    assert room.names == ["no onsets"]
    assert "listen.sensitivity (0.1)" in room.given[0][1]


@pytest.mark.parametrize(
    ("settings", "rms_db"),
    [({"listen.enabled": False}, -40.0), ({"input.gate_db": -42.0}, -40.0), ({}, -55.0), ({"run.hints": False}, -40.0)],
)
def test_where_nothing_is_to_be_heard_nothing_is_missed(settings, rms_db):
    room = Room(**settings)
    room.meters(40, rms_db=rms_db)
    assert room.given == []


def test_its_own_echo():
    room = Room()
    for _ in range(19):
        room.attack("masked")
        room.attack()
    assert room.given == []
    room.attack("masked")
    assert room.names == ["echo"]
    assert "20 of 39 attacks" in room.given[0][1]


def test_many_onsets_of_the_musician_are_no_echo():
    room = Room()
    for _ in range(300):
        for kind in ("onset", "onset", "masked"):
            room.attack(kind)
    assert room.given == []


def test_the_same_hint_comes_again_only_after_a_while():
    room = Room()
    room.meters(AGAIN_S - 1, -120.0, -120.0)
    assert room.names == ["silence"]
    room.meters(AGAIN_S, -120.0, -120.0)
    assert room.names == ["silence"] * 2


def test_a_hint_is_an_event_and_a_sentence():
    said, events = [], []
    bus, notices = EventBus(said.append), Notices(said.append)
    notices.publish_on(bus)
    bus.subscribe(events.append)
    notices.hint("clipping", "The input clips.")
    bus.pump()
    assert said == ["The input clips."]
    assert [(e["kind"], e.get("name"), e["text"]) for e in events] == [
        ("hint", "clipping", "The input clips."), ("log", None, "The input clips."),
    ]  # fmt: skip


def test_gain_behind_the_converter_clips_nothing():
    room = Room(**{"input.gain_db": 20.0})
    room.meters(5, 10.0)
    assert room.given == []
    room.meters(1, 20.0)
    assert room.names == ["clipping"]
