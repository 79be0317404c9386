"""Tapping along."""

import numpy as np
import pytest

from livehost.bridge.tempo.tap import TapTempo

BEAT_NS = 500_000_000


def tap_all(times):
    tap = TapTempo()
    return [tap.tap(round(t)) for t in times]


def test_the_third_tap_gives_the_tempo():
    told = tap_all(10**12 + BEAT_NS * np.arange(4))
    assert told[:2] == [None, None]
    assert told[2].beat_ns == pytest.approx(BEAT_NS)
    assert told[2].ns == 10**12 + 2 * BEAT_NS
    assert told[2].confidence == pytest.approx(1)


def test_uneven_taps_are_averaged_and_trusted_less():
    times = 10**12 + BEAT_NS * np.arange(8) + np.random.default_rng(0).normal(0, 15e6, 8)
    last = tap_all(times)[-1]
    assert last.beat_ns == pytest.approx(BEAT_NS, rel=0.01)
    assert abs(last.ns - (10**12 + 7 * BEAT_NS)) < 15e6
    assert 0.7 < last.confidence < 0.99


def test_a_pause_begins_a_new_series():
    faster = 10**12 + 10 * BEAT_NS + 0.4 * BEAT_NS * np.arange(3)
    told = tap_all([*(10**12 + BEAT_NS * np.arange(5)), *faster])
    assert told[5] is None
    assert told[6] is None
    assert told[7].beat_ns == pytest.approx(0.4 * BEAT_NS)


def test_a_button_that_bounces_taps_once():
    times = 10**12 + BEAT_NS * np.arange(4)
    told = tap_all(sorted([*times, *(times + 8e6)]))
    assert [t for t in told if t][-1].beat_ns == pytest.approx(BEAT_NS)


def test_the_old_tempo_is_forgotten_after_eight_taps():
    slow, fast = 10**12 + BEAT_NS * np.arange(4), 10**12 + 3 * BEAT_NS + 0.8 * BEAT_NS * np.arange(1, 10)
    assert tap_all([*slow, *fast])[-1].beat_ns == pytest.approx(0.8 * BEAT_NS)
