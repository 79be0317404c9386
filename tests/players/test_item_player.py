"""An item player on a scripted chooser: what is put out when, and what the chooser is told."""

import time

import numpy as np
import pytest

from livehost import events
from livehost.engine.player_abi import (
    ALLOW,
    CHANGED,
    MAX_OUTS,
    OUT,
    PART,
    PLAYER_IO,
    RESET,
    STEER,
    STOP,
    VOICE,
)
from livehost.events import NOW
from livehost.players.chooser import ASK_AGAIN, CHOICES, STAND_IN
from livehost.players.item_plan import ENTRIES
from livehost.players.item_player import ItemPlayer
from livehost.players.timing import Timing
from livehost.rt.native import run2
from livehost.rt.ring import Ring
from livehost.settings import Settings
from tests.players.scripted import Scripted

RATE = 1000.0
PLAN = [(4, 0.5), (2, 0.26), (7, 0.2), (1, 0.04)]


class Rig:
    """A player, its arguments as the worker gives them, and one function a call."""

    def __init__(self, part=0, **settings):
        self.chooser = Scripted()
        self.player = ItemPlayer(self.chooser, Timing(int(RATE)), RATE)
        self.io, self.parameters, self.outs = np.zeros(1, PLAYER_IO), np.zeros(1, PART), np.zeros(MAX_OUTS, OUT)
        Settings().fill(self.parameters, "part", part)
        for name, value in {"choke": 0.0, "dynamics": 0.0, "density": 1.0, **settings}.items():
            self.parameters[name] = value
        self.ring = Ring(64, events.RECORD_BYTES)
        self.io["part"], self.io["events"], self.io["virtual"], self.io["may_play"] = part, self.ring.address, 1, 1
        self.io["parameters"], self.io["outs"] = self.parameters.ctypes.data, self.outs.ctypes.data
        self.io["room"], self.io["average_level_db"], self.io["lead"] = MAX_OUTS, -20.0, 64
        self.chooser.give(PLAN)
        self._functions = {name: run2(entry) for name, entry in ENTRIES.items()}

    def call(self, name, **given):
        for key, value in given.items():
            self.io[key] = value
        assert self._functions[name](int(self.player.table["state"][0]), self.io.ctypes.data) == 0

    def onset(self, frame=1000, at=990, level_db=-20.0, **given):
        """Step over a hop with an onset; what is put out."""
        self.call("step", frame=frame, onset=1, onset_frame=at, onset_level_db=level_db, count=0, **given)
        return self.outs[: int(self.io["count"][0])].copy()

    def told(self):
        return [events.to_dict(slot) for slot in self.ring.drain()]


def test_an_answer_is_the_best_of_the_plan_that_stands():
    rig = Rig(gain_db=-3.0)
    rig.call("think", frame=900)
    (out,) = rig.onset()
    assert {name: out[name].item() for name in OUT.names if name != "velocity"} == {
        "frame": 1064, "kind": VOICE, "index": 4, "gain_db": -3.0, "frames": 0, "fade_in": 0, "choke": 0,
        "onset_frame": 990, "reason": 0, "probability": 0.5, "fallback": 0, "decide_ms": 0.0,
    }  # fmt: skip


def test_without_a_plan_one_is_asked_for_urgently():
    rig = Rig()
    assert [out["index"] for out in rig.onset()] == [4]
    ((_, asked),) = rig.chooser.calls("choose")
    assert (asked["urgent"], asked["frame"], asked["plan"], asked["wait"]) == (1, 1000, 1, 1)


@pytest.mark.parametrize("part", [0, 1])
def test_a_plan_is_asked_for_with_everything_and_told(part):
    rig = Rig(part)
    rig.chooser.give(PLAN, fallback=1)
    rig.call("think", frame=900, behind=5, plan=3, think=1)
    ((_, asked),) = rig.chooser.calls()
    told = {name: asked[name].item() for name in ("frame", "urgent", "behind", "part", "plan", "events", "parameters")}
    assert told == {
        "frame": 900, "urgent": 0, "behind": 5, "part": part, "plan": 4, "events": rig.ring.address,
        "parameters": rig.parameters.ctypes.data,
    }  # fmt: skip
    assert (rig.io["think"][0], rig.io["plan"][0]) == (0, 4)
    (event,) = rig.told()
    assert (event["kind"], event["frame"], event["part"], event["decision"]) == ("next", 900, part, 4)
    assert (event["count"], event["fallback"], event["decide_ms"]) == (4, 1, 0.0)
    assert event["index"] == [4, 2, 7, 1] + [-1] * (CHOICES - 4)
    assert event["probability"] == pytest.approx([0.5, 0.26, 0.2, 0.04] + [0.0] * (CHOICES - 4))


