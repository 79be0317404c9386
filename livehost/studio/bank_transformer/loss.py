"""Contrastive loss (InfoNCE): the right item among those of its own bank, and among those of all banks of the batch.

And, of a network with a head for it, the cross-entropy of the time to the next stroke.

Source: van den Oord et al. 2018 (InfoNCE).
"""

import torch
from torch import Tensor
from torch.nn import functional

from livehost.studio.bank_transformer.batch import Batch

#: Share of the own bank in the loss; the rest is for all banks of the batch.
OWN = 0.7
#: Items of other banks that each query is asked about, at most.
POOL = 1024


def own_scores(query: Tensor, embedding: Tensor, present: Tensor) -> Tensor:
    """Score the items of each sequence's own bank, −∞ where there is none.

    Parameters
    ----------
    query : Tensor [B, Q, E]
    embedding : Tensor [B, M, E]
    present : bool Tensor [B, M]

    Returns
    -------
    Tensor [B, Q, M]
    """
    return (query @ embedding.transpose(1, 2)).masked_fill(~present[:, None], -torch.inf)


def losses(query: Tensor, embedding: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Compute the weighted mean −log p of the right items: over their own banks, and with other banks' items.

    Queries without a target do not count. Items of another sequence of the same recording are no negatives: the right
    one may be among them.
    """
    asked = batch.targets >= 0
    targets, weights = batch.targets[asked], batch.weights[asked]
    if not len(targets):
        return query.sum() * 0.0, query.sum() * 0.0
    scores = own_scores(query, embedding, batch.present)[asked]
    true = scores.gather(1, targets[:, None])[:, 0]
    own = torch.logsumexp(scores, 1)
    others = embedding[batch.present]
    of = batch.recording[:, None].expand_as(batch.present)[batch.present]
    step = -(-len(others) // POOL)  # the same share of every bank
    others, of = others[::step], of[::step]
    asking = batch.recording[:, None].expand_as(asked)[asked]
    foreign = (query[asked] @ others.T).masked_fill(asking[:, None] == of, -torch.inf)
    everything = torch.logsumexp(torch.cat((own[:, None], foreign), 1), 1)
    weights = weights / weights.sum()
    return (weights * (own - true)).sum(), (weights * (everything - true)).sum()


def stroke_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Compute the mean −log p of the times to the next stroke, of logits [B, N + P, bins]; 0 where none is asked."""
    asked = batch.strokes >= 0
    if not asked.any():
        return logits.sum() * 0.0
    return functional.cross_entropy(logits[asked], batch.strokes[asked])
