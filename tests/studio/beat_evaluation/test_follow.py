"""Our tracker, followed over pulses whose beats are known."""

import numpy as np
import pytest

from livehost.studio.beat_evaluation.follow import follow, foretell
from livehost.studio.beat_evaluation.measure import f_measure, tempo_off
from livehost.studio.beat_evaluation.pulses import PATTERNS, RATE, pulse


@pytest.mark.parametrize(("swing", "pattern"), [(0.5, "rock"), (0.6, "rock"), (0.667, "eighths"), (0.5, "waltz")])
def test_the_beat_is_found(pattern, swing):
    played = pulse(pattern, 97.0, 24.0, swing=swing, seed=5)
    heard = follow(played.onsets, RATE)
    assert tempo_off(60 * RATE / heard.period[-1], played.bpm) < 0.02
    assert f_measure(heard.beats(int(played.beats[-1])) / RATE, played.beats / RATE, warm_s=8.0) > 0.9
    assert heard.swing[-1] == pytest.approx(swing, abs=0.02)


@pytest.mark.parametrize("how", [{}, {"swing": 0.62}, {"faster": 0.01}])
def test_strokes_are_foretold(how):
    told = foretell(pulse("eighths", 103.0, 24.0, seed=8, **how).onsets, RATE)
    assert told.strikes > 0.7 * told.strokes
    assert np.median(told.off_ms) < 10.0
    assert told.false < 0.1 * told.strikes


def test_who_stops_is_struck_together_with_no_more_than_twice():
    onsets = pulse("quarters", 110.0, 20.0, seed=2).onsets
    after = foretell(onsets, RATE)
    assert after.false <= 2


def test_a_pattern_has_as_many_strokes_as_it_says():
    played = pulse("quarters", 120.0, 16.0, jitter_ms=0.0)
    assert len(played.onsets.frames) == len(played.beats) - 1
    assert np.diff(played.onsets.frames) == pytest.approx(24_000, abs=1)
    assert set(PATTERNS) >= {"quarters", "eighths", "rock", "funk", "waltz"}
