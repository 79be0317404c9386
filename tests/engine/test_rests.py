"""Rests of whole bars, and pieces that are opened in silence: what the worker makes of the commands."""

import pytest

from livehost.engine.player_abi import BEGIN
from tests.engine.test_dispatch import RATE, Rig

#: Frames of a beat at 240 beats a minute, and of a bar.
BEAT = RATE // 4
BAR = 4 * BEAT


@pytest.fixture
def rig():
    return Rig()


def to(rig, frame):
    """Go on up to a frame, in pieces that the spies can keep."""
    changes = [[], []]
    while (left := frame - int(rig.worker["frame"])) > 0:
        rig.run(min(max(left // 64, 1), 1000))
        for part in (0, 1):
            calls = rig.spies[part].calls("step")
            changes[part] += [(int(io["frame"]), int(io["may_play"])) for _, io in calls]
    return [[f for f, may in part if not may] for part in changes]


def test_without_a_beat_a_rest_is_as_long_as_the_bars_that_it_is_told(rig):
    rig.run(1)
    rig.ask("rest", part=-1, bars=2, bar_frames=6400)
    silent = to(rig, 16_000)
    for part in (0, 1):
        assert (silent[part][0], silent[part][-1]) == (96, 64 + 12_800 - 32)
        assert len(silent[part]) == 12_800 // 32 - 1
    told = rig.told("rest")
    assert [(e["part"], e["bars"]) for e in told] == [(-1, 2), (0, 0), (1, 0)]


def test_a_rest_of_one_part_leaves_the_other_alone(rig):
    rig.run(1)
    rig.ask("rest", part=1, bars=1, bar_frames=3200)
    silent = to(rig, 6400)
    assert silent[0] == []
    assert len(silent[1]) == 3200 // 32 - 1


def test_a_rest_is_over_when_it_is_told(rig):
    rig.run(1)
    rig.ask("rest", part=-1, bars=100, bar_frames=RATE)
    rig.run(10)
    rig.ask("rest", part=-1, bars=0)
    silent = to(rig, 6400)
    assert silent[0][-1] < 12 * 64
    assert not rig.worker.state["rests"].any()


def test_with_a_beat_bars_are_counted_from_the_next_one(rig):
    rig.run(1)
    rig.ask("begin", part=-1, bpm=240.0)
    rig.run(100)
    rig.ask("rest", part=-1, bars=1, bar_frames=7)
    begun = 64
    silent = to(rig, begun + 3 * BAR)
    assert abs(silent[0][0] - 101 * 64) <= 64
    assert abs(silent[0][-1] - (begun + 2 * BAR)) <= 64


def test_a_piece_begins_with_a_beat_and_every_part_is_told(rig):
    rig.run(1)
    rig.forget()
    rig.ask("begin", part=-1, bpm=240.0)
    rig.run(1)
    for spy in rig.spies:
        assert [io["verb"].item() for _, io in spy.calls("command")] == [BEGIN]
    beat = rig.worker.beat.state[0]
    assert (beat["sure"], beat["grid_period"], beat["grid_frame"]) == (1, BEAT, 64)
    assert [e["bpm"] for e in rig.told("begin")] == [240.0]
