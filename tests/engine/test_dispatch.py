"""What the worker asks of the players of all parts, hop by hop, and what it makes of their outputs."""

import numpy as np
import pytest

from livehost import events
from livehost.bank.layout import ITEM
from livehost.engine.drivers.offline import OfflineDriver
from livehost.engine.player_abi import ALLOW, CHANGED, MAX_OUTS, NOTE, RESET, STEER, STOP, VOICE
from livehost.engine.state import EngineState
from livehost.engine.worker.loop import worker_step
from livehost.engine.worker.state import WorkerState
from livehost.events import NOW
from livehost.rt.gate import LET_RING
from livehost.rt.native import run1
from livehost.settings import TABLE, Settings
from tests.conftest import clicks
from tests.engine.spy import Spy

RATE, BLOCK, HOP = 48_000, 64, 32


class Rig:
    """An engine, a worker and two spies, offline, block by block."""

    def __init__(self, sound=None, only=(0, 1), virtual=True, **assignments):
        values = Settings(
            {"audio.driver": "offline", "part1.name": "nearest"}
            | {key.replace("__", "."): value for key, value in assignments.items()}
        )
        self.values, self.driver = values, OfflineDriver(values)
        self.engine = EngineState(values, RATE)
        if sound is not None:
            self.engine.use_source(np.asarray(sound, np.float32)[:, None])
        items = np.zeros(3, ITEM)
        items["frames"], items["channels"], items["gain"] = 100, 1, 1
        self.bank = np.zeros(1024, np.float32), items
        for part in range(2):
            self.engine.use_bank(*self.bank, part)
        self.spies = [Spy(), Spy()]
        tables = [spy.table if part in only else None for part, spy in enumerate(self.spies)]
        self.worker = WorkerState(values, self.engine, tables, virtual=virtual)
        self.driver.start(self.engine, self.worker)

    def run(self, blocks=1):
        """Go on; what was sent to the audio thread in the last block."""
        self.driver.run(blocks * BLOCK)
        return [events.to_dict(slot) for slot in self.engine.commands.drain()]

    def forget(self):
        """Let go of what was called so far."""
        for spy in self.spies:
            spy.calls()

    def told(self, *kinds):
        return [e for e in map(events.to_dict, self.worker.events.drain()) if e["kind"] in kinds]

    def ask(self, name, **fields):
        assert self.worker.control.push(events.new(name, **fields))


@pytest.fixture
def rig():
    return Rig()


def fields(calls, *names):
    return [tuple(io[name].item() for name in names) for _, io in calls]


# -- hop by hop


def test_every_part_is_stepped_at_every_hop_with_the_first_frame_not_heard(rig):
    rig.run(3)
    for part, spy in enumerate(rig.spies):
        calls = spy.calls("step")
        assert fields(calls, "frame", "part", "onset", "may_play") == [(32 * k, part, 0, 1) for k in range(1, 7)]
        assert {io["room"].item() for _, io in calls} == {MAX_OUTS}
        assert {io["virtual"].item() for _, io in calls} == {1}
        assert {io["lead"].item() for _, io in calls} == {BLOCK}
        assert all(np.isnan(io["average_level_db"]) for _, io in calls)


@pytest.mark.parametrize("part", [0, 1])
def test_a_part_without_a_player_is_not_asked(part):
    rig = Rig(only=(part,))
    rig.ask("reset", part=-1)
    rig.ask("heard_note", part=-1, pitch=1)
    rig.run(2)
    assert rig.spies[1 - part].calls() == []
    assert len(rig.spies[part].calls("step")) == 4


def test_who_wants_to_think_does_so_before_the_step_and_is_asked_again_until_it_is_done(rig):
    for spy, think in zip(rig.spies, (1, 0), strict=True):
        spy.state["think"] = think
    rig.run(2)
    assert [name for name, _ in rig.spies[0].calls()] == ["think", "step"] * 4
    assert [name for name, _ in rig.spies[1].calls()] == ["think", *["step"] * 4]
    rig.spies[0].state["think"] = 0
    rig.run()
    assert [name for name, _ in rig.spies[0].calls()] == ["think", "step", "step"]


