"""The loss: which item comes next, among those of the sequence's own bank, and among those of all banks of the batch.

Source: van den Oord et al. 2018 (InfoNCE).
"""

import torch
from torch import Tensor, nn

from livehost.studio.bank_transformer.batch import Batch
from livehost.studio.bank_transformer.model import BankTransformer

#: Share of the own bank in the loss; the rest is for all banks of the batch.
OWN = 0.7
#: Items of other banks that each query is asked about, at most.
POOL = 1024


class Objective(nn.Module):
    """A model with its loss: what is wrapped for several devices.

    Parameters
    ----------
    model : BankTransformer
    own : float
        Share of the loss over the own bank.
    """

    def __init__(self, model: BankTransformer, own: float = OWN) -> None:
        super().__init__()
        self.model, self.own = model, own

    def forward(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        """Give the loss of a batch, and its parts (without gradient)."""
        query, embedding = self.model(batch.tokens), self.model.embed(batch.items)
        own, pool = losses(query, embedding, batch)
        total = self.own * own + (1.0 - self.own) * pool
        return total, {"own": own.detach(), "pool": pool.detach()}


def own_scores(query: Tensor, embedding: Tensor, present: Tensor, current: Tensor) -> Tensor:
    """Score the items of each sequence's own bank, −∞ where an item is no candidate.

    Parameters
    ----------
    query : Tensor [B, N, E]
    embedding : Tensor [B, M, E]
    present : bool Tensor [B, M]
    current : int64 Tensor [B, N]
        Excluded, −1 for none.

    Returns
    -------
    Tensor [B, N, M]
    """
    scores = query @ embedding.transpose(1, 2)
    scores = scores.masked_fill(~present[:, None], -torch.inf)
    items = torch.arange(embedding.shape[1], device=scores.device)
    return scores.masked_fill(items == current[..., None], -torch.inf)


def losses(query: Tensor, embedding: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Give −log p of the true next items: over their own banks, and over these and other banks' items.

    Tokens without a target do not count. Items of another sequence of the same recording are no negatives: the true
    one may be among them.
    """
    asked = batch.targets >= 0
    scores = own_scores(query, embedding, batch.present, batch.current)[asked]
    targets = batch.targets[asked]
    true = scores.gather(1, targets[:, None])[:, 0]
    own = torch.logsumexp(scores, 1)
    if not len(targets):
        return query.sum() * 0.0, query.sum() * 0.0
    others = embedding[batch.present]
    of = batch.recording[:, None].expand_as(batch.present)[batch.present]
    step = -(-len(others) // POOL)  # the same share of every bank
    others, of = others[::step], of[::step]
    asking = batch.recording[:, None].expand_as(asked)[asked]
    foreign = (query[asked] @ others.T).masked_fill(asking[:, None] == of, -torch.inf)
    everything = torch.logsumexp(torch.cat((own[:, None], foreign), 1), 1)
    return (own - true).mean(), (everything - true).mean()
