import numpy as np
import pytest

from livehost.studio.bank_transformer.evaluation.ranking import rank


def one(scores, target, excluded=-1, **more):
    return rank(np.array([scores], float), np.array([target]), np.array([excluded]), **more)


def test_the_best_is_first():
    ranks = one([0.0, 3.0, 1.0, 2.0], 1)
    assert ranks.reciprocal()[0] == 1.0
    assert ranks.within(1)[0] == 1.0
    assert one([0.0, 3.0, 1.0, 2.0], 2).reciprocal()[0] == pytest.approx(1 / 3)


def test_ties_get_their_average_and_never_the_lucky_rank():
    ranks = one([5.0, 1.0, 1.0, 1.0, 0.0], 2)  # rank 2, 3 or 4
    assert ranks.reciprocal()[0] == pytest.approx((1 / 2 + 1 / 3 + 1 / 4) / 3)
    assert ranks.within(1)[0] == 0.0
    assert ranks.within(2)[0] == pytest.approx(1 / 3)
    assert ranks.within(4)[0] == 1.0


def test_no_preference_is_the_exact_expectation():
    ranks = one(np.zeros(11), 4, excluded=3)
    assert ranks.candidates[0] == 10
    assert ranks.reciprocal()[0] == pytest.approx(sum(1 / k for k in range(1, 11)) / 10)
    assert np.exp(ranks.surprise[0]) == pytest.approx(10)


def test_what_is_excluded_is_no_candidate():
    assert one([9.0, 1.0, 0.0], 1, excluded=0).reciprocal()[0] == 1.0
    assert one([9.0, 1.0, 0.0], 1).reciprocal()[0] == 0.5


def test_rounding_parts_no_ties():
    assert one([100.0, 100.0 + 1e-6, 0.0], 0).tied[0] == 2
    assert one([1e-8, 0.0, -1.0], 1).tied[0] == 2
    assert one([0.01, 0.0, -1.0], 1).tied[0] == 1


def test_what_is_no_number_is_last():
    assert one([np.nan, 1.0, 0.0], 2).reciprocal()[0] == 0.5
    ranks = one([np.nan, 1.0, np.nan, -np.inf], 0)
    assert (ranks.above[0], ranks.tied[0]) == (1, 3)
    assert one([np.nan, np.nan, np.nan], 0).reciprocal()[0] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_among_the_unheard_items_before_the_true_one_do_not_count():
    ranks = one([9.0, 8.0, 1.0, 2.0, 0.0], 2, excluded=1, unheard=True)
    assert (ranks.candidates[0], ranks.above[0]) == (3, 1)


def test_surprise_is_the_softmax_of_the_candidates():
    scores = np.array([2.0, -1.0, 0.5, 7.0])
    ranks = one(scores, 1, excluded=3)
    assert ranks.surprise[0] == pytest.approx(-np.log(np.exp(-1) / np.exp(scores[:3]).sum()))
