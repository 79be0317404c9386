"""Settings moved by steps."""

import pytest

from livehost.bridge.step import step_keys, stepped
from livehost.errors import LivehostError
from livehost.settings import Settings


@pytest.mark.parametrize(
    ("name", "by", "after"),
    [
        ("master.gain_db", -1.5, {"master.gain_db": -1.5}), ("master.gain_db", 100, {"master.gain_db": 12.0}),
        ("player.top_k", 0.2, {"player.top_k": 9}), ("player.top_k", -0.2, {"player.top_k": 7}),
        ("player.top_k", 0, {"player.top_k": 8}), ("master.mute", -1, {"master.mute": True}),
        ("master.mute", 0, {"master.mute": False}), ("engine.steal", 1, {"engine.steal": "oldest"}),
        ("player.mode", -1, {"player.mode": "call"}), ("mode", 5, {"player.mode": "answer"}),
        ("part1.density", -0.1, {"part1.density": 0.9}),
    ],
)  # fmt: skip
def test_a_step(name, by, after):
    assert stepped(Settings(), name, by) == after


def test_ten_steps_of_a_tenth_are_one():
    values = Settings({"player.density": 0.0})
    for _ in range(10):
        values.update(stepped(values, "density", 0.1), "key")
    assert values["player.density"] == 1.0


def test_numbers_of_parts_move_each_and_words_together():
    values = Settings({"part1.name": "nearest", "part1.mode": "call", "part1.density": 0.25})
    assert stepped(values, "density", -0.1) == {"player.density": 0.9, "part1.density": 0.15}
    assert stepped(values, "mode", 1) == {"player.mode": "answer", "part1.mode": "answer"}


def test_where_only_the_second_part_plays_it_alone_moves():
    values = Settings({"player.name": "off", "part1.name": "nearest"})
    assert list(stepped(values, "density", -0.1)) == ["part1.density"]
    assert list(stepped(Settings({"player.name": "off"}), "density", -0.1)) == ["player.density"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("densty", "There is no setting called densty."), ("bank.dir", "no number, no switch and no choice"),
        ("audio.block", "fixed once livehost runs"), ("midi.map", "no number"), ("", "There is no setting"),
    ],
)  # fmt: skip
def test_what_cannot_be_stepped_is_one_sentence(name, sentence):
    with pytest.raises(LivehostError, match=sentence):
        step_keys(name)
