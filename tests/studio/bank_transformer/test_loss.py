import math

import numpy as np
import torch

from livehost.studio.bank_transformer.batch import Batch
from livehost.studio.bank_transformer.loss import losses, own_scores


def batch(targets, current, present, recording=(0, 1)):
    return Batch(
        torch.zeros(2, 2, 3), torch.zeros(2, 3, 3), torch.tensor(targets), torch.tensor(current),
        torch.tensor(present), torch.tensor(recording),
    )  # fmt: skip


ALL = [[True, True, True], [True, True, False]]
EMBEDDING = torch.tensor([[[1.0, 0], [0, 1], [-1, 0]], [[1, 0], [0, 1], [9, 9]]])
QUERY = torch.tensor([[[2.0, 0], [0, 1]], [[1, 1], [5, 5]]])


def test_the_loss_over_the_own_bank_is_the_mean_surprise():
    own, _ = losses(QUERY, EMBEDDING, batch([[1, 0], [0, -1]], [[0, -1], [-1, -1]], ALL))
    # scores: 0 (and −2; 2 is excluded); 0 (1, 0); 1 (1, the third item is not there); the last is not asked
    surprise = [
        math.log(math.exp(0) + math.exp(-2)) - 0,
        math.log(math.exp(0) + math.exp(1) + math.exp(0)) - 0,
        math.log(2 * math.exp(1)) - 1,
    ]
    assert abs(float(own) - np.mean(surprise)) < 1e-6


def test_the_pool_adds_the_items_of_other_recordings():
    one = batch([[1, -1], [-1, -1]], [[-1, -1], [-1, -1]], ALL)
    _, pool = losses(QUERY, EMBEDDING, one)
    assert abs(float(pool) - math.log(sum(math.exp(s) for s in (2, 0, -2, 2, 0)))) < 1e-6
    same = one._replace(recording=torch.tensor([4, 4]))
    own, pool = losses(QUERY, EMBEDDING, same)
    assert float(own) == float(pool)


def test_nobody_asked_is_no_loss_and_no_nan():
    query = QUERY.clone().requires_grad_()
    own, pool = losses(query, EMBEDDING, batch([[-1, -1]] * 2, [[-1, -1]] * 2, ALL))
    (own + pool).backward()
    assert float(own.detach()) == float(pool.detach()) == 0.0
    assert bool((query.grad == 0).all())


def test_scores_exclude_what_is_not_there_and_what_was_just_heard():
    scores = own_scores(QUERY, EMBEDDING, torch.tensor(ALL), torch.tensor([[0, -1], [1, -1]]))
    out = torch.isinf(scores)
    assert out[0].tolist() == [[True, False, False], [False, False, False]]
    assert out[1].tolist() == [[False, True, True], [False, False, True]]
