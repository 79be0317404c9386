"""What is no steady beat: jumps, halves and doubles, two against three, nearly nothing, far too much, free time."""

import numpy as np
import pytest

from livehost.studio.beat_evaluation.follow import as_onsets, follow, foretell
from livehost.studio.beat_evaluation.pulses import DELAY, RATE, pulse


def struck(times_s: np.ndarray):
    return as_onsets((times_s * RATE).astype(int), np.full(len(times_s), -10.0), DELAY)


@pytest.mark.parametrize(("before", "after"), [(100.0, 124.0), (90.0, 100.0), (120.0, 60.0), (70.0, 140.0)])
def test_a_tempo_that_jumps_is_found_again(before, after):
    played = pulse("rock", before, 40.0, clock=lambda t: before if t < 15 else after, seed=3)
    heard = follow(played.onsets, RATE)
    late = played.beats[played.beats > 30 * RATE]
    off = heard.off_sixteenths_ms(late)
    assert np.isfinite(off).all()
    assert np.median(off) < 10.0


def test_two_against_three_is_one_steady_beat():
    times = np.unique(np.concatenate([np.arange(0, 30, 0.6), np.arange(0, 30, 0.4)]).round(4)) + 0.5
    heard = follow(struck(times + np.random.default_rng(0).normal(0, 0.003, len(times))), RATE)
    late = heard.known > 8 * RATE
    assert heard.sure[late].all()
    assert np.ptp(heard.period[late]) < 0.02 * heard.period[-1]
    assert np.median(heard.off_sixteenths_ms(times[times > 10.0] * RATE)) < 10.0


def test_a_stroke_a_minute_is_no_beat():
    onsets = struck(np.arange(1.0, 1200.0, 60.0))
    assert not follow(onsets, RATE).sure.any()


def test_a_click_of_400_a_minute_stands_on_a_grid():
    times = 0.5 + 0.15 * np.arange(200)
    heard = follow(struck(times), RATE)
    assert heard.sure[-1]
    assert 40 <= 60 * RATE / heard.period[-1] <= 240
    assert heard.off_sixteenths_ms(times[100:] * RATE).max() < 2.0


@pytest.mark.parametrize("seed", range(3))
def test_free_time_is_no_beat_and_nothing_is_foretold(seed):
    random = np.random.default_rng(seed)
    onsets = struck(np.cumsum(random.exponential(0.35, 80) + 0.04))
    assert not follow(onsets, RATE).sure.any()
    assert foretell(onsets, RATE).strikes == 0


@pytest.mark.parametrize("rest_s", [3.0, 15.0])
def test_after_a_rest_the_beat_is_still_there(rest_s):
    played = pulse("funk", 91.7, 14.0, seed=1)
    later = round(np.ceil((14 + rest_s) / (60 / 91.7)) * 60 * RATE / 91.7)
    frames = np.concatenate([played.onsets.frames, played.onsets.frames + later])
    heard = follow(as_onsets(frames, np.tile(played.onsets.levels, 2), DELAY), RATE)
    assert heard.sure[len(played.onsets.frames) :].all()
    assert np.median(heard.off_sixteenths_ms(played.beats[1:-1] + later)) < 8.0
