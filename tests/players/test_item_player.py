"""An item player on a scripted chooser: what is put out when, and what the chooser is told."""

import time

import numpy as np
import pytest

from livehost import events
from livehost.engine.player_abi import (
    ALLOW,
    CHANGED,
    GAIN,
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
from livehost.players.item_plan import DECISION_MS, ENTRIES
from livehost.players.item_player import ItemPlayer
from livehost.players.loudness import FOLLOW_LEAST_DB, FOLLOW_MS, LEAST_DB, LOUDEST, MOST_DB, SOFTEST, item_loudness
from livehost.players.modes import ANSWER, CALL, CONTINUE
from livehost.players.timing import Timing
from livehost.players.waiting import WAITING
from livehost.record import RECORD_BYTES
from livehost.rt.native import run2
from livehost.rt.ring import Ring
from livehost.settings import Settings
from tests.players.scripted import Scripted

RATE = 1000.0
#: Frames of a block and of a hop, and how long before its start an answer goes out at the latest.
BLOCK, HOP = 64, 10
MARGIN = BLOCK + int(DECISION_MS)
#: Loudness of the items at 0 dB, and of the musician.
LOUDNESS = -20.0
PLAN = [(4, 0.5), (2, 0.26), (7, 0.2), (1, 0.04)]


class Rig:
    """A player, its arguments as the worker gives them, and one function a call."""

    def __init__(self, part=0, loudness=LOUDNESS, **settings):
        self.chooser = Scripted()
        self.loudness = np.full(9, loudness, np.float32) if np.isscalar(loudness) else np.array(loudness, "f4")
        self.player = ItemPlayer(self.chooser, Timing(int(RATE)), RATE, self.loudness)
        self.io, self.parameters, self.outs = np.zeros(1, PLAYER_IO), np.zeros(1, PART), np.zeros(MAX_OUTS, OUT)
        Settings().fill(self.parameters, "part", part)
        plain = {
            "mode": ANSWER,
            "answer_delay_ms": 0.0,
            "choke": 0.0,
            "dynamics": 0.0,
            "balance_db": 0.0,
            "density": 1.0,
        }
        for name, value in {**plain, **settings}.items():
            self.parameters[name] = value
        self.ring = Ring(64, RECORD_BYTES)
        self.io["part"], self.io["events"], self.io["virtual"], self.io["may_play"] = part, self.ring.address, 1, 1
        self.io["parameters"], self.io["outs"] = self.parameters.ctypes.data, self.outs.ctypes.data
        self.io["room"], self.io["lead"], self.io["block"], self.io["hop"] = MAX_OUTS, BLOCK, BLOCK, HOP
        self.io["average_level_db"] = self.io["average_loudness_db"] = LOUDNESS
        self.io["look_at"] = -1
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

    def step(self, frame, **given):
        """Step over a hop without an onset; what is put out."""
        self.call("step", frame=frame, onset=0, count=0, **given)
        return self.outs[: int(self.io["count"][0])].copy()

    def show(self, frame, onset, level_db=LOUDNESS, loudness_db=None, provisional=1, **given):
        """Have it hear what sounds, or what is over."""
        self.call(
            "hear_segment", frame=frame, segment_onset=onset, segment_level_db=level_db, provisional=provisional,
            segment_loudness_db=level_db if loudness_db is None else loudness_db, frames=frame - onset, **given,
        )  # fmt: skip

    def told(self):
        return [events.to_dict(slot) for slot in self.ring.drain()]


def test_an_answer_is_the_best_of_the_plan_that_stands():
    rig = Rig(gain_db=-3.0)
    rig.call("think", frame=900)
    (out,) = rig.onset()
    assert {name: out[name].item() for name in OUT.names if name != "velocity"} == {
        "frame": 1064, "kind": VOICE, "index": 4, "gain_db": -3.0, "frames": 0, "fade_in": 0, "choke": 0,
        "onset_frame": 990, "reason": 0, "probability": 0.5, "fallback": 0, "decide_ms": 0.0, "heard_ms": 0.0,
        "rate": 0.0, "noted": 0,
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
    assert rig.io["look_at"][0] == -1
    ((_, told),) = rig.chooser.calls("played")
    assert told["start"] == 1000


# -- deadlines


@pytest.mark.parametrize(
    ("delay_ms", "start"), [(75.0, 1065), (84.4, 1074), (10.0, 1000), (0.6, 991), (100.4, 1090), (100.6, 1091)]
)
def test_a_delay_is_counted_from_the_onset(delay_ms, start):
    rig, outs, frame = Rig(answer_delay_ms=delay_ms), [], 1000
    outs += rig.onset(frame, 990).tolist()
    while not outs:
        frame += HOP
        outs += rig.step(frame).tolist()
    assert [out[0] for out in outs] == [start]
    # in the last hop that leaves a decision and a block, and no sooner
    assert frame == 1000 or start - HOP - MARGIN < frame <= start - MARGIN


@pytest.mark.parametrize("delay", [75, 76, 84, 85, 86, 100, 105, 110, 2000])
def test_what_waits_goes_out_in_time_and_what_sounds_is_shown_just_before(delay):
    rig = Rig(answer_delay_ms=float(delay))
    start, frame, looks = 990 + delay, 1000, []
    outs = rig.onset(frame, 990)
    while not len(outs):
        frame += HOP
        # the worker shows what sounds where `look_at` has come, and clears it
        if 0 <= rig.io["look_at"][0] <= frame:
            looks.append(frame)
            rig.io["look_at"] = -1
        outs = rig.step(frame)
    assert frame == max(1000, (start - MARGIN) // HOP * HOP)
    assert looks == ([frame] if frame > 1000 else [])
    assert (outs["frame"].tolist(), outs["onset_frame"].tolist(), outs["reason"].tolist()) == ([start], [990], [0])
    assert rig.io["look_at"][0] == -1
    assert len(rig.step(frame + HOP)) == 0


def test_what_waits_is_chosen_by_what_is_armed_when_it_goes_out():
    rig = Rig(answer_delay_ms=100.0)
    rig.call("think", frame=990)
    assert len(rig.onset(1000, 990)) == 0
    assert rig.chooser.calls("played") == []
    rig.chooser.give([(8, 0.9)])
    rig.call("think", frame=1010)
    assert [len(rig.step(frame)) for frame in (1010, 1020)] == [0, 1]
    ((_, told),) = rig.chooser.calls("played")
    assert (told["played"], told["frame"], told["start"]) == (8, 1020, 1090)


@pytest.mark.parametrize(
    ("delay_ms", "mode", "now"), [(100.0, ANSWER, 1), (0.0, ANSWER, 0), (75.0, ANSWER, 0), (100.0, CALL, 0)]
)
def test_the_chooser_is_told_whether_its_choice_sounds_with_what_sounds_now(delay_ms, mode, now):
    rig = Rig(answer_delay_ms=delay_ms, mode=mode, phrase_gap_ms=1000.0)
    rig.call("think", frame=990)
    rig.onset(1000, 990)
    rig.call("think", frame=1000)
    assert [io["now"] for _, io in rig.chooser.calls("choose")] == [0, now]
    for frame in (1010, 1020, 1030):
        rig.step(frame)
    rig.call("think", frame=1030)  # it has gone out
    assert [io["now"] for _, io in rig.chooser.calls("choose")] == [0]


def test_of_many_that_wait_each_goes_out_in_its_turn():
    rig = Rig(answer_delay_ms=300.0)
    rig.chooser.give([(k, 0.1) for k in range(8)])
    for onset in (990, 1020, 1027):
        assert len(rig.onset((onset // HOP + 1) * HOP, onset)) == 0
    gone, looks = {}, []
    for frame in range(1040, 1500, HOP):
        if 0 <= rig.io["look_at"][0] <= frame:
            looks.append(frame)
            rig.io["look_at"] = -1
        if len(outs := rig.step(frame)):
            gone[frame] = outs["onset_frame"].tolist()
    assert gone == {1220: [990], 1250: [1020], 1260: [1027]}
    assert looks == list(gone)


def test_where_too_many_wait_the_first_goes_out_at_once_and_none_is_lost():
    rig = Rig(answer_delay_ms=2000.0)
    gone = [rig.onset(1000 + HOP * k, 990 + HOP * k) for k in range(WAITING + 3)]
    assert [len(outs) for outs in gone] == [0] * WAITING + [1] * 3
    assert [outs["frame"][0] for outs in gone[WAITING:]] == [2990, 3000, 3010]
    later = [out for frame in range(1670, 4000, HOP) for out in rig.step(frame)["onset_frame"].tolist()]
    assert later == [990 + HOP * k for k in range(3, WAITING + 3)]


@pytest.mark.parametrize(
    ("drop", "given"),
    [
        ("command", {"verb": STOP}),
        ("step", {"may_play": 0}),
        ("command", {"verb": CHANGED}),
        ("command", {"verb": RESET}),
    ],
)
def test_a_stop_or_a_player_that_may_not_play_drops_what_waits(drop, given):
    rig = Rig(answer_delay_ms=200.0)
    rig.onset(1000, 990)
    assert rig.io["look_at"][0] > 0
    rig.call(drop, frame=1010, onset=0, count=0, **given)
    dropped = given.get("verb") not in (CHANGED, RESET)
    assert (rig.io["look_at"][0] == -1) == dropped
    later = [out for frame in range(1020, 1400, HOP) for out in rig.step(frame, may_play=1)["frame"].tolist()]
    assert later == ([] if dropped else [1190])


def test_a_shorter_delay_that_is_set_meanwhile_is_for_the_next_onset():
    rig = Rig(answer_delay_ms=300.0)
    rig.onset(1000, 990)
    rig.parameters["answer_delay_ms"] = 100.0
    rig.onset(1010, 1005)
    gone = [(f, out) for f in range(1020, 1400, HOP) for out in rig.step(f)["frame"].tolist()]
    assert gone == [(1040, 1105), (1220, 1290)]


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


# -- loudness

NAN = float("nan")


def gain_of(rig, onset=990, **heard):
    """Gain of the answer to a stroke of which this was heard before it goes out."""
    rig.parameters["answer_delay_ms"] = 100.0
    assert len(rig.onset(1000, onset)) == 0
    if heard:
        rig.show(1010, onset, **heard)
    for frame in (1010, 1020):
        outs = rig.step(frame)
    (out,) = outs
    return out["gain_db"]


@pytest.mark.parametrize(
    ("settings", "item", "heard", "gain_db"),
    [
        # what is heard is as loud as the musician is on the average: −20; the item lies at −26 by itself
        ({}, -26.0, {"level_db": -20.0}, 6.0),
        ({"balance_db": -3.0}, -26.0, {"level_db": -20.0}, 3.0),
        ({"balance_db": -3.0, "gain_db": -7.0}, -26.0, {"level_db": -20.0}, -4.0),
        ({"dynamics": 1.0}, -20.0, {"level_db": -12.0}, 8.0),
        ({"dynamics": 0.5}, -20.0, {"level_db": -12.0}, 4.0),
        ({"dynamics": 0.0}, -20.0, {"level_db": -12.0}, 0.0),
        ({"dynamics": 1.0}, -20.0, {"level_db": -31.0}, -11.0),
        # loudness is that of the average: a stroke's own is not taken for it
        ({"dynamics": 1.0}, -20.0, {"level_db": -12.0, "loudness_db": -50.0}, 8.0),
        # within bounds: of the stroke against the average, and of the gain
        ({"dynamics": 1.0}, -20.0, {"level_db": 30.0}, LOUDEST),
        ({"dynamics": 1.0}, -20.0, {"level_db": -90.0}, SOFTEST),
        ({"dynamics": 0.5}, -20.0, {"level_db": -90.0}, 0.5 * SOFTEST),
        ({"balance_db": 20.0}, -45.0, {"level_db": -20.0}, MOST_DB),
        ({"balance_db": -60.0, "dynamics": 1.0}, -20.0, {"level_db": -50.0}, LEAST_DB),
        ({"balance_db": 20.0, "gain_db": 5.0}, -45.0, {"level_db": -20.0}, MOST_DB + 5),
        # nothing was heard of it yet: as loud as the musician is
        ({"dynamics": 1.0}, -26.0, {}, 6.0),
    ],
)
def test_an_answer_is_as_loud_as_the_musician_plus_the_balance_moved_with_the_stroke(settings, item, heard, gain_db):
    assert gain_of(Rig(loudness=item, **settings), **heard) == pytest.approx(gain_db, abs=1e-5)


@pytest.mark.parametrize(("heard", "gain_db"), [({"level_db": -35.0, "loudness_db": -30.0}, -7.0), ({}, 0.0)])
def test_the_first_sound_of_a_session_is_its_own_average(heard, gain_db):
    rig = Rig(dynamics=1.0, balance_db=3.0)
    rig.io["average_level_db"] = rig.io["average_loudness_db"] = NAN
    # of −30 LKFS plus 3 dB to an item of −20; as the item is where nothing is known
    assert gain_of(rig, **heard) == pytest.approx(gain_db, abs=1e-5)


def test_what_was_heard_of_another_stroke_says_nothing():
    rig = Rig(dynamics=1.0)
    rig.show(900, 800, level_db=-5.0)
    assert gain_of(rig) == 0.0


@pytest.mark.parametrize(("level_db", "gain_db"), [(-12.0, 4.0), (NAN, 0.0)])
def test_a_line_of_its_own_has_the_loudness_that_is_remembered(level_db, gain_db):
    rig = Rig(mode=CALL, dynamics=0.5, phrase_gap_ms=200.0)
    rig.onset(1000, 990, level_db=level_db)
    outs = [out for frame in range(1010, 1400, HOP) for out in rig.step(frame)[["onset_frame", "gain_db"]].tolist()]
    assert outs == [(-1, pytest.approx(gain_db))]


def test_each_item_is_brought_to_the_target_by_its_own_loudness():
    rig = Rig(loudness=[-20.0 - k for k in range(9)], voices=2)
    layers = -10 * np.log10(2)
    assert rig.onset()["gain_db"].tolist() == pytest.approx([4.0 + layers, 2.0 + layers])


def test_the_loudness_of_a_bank_is_that_of_each_item_as_it_sounds():
    items = np.zeros(3, [("gain", "f4"), ("loudness_db", "f4")])
    items["gain"], items["loudness_db"] = [1.0, 0.5, 0.0], [-20.0, -10.0, -30.0]
    bank = type("Bank", (), {"items": items})
    np.testing.assert_allclose(item_loudness(bank), [-20.0, -10 + 20 * np.log10(0.5), -100.0], atol=1e-4)
    # not brought to one loudness: all have that of the bank, so that they keep what they are to each other
    items["gain"] = 1.0
    expected = 10 * np.log10(np.mean(10 ** (items["loudness_db"].astype(float) / 10)))
    np.testing.assert_allclose(item_loudness(bank), [expected] * 3, atol=1e-4)
    items["loudness_db"] = -200.0
    assert item_loudness(bank).tolist() == [-100.0] * 3
    assert item_loudness(type("Bank", (), {"items": items[:0]})).shape == (0,)


# -- a gain that follows


def answered(delay_ms=0.0, **settings):
    """A rig whose answer to the onset at 990 has gone out, without anything heard of it; its frame."""
    rig = Rig(dynamics=1.0, answer_delay_ms=delay_ms, **settings)
    frame, outs = 1000, rig.onset(1000, 990)
    while not len(outs):
        frame += HOP
        outs = rig.step(frame)
    return rig, frame


def gains(outs):
    return [(o["frame"], o["onset_frame"], pytest.approx(o["gain_db"], abs=1e-5)) for o in outs if o["kind"] == GAIN]


def test_a_gain_follows_as_the_stroke_turns_out_each_time_by_what_it_is_off():
    rig, frame = answered()
    levels, sent = [-15.0, -14.6, -18.0, -18.6], []
    for k, level_db in enumerate(levels):
        rig.show(frame + 10 * k, 990, level_db=level_db)
        sent.append(
            [(o["kind"], o["onset_frame"], round(float(o["gain_db"]), 4)) for o in rig.step(frame + 10 * (k + 1))]
        )
    assert FOLLOW_LEAST_DB == 0.5
    # 5 up; 0.4 is too little; 3 down from there; 0.6 down
    assert sent == [[(GAIN, 990, 5.0)], [], [(GAIN, 990, -3.0)], [(GAIN, 990, -0.6)]]
    assert len(rig.chooser.calls("played")) == 1


def test_a_gain_is_sent_for_when_the_answer_starts_and_no_sooner():
    rig, frame = answered(delay_ms=100.0)  # goes out at 1020 for 1090
    rig.show(frame, 990, level_db=-10.0)
    assert gains(rig.step(frame + HOP)) == [(1094, 990, 10.0)]  # the lead of a block
    rig, frame = answered(delay_ms=100.0)
    rig.show(frame, 990, level_db=-10.0)
    assert gains(rig.step(frame + HOP, lead=0)) == [(1090, 990, 10.0)]  # not before its start
    rig.show(1090, 990, level_db=-11.0)
    assert gains(rig.step(1100, lead=0)) == [(NOW, 990, -1.0)]


@pytest.mark.parametrize(("frame", "follows"), [(1090 + int(FOLLOW_MS), True), (1091 + int(FOLLOW_MS), False)])
def test_a_gain_follows_for_50_ms_from_the_start_on(frame, follows):
    rig, _ = answered(delay_ms=100.0)
    rig.show(frame, 990, level_db=-10.0)
    assert bool(gains(rig.step(frame + HOP))) == follows


def test_a_gain_follows_its_own_stroke_only_and_nothing_that_is_over():
    rig, frame = answered()
    rig.show(frame, 980, level_db=-10.0)
    rig.show(frame, 990, level_db=-10.0, provisional=0)
    assert gains(rig.step(frame + HOP)) == []
    rig.onset(1020, 1015)
    rig.show(1030, 990, level_db=-10.0)
    assert gains(rig.step(1040)) == []
    rig.show(1040, 1015, level_db=-10.0)
    assert gains(rig.step(1050)) == [(1114, 1015, 10.0)]


def test_a_gain_that_follows_stays_within_the_bounds_of_a_gain():
    rig, frame = answered(loudness=-35.0)  # 15 dB up already
    rig.show(frame, 990, level_db=-10.0)
    assert gains(rig.step(frame + HOP)) == [(1074, 990, MOST_DB - 15)]
    rig.show(frame + HOP, 990, level_db=-15.0)  # still more than there is
    assert gains(rig.step(frame + 2 * HOP)) == []
    rig.show(frame + 2 * HOP, 990, level_db=-19.0)
    assert gains(rig.step(frame + 3 * HOP)) == [(1094, 990, -2.0)]


def test_a_gain_that_finds_no_room_goes_out_with_the_next_step():
    rig, frame = answered()
    rig.show(frame, 990, level_db=-15.0)
    assert len(rig.step(frame + HOP, room=0)) == 0
    rig.show(frame + HOP, 990, level_db=-13.0)
    assert gains(rig.step(frame + 2 * HOP, room=MAX_OUTS)) == [(1084, 990, 7.0)]


@pytest.mark.parametrize("how", ["stop", "off"])
def test_no_gain_follows_after_a_stop_nor_from_who_may_not_play(how):
    rig, frame = answered()
    rig.show(frame, 990, level_db=-15.0)
    if how == "stop":
        rig.call("command", frame=frame, verb=STOP)
        rig.show(frame, 990, level_db=-10.0)
    assert len(rig.step(frame + HOP, may_play=int(how == "stop"))) == 0
    assert len(rig.step(frame + 2 * HOP, may_play=1)) == 0


def test_layers_follow_together():
    rig = Rig(dynamics=1.0, voices=2, loudness=[-20.0 - k for k in range(9)])
    assert len(rig.onset()) == 2
    rig.show(1000, 990, level_db=-15.0)
    assert gains(rig.step(1010)) == [(1074, 990, 5.0)]


def test_the_first_sound_of_a_session_is_followed_from_nothing():
    rig = Rig(dynamics=1.0, balance_db=-3.0)
    rig.io["average_level_db"] = rig.io["average_loudness_db"] = NAN
    (out,) = rig.onset()
    assert out["gain_db"] == 0
    rig.show(1000, 990, level_db=-33.0, loudness_db=-30.0)
    assert gains(rig.step(1010)) == [(1074, 990, -13.0)]


@pytest.mark.parametrize("mode", [ANSWER, CALL])
def test_a_phrase_remembers_how_loud_its_strokes_turned_out_to_be(mode):
    rig = Rig(mode=mode, dynamics=1.0, phrase_gap_ms=200.0)
    rig.onset(1000, 990, level_db=-50.0)
    rig.show(1010, 990, level_db=-14.0)
    rig.parameters["mode"] = CALL
    outs = [out for frame in range(1020, 1400, HOP) for out in rig.step(frame) if out["kind"] == VOICE]
    assert [out["gain_db"] for out in outs] == [pytest.approx(6.0)]


# -- what else


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
    rig.call(
        "hear_segment", frame=500, features=123, frames=40, segment_onset=460, provisional=provisional, think=0
    )  # fmt: skip
    ((name, io),) = rig.chooser.calls()
    assert (name, io["frame"], io["features"], io["frames"], io["provisional"]) == ("hear", 500, 123, 40, provisional)
    assert io["onset"] == 460
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
    rig = Rig(mode=CONTINUE)
    for k in range(3):
        rig.onset(1000 + 100 * k, 1000 + 100 * k)
    rig.call("command", frame=1210, verb=verb)
    rig.call("step", frame=1290, onset=0, count=0, lead=0)
    assert rig.io["count"][0] == int(kept)


def test_verdicts_are_kept_for_a_player_on_as_many_items():
    one, same, smaller = (ItemPlayer(Scripted(items), Timing(1000), RATE, np.zeros(items, "f4")) for items in (9, 9, 8))
    one.chooser.allowed_bits[3] = 5
    same.keep_verdicts(one)
    smaller.keep_verdicts(one)
    assert same.chooser.allowed_bits.tolist() == [1, 1, 1, 5, 1, 1, 1, 1, 1]
    assert smaller.chooser.allowed_bits.tolist() == [1] * 8
    same.allow(2, False)
    ((name, io),) = same.chooser.calls()
    assert (name, io["item"], io["allowed"]) == ("allow", 2, 0)
