"""The grid of the beat to play by: positions and frames, swing, bars, beats that are begun and given."""

import numpy as np
import pytest

from livehost.dsp.beat.tracker import BeatTracker
from tests.dsp.beat.beats import RATE, Grid


def given(swing: float = 0.5, period: float = 24_000.0) -> Grid:
    """Give a beat 8 at frame 96,000."""
    grid = Grid(BeatTracker(RATE))
    grid.tracker.state["swing"] = swing
    grid.give(8, 96_000.0, period, 1)
    return grid


def test_without_a_beat_there_is_none_to_play_by():
    assert Grid(BeatTracker(RATE)).ask(1000)["sure"] == 0


@pytest.mark.parametrize(
    ("frame", "position"), [(96_000, 8.0), (108_000, 8.5), (102_000, 8.25), (90_000, 7.75), (0, 4.0)]
)
def test_a_position_is_the_number_of_the_beat_and_its_part(frame, position):
    asked = given().ask(frame)
    assert asked["sure"] == 1
    assert asked["position"] == pytest.approx(position, abs=1e-9)
    assert asked["back"] == frame


@pytest.mark.parametrize(("frame", "position"), [(112_000, 8.5), (104_000, 8.25), (116_000, 8.75), (120_000, 9.0)])
def test_swing_is_taken_out(frame, position):
    asked = given(2 / 3).ask(frame)
    assert asked["position"] == pytest.approx(position, abs=1e-6)
    assert asked["back"] == frame


@pytest.mark.parametrize(
    ("divisions", "swing", "frame", "at"),
    [
        (1, 0.5, 96_001, 120_000),
        (2, 0.5, 96_001, 108_000),
        (4, 0.5, 96_001, 102_000),
        (4, 0.5, 102_000, 102_000),
        (3, 0.5, 96_001, 104_000),
        (6, 0.5, 96_001, 100_000),
        (1.5, 0.5, 96_001, 112_000),
        (2, 2 / 3, 96_001, 112_000),
        (4, 2 / 3, 96_001, 104_000),
        (3, 0.6, 96_001, 104_000),  # triplets do not swing
        (3, 0.6, 104_001, 112_000),
        (4, 0.5, 0, 0),
    ],
)
def test_the_next_point_of_a_grid(divisions, swing, frame, at):
    assert given(swing).ask(frame, divisions=divisions)["next_frame"] == at


def test_every_point_of_a_grid_is_its_own_next_one():
    grid = given(0.62, 21_333.37)
    for divisions in (1, 1.5, 2, 3, 4, 6):
        frame, seen = 1, []
        for _ in range(40):
            asked = grid.ask(frame, divisions=divisions)
            assert asked["next_frame"] >= frame
            assert grid.ask(int(asked["next_frame"]), divisions=divisions)["next_frame"] == asked["next_frame"]
            seen.append(asked["next_frame"])
            frame = int(asked["next_frame"]) + 1
        assert np.mean(np.diff(seen)) == pytest.approx(21_333.37 / divisions, rel=0.02)


@pytest.mark.parametrize(
    ("frame", "quantum", "bar", "beat", "next_bar"),
    [(96_000, 4, 2, 4, 9), (120_000, 4, 3, 1, 9), (120_001, 4, 3, 1, 13), (96_000, 3, 3, 2, 10), (0, 4, 1, 4, 5)],
)
def test_bars_begin_at_the_downbeat(frame, quantum, bar, beat, next_bar):
    asked = given().ask(frame, quantum=quantum)
    assert (asked["bar"], asked["beat"], asked["next_bar"]) == (bar, beat, next_bar)


def test_a_beat_that_is_begun_holds_until_it_is_contradicted():
    grid = Grid(BeatTracker(RATE))
    grid.begin(48_000, 30_000.0)
    asked = grid.ask(48_000 + 400 * RATE)
    assert asked["sure"] == 1
    assert asked["position"] == pytest.approx(640.0)
    random = np.random.default_rng(1)
    frames = 50_000 + np.cumsum(random.exponential(0.3, 60) * RATE + 2000).astype(int)
    grid.tracker.run([(int(f), -10.0) for f in frames], int(frames[-1]) + RATE)
    assert grid.tracker.state["begun"][0] == 0


def test_a_musician_who_plays_to_the_begun_beat_moves_it_and_no_more():
    grid = Grid(BeatTracker(RATE))
    grid.begin(48_000, 30_000.0)
    grid.tracker.run([(48_000 + round(k * 30_000 * 1.004), -10.0) for k in range(40)], 30 * RATE)
    assert grid.ask(48_000 + round(40 * 30_000 * 1.004))["position"] == pytest.approx(40.0, abs=0.02)


@pytest.mark.parametrize("period", [0.0, -5.0, float("nan"), 1.0, 1e9])
def test_nonsense_is_no_beat(period):
    grid = Grid(BeatTracker(RATE))
    grid.begin(48_000, period)
    assert grid.ask(48_000)["sure"] == 0


def test_a_given_beat_is_played_by_until_it_is_taken_back():
    tracker = BeatTracker(RATE)
    grid = Grid(tracker)
    tracker.run([(k * 24_000 + 7, -10.0) for k in range(1, 30)], 15 * RATE)
    own = grid.ask(16 * RATE)
    grid.give(100, 1000.0, 20_000.0, 2)
    tracker.run([(k * 24_000 + 7, -10.0) for k in range(30, 40)], 20 * RATE)
    assert grid.ask(1000)["position"] == pytest.approx(100.0)
    grid.free()
    free = grid.ask(16 * RATE)
    assert (own["sure"], free["sure"]) == (1, 1)
    assert free["position"] == pytest.approx(own["position"], abs=0.02)
