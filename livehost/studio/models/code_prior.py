"""A small causal transformer over the codes of a sound: which code comes next, column by column, low to high.

    start, c₀, c₁ … → embedding + row + column + condition → (attention → two layers) … → which comes next, or the end

Keys and values are cached, so that a step takes the same time wherever it is. Source: Vaswani et al. 2017; Xiong et al.
2020 (the norms before); van den Oord et al. 2017 (a prior over the codes of a VQ-VAE).
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class Block(nn.Module):
    """Attention to what was before, and two layers; each beside a straight way.

    Parameters
    ----------
    width, heads : int
    dropout : float
    """

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mixed, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.layers = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Run on whole sequences [n, steps, width]."""
        query, key, value = (self._split(part) for part in self.mixed(self.before(x)).chunk(3, dim=-1))
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.drop(self.out(seen.transpose(1, 2).flatten(2)))
        out: Tensor = x + self.drop(self.layers(self.between(x)))
        return out

    def step(self, x: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Run on one step.

        Parameters
        ----------
        x : Tensor [n, width]
        keys, values : Tensor [n, slots, width]
            Of the steps before.
        bias : Tensor [slots]
            0 where a slot is filled, very low where it is not.

        Returns
        -------
        x, key, value : Tensor [n, width]
        """
        query, key, value = self.mixed(self.before(x)).chunk(3, dim=-1)
        all_keys, all_values = (torch.cat((old, new[:, None]), dim=1) for old, new in ((keys, key), (values, value)))
        q, k, v = self._split(query[:, None]), self._split(all_keys), self._split(all_values)
        scores = q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + functional.pad(bias, (0, 1))
        seen = (scores.softmax(-1) @ v).transpose(1, 2).flatten(1)
        x = x + self.out(seen)
        return x + self.layers(self.between(x)), key, value

    def _split(self, x: Tensor) -> Tensor:
        """Make heads of [n, steps, width]."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class CodePrior(nn.Module):
    """See the module.

    Parameters
    ----------
    codes : int
        Of the codebook. Behind them stands the end, and as what is heard, the start.
    rows, columns : int
        Of a sound's codes, at most.
    condition : int
        Numbers of a condition; all 0 stands for none.
    width, depth, heads : int
    dropout : float
    """

    def __init__(
        self, codes: int, rows: int, columns: int, condition: int, *, width: int, depth: int, heads: int, dropout: float
    ) -> None:
        super().__init__()
        self.codes, self.rows, self.columns, self.width = codes, rows, columns, width
        self.token = nn.Embedding(codes + 1, width)
        self.row, self.column = nn.Embedding(rows, width), nn.Embedding(columns + 1, width)
        self.condition = nn.Linear(condition, width)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(depth))
        self.norm, self.next = nn.LayerNorm(width), nn.Linear(width, codes + 1)
        for embedding in (self.token, self.row, self.column):
            nn.init.normal_(embedding.weight, std=0.05)

    @property
    def steps(self) -> int:
        """Codes of the longest sound."""
        return self.rows * self.columns

    def forward(self, codes: Tensor, conditions: Tensor) -> Tensor:
        """Run whole sequences.

        Parameters
        ----------
        codes : Tensor of int64 [n, columns, rows]
        conditions : Tensor [n, condition]

        Returns
        -------
        Tensor [n, columns · rows + 1, codes + 1]
            Logits of each code, and of the end behind the last.
        """
        flat = codes.flatten(1)
        tokens = functional.pad(flat, (1, 0), value=self.codes)
        places = torch.arange(tokens.shape[1], device=codes.device)
        x = self._enter(tokens, places) + self.condition(conditions)[:, None]
        for block in self.blocks:
            x = block(x)
        logits: Tensor = self.next(self.norm(x))
        return logits

    def step(self, token: Tensor, place: Tensor, condition: Tensor, keys: Tensor, values: Tensor) -> Any:
        """Run one step.

        Parameters
        ----------
        token : Tensor of int64 [n]
            The code before, or `codes` at the start.
        place : Tensor of int64 [1]
            How many codes there were.
        condition : Tensor [n, condition]
        keys, values : Tensor [n, depth, steps, width]
            What the steps before gave, in their slots.

        Returns
        -------
        logits : Tensor [n, codes + 1]
        key, value : Tensor [n, depth, width]
            For slot `place`.
        """
        bias = (torch.arange(keys.shape[2], device=keys.device) >= place).to(keys.dtype) * -1e9
        x = self._enter(token, place) + self.condition(condition)
        new_keys, new_values = [], []
        for number, block in enumerate(self.blocks):
            x, key, value = block.step(x, keys[:, number], values[:, number], bias)  # type: ignore[operator]
            new_keys.append(key)
            new_values.append(value)
        return self.next(self.norm(x)), torch.stack(new_keys, 1), torch.stack(new_values, 1)

    def _enter(self, tokens: Tensor, places: Tensor) -> Tensor:
        """Embed codes, each with the row and the column of what comes next."""
        x: Tensor = self.token(tokens) + self.row(places % self.rows) + self.column(places // self.rows)
        return x


class StepGraph(nn.Module):
    """A step of the prior as it is exported."""

    def __init__(self, prior: CodePrior) -> None:
        super().__init__()
        self.prior = prior

    def forward(self, token: Tensor, place: Tensor, condition: Tensor, keys: Tensor, values: Tensor) -> Any:
        """See `CodePrior.step`."""
        return self.prior.step(token, place, condition, keys, values)