def test_how_long_a_decision_took_is_told_where_there_is_a_clock():
    rig = Rig()
    began = time.monotonic_ns()
    rig.call("think", virtual=0)
    spent_ms = (time.monotonic_ns() - began) * 1e-6
    (event,) = rig.told()
    assert 0 < event["decide_ms"] <= spent_ms
    (out,) = rig.onset()
    assert out["decide_ms"] == pytest.approx(event["decide_ms"], rel=1e-5)


@pytest.mark.parametrize(("code", "plans"), [(ASK_AGAIN, 0), (STAND_IN, 1)])
def test_a_chooser_that_is_not_done_is_asked_again(code, plans):
    rig = Rig()
    rig.chooser.give(PLAN, code)
    rig.call("think", think=0)
    assert rig.io["think"][0] == 1
    assert (len(rig.told()), rig.io["plan"][0]) == (plans, plans)


def test_each_onset_takes_the_next_of_the_plan_and_has_the_next_plan_made():
    rig = Rig()
    rig.call("think")
    for k, (index, probability) in enumerate(PLAN):
        rig.io["think"] = 0
        (out,) = rig.onset(2000 + 100 * k, 1990 + 100 * k)
        assert (out["index"], out["probability"]) == (index, probability)
        assert rig.io["think"][0] == 1
    assert len(rig.chooser.calls("choose")) == 1
    assert rig.onset(3000, 2990)["index"].tolist() == [4]  # the plan was used up
    assert len(rig.chooser.calls("choose")) == 1


def test_the_chooser_is_told_of_what_is_put_out():
    rig = Rig(voices=2)
    rig.onset(1000, 990)
    heard = [
        {name: io[name].item() for name in ("frame", "played", "start", "layer")}
        for _, io in rig.chooser.calls("played")
    ]
    assert heard == [
        {"frame": 1000, "played": 4, "start": 1064, "layer": 0},
        {"frame": 1000, "played": 2, "start": 1064, "layer": 1},
    ]  # fmt: skip


def test_as_soon_as_possible_is_now_for_the_audio_thread_and_this_frame_for_the_chooser():
    rig = Rig()
    (out,) = rig.onset(1000, 990, lead=0)
    assert out["frame"] == NOW
    ((_, told),) = rig.chooser.calls("played")
    assert told["start"] == 1000


@pytest.mark.parametrize(("delay_ms", "frame"), [(10.0, 1000), (25.4, 1015), (25.6, 1016)])
def test_a_delay_is_counted_from_the_onset(delay_ms, frame):
    (out,) = Rig(answer_delay_ms=delay_ms).onset(1000, 990)
    assert out["frame"] == frame


@pytest.mark.parametrize(
    ("voices", "plan", "layers"),
    [
        (1, PLAN, [4]),
        (2, PLAN, [4, 2]),
        (4, PLAN, [4, 2]),  # the third is less than half as likely
        (4, [(4, 0.4), (2, 0.2), (7, 0.2), (1, 0.2)], [4, 2, 7, 1]),
        (3, [(4, 0.4), (2, 0.2), (7, 0.2), (1, 0.2)], [4, 2, 7]),
        (4, [(4, 1.0)], [4]),
        (4, [], []),
    ],
)
def test_choices_nearly_as_likely_sound_together_each_softer_and_the_later_ones_behind(voices, plan, layers):
    rig = Rig(voices=voices, choke=1.0)
    rig.chooser.give(plan)
    outs = rig.onset()
    assert outs["index"].tolist() == layers
    assert outs["gain_db"] == pytest.approx([-10 * np.log10(max(len(layers), 1))] * len(layers))
    assert outs["fade_in"].tolist() == [0, 15, 15, 15][: len(layers)]
    assert outs["choke"].tolist() == [1, 2, 3, 4][: len(layers)]


