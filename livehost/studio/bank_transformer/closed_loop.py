"""Plays stage cases with a model, all side by side: at each step it chooses, and hears what it chose.

As `BankTransformer.step` with a KV cache, for many sequences at once; nothing is evicted, the mask keeps to the window.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from livehost.settings import TABLE
from livehost.studio.bank_transformer.model import BankTransformer, Layer
from livehost.studio.bank_transformer.stage_cases import StageCase, reciprocal_ranks
from livehost.studio.bank_transformer.vectors import LENGTH


class Cache:
    """Keys and values of sequences side by side.

    Parameters
    ----------
    model : BankTransformer
    sequences, most : int
        How many, and how long at most.
    """

    def __init__(self, model: BankTransformer, sequences: int, most: int) -> None:
        self.model, self.count = model, 0
        s, device = model.shape, model.frequencies.device
        size = (s.layers, sequences, s.heads, most, s.head_size)
        self._k, self._v = torch.zeros(size, device=device), torch.zeros(size, device=device)

    def ask(self, tokens: Tensor, commit: int) -> Tensor:
        """Ask after the last of some tokens [B, n, token_size], each of which sees those before it.

        The first `commit` of them are kept.

        Returns
        -------
        Tensor [B, embedding]
        """
        model, start, new = self.model, self.count, tokens.shape[1]
        x, pull = model._read(tokens)
        at = torch.arange(start + new, device=tokens.device)
        cos, sin = model.angles(at[start:])
        age = at[start:, None] - at
        mask = torch.zeros(age.shape, device=tokens.device)
        mask.masked_fill_((age < 0) | (age > model.shape.window), float("-inf"))
        for number, one in enumerate(model.layers):
            layer = cast("Layer", one)
            q, k, v = (part.transpose(1, 2) for part in layer.project(x, cos, sin))
            self._k[number, :, :, start : start + new], self._v[number, :, :, start : start + new] = k, v
            mixed = functional.scaled_dot_product_attention(
                q, self._k[number, :, :, : start + new], self._v[number, :, :, : start + new], mask, scale=layer.scale
            )
            x = layer.finish(x, mixed.transpose(1, 2).flatten(2))
        self.count += commit
        return model.ask(model.before_query(x[:, -1]), pull[:, -1])


def play(model: BankTransformer, cases: Sequence[StageCase], seed: int = 0) -> list[np.ndarray]:
    """Let a model answer every stroke of stage cases.

    Parameters
    ----------
    model : BankTransformer
        In evaluation.
    cases : sequence of StageCase
    seed : int
        Of its choices, made at the stage's own temperature.

    Returns
    -------
    list of float64 [E]
        Reciprocal ranks of the right items, NaN where nothing is right.
    """
    if not cases:
        return []
    device = model.frequencies.device
    steps, most = max(len(c.peeks) for c in cases), max(len(c.items) for c in cases)
    tokens = np.zeros((len(cases), steps, 3, cases[0].peeks.shape[1]), np.float32)
    items = torch.zeros(len(cases), most, cases[0].items.shape[1])
    length, present = torch.zeros(len(cases), most), torch.zeros(len(cases), most, dtype=torch.bool)
    played_at = torch.tensor([1 if c.mode.now else 2 for c in cases])
    for row, c in enumerate(cases):
        count, size = len(c.peeks), len(c.items)
        order = (c.peeks, c.played, c.heard) if c.mode.now else (c.peeks, c.heard, c.played)
        tokens[row, :count] = np.stack(order, 1)
        items[row, :size], length[row, :size] = torch.from_numpy(c.items), torch.from_numpy(c.length)
        present[row, :size] = True
    items, rows = items.to(device), torch.arange(len(cases))
    embedding = model.embed(items)
    absent = ~present.to(device)
    given = torch.from_numpy(tokens).to(device)
    random = torch.Generator().manual_seed(seed)
    warmth = float(TABLE["player.temperature"].default)
    cache, found = Cache(model, len(cases), 2 * steps + 1), np.empty((steps, len(cases), most), np.float32)
    past = given[:, 0, :0]
    for step in range(steps):
        query = cache.ask(torch.cat((past, given[:, step, :1]), 1), commit=past.shape[1])
        scores = (embedding @ query[..., None])[..., 0].masked_fill(absent, -torch.inf)
        noise = -torch.log(-torch.log(torch.rand(scores.shape, generator=random).clamp(1e-9, 1 - 1e-7)))
        chosen = (scores / warmth + noise.to(device)).argmax(1)
        found[step] = scores.cpu().numpy()
        size = items.shape[-1]
        given[rows, step, played_at, :size] = items[rows, chosen]
        given[rows, step, played_at, LENGTH] = length.to(device)[rows, chosen]
        past = given[:, step, 1:]
    return [reciprocal_ranks(found[: len(c.truth), row, : len(c.items)], c.truth) for row, c in enumerate(cases)]
