"""A source of tempo tells the worker its beat, once, and again when it changes; a card tells its way."""

import threading
from types import SimpleNamespace

import numpy as np
import pytest

from livehost import events
from livehost.bridge.tempo.clock import TempoClock
from livehost.settings import Settings
from livehost.stage.given_beats import GivenBeats

RATE = 48_000


class Control:
    """A control ring that is full when it is told to be."""

    def __init__(self):
        self.told, self.full = [], False

    def push(self, record):
        if self.full:
            return False
        self.told.append(events.to_dict(np.ascontiguousarray(record)))
        return True

    def take(self):
        told, self.told = self.told, []
        return [{k: v for k, v in e.items() if k not in ("frame",)} for e in told]


@pytest.fixture
def made():
    values, control = Settings({"tempo.source": "tap"}), Control()
    timebase = SimpleNamespace(frame_ns=1e9 / RATE, latency_ns=5_000_000, now=100_000)
    driver = SimpleNamespace(is_card=False, block=64)
    grid = SimpleNamespace(lock=threading.RLock(), source=None, reading=None, clock=TempoClock(0, 0.0, 24_000.0))
    given = GivenBeats(values, SimpleNamespace(control=control), timebase, driver)
    return SimpleNamespace(values=values, control=control, time=timebase, driver=driver, grid=grid, given=given)


def test_a_beat_is_told_once(made):
    for now in range(100_000, 400_000, 10_000):
        made.time.now = now
        made.given.tell(made.grid)
    assert made.control.take() == [
        {"kind": "given_beat", "number": 5, "beat_frame": 120_000.0, "period": 24_000.0, "downbeat": 0}
    ]


def test_another_tempo_and_another_place_are_told(made):
    made.given.tell(made.grid)
    made.control.take()
    made.grid.clock = TempoClock(0, 0.0, 20_000.0)
    made.given.tell(made.grid)
    made.grid.clock = TempoClock(100, 0.0, 20_000.0)
    made.given.tell(made.grid)
    assert [(e["beat_frame"], e["period"]) for e in made.control.take()] == [
        (100_000.0, 20_000.0),
        (100_100.0, 20_000.0),
    ]


@pytest.mark.parametrize("source", ["internal", "heard"])
def test_it_is_taken_back_where_the_source_gives_none(made, source):
    made.given.tell(made.grid)
    made.values.set("tempo.source", source)
    made.given.tell(made.grid)
    made.given.tell(made.grid)
    assert [e["period"] for e in made.control.take()] == [24_000.0, 0.0]


def test_a_source_that_says_nothing_gives_none(made):
    made.grid.source = object()
    made.given.tell(made.grid)
    assert made.control.take() == []
    made.grid.reading = object()
    made.given.tell(made.grid)
    assert len(made.control.take()) == 1


def test_what_found_no_room_is_told_later(made):
    made.control.full = True
    made.given.tell(made.grid)
    made.control.full = False
    made.given.tell(made.grid)
    assert len(made.control.take()) == 1


def test_a_card_tells_its_way_and_beats_are_heard_so_much_later(made):
    made.driver.is_card = True
    made.given.tell(made.grid)
    made.given.tell(made.grid)
    way, beat = made.control.take()
    assert (way["kind"], way["frames"]) == ("card_latency", 64 + 240)
    assert beat["beat_frame"] == 120_000.0 + 304
