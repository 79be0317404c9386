"""What a soundcheck says and suggests."""

import dataclasses

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.soundcheck.capture import Capture
from livehost.soundcheck.findings import choose_channel, find, room_settings
from livehost.soundcheck.signal import Way
from tests.soundcheck.test_onsets import RATE, room

QUIET, MUSIC = (0, 2 * RATE), (2 * RATE, 5 * RATE)


@pytest.fixture(scope="module")
def capture():
    made, _ = room(hum_db=-50.0).soundcheck(4.0)
    return made


@pytest.fixture(scope="module")
def findings(capture):
    return find(capture)


def test_five_lines_and_what_they_say(findings):
    lines = findings.lines()
    assert [line.split(":")[0] for line in lines] == ["Input 1", "Noise", "Way back", "Loudness", "Onsets"]
    assert "; hum of 50 Hz at −50 dBFS: " in lines[1]
    assert "look for a ground loop" in lines[1]
    assert "left 12.00 ms (576.0 frames) at −17 dB, right 15.00 ms (720.0 frames) at −19 dB." in lines[2]
    assert all(line.endswith(".") for line in lines)


def test_all_that_it_suggests_is_a_setting(findings):
    values = Settings(findings.settings)
    assert values["listen.room_min_ms"] == 9.0
    assert values["listen.room_max_ms"] == 60.0
    assert values["listen.room_db"] == pytest.approx(-12, abs=1)
    assert values["input.gate_db"] == findings.preview.gate_db
    assert values["audio.input_channels"] == "1"


def test_blocks_that_came_too_late_are_told(capture):
    assert "3 blocks came too late, so that it may be wrong." in find(dataclasses.replace(capture, xruns=3)).lines()[2]


def of_channels(*gains, noise=1e-4, frames=5 * RATE):
    """Channels that hear the same music, each at its gain, over noise of its own."""
    made, _ = room().soundcheck(3.0)
    music = made.heard[slice(*made.music), 0]
    heard = noise * np.random.default_rng(2).standard_normal((frames, len(gains)))
    heard[2 * RATE :] += music[: frames - 2 * RATE, None] * np.array(gains)
    heard[:, np.array(gains) == 0] = 0
    return Capture(
        np.clip(heard, -1, 1).astype(np.float32), np.zeros((frames, 2), np.float32), RATE, QUIET, MUSIC, settings={}
    )


@pytest.mark.parametrize(
    ("gains", "chosen"),
    [((1.0,), 0), ((0.0, 1.0), 1), ((0.02, 1.0, 0.1), 1), ((1.0, 1.02), 0), ((0.0, 0.0, 0.3), 2)],
)
def test_the_channel_that_the_musician_is_on(gains, chosen):
    assert choose_channel(of_channels(*gains)) == chosen


def test_levels_that_are_wrong_come_with_advice():
    hot = find(of_channels(20.0)).lines()[0]
    assert "CLIPPED: turn the preamplifier down" in hot
    low = find(of_channels(0.03, noise=1e-6)).lines()[0]
    assert "low: turn the preamplifier up by" in low
    noisy = find(of_channels(0.1, noise=0.01)).lines()[1]
    assert "move the microphone nearer" in noisy


def test_without_any_sound_it_is_a_question():
    with pytest.raises(LivehostError, match="No input has any sound: is the microphone plugged in"):
        find(of_channels(0.0, noise=0.0))


def test_a_file_has_no_way_back():
    made = dataclasses.replace(of_channels(1.0), quiet=(0, 0), music=(0, 5 * RATE), settings=None)
    found = find(made)
    assert found.lines()[2] == "Way back: not measured, for the input is a file."
    assert set(found.settings) == {"input.gate_db", "listen.sensitivity", "listen.refractory_ms"}


def test_the_room_by_its_ways():
    assert room_settings([], RATE) == {}
    near = room_settings([Way(48.0, -20.0)], RATE)
    assert near == {"listen.room_min_ms": 0.0, "listen.room_max_ms": 60, "listen.room_db": -17}
    far = room_settings([Way(480.0, -10.0), Way(4800.0, -10.0)], RATE)
    assert far == {"listen.room_min_ms": 7.0, "listen.room_max_ms": 130, "listen.room_db": -4}