@pytest.mark.parametrize(
    ("dynamics", "level_db", "gain_db"),
    [(1.0, -17.0, 3.0), (0.5, -17.0, 1.5), (1.0, -60.0, -24.0), (1.0, 0.0, 9.0), (0.5, 0.0, 4.5), (1.0, np.nan, 0.0)],
)
def test_an_answer_follows_the_musician_s_dynamics_within_bounds(dynamics, level_db, gain_db):
    (out,) = Rig(dynamics=dynamics).onset(level_db=level_db)
    assert out["gain_db"] == pytest.approx(gain_db)


def test_what_finds_no_room_is_counted_and_stays_in_the_plan():
    rig = Rig(voices=2)
    assert rig.onset(room=1)["index"].tolist() == [4]
    assert rig.io["refused"][0] == 1
    assert rig.onset(1100, 1090, room=MAX_OUTS)["index"].tolist()[0] == 2


def test_who_may_not_play_puts_out_nothing():
    rig = Rig()
    rig.call("think")
    assert len(rig.onset(may_play=0)) == 0
    assert [name for name, _ in rig.chooser.calls()] == ["choose"]


@pytest.mark.parametrize("part", [0, 1])
def test_a_phrase_that_is_over_is_told(part):
    rig = Rig(part, phrase_gap_ms=200.0)
    rig.onset(1000, 990)
    rig.onset(1100, 1090)
    rig.told()
    rig.call("step", frame=1289, onset=0)
    assert rig.told() == []
    rig.call("step", frame=1290)
    (event,) = rig.told()
    assert {name: event[name] for name in ("kind", "frame", "part", "onset_frame", "onsets")} == {
        "kind": "phrase", "frame": 1290, "part": part, "onset_frame": 990, "onsets": 2,
    }  # fmt: skip


@pytest.mark.parametrize("provisional", [0, 1])
def test_a_segment_is_for_the_chooser_and_has_the_plan_made_anew(provisional):
    rig = Rig()
    rig.call("hear_segment", frame=500, features=123, frames=40, provisional=provisional, think=0)
    ((name, io),) = rig.chooser.calls()
    assert (name, io["frame"], io["features"], io["frames"], io["provisional"]) == ("hear", 500, 123, 40, provisional)
    assert rig.io["think"][0] == 1


def test_a_note_is_passed_over():
    rig = Rig()
    rig.call("hear_note", pitch=60, velocity=1, think=0)
    assert rig.chooser.calls() == []
    assert rig.io["think"][0] == 0


@pytest.mark.parametrize(
    ("verb", "asked", "think"),
    [
        (RESET, [("reset", {"frame": 500})], 1),
        (STEER, [("steer", {"frame": 500, "verdict": 2})], 1),
        (ALLOW, [("allow", {"frame": 500, "item": 6, "allowed": 1})], 1),
        (STOP, [], 0),
        (CHANGED, [], 1),
        (CHANGED + 1, [], 0),  # a verb of another livehost
    ],
)
def test_verbs(verb, asked, think):
    rig = Rig()
    rig.call("command", frame=500, verb=verb, verdict=2, item=6, allowed=1, think=0)
    calls = rig.chooser.calls()
    assert [name for name, _ in calls] == [name for name, _ in asked]
    for (_, io), (_, told) in zip(calls, asked, strict=True):
        assert {name: io[name].item() for name in told} == told
    assert rig.io["think"][0] == think


@pytest.mark.parametrize(("verb", "kept"), [(STOP, True), (CHANGED, True), (RESET, False)])
def test_a_reset_forgets_the_musician_s_time_and_a_stop_only_what_is_to_come(verb, kept):
    rig = Rig(mode=1.0)  # continue
    for k in range(3):
        rig.onset(1000 + 100 * k, 1000 + 100 * k)
    rig.call("command", frame=1210, verb=verb)
    rig.call("step", frame=1290, onset=0, count=0, lead=0)
    assert rig.io["count"][0] == int(kept)


def test_verdicts_are_kept_for_a_player_on_as_many_items():
    one, same, smaller = (ItemPlayer(Scripted(items), Timing(1000), RATE) for items in (9, 9, 8))
    one.chooser.allowed_bits[3] = 5
    same.keep_verdicts(one)
    smaller.keep_verdicts(one)
    assert same.chooser.allowed_bits.tolist() == [1, 1, 1, 5, 1, 1, 1, 1, 1]
    assert smaller.chooser.allowed_bits.tolist() == [1] * 8
    same.allow(2, False)
    ((name, io),) = same.chooser.calls()
    assert (name, io["item"], io["allowed"]) == ("allow", 2, 0)
