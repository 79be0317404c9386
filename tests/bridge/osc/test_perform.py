"""Addresses that controllers turn and press."""

import pytest

from livehost.bridge.osc.addresses import ADDRESSES
from livehost.bridge.osc.perform import Performer, at_position, read_target
from livehost.bridge.osc.sender import OscSender
from livehost.errors import LivehostError
from livehost.events import NOW
from livehost.settings import TABLE
from tests.bridge.fakes import FakeControl


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def performer(control):
    sender = OscSender("")
    yield Performer(control, sender)
    sender.close()


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("master.gain_db", [-90.0, -39.0, 12.0]), ("midi.transpose", [-48, 0, 48]),
        ("master.mute", [False, True, True]),
        ("player.mode", ["duo", "continue", "call"]), ("midi.thru", [False, True, True]),
    ],
)  # fmt: skip
def test_a_place_in_the_range_is_a_value(key, values):
    assert [at_position(TABLE[key], position) for position in (0.0, 0.5, 1.0)] == values
    assert all(TABLE[key].parse(value) == value for value in values)


def test_a_controller_sets_what_it_turns_and_says_nothing_where_nothing_changes(performer, control):
    target = "/livehost/master/gain_db"
    assert not performer.is_button(target)
    for position in (0.5, 0.5, 1.0):
        performer.turn(target, position)
    assert control.calls == [("set", "master.gain_db", -39.0), ("set", "master.gain_db", 12.0)]
    assert control.settings.by("master.gain_db") == "midi"


@pytest.mark.parametrize(
    ("target", "call"),
    [
        ("/livehost/panic", ("panic", 10.0)), ("/panic", ("panic", 10.0)), ("/livehost/stop", ("stop",)),
        ("/livehost/start", ("resume", 0)), ("/livehost/scene/load soft", ("recall scene", "soft")),
        ("/livehost/bank/play 3", ("play", 3, 0.0, NOW)), ("/livehost/bank/play 3 -6.5", ("play", 3, -6.5, NOW)),
        ("/livehost/reset", ("reset",)), ("/livehost/approve", ("steer", "approve")), ("/livehost/quit", ("quit",)),
    ],
)  # fmt: skip
def test_a_button_carries_out_an_action_with_its_arguments(performer, control, target, call):
    assert performer.is_button(target)
    performer.press(target)
    assert control.calls[0] == call


@pytest.mark.parametrize("by", ["midi", "key"])
def test_a_pad_or_a_key_moves_a_setting_by_steps_and_signs_for_it(control, by):
    sender = OscSender("")
    performer = Performer(control, sender, by)
    assert performer.is_button("/livehost/step density -0.25")
    for target in ("/livehost/step density -0.25", "/livehost/step master.mute", "/livehost/step player.mode"):
        performer.press(target)
    assert control.calls == [
        ("set", "player.density", 0.75), ("set", "master.mute", True), ("set", "player.mode", "answer"),
    ]  # fmt: skip
    assert {control.settings.by(call[1]) for call in control.calls} == {by}
    sender.close()


def test_a_toggle_starts_and_stops_a_recording(performer, control, monkeypatch):
    asked = []
    monkeypatch.setattr(control, "record", asked.append)
    for recording in (False, True):
        monkeypatch.setattr(control, "recording", recording)
        performer.press("/livehost/record/toggle")
    assert asked == [True, False]


def test_what_comes_to_nothing_later_is_told(performer, control):
    performer.press("/livehost/model/load broken")
    assert control.refusals == [("failed", "/livehost/model/load", "The model broken is not used: it is broken.")]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/livehost/nothing", "There is no address /livehost/nothing; livehost addresses lists them."),
        ("/livehost/osc", "There is no address"), ("/livehost/ping", "can be moved by no controller"),
        ("/livehost/subscribe", "can be moved by no controller"), ("/livehost/info/version", "by no controller"),
        ("/livehost/midi/map", "by no controller"), ("/livehost/midi/learn /panic", "by no controller"),
        ("/livehost/meter/in", "by no controller"), ("/livehost/master/gain_db 3", "by no controller"),
        ("/livehost/bank/play", "wants its index"), ("/livehost/bank/play loud", "wants a number"),
        ("/livehost/scene/load", "wants its name"),
    ],
)  # fmt: skip
def test_what_no_controller_can_move_is_one_sentence(performer, target, sentence):
    for act in (read_target, performer.is_button, performer.press, lambda t: performer.turn(t, 0.5)):
        with pytest.raises(LivehostError) as refused:
            act(target)
        assert sentence in str(refused.value)
        assert str(refused.value).endswith(".")


def test_every_address_is_turned_pressed_or_refused(control):
    """None raises anything else, and every value that a controller can set is one that the setting takes."""
    counts = {"turned": 0, "pressed": 0, "refused": 0}
    for row in ADDRESSES:
        try:
            found, _ = read_target(row.path)
        except LivehostError:
            counts["refused"] += 1
            continue
        if found.setting:
            for step in range(128):
                TABLE[found.setting].parse(at_position(TABLE[found.setting], step / 127))
        counts["turned" if found.setting else "pressed"] += 1
    assert counts["turned"] > 60
    assert counts["pressed"] > 15
