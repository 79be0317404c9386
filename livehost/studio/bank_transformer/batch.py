"""Batches: sequences of different lengths side by side as padded tensors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.studio.bank_transformer.sampling import Example


class Batch(NamedTuple):
    """Sequences, padded at the end.

    Attributes
    ----------
    tokens : float32 [B, N, TOKEN_SIZE]
    items : float32 [B, M, ITEM_SIZE]
    targets, current : int64 [B, N]
        Items; −1 where nobody is asked, or nothing is excluded.
    present : bool [B, M]
        Which items there are.
    recording : int64 [B]
    """

    tokens: Tensor
    items: Tensor
    targets: Tensor
    current: Tensor
    present: Tensor
    recording: Tensor


def collate(sequences: Sequence[Example]) -> Batch:
    """Pad sequences to one length and stack them."""
    count = len(sequences)
    n, m = max(len(s.tokens) for s in sequences), max(len(s.items) for s in sequences)
    tokens = np.zeros((count, n, sequences[0].tokens.shape[1]), np.float32)
    items = np.zeros((count, m, sequences[0].items.shape[1]), np.float32)
    targets, current = np.full((2, count, n), -1, np.int64)
    present = np.zeros((count, m), bool)
    for row, s in enumerate(sequences):
        tokens[row, : len(s.tokens)], items[row, : len(s.items)] = s.tokens, s.items
        targets[row, : len(s.tokens)], current[row, : len(s.tokens)] = s.targets, s.current
        present[row, : len(s.items)] = True
    recording = np.array([s.recording for s in sequences])
    return Batch(*map(torch.from_numpy, (tokens, items, targets, current, present, recording)))
