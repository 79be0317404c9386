"""Batches: sequences side by side as tensors, made in a thread of their own while the network learns."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.studio.bank_transformer.sampling import Example, Sampler

#: Batches that are made ahead.
AHEAD = 3


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
    """Put sequences side by side."""
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


def batches(sampler: Sampler, first: int = 0) -> Iterator[Batch]:
    """Give the batches of a sampler from number `first` on, for ever, a few of them made ahead in a thread."""

    def make(number: int) -> Batch:
        return collate(sampler.batch(number))

    with ThreadPoolExecutor(1, "batches") as pool:
        pending: deque[Future[Batch]] = deque(pool.submit(make, first + k) for k in range(AHEAD))
        following = first + AHEAD
        try:
            while True:
                batch = pending.popleft().result()
                pending.append(pool.submit(make, following))
                following += 1
                yield batch
        finally:
            for future in pending:
                future.cancel()
