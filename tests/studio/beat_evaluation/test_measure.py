"""Measures of beats, on lists that can be counted by hand."""

import math

import numpy as np
import pytest

from livehost.studio.beat_evaluation.follow import Followed
from livehost.studio.beat_evaluation.measure import f_measure, tempo_off


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([6.0, 7.0, 8.0], 1.0),
        ([6.06, 7.06, 8.06], 1.0),
        ([6.08, 7.08, 8.08], 0.0),
        ([6.0, 6.5, 7.0, 7.5, 8.0], 2 * 3 / 8),
        ([6.0, 8.0], 2 * 2 / 5),
        ([1.0, 2.0, 6.0, 7.0, 8.0], 1.0),  # what is before counts for neither
        ([6.0, 6.05, 7.0, 8.0], 2 * 3 / 7),  # each beat is found once
        ([], 0.0),
    ],
)
def test_f_measure(told, expected):
    assert f_measure(np.array(told), np.array([1.0, 6.0, 7.0, 8.0])) == pytest.approx(expected)


def test_without_beats_there_is_no_f_measure():
    assert math.isnan(f_measure(np.array([6.0]), np.array([1.0])))


@pytest.mark.parametrize(
    ("bpm", "off"),
    [(120.0, 0.0), (60.0, 0.0), (240.0, 0.0), (122.4, 0.02), (61.2, 0.02), (58.8, 0.0204), (180.0, 1 / 3)],
)
def test_a_tempo_is_off_octaves_apart(bpm, off):
    assert tempo_off(bpm, 120.0) == pytest.approx(off, abs=1e-4)
    assert tempo_off(math.nan, 120.0) == math.inf


def test_what_was_said_counts_from_when_it_was_known():
    heard = Followed(
        1000.0, np.array([1000, 3000]), np.array([True, True]), np.array([900.0, 3100.0]), np.array([400.0, 500.0]),
        np.array([0.5, 0.6]),
    )  # fmt: skip
    off = heard.off_sixteenths_ms(np.array([500.0, 1320.0, 3100.0 + 300.0, 3100.0 + 250.0]))
    assert math.isnan(off[0])
    assert off[1:] == pytest.approx([20.0, 0.0, 50.0])
    assert heard.beats(4000).tolist() == [1300.0, 1700.0, 2100.0, 2500.0, 2900.0, 3600.0]  # none that follows at once
