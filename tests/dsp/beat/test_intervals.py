"""Bins of the times between onsets: the same for a model, for numpy and for native code."""

import numpy as np
import pytest

from livehost.dsp.beat.intervals import BINS, EDGES, LONGEST_S, SHORTEST_S, bin_of, bins_of, edge
from tests.kernels import by_hand


def test_native_code_and_numpy_agree():
    seconds = np.concatenate([[0.0, 0.01, SHORTEST_S, 3.999, LONGEST_S, 4.001, 100.0], np.geomspace(0.02, 5.0, 997)])
    native = by_hand(bin_of)
    assert [native(s) for s in seconds] == bins_of(seconds).tolist()


def test_edges_are_those_of_the_bins():
    native = by_hand(edge)
    assert [native(k) for k in range(BINS)] == pytest.approx(EDGES.tolist())
    assert native(BINS) == np.inf
    middles = np.sqrt(np.maximum(EDGES, 0.02) * np.append(EDGES[1:], 8.0))
    assert bins_of(middles).tolist() == list(range(BINS))


def test_the_range():
    assert EDGES[0] == 0.0
    assert EDGES[-1] == pytest.approx(LONGEST_S)
    assert EDGES[2] / EDGES[1] == pytest.approx((LONGEST_S / SHORTEST_S) ** (1 / (BINS - 1)))
