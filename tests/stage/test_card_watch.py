"""A card that is lost, what goes on without it, and how it is taken back."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.settings import Settings
from livehost.stage import card_watch
from livehost.stage.card_watch import POLL_S, SILENT_S, CardWatch
from livehost.stage.event_bus import EventBus
from livehost.stage.health import Health
from tests.engine.conftest import Rig
from tests.stage.fake_card import FakeCard
from tests.waiting import until

TOLD = ("card_lost", "card_back")


class Made:
    """A watch over a card that is asked by hand, at 1,000 frames a second, with a clock that is moved by hand."""

    def __init__(self, on_loss="wait"):
        self.rig, self.card, self.now = Rig(rate=1000.0), FakeCard(rate=1000.0, block=50), 1000.0
        self.values = Settings({"audio.on_loss": on_loss})
        self.said, self.silenced, self.threads = [], [], []
        self.health = Health(self.said.append, lambda: self.now)
        self.bus = EventBus(self.said.append)
        self.bus.read_from((self.rig.engine.events,), lambda: int(self.rig.engine["frame"]))
        self.told = self.bus.queue()
        self.card.start(self.rig.engine, None)
        self.watch = CardWatch(
            self.card, self.rig.engine, self.values, self.bus, self.health, lambda: self.silenced.append(self.now),
            self.gap, lambda: self.threads.append(self.rig.engine["tid"]), lambda: self.now,
        )  # fmt: skip
        self.gaps = []
        self.play()

    def gap(self, restart):
        restart()
        self.gaps.append(self.rig.engine.clock.read().frame)

    def play(self, blocks=1):
        """Have the card ask for blocks, and look after each."""
        out = [self.card.call() for _ in range(blocks) if self.look() or True]
        self.look()
        return np.concatenate(out)

    def look(self, seconds=POLL_S):
        self.now += seconds
        self.watch.turn()

    def wait(self, seconds):
        """Look again and again while nobody asks; an attempt that runs comes to its end."""
        for _ in range(round(seconds / POLL_S)):
            self.look()
            attempt = self.watch._attempt
            until(lambda: attempt is None or attempt.done, "an attempt ends")  # noqa: B023

    def events(self, *kinds):
        self.bus.pump()
        return [event for event in self.told.read() if event["kind"] in (kinds or TOLD)]

    def problems(self):
        return list(self.health.problems().values())


def test_a_card_that_is_unplugged_is_lost_at_the_frame_where_it_stood_and_taken_back_there():
    made = Made()
    made.rig.voice(60, 1)
    made.play(2)
    frame = made.rig.engine["frame"]
    assert frame == 150
    made.card.unplug()
    made.look()
    assert made.events() == [
        {"frame": 150, "kind": "card_lost", "device": "a card", "reason": "The cable is out."},
    ]  # fmt: skip
    assert made.problems() == ["The sound card is gone: The cable is out."]
    assert made.silenced == [made.now]  # MIDI notes end, once
    made.wait(2.0)
    assert made.silenced == [made.silenced[0]]
    assert made.said == ["The sound card is gone: The cable is out."]  # and that is said once
    made.card.there = True
    made.wait(card_watch.LONGEST_S + 2 * POLL_S)
    assert made.card.open
    assert not made.card.call().any()  # it is not its turn yet
    made.look()
    (back,) = made.events("card_back")
    assert (back["frame"], back["block"]) == (150, 50)
    assert back["gap_s"] == pytest.approx(made.now - made.silenced[0] + POLL_S, abs=1e-9)
    assert made.problems() == []
    out = made.card.call()
    assert not out[2:].any()  # what sounded when it went is over
    assert made.rig.engine["frame"] == 200
    assert [e["how"] for e in made.events("silenced")] == ["loss"]
    made.look()
    assert made.threads == [made.rig.engine["tid"]]
    assert made.watch.losses == 1
    assert made.gaps == [150]


def test_a_card_that_is_looked_for_is_asked_less_and_less_often_and_at_last_a_few_times_a_second():
    made = Made()
    made.card.unplug()
    made.wait(1.0)
    soon = made.card.tries
    made.wait(9.0)
    assert 5 <= soon <= 10
    assert 9.0 / (card_watch.LONGEST_S + 3 * POLL_S) <= made.card.tries - soon <= 9.0 / card_watch.LONGEST_S


@pytest.mark.parametrize(("silent_s", "lost"), [(SILENT_S - POLL_S, False), (SILENT_S + 2 * POLL_S, True)])
def test_a_card_that_is_silent_is_lost_after_a_while_and_back_when_it_asks(silent_s, lost):
    made = Made()
    made.wait(silent_s)
    assert bool(made.events("card_lost")) is lost
    made.wait(3.0)
    assert made.card.tries == 0  # its stream may go on by itself
    assert made.problems() == [f"The sound card is gone: a card has not asked for sound for {SILENT_S:g} s."]
    made.card.call()
    made.look()
    (back,) = made.events("card_back")
    assert back["gap_s"] == pytest.approx(silent_s + 3.0, abs=2 * POLL_S)
    assert made.play(2)[:1].shape == (1, 2)
    assert made.rig.engine["frame"] == back["frame"] + 100


def test_time_in_which_the_watch_itself_did_not_run_does_not_count():
    made = Made()
    for _ in range(5):
        made.look(10.0)
    assert made.events() == []


def test_what_keeps_a_card_from_coming_back_is_said_once_and_it_is_looked_for_on():
    made = Made()
    made.card.unplug()
    made.look()
    made.card.there, made.card.refusal = True, "It is back at 44100 Hz."
    made.wait(1.0)
    assert made.said[1:] == ["The sound card is gone: It is back at 44100 Hz."]
    assert made.problems() == made.said[1:]
    tries = made.card.tries
    made.card.refusal = "Another program uses it."
    made.wait(1.0)
    assert made.said[2:] == ["The sound card is gone: Another program uses it."]
    assert made.card.tries > tries
    made.card.refusal = ""
    made.wait(1.0)
    made.card.call()
    made.look()
    assert made.problems() == []
    assert made.said[3:] == [f"a card is back after {made.events('card_back')[0]['gap_s']:.1f} s."]


def test_a_clock_plays_on_where_that_is_asked_for_and_what_it_played_is_not_dropped():
    made = Made("null")
    made.card.unplug()
    made.look()
    begun = made.rig.engine["frame"]
    until(lambda: made.rig.engine["frame"] > begun + 200, "the clock plays on")
    assert made.silenced == []
    made.card.there = True
    made.wait(1.0)
    made.card.call()
    made.look()
    (back,) = made.events("card_back")
    assert back["frame"] == made.rig.engine["frame"] > begun + 200
    until(lambda: made.rig.engine["frame"] == back["frame"], "it stands until the card asks")
    made.play(3)
    assert made.rig.engine["frame"] == back["frame"] + 150
    assert made.events("silenced") == []
    assert made.gaps == []  # frames never stood still


def test_the_setting_counts_also_where_the_card_is_lost_already():
    made = Made()
    made.card.unplug()
    made.look()
    stood = made.rig.engine["frame"]
    made.values.set("audio.on_loss", "null", "osc")
    made.look()
    until(lambda: made.rig.engine["frame"] > stood + 100, "a clock plays on")
    made.values.set("audio.on_loss", "wait", "osc")
    made.look()
    stood = made.rig.engine["frame"]
    assert len(made.silenced) == 2
    made.values.set("audio.on_loss", "exit", "osc")
    made.look()
    assert made.watch.ended == "The sound card is gone: The cable is out."
    assert made.rig.engine["frame"] == stood
    made.watch.close()


def test_a_loss_ends_the_session_where_that_is_asked_for():
    made = Made("exit")
    assert made.watch.ended == ""
    made.card.unplug()
    made.look()
    assert made.watch.ended == "The sound card is gone: The cable is out."
    assert made.card.tries == 0


def test_a_sound_system_that_does_not_answer_is_told_of_and_asked_once():
    made = Made()
    made.card.unplug()
    made.look()
    made.watch._attempt = SimpleNamespace(done=False, seconds=card_watch.FROZEN_S + 1)
    for _ in range(10):
        made.look(0.5)
    assert made.card.tries == 0
    assert made.said[1:] == ["The sound card is gone, and the sound system does not answer: is its server frozen?"]


def test_wires_that_are_out_are_told_of_while_the_card_plays():
    made = Made()
    made.card.wire = "JACK has no port system:playback_1 any more."
    made.play(20)
    assert made.problems() == ["JACK has no port system:playback_1 any more."]
    made.card.wire = ""
    made.play(20)
    assert made.said == ["JACK has no port system:playback_1 any more.", "All ports are connected again."]
    assert made.events() == []


def test_fifty_losses_leave_nothing_behind():
    import threading

    made = Made("null")
    made.rig.voice(0, 1)
    before = None
    for k in range(50):
        made.values.set("audio.on_loss", ("wait", "null")[k % 2], "osc")
        made.card.unplug()
        made.look()
        made.card.there = True
        made.wait(0.2)
        made.card.call()
        made.look()
        made.play(2)
        before = before or threading.active_count()
    assert made.watch.losses == 50
    assert len(made.events("card_back")) == 50
    assert threading.active_count() <= before
    assert made.rig.engine["late"] == 0
