"""The next stroke: learnt from what is played on the grid, told as a place with a probability."""

import numpy as np
import pytest

from livehost.dsp.beat.intervals import BINS, bins_of
from livehost.dsp.beat.tracker import BeatTracker
from tests.dsp.beat.beats import RATE, Grid

BEAT = 24_000


def foretold(times, *, warm: int, ahead: int = 1200) -> tuple[np.ndarray, np.ndarray]:
    """Distance, ms, and probability of what was expected `ahead` frames before each stroke, from stroke `warm` on."""
    grid = Grid(BeatTracker(RATE))
    apart, sure = [], []
    io = grid.tracker.io[0]
    for k, frame in enumerate(times):
        if k >= warm:
            io["now"], io["onset"] = frame - ahead, 0
            grid.tracker._step(grid.tracker.address, grid.tracker.io_address)
            expected, probability, _ = grid.expect(frame - ahead)
            apart.append((expected - frame) * 1000 / RATE)
            sure.append(probability)
        grid.tracker.run([(int(frame), -10.0)], int(frame) + 1)
    return np.abs(apart), np.array(sure)


def test_a_steady_pulse_is_foretold():
    random = np.random.default_rng(0)
    times = (BEAT * np.arange(2, 60) + random.normal(0, 0.004 * RATE, 58)).astype(int)
    apart, sure = foretold(times, warm=20)
    assert np.median(apart) < 10.0
    assert np.mean(apart < 20.0) > 0.8
    assert sure.min() > 0.6


def test_a_pattern_of_a_bar_is_foretold():
    random = np.random.default_rng(1)
    places = (0.0, 0.75, 1.5, 2.0, 3.0, 3.25)
    times = np.concatenate([[4 * bar + p for p in places] for bar in range(1, 20)]) * BEAT
    times = (times + random.normal(0, 0.003 * RATE, len(times))).astype(int)
    apart, _ = foretold(times, warm=60)
    assert np.median(apart) < 10.0
    assert np.mean(apart < 20.0) > 0.8


def test_who_stops_is_not_expected_for_long():
    grid = Grid(BeatTracker(RATE))
    last = 40 * BEAT
    grid.tracker.run([(BEAT * k, -10.0) for k in range(2, 41)], last + 1)
    assert grid.expect(last + 1000)[1] > 0.6
    grid.tracker.run([], last + 3 * BEAT)
    assert grid.expect(last + 3 * BEAT)[1] < 0.2
    # and is known again at the first stroke
    grid.tracker.run([(last + 16 * BEAT, -10.0)], last + 16 * BEAT + 1)
    frame, probability, _ = grid.expect(last + 16 * BEAT + 1000)
    assert frame == pytest.approx(last + 17 * BEAT, abs=200)
    assert probability > 0.6


def test_without_a_beat_only_a_model_says_anything():
    grid = Grid(BeatTracker(RATE))
    assert grid.expect(48_000) == (-1, 0.0, 0.0)
    grid.tracker.run([(48_000, -10.0)], 48_001)
    head = np.full(BINS, 0.3 / (BINS - 1), np.float32)
    head[bins_of(np.array([0.2]))] = 0.7
    frame, probability, spread = grid.expect(48_100, head, 48_000)
    assert abs(frame - 48_000 - 0.2 * RATE) < 0.03 * RATE
    assert 0.5 < probability <= 1.0
    assert spread > 0.0
    assert grid.expect(48_100, head, 47_000)[0] == -1  # there was an onset since


def test_a_model_and_the_grid_are_multiplied():
    grid = Grid(BeatTracker(RATE))
    random, times = np.random.default_rng(3), []
    for k in range(2, 80):  # half of the halves of beats are struck
        times += [BEAT * k] + ([BEAT * k + BEAT // 2] if random.random() < 0.5 else [])
    grid.tracker.run([(t, -10.0) for t in times], times[-1] + 1)
    last = 80 * BEAT
    grid.tracker.run([(last, -10.0)], last + 1)
    found = {}
    for gap in (0.25, 0.5):
        head = np.full(BINS, 0.1 / (BINS - 1), np.float32)
        head[bins_of(np.array([gap]))] = 0.9
        found[gap] = grid.expect(last + 1000, head, last)
    assert found[0.25][0] == pytest.approx(last + BEAT // 2, abs=300)
    assert found[0.5][0] == pytest.approx(last + BEAT, abs=300)
    assert min(p for _, p, _ in found.values()) > 0.6
