"""Which part plays on which MIDI channel, and that no two share one."""

import pytest

from livehost.bridge.midi.channels import channel_key, check_channels
from livehost.errors import LivehostError
from livehost.settings import PARTS, TABLE, Settings


def checked(**values):
    settings = Settings({key.replace("__", "."): value for key, value in values.items()})
    check_channels(lambda key: settings[key])


def test_each_part_has_its_own_setting():
    keys = [channel_key(part) for part in range(PARTS)]
    assert keys == ["midi.channel", "part1.midi_channel"]
    assert len({TABLE[key].default for key in keys}) == PARTS
    assert all((TABLE[key].low, TABLE[key].high, TABLE[key].thread) == (1, 16, "host") for key in keys)


@pytest.mark.parametrize(
    "values",
    [
        {"midi__out": "x"},
        {"midi__out": "x", "part1__name": "nearest"},
        {"midi__out": "", "part1__name": "nearest", "part1__midi_channel": 1},  # nothing goes out
        {"midi__out": "x", "part1__name": "off", "part1__midi_channel": 1},  # it does not play
        {"midi__out": "x", "player__name": "off", "part1__name": "nearest", "part1__midi_channel": 1},
        {"midi__out": "x", "part1__name": "nearest", "midi__channel": 16, "part1__midi_channel": 15},
    ],
)
def test_what_does_not_meet_is_left_alone(values):
    checked(**values)


@pytest.mark.parametrize(("channel", "other"), [(1, 2), (9, 10), (15, 16), (16, 1)])
def test_two_parts_on_one_channel_are_one_sentence_with_a_way_out(channel, other):
    values = {"midi__out": "x", "part1__name": "nearest", "midi__channel": channel}
    with pytest.raises(LivehostError) as refused:
        checked(**values, part1__midi_channel=channel)
    assert (str(refused.value), refused.value.exit_code) == (
        f"Parts 0 and 1 would both play on MIDI channel {channel}; give part 1 another one: "
        f"--set part1.midi_channel={other}.",
        2,
    )
    checked(**values, part1__midi_channel=other)