def test_an_onset_is_answered_before_anybody_thinks_and_all_else_is_put_out_by_what_was_heard():
    rig = Rig(clicks([9600], 24_000))
    for spy in rig.spies:
        spy.state["think"] = 1
    rig.run(24_000 // BLOCK)
    (at,) = [e["frame"] for e in rig.told("onset")]
    for spy in rig.spies:
        hops = {}
        for name, io in spy.calls():
            hops.setdefault(int(io["frame"]), []).append(name)
        assert [name for name in hops[at] if name != "hear_segment"] == ["step", "think"]
        assert hops[at][0] == "step"
        others = [names for frame, names in hops.items() if frame != at]
        assert {tuple(names) for names in others} == {("think", "step"), ("hear_segment", "think", "step")}


def test_what_the_musician_plays_reaches_every_part():
    rig = Rig(clicks([9600, 24_000], 48_000), listen__segment_ms=200.0)
    rig.run(48_000 // BLOCK)
    onsets, segments = rig.told("onset", "segment"), [spy.calls("hear_segment") for spy in rig.spies]
    starts = [e["onset_frame"] for e in onsets if e["kind"] == "onset"]
    assert len(starts) == 2
    over = [e for e in onsets if e["kind"] == "segment"]
    for part, heard in enumerate(segments):
        assert {io["part"].item() for _, io in heard} == {part}
        whole = [(name, io) for name, io in heard if not io["provisional"]]
        assert fields(whole, "frame", "frames", "gap") == [(e["frame"], e["frames"], e["gap"]) for e in over]
        levels = [io["segment_level_db"].item() for _, io in whole]
        assert levels == pytest.approx([e["level_db"] for e in over], rel=1e-6)
        assert {io["features"].item() for _, io in whole} == {rig.worker["closed_summary"]}
        assert [io["segment_onset"].item() for _, io in whole] == [e["onset_frame"] for e in over] == starts
        shown = [(name, io) for name, io in heard if io["provisional"]]
        assert {io["features"].item() for _, io in shown} == {rig.worker["peek_summary"]}
        for start, length in zip(starts, (e["frames"] for e in over), strict=True):
            seen = [io for _, io in shown if io["segment_onset"] == start]
            rows = [n for n in (1, 3, 6, *range(9, 99, 9)) if 128 * n < length]
            assert [io["frames"].item() // 128 for io in seen][-len(rows) + 2 :] == rows[2:]
            assert all(io["frame"] - start - io["frames"] < HOP or io["frames"] <= 3 * 128 for io in seen)


def test_an_onset_is_told_with_its_frame_and_level_and_the_average_follows_what_is_over():
    strokes = [clicks([9600], 24_000) * gain for gain in (1.0, 0.1, 1.0)]
    rig = Rig(np.concatenate(strokes).astype("f4"))
    rig.run(72_000 // BLOCK)
    told = rig.told("onset", "segment")
    heard, over = ([e for e in told if e["kind"] == kind] for kind in ("onset", "segment"))
    assert len(heard) == len(over) == 3
    levels = [e["level_db"] for e in heard]
    for spy in rig.spies:
        calls = spy.calls()
        asked = [(name, io) for name, io in calls if name == "step" and io["onset"]]
        assert fields(asked, "frame", "onset_frame") == [(e["frame"], e["onset_frame"]) for e in heard]
        assert [io["onset_level_db"].item() for _, io in asked] == pytest.approx(levels, rel=1e-6)
        whole = [io for name, io in calls if name == "hear_segment" and not io["provisional"]]
        for name in ("level_db", "loudness_db"):
            first, second, _ = (io[f"segment_{name}"].item() for io in whole)
            averages = [io[f"average_{name}"].item() for _, io in asked]
            assert np.isnan(averages[0])  # nothing is over yet
            assert averages[1:] == pytest.approx([first, 0.9 * first + 0.1 * second], rel=1e-9)
            assert second == pytest.approx(first - 20, abs=0.2)


# -- who may play


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize(("field", "value"), [("respond", 0.0), ("player_rest", 1.0), ("name", "off")])
def test_a_part_that_is_off_learns_and_may_not_play(rig, part, field, value):
    number = TABLE["player.name"].choices.index("off") if value == "off" else value
    rig.worker.set_part(part, field, number)
    rig.run()
    for k, spy in enumerate(rig.spies):
        assert fields(spy.calls("step"), "may_play") == [(int(k != part),)] * 2


@pytest.mark.parametrize("fade", [LET_RING, 100])
def test_after_a_panic_or_a_stop_nobody_may_play_until_it_is_over(rig, fade):
    rig.run()
    rig.forget()
    word = rig.engine.gate.shut(fade)
    rig.run()
    for spy in rig.spies:
        calls = spy.calls()
        assert [name for name, _ in calls] == ["command", "step", "step"]
        assert fields(calls[:1], "verb", "frame") == [(STOP, 64)]
        assert fields(calls[1:], "may_play") == [(0,), (0,)]
    rig.engine.gate.open(word)
    rig.run()
    for spy in rig.spies:
        assert fields(spy.calls(), "may_play") == [(1,), (1,)]


def test_a_panic_that_is_over_already_has_been_one(rig):
    rig.run()
    rig.forget()
    rig.engine.gate.open(rig.engine.gate.shut(100))
    rig.run()
    for spy in rig.spies:
        assert [name for name, _ in spy.calls()] == ["command", "step", "step"]


# -- what they put out


def only(sent):
    (command,) = sent
    return command


@pytest.mark.parametrize("part", [0, 1])
def test_a_voice_is_sent_as_it_was_put_out(rig, part):
    rig.spies[part].put_out(
        {
            "frame": 5000, "kind": VOICE, "index": 2, "gain_db": -3.5, "frames": 77, "fade_in": 480, "choke": 3,
            "onset_frame": 40, "reason": 1, "probability": 0.25, "fallback": 1, "decide_ms": 1.5,
        }
    )  # fmt: skip
    sent = only(rig.run())
    expected = {
        "kind": "voice", "frame": 5000, "part": part, "decision": 1, "gate": 0, "onset_frame": 40, "index": 2,
        "fallback": 1, "probability": 0.25, "gain_db": -3.5, "pan": 0.0, "rate": 1.0, "decide_ms": 1.5, "offset": 0,
        "frames": 77, "fade_in": 480, "fade_out": 0, "choke": 3 + MAX_OUTS * part, "reason": events.REASONS[1],
    }  # fmt: skip
    assert {name: sent[name] for name in expected} == expected


def test_no_choke_group_is_none_and_a_fade_is_no_shorter_than_that_of_the_settings(rig):
    rig.worker.set("engine_fade_in_ms", 2.0)
    for spy in rig.spies:
        spy.put_out({"kind": VOICE, "fade_in": 95}, {"kind": VOICE, "fade_in": 97, "choke": 1})
    assert [(c["part"], c["choke"], c["fade_in"]) for c in rig.run()] == [
        (0, 0, 96), (0, 1, 97), (1, 0, 96), (1, 1 + MAX_OUTS, 97),
    ]  # fmt: skip


@pytest.mark.parametrize("part", [0, 1])
def test_a_note_is_sent_with_its_end(rig, part):
    out = {"kind": NOTE, "index": 60, "velocity": 100, "frames": 480, "onset_frame": 9, "reason": 2}
    more = {"probability": 0.5, "fallback": 1, "decide_ms": 2.0}
    rig.spies[part].put_out({"frame": 5000, **out, **more}, {"frame": NOW, **out})
    sent = rig.run()
    assert [(c["kind"], c["part"], c["frame"], c["pitch"], c["velocity"], c["decision"]) for c in sent] == [
        ("play_note", part, 5000, 60, 100, 1), ("play_note", part, 5480, 60, 0, 1),
        ("play_note", part, NOW, 60, 100, 2), ("play_note", part, HOP + 480, 60, 0, 2),
    ]  # fmt: skip
    assert {(c["onset_frame"], c["frames"], c["reason"]) for c in sent} == {(9, 480, events.REASONS[2])}
    assert [(c["probability"], c["fallback"], c["decide_ms"]) for c in sent[:2]] == [(0.5, 1, 2.0)] * 2


def test_a_note_without_a_length_is_ended_by_who_put_it_out(rig):
    rig.spies[0].put_out({"kind": NOTE, "index": 60, "velocity": 1}, {"kind": NOTE, "index": 60, "velocity": 0})
    assert [(c["velocity"], c["decision"]) for c in rig.run()] == [(1, 1), (0, 1)]


@pytest.mark.parametrize(("given", "sent"), [((-3, 200), (0, 127)), ((128, 128), (127, 127)), ((127, 127), (127, 127))])
def test_pitch_and_velocity_are_those_of_midi(rig, given, sent):
    rig.spies[0].put_out({"kind": NOTE, "index": given[0], "velocity": given[1]})
    command = only(rig.run())
    assert (command["pitch"], command["velocity"]) == sent


def test_no_more_than_eight_outputs_are_sent_at_once(rig):
    rig.spies[0].put_out(*({"kind": VOICE, "index": k % 3} for k in range(MAX_OUTS)))
    rig.spies[0].state["count"] = MAX_OUTS + 3
    assert [c["index"] for c in rig.run()] == [k % 3 for k in range(MAX_OUTS)]


def again(rig, hops):
    """Have the worker work off the newest hops once more, while the audio thread stands still."""
    rig.worker.state["frame"] -= hops * HOP
    run1(worker_step)(rig.worker.address)


@pytest.mark.parametrize(("free", "room"), [(0, 0), (1, 0), (2, 1), (15, 7), (16, 8), (40, 8)])
def test_where_the_way_to_the_audio_thread_is_full_there_is_less_room(rig, free, room):
    rig.run()
    while rig.engine.commands.push(events.new("stop")):
        pass
    for _ in range(free):
        rig.engine.commands.pop()
    rig.spies[0].calls()
    again(rig, 1)
    assert fields(rig.spies[0].calls("step"), "room") == [(room,)]


def test_what_finds_no_room_is_refused_and_counted(rig):
    rig.run()
    while rig.engine.commands.push(events.new("stop")):
        pass
    for _ in range(3):
        rig.engine.commands.pop()
    rig.spies[0].put_out({"kind": VOICE, "index": 1}, {"kind": NOTE, "index": 60, "velocity": 1, "frames": 5})
    rig.spies[1].put_out({"kind": VOICE}, {"kind": NOTE})
    rig.spies[1].state["refused"] = 4
    again(rig, 1)
    assert rig.worker["refused"] == 2 + 4
    sent = [events.to_dict(slot) for slot in rig.engine.commands.drain()][-3:]
    assert [(c["kind"], c["part"]) for c in sent] == [("voice", 0), ("play_note", 0), ("play_note", 0)]


def test_offline_the_worker_is_never_behind_and_live_by_what_exceeds_a_block():
    for virtual in (True, False):
        rig = Rig(virtual=virtual)
        rig.spies[0].state["think"] = 1
        rig.run(4)
        assert {io["behind"].item() for _, io in rig.spies[0].calls()} == {0}
        again(rig, 6)
        expected = [0] * 6 if virtual else [96, 64, 32, 0, 0, 0]
        calls = rig.spies[0].calls()
        for function in ("step", "think"):
            assert [io["behind"].item() for name, io in calls if name == function] == expected


# -- a player that fails


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("what", [0, 1])
def test_a_part_whose_player_fails_is_named_once_and_silent_while_the_others_play_on(rig, part, what):
    broken, other = rig.spies[part], rig.spies[1 - part]
    broken.state["fails"], broken.state["think"] = what, 1
    for spy in rig.spies:
        spy.put_out({"kind": VOICE, "index": 1})
    sent = rig.run(1)
    assert [c["part"] for c in sent] == [1 - part]
    rig.run(2)
    assert [(e["part"], e["frame"]) for e in rig.told("part_failed")] == [(part, HOP)]
    assert [name for name, _ in broken.calls()] == ["think", "step"][: 2 - what]
    assert len(other.calls("step")) == 6


def test_another_player_plays_where_one_has_failed(rig):
    rig.spies[0].state["fails"] = 0
    rig.run()
    new = Spy()
    rig.ask("use_player", part=0, number=7, table=new.table.ctypes.data, count=3)
    rig.run()
    assert len(new.calls("step")) == 2


# -- what is asked of them


@pytest.mark.parametrize(("part", "asked"), [(-1, (0, 1)), (0, (0,)), (1, (1,))])
@pytest.mark.parametrize(
    ("name", "given", "function", "told"),
    [
        ("reset", {}, "command", {"verb": RESET}),
        ("steer", {"verdict": 2}, "command", {"verb": STEER, "verdict": 2}),
        ("allow", {"index": 5, "allowed": 1}, "command", {"verb": ALLOW, "item": 5, "allowed": 1}),
        ("allow", {"index": -1, "allowed": 0}, "command", {"verb": ALLOW, "item": -1, "allowed": 0}),
        ("heard_note", {"pitch": 60, "velocity": 9}, "hear_note", {"pitch": 60, "velocity": 9}),
    ],
)
def test_a_command_reaches_the_players_that_it_is_for_and_is_told_back(rig, name, given, function, told, part, asked):
    rig.run()
    rig.forget()
    rig.ask(name, part=part, **given)
    if name == "steer" and part == -1:
        asked = (0,)  # that played last, and part 0 where none has
    rig.run()
    for k, spy in enumerate(rig.spies):
        calls = spy.calls(function)
        assert fields(calls, *told) == ([tuple(told.values())] if k in asked else [])
        assert fields(calls, "frame") == [(BLOCK,)] * len(calls)
    (event,) = rig.told(name)
    assert event["frame"] == BLOCK
    words = {"verdict": "change"}
    assert {key: event[key] for key in given} == {key: words.get(key, value) for key, value in given.items()}


@pytest.mark.parametrize("part", [0, 1])
def test_a_verdict_on_nobody_in_particular_is_for_who_played_last(rig, part):
    for last in (1 - part, part):
        rig.spies[last].put_out({"kind": VOICE})
        rig.run()
    rig.forget()
    rig.ask("steer", part=-1, verdict=0)
    rig.run()
    assert [len(spy.calls("command")) for spy in rig.spies] == [1 - part, part]
    assert rig.told("steer")[0]["part"] == part


def test_changed_settings_are_told_once_to_every_part(rig):
    rig.run()
    rig.forget()
    rig.worker.set_part(1, "gain_db", -3.0)
    rig.worker.set("input_gate_db", -50.0)
    rig.run(2)
    for spy in rig.spies:
        assert fields(spy.calls("command"), "verb", "frame") == [(CHANGED, BLOCK)]


@pytest.mark.parametrize("part", [0, 1])
def test_another_player_takes_over_between_two_hops(rig, part):
    rig.run()
    old, new = rig.spies[part], Spy()
    old.calls()
    rig.ask("use_player", part=part, number=7, table=new.table.ctypes.data, count=3)
    rig.run()
    assert old.calls() == []
    calls = new.calls()
    assert [name for name, _ in calls] == ["think", "step", "step"]
    assert fields(calls, "frame", "part", "think") == [(96, part, 1), (96, part, 0), (128, part, 0)]
    assert rig.worker.player_number(part) == 7
    assert rig.worker.player_number(1 - part) == 0
    (event,) = rig.told("player_changed")
    assert (event["frame"], event["part"], event["number"], event["items"]) == (BLOCK, part, 7, 3)
    rig.ask("heard_note", part=part)
    rig.ask("reset", part=part)
    new.state["think"] = 1
    rig.run()
    assert [name for name, _ in new.calls()] == ["hear_note", "command", "think", "step", "think", "step"]


@pytest.mark.parametrize("part", [0, 1])
def test_a_bank_of_its_own_goes_to_the_audio_thread(rig, part):
    new, block, items = Spy(), np.zeros(64, np.float32), np.zeros(2, ITEM)
    rig.ask(
        "use_player", part=part, number=1, table=new.table.ctypes.data, count=2, block=block.ctypes.data,
        items=items.ctypes.data,
    )  # fmt: skip
    sent = only(rig.run())
    assert {name: sent[name] for name in ("kind", "frame", "part", "block", "items", "count")} == {
        "kind": "use_bank", "frame": NOW, "part": part, "block": block.ctypes.data, "items": items.ctypes.data,
        "count": 2,
    }  # fmt: skip


@pytest.mark.parametrize("part", [-1, 2])
def test_a_player_for_a_part_that_there_is_not_is_passed_over(rig, part):
    new = Spy()
    rig.ask("use_player", part=part, number=1, table=new.table.ctypes.data)
    rig.run()
    assert rig.told("player_changed") == []
    assert [len(spy.calls("step")) for spy in rig.spies] == [2, 2]
