import math

import numpy as np
import pytest

from livehost.engine.block_times import BINS, histogram_edges_us, histogram_percentiles
from livehost.stage.stats import FAILING, SessionStats, percentiles


def test_nothing_measured_is_not_a_number():
    assert all(math.isnan(v) for v in percentiles([]))
    assert all(math.isnan(v) for v in histogram_percentiles(np.zeros(BINS, int), histogram_edges_us(), 0.0))


def test_percentiles_keep_the_outlier():
    assert percentiles([1.0] * 99 + [1000.0])[2] == 1000.0


def test_a_histogram_s_percentiles_are_within_a_bin():
    times_ns = np.random.default_rng(0).lognormal(9, 0.5, 10_000)
    counts = np.bincount((np.log2(times_ns) * 8).astype(int), minlength=BINS)
    median, p99, longest = histogram_percentiles(counts, histogram_edges_us(), times_ns.max() / 1000)
    assert median == pytest.approx(np.median(times_ns) / 1000, rel=0.1)
    assert p99 == pytest.approx(np.percentile(times_ns, 99) / 1000, rel=0.1)
    assert longest == times_ns.max() / 1000


def test_only_answers_count_for_the_way_from_onset_to_sound():
    stats = SessionStats()
    for reason, value in (("answer", 2.0), ("manual", None), ("call", 5.0)):
        stats.event({"kind": "sample", "fallback": 0, "onset_to_sound_ms": value, "reason": reason})
    stats.event({"kind": "sample", "fallback": 1, "onset_to_sound_ms": 3.0, "reason": "answer"})
    assert list(stats.onset_to_sound_ms) == [2.0, 3.0]
    assert (stats.counts["sample"], stats.fallbacks) == (4, 1)


def test_a_model_fails_where_another_player_plans_in_its_place_again_and_again_in_any_part():
    stats = SessionStats()
    for _ in range(FAILING - 1):
        stats.event({"kind": "next", "part": 1, "fallback": 1, "decide_ms": 1.0})
        stats.event({"kind": "next", "part": 0, "fallback": 0, "decide_ms": 1.0})
    assert not stats.model_fails
    stats.event({"kind": "next", "part": 1, "fallback": 1, "decide_ms": 1.0})
    assert stats.model_fails
    stats.event({"kind": "next", "part": 1, "fallback": 0, "decide_ms": 1.0})
    assert not stats.model_fails
