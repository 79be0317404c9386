"""Batches: sequences of different lengths side by side as padded tensors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.studio.bank_transformer.sampling import Example


class Batch(NamedTuple):
    """Sequences, padded at the end; queries are N committed tokens, then P peeks.

    Attributes
    ----------
    tokens : float32 [B, N, TOKEN_SIZE]
    peeks : float32 [B, P, TOKEN_SIZE]
    before : int64 [B, P]
        Committed tokens that each peek sees.
    items : float32 [B, M, ITEM_SIZE]
    length : float32 [B, M]
        Of the items, as tokens say it.
    successor : int64 [B, M]
        Item after each in its music; −1 for none.
    present : bool [B, M]
        Which items there are.
    targets : int64 [B, N + P]
        Items; −1 where nobody is asked.
    weights : float32 [B, N + P]
    own : int64 [B, N + P]
        Token whose successor is the target; −1 where something else is.
    played : int64 [B, N]
        Item of each token; −1 for what was heard.
    asked : int64 [B, N]
        Query that chose it; −1 for none.
    strokes : int64 [B, N + P]
        Bin of the time to the next stroke that is heard; −1 where nobody asks.
    sampled : bool [B]
        Where the model itself is to play.
    recording : int64 [B]
    """

    tokens: Tensor
    peeks: Tensor
    before: Tensor
    items: Tensor
    length: Tensor
    successor: Tensor
    present: Tensor
    targets: Tensor
    weights: Tensor
    own: Tensor
    played: Tensor
    asked: Tensor
    strokes: Tensor
    sampled: Tensor
    recording: Tensor


def collate(sequences: Sequence[Example]) -> Batch:
    """Pad sequences to one length and stack them."""
    count = len(sequences)
    n, p, m = (max(len(getattr(s, name)) for s in sequences) for name in ("tokens", "peeks", "items"))
    wide = {"tokens": n, "peeks": p, "items": m}
    columns: dict[str, np.ndarray] = {
        name: np.zeros((count, size, getattr(sequences[0], name).shape[1]), np.float32) for name, size in wide.items()
    }
    columns |= {"before": np.zeros((count, p), np.int64), "length": np.zeros((count, m), np.float32)}
    columns |= {"present": np.zeros((count, m), bool), "weights": np.zeros((count, n + p), np.float32)}
    columns |= {name: np.full((count, n + p), -1, np.int64) for name in ("targets", "own", "strokes")}
    columns |= {"successor": np.full((count, m), -1, np.int64)}
    columns |= {name: np.full((count, n), -1, np.int64) for name in ("played", "asked")}
    for row, s in enumerate(sequences):
        kept = len(s.tokens)
        for name in ("tokens", "peeks", "items", "before", "length", "successor", "played"):
            values = getattr(s, name)
            columns[name][row, : len(values)] = values
        for name in ("targets", "weights", "own", "strokes"):
            values = getattr(s, name)
            columns[name][row, :kept], columns[name][row, n : n + len(s.peeks)] = values[:kept], values[kept:]
        columns["asked"][row, :kept] = np.where(s.asked >= kept, s.asked - kept + n, s.asked)
        columns["present"][row, : len(s.items)] = True
    columns["sampled"] = np.array([s.sampled for s in sequences])
    columns["recording"] = np.array([s.recording for s in sequences])
    return Batch(*(torch.from_numpy(columns[name]) for name in Batch._fields))
