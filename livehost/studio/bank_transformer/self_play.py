"""Lets the model play the machine's line of training sequences, as it would on stage: what it chose is what it hears.

One pass without gradient asks; what was sampled replaces what the played tokens say, and what follows from it. Sources:
Bengio et al. 2015 (scheduled sampling); Mihaylova & Martins 2019 (one more pass in place of step by step).
"""

import torch
from torch import Tensor

from livehost.studio.bank_transformer.batch import Batch
from livehost.studio.bank_transformer.loss import own_scores
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.vectors import LENGTH

#: Temperatures of the choices, drawn for each sequence.
COLDEST, WARMEST = 0.3, 1.0


@torch.no_grad()
def play_itself(model: BankTransformer, batch: Batch, embedding: Tensor) -> Batch:
    """Replace the played items of the sequences that are to be `sampled` by what the model chooses.

    Parameters
    ----------
    model : BankTransformer
    batch : Batch
    embedding : Tensor [B, M, E]
        Of its items.

    Returns
    -------
    Batch
        With other `tokens`, `played`, and `targets` of the own line.
    """
    rows = torch.nonzero(batch.sampled)[:, 0]
    if not len(rows):
        return batch
    asked, played = batch.asked[rows], batch.played[rows]
    query = model(batch.tokens[rows], batch.peeks[rows], batch.before[rows])
    chosen = query.gather(1, asked.clamp(min=0)[..., None].expand(-1, -1, query.shape[-1]))
    scores = own_scores(chosen, embedding[rows], batch.present[rows])
    warmth = COLDEST + (WARMEST - COLDEST) * torch.rand(len(rows), 1, 1, device=scores.device)
    noise = -torch.log(-torch.log(torch.rand_like(scores).clamp(1e-9, 1 - 1e-7)))
    played = torch.where((played >= 0) & (asked >= 0), (scores / warmth + noise).argmax(2), played)
    mine = played >= 0
    tokens = batch.tokens[rows]
    items = batch.items[rows]
    vectors = items.gather(1, played.clamp(min=0)[..., None].expand(-1, -1, items.shape[-1]))
    size = items.shape[-1]
    tokens[..., :size] = torch.where(mine[..., None], vectors, tokens[..., :size])
    length = batch.length[rows].gather(1, played.clamp(min=0))
    tokens[..., LENGTH] = torch.where(mine, length, tokens[..., LENGTH])
    own = batch.own[rows]
    after = batch.successor[rows].gather(1, played.gather(1, own.clamp(min=0)).clamp(min=0))
    targets = torch.where(own >= 0, after, batch.targets[rows])
    return batch._replace(
        tokens=batch.tokens.index_copy(0, rows, tokens),
        played=batch.played.index_copy(0, rows, played),
        targets=batch.targets.index_copy(0, rows, targets),
    )
