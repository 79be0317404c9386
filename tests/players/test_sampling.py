import numpy as np
import pytest

from livehost.players import sampling
from tests.kernels import by_hand

draw, softmax, sort_by_cost = map(by_hand, (sampling.draw, sampling.softmax, sampling.sort_by_cost))


def test_sort_is_by_cost_then_index():
    cost, index = np.array([2.0, 1.0, 2.0, 0.5, 1.0]), np.array([0, 4, 2, 3, 1])
    sort_by_cost(cost, index, 5)
    assert cost.tolist() == [0.5, 1.0, 1.0, 2.0, 2.0]
    assert index.tolist() == [3, 1, 4, 0, 2]


@pytest.mark.parametrize("temperature", [0.25, 1.0, 4.0])
def test_softmax(temperature):
    cost, probability = np.array([1.0, 1.5, 3.0, 900.0]), np.zeros(4)
    softmax(cost, probability, 4, temperature, 1.0)
    expected = np.exp(-(cost - 1.0) / temperature)
    np.testing.assert_allclose(probability, expected / expected.sum(), rtol=1e-12, atol=1e-50)


def test_softmax_at_temperature_0_is_the_first():
    probability = np.full(3, 9.0)
    softmax(np.array([1.0, 1.0, 2.0]), probability, 3, 0.0, 1.0)
    assert probability.tolist() == [1.0, 0.0, 0.0]


def test_top_p_keeps_the_fewest_that_make_it_up():
    cost, probability = -np.log([0.5, 0.25, 0.15, 0.1]), np.zeros(4)
    softmax(cost, probability, 4, 1.0, 0.74)
    np.testing.assert_allclose(probability, [2 / 3, 1 / 3, 0, 0])
    softmax(cost, probability, 4, 1.0, 0.01)
    assert probability.tolist() == [1, 0, 0, 0]


def test_draws_are_different_and_as_likely_as_they_should_be():
    probability, key, order = np.array([0.6, 0.3, 0.1, 0.0]), np.zeros(4), np.zeros(8, np.int64)
    random, pairs = np.uint64(5), np.zeros((4, 4))
    for _ in range(5000):
        drawn, random = draw(probability, key, 4, 1.0, 8, order, np.uint64(random))
        assert drawn == 4
        assert sorted(order[:4].tolist()) == [0, 1, 2, 3]
        assert order[3] == 3  # impossible ones come last
        pairs[order[0], order[1]] += 1
    p = probability[:3]
    expected = p[:, None] * p[None] / (1 - p[:, None]) * (1 - np.eye(3)) * 5000
    assert np.abs(pairs[:3, :3] - expected).max() < 5 * np.sqrt(1250)


def test_draw_at_temperature_0_is_by_probability():
    order = np.zeros(8, np.int64)
    drawn, _ = draw(np.array([0.4, 0.0, 0.6, 0.0]), np.zeros(4), 4, 0.0, 3, order, np.uint64(1))
    assert order[:drawn].tolist() == [2, 0, 1]
