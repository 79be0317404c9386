import numpy as np
import pytest

from livehost.dsp.onset import rise
from tests.kernels import by_hand

attack_start = by_hand(rise.attack_start)

SIZE, NEWEST, SPAN = 64, 70, 10  # the ring has gone round once


def start_of(slopes: dict[int, float]) -> int:
    """Where the attack starts in a sound that changes by so much from the frame before to each of these."""
    frames = np.arange(NEWEST - SIZE + 1, NEWEST + 1)
    sound = np.cumsum([slopes.get(frame, 0.0) for frame in frames])
    ring = np.zeros(SIZE)
    ring[frames & (SIZE - 1)] = sound
    return attack_start(ring, SIZE - 1, NEWEST, SPAN)


@pytest.mark.parametrize("step", [1.0, -1.0])
@pytest.mark.parametrize("frame", [60, 61, 64, 69])
def test_it_starts_where_the_sound_leaves_its_level_in_either_direction(frame, step):
    assert start_of({frame: step}) == frame
    assert start_of({frame: step, 69: -step}) == frame


@pytest.mark.parametrize(("early", "start"), [(0.099, 67), (0.101, 62), (-0.101, 62)])
def test_a_tenth_of_the_steepest_slope_is_a_start(early, start):
    assert start_of({62: early, 67: 1.0}) == start


@pytest.mark.parametrize(("early", "start"), [(0.64, 67), (0.66, 62), (-0.66, 62)])
@pytest.mark.parametrize("before", [50, 59])
def test_it_is_steeper_by_three_tenths_than_what_was_before(before, early, start):
    for slope in (0.5, -0.5):
        assert start_of({before: slope, 62: early, 67: 1.0}) == start


def test_what_was_before_counts_for_as_long_again():
    assert start_of({49: 9.0, 62: 1.0}) == 62
    assert start_of({50: 9.0, 62: 1.0}) == NEWEST - SPAN // 2


def test_where_nothing_stands_out_it_is_in_the_middle():
    assert start_of({}) == NEWEST - SPAN // 2
    assert start_of(dict.fromkeys(range(7, 71), 0.25)) == NEWEST - SPAN // 2


@pytest.mark.parametrize("tick_ms", [0.55, 0.667, 0.7, 0.726, 0.9, 1.09, 2.2, 4.0])
def test_lag_and_window_are_the_nearest_whole_steps(tick_ms):
    for scale, row in zip(rise.design(tick_ms), rise.SCALE_TABLE, strict=True):
        step_ms = scale["step_ticks"] * tick_ms
        assert scale["step_ticks"] == 1 or abs(step_ms - row["step_ms"]) <= tick_ms / 2
        for name in ("lag", "window"):
            assert abs(scale[name] * step_ms - row[f"{name}_ms"]) <= step_ms / 2
        assert scale["window"] >= scale["lag"] + 2


def test_there_is_always_a_past_to_compare_with():
    for scale in rise.design(30.0):
        assert (scale["lag"], scale["window"]) in {(1, 4), (1, 3)}
