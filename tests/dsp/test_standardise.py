import numpy as np
import pytest

from livehost.dsp.standardise import standardise
from livehost.errors import LivehostError


def test_normal_values_give_mean_and_deviation():
    x = np.random.default_rng(0).normal([3, -50], [2, 0.1], (20_000, 2))
    mean, scale = standardise(x)
    np.testing.assert_allclose(mean, [3, -50], rtol=0.01)
    np.testing.assert_allclose(scale, [2, 0.1], rtol=0.03)


def test_a_few_wild_vectors_move_nothing_much():
    x = np.random.default_rng(1).normal(0, 1, (1_000, 1))
    wild = x.copy()
    wild[:20] = 1e6
    np.testing.assert_allclose(standardise(wild), standardise(x), atol=0.1)


def test_no_scale_is_0():
    x = np.zeros((5, 3))
    x[:, 1] = 1e6  # constant, but for float noise
    x[0, 1] += 0.1
    x[0, 2] = 10  # more than half the values are equal
    mean, scale = standardise(x)
    assert np.array_equal(mean, np.array([0, 1e6, 0], np.float32))
    assert scale.tolist() == [1, 1, 4]
    assert standardise(x[:1])[1].tolist() == [1, 1, 1]


def test_rows_that_are_not_finite_do_not_count():
    x = np.array([[1.0, 2.0], [np.nan, 0.0], [3.0, np.inf], [1.0, 2.0]])
    assert np.array_equal(standardise(x)[0], [1, 2])


@pytest.mark.parametrize("x", [np.zeros((0, 3)), np.full((2, 2), np.nan), np.zeros(4)])
def test_nothing_to_standardise_is_said(x):
    with pytest.raises(LivehostError, match="Standardising wants"):
        standardise(x)
