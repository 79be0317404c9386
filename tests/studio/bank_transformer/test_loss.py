import math

import numpy as np
import torch

from livehost.studio.bank_transformer.batch import Batch
from livehost.studio.bank_transformer.loss import losses, own_scores


def batch(targets, present, recording=(0, 1), weights=None):
    """Two sequences of one token and one peek, with three items each."""
    targets = torch.tensor(targets)
    nothing = {name: torch.zeros(0) for name in Batch._fields}
    given = {"targets": targets, "present": torch.tensor(present), "recording": torch.tensor(recording)}
    return Batch(**nothing | given | {"weights": torch.ones(2, 2) if weights is None else torch.tensor(weights)})


ALL = [[True, True, True], [True, True, False]]
EMBEDDING = torch.tensor([[[1.0, 0], [0, 1], [-1, 0]], [[1, 0], [0, 1], [9, 9]]])
QUERY = torch.tensor([[[2.0, 0], [0, 1]], [[1, 1], [5, 5]]])
#: Of the items 1, 0 and 0 for the first three queries: scores 2, 0, −2; 0, 1, 0; 1, 1.
SURPRISE = [
    math.log(math.exp(2) + 1 + math.exp(-2)) - 0,
    math.log(1 + math.exp(1) + 1) - 0,
    math.log(2 * math.exp(1)) - 1,
]


def test_the_loss_over_the_own_bank_is_the_mean_surprise():
    own, _ = losses(QUERY, EMBEDDING, batch([[1, 0], [0, -1]], ALL))
    assert abs(float(own) - np.mean(SURPRISE)) < 1e-6


def test_queries_count_by_their_weights():
    own, _ = losses(QUERY, EMBEDDING, batch([[1, 0], [0, -1]], ALL, weights=[[1.0, 0.5], [0.25, 9.0]]))
    assert abs(float(own) - np.dot(SURPRISE, [1, 0.5, 0.25]) / 1.75) < 1e-6


def test_the_pool_adds_the_items_of_other_recordings():
    one = batch([[1, -1], [-1, -1]], ALL)
    _, pool = losses(QUERY, EMBEDDING, one)
    assert abs(float(pool) - math.log(sum(math.exp(s) for s in (2, 0, -2, 2, 0)))) < 1e-6
    same = one._replace(recording=torch.tensor([4, 4]))
    own, pool = losses(QUERY, EMBEDDING, same)
    assert float(own) == float(pool)


def test_nobody_asked_is_no_loss_and_no_nan():
    query = QUERY.clone().requires_grad_()
    own, pool = losses(query, EMBEDDING, batch([[-1, -1]] * 2, ALL))
    (own + pool).backward()
    assert float(own.detach()) == float(pool.detach()) == 0.0
    assert bool((query.grad == 0).all())


def test_what_is_not_there_is_no_candidate():
    out = torch.isinf(own_scores(QUERY, EMBEDDING, torch.tensor(ALL)))
    assert out[0].any().item() is False
    assert out[1].tolist() == [[False, False, True]] * 2
