"""The network of the bank transformer: from segments that were heard and played to a query for the next item.

Tokens are segments, heard and played; a causal, sliding-window transformer (pre-norm, rotary positions) makes of each
a query, an encoder makes of each item of a bank an embedding, and logits = query · embeddings / τ. Nothing in the
network knows a particular bank. A *peek* is a token of a sound that still goes on: it sees what is committed by then,
and nothing ever sees it.

Two ways to run it give the same numbers. `BankTransformer.forward` takes whole sequences with all their peeks, for
training; `BankTransformer.step` takes one token and the cached keys and values, for the stage. The caches are read
only: a step returns the new keys and values, and its caller writes them over the oldest slot of a ring, or drops them
where the token was a peek. Keys are cached after their rotation at the absolute position, so the order of slots does
not matter.

Sources: Vaswani et al. 2017 (attention); Su et al. 2021 (rotary positions); van den Oord et al. 2018 (InfoNCE);
Xiong et al. 2020 (pre-norm).
"""

import math
from dataclasses import asdict, dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.errors import LivehostError
from livehost.inference.tokens import ITEM_SIZE, TOKEN_SIZE

#: Base of the rotary angles.
ROTARY_BASE = 10_000.0
#: Hidden width of what says how near an answer lies to its token's own sound.
LIKE = 16
#: Hidden width of the head for the next stroke.
STROKE_WIDTH = 48
#: τ at the beginning of training, and the least that it may become.
TEMPERATURE, LEAST_TEMPERATURE = 0.07, 0.01


@dataclass(frozen=True)
class Hyperparameters:
    """Shape of a bank transformer.

    Parameters
    ----------
    token_size, item_size : int
        Length of a token's and of an item's vector.
    width : int
        Length of the hidden vectors.
    layers, heads : int
    feed_forward : int
        Width of the feed-forward layers.
    window : int
        Tokens before a token that it sees, besides itself.
    embedding : int
        Length of queries and embeddings.
    dropout : float
        While training, 0 … 1.
    strokes : int
        Bins of the time to the musician's next stroke (`livehost.dsp.beat.intervals`); 0: nothing is said of it.
    """

    token_size: int = TOKEN_SIZE
    item_size: int = ITEM_SIZE
    width: int = 160
    layers: int = 4
    heads: int = 5
    feed_forward: int = 640
    window: int = 256
    embedding: int = 64
    dropout: float = 0.1
    strokes: int = 0

    def __post_init__(self) -> None:
        if self.width % (2 * self.heads):
            raise LivehostError(f"A width of {self.width} cannot be shared by {self.heads} heads of an even size.", 2)

    @property
    def head_size(self) -> int:
        """Length of one head's keys and values."""
        return self.width // self.heads

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for checkpoints and manifests."""
        return asdict(self)


def rotary_frequencies(head_size: int) -> Tensor:
    """Angles per position, float64 [head_size / 2]: ``ROTARY_BASE ** (-2j / head_size)``."""
    exponent = torch.arange(0, head_size, 2, dtype=torch.float64) / head_size
    return ROTARY_BASE**-exponent


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn the pairs (first half, second half) of the last axis by their angles."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


class Layer(nn.Module):
    """Attention, then a feed-forward network, each on a normalised copy and added."""

    def __init__(self, shape: Hyperparameters) -> None:
        super().__init__()
        self.heads, self.head_size = shape.heads, shape.head_size
        self.before_attention = nn.LayerNorm(shape.width)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.merge = nn.Linear(shape.width, shape.width, bias=False)
        self.before_feed_forward = nn.LayerNorm(shape.width)
        self.widen = nn.Linear(shape.width, shape.feed_forward)
        self.narrow = nn.Linear(shape.feed_forward, shape.width)
        self.dropout = nn.Dropout(shape.dropout)
        self.scale = 1.0 / math.sqrt(shape.head_size)

    def project(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Make queries, keys (both rotated) and values, [..., N, heads, head_size] each, of [..., N, width]."""
        shape = (*x.shape[:-1], self.heads, self.head_size)
        q, k, v = (part.reshape(shape) for part in self.qkv(self.before_attention(x)).chunk(3, dim=-1))
        return rotate(q, cos, sin), rotate(k, cos, sin), v

    def finish(self, x: Tensor, mixed: Tensor) -> Tensor:
        """Add what attention found, and what the feed-forward network makes of it."""
        x = x + self.dropout(self.merge(mixed))
        return x + self.dropout(
            self.narrow(functional.gelu(self.widen(self.before_feed_forward(x)), approximate="tanh"))
        )

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, need_weights: bool) -> tuple[Tensor, Tensor]:
        """Run on [B, N, width] with an additive mask [(B, 1,) N, N]; also gives [B, heads, N, N], or nothing.

        Angles are [(B,) N, 1, head_size / 2].
        """
        q, k, v = (part.transpose(1, 2) for part in self.project(x, cos, sin))
        if need_weights:
            weights = (q @ k.transpose(2, 3) * self.scale + mask).softmax(-1)
            mixed = weights @ v
        else:
            weights = x.new_empty(0)
            mixed = functional.scaled_dot_product_attention(q, k, v, mask, scale=self.scale)
        return self.finish(x, mixed.transpose(1, 2).flatten(2)), weights

    def step(
        self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, cached_k: Tensor, cached_v: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Run on one token [width]; keys are cached as [heads, head_size, T], values as [heads, T, head_size].

        Returns
        -------
        x : Tensor [width]
        weights : Tensor [heads, T + 1]
            Attention to each slot, then to the token itself.
        k, v : Tensor [heads, head_size]
            What belongs into the ring.
        """
        q, k, v = self.project(x, cos, sin)
        q = q * self.scale
        scores = (q[:, None] @ cached_k)[:, 0] + mask
        own = (q * k).sum(-1, keepdim=True)
        weights = torch.cat((scores, own), dim=-1).softmax(-1)
        size = cached_v.shape[1]
        mixed = (weights[:, None, :size] @ cached_v)[:, 0] + weights[:, size:] * v
        return self.finish(x, mixed.flatten()), weights, k, v


class StrokeHead(nn.Module):
    """Logits of the time to the next stroke: by what the network made of a token, and by the times that the token says.

    Parameters
    ----------
    width : int
        Of the network.
    aside : int
        Columns of a token that say what is no sound: its length, its gaps.
    bins : int
    """

    def __init__(self, width: int, aside: int, bins: int) -> None:
        super().__init__()
        self.of_hidden = nn.Linear(width, STROKE_WIDTH)
        self.of_aside = nn.Linear(aside, STROKE_WIDTH, bias=False)
        self.out = nn.Linear(STROKE_WIDTH, bins)

    def forward(self, hidden: Tensor, aside: Tensor) -> Tensor:
        """Run on [..., width] and [..., aside]; gives [..., bins]."""
        logits: Tensor = self.out(functional.relu(self.of_hidden(hidden) + self.of_aside(aside)))
        return logits


class BankTransformer(nn.Module):
    """A causal, sliding-window transformer over segments, with an encoder of items; see the module.

    Parameters
    ----------
    shape : Hyperparameters
    """

    frequencies: Tensor

    def __init__(self, shape: Hyperparameters | None = None) -> None:
        super().__init__()
        self.shape = shape = shape or Hyperparameters()
        self.read = nn.Linear(shape.token_size, shape.width)
        layers = [Layer(shape) for _ in range(shape.layers)]
        self.layers = nn.ModuleList(layers)
        self.before_query = nn.LayerNorm(shape.width)
        self.query = nn.Linear(shape.width, shape.embedding)
        self.encode = nn.Sequential(
            nn.Linear(shape.item_size, 2 * shape.width),
            nn.GELU(approximate="tanh"),
            nn.Dropout(shape.dropout),
            nn.Linear(2 * shape.width, shape.embedding),
        )
        self.lift = nn.Linear(shape.embedding, shape.width, bias=False)
        # how near the answer lies to the token's own sound: by what is asked
        self.like = nn.Sequential(
            nn.Linear(shape.token_size - shape.item_size, LIKE), nn.GELU(approximate="tanh"), nn.Linear(LIKE, 1)
        )
        aside = shape.token_size - shape.item_size
        self.next_stroke = StrokeHead(shape.width, aside, shape.strokes) if shape.strokes else None
        self.log_temperature = nn.Parameter(torch.tensor(math.log(TEMPERATURE)))
        self.register_buffer("frequencies", rotary_frequencies(shape.head_size), persistent=False)
        nn.init.normal_(self.query.weight, std=0.02)
        nn.init.ones_(cast("nn.Linear", self.like[2]).bias)
        for layer in layers:  # residual branches begin small, so that depth does not add up
            for branch in (layer.merge, layer.narrow):
                nn.init.normal_(branch.weight, std=0.02 / math.sqrt(2 * shape.layers))

    def temperature(self) -> Tensor:
        """τ, by which the cosine of query and embedding is divided."""
        return self.log_temperature.exp().clamp(min=LEAST_TEMPERATURE)

    def embed(self, items: Tensor) -> Tensor:
        """Make embeddings of unit length [..., embedding] of item vectors [..., item_size]."""
        return functional.normalize(self.encode(items), dim=-1)

    def _read(self, token: Tensor) -> tuple[Tensor, Tensor]:
        """Begin with a token: its hidden vector, and the pull towards sounds like its own.

        The first part of a token is the vector of an item. Its embedding goes along, so that a head may point at
        sounds like one that it attends to.
        """
        size = self.shape.item_size
        own = self.embed(token[..., :size])
        return self.read(token) + self.lift(own), self.like(token[..., size:]) * own

    def ask(self, hidden: Tensor, pull: Tensor) -> Tensor:
        """Make queries of what `hidden` gives."""
        return functional.normalize(self.query(hidden) + pull, dim=-1) / self.temperature()

    def angles(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines [..., 1, head_size / 2] of positions."""
        angles = positions.double()[..., None, None] * self.frequencies
        return angles.cos().float(), angles.sin().float()

    def visible(self, count: int) -> Tensor:
        """Additive mask [count, count]: 0 where row i sees column j, i − window ≤ j ≤ i, else −∞."""
        at = torch.arange(count, device=self.frequencies.device)
        age = at[:, None] - at
        return torch.zeros(count, count, device=at.device).masked_fill(
            (age < 0) | (age > self.shape.window), float("-inf")
        )

    def visible_to_peeks(self, count: int, before: Tensor) -> Tensor:
        """Additive mask [B, 1, count + P, count + P] of committed tokens, as in `visible`, and peeks behind them.

        A peek sees the `before` [B, P] first tokens, as far as the window goes, and itself; nothing sees a peek.
        """
        peeks = before.shape[1]
        at = torch.arange(count, device=before.device)
        age = before[..., None] - at
        mask = torch.full((len(before), count + peeks, count + peeks), float("-inf"), device=before.device)
        mask[:, :count, :count] = self.visible(count)
        mask[:, count:, :count].masked_fill_((age > 0) & (age <= self.shape.window), 0.0)
        own = torch.arange(count, count + peeks, device=before.device)
        mask[:, own, own] = 0.0
        return mask[:, None]

    def forward(
        self, tokens: Tensor, peeks: Tensor | None = None, before: Tensor | None = None, return_attention: bool = False
    ) -> Any:
        """Ask after every token of a sequence, and at every peek.

        Parameters
        ----------
        tokens : Tensor [B, N, token_size]
            Committed. Padding belongs at the end, where no earlier token sees it.
        peeks : Tensor [B, P, token_size], optional
        before : int64 Tensor [B, P]
            With peeks: how many committed tokens each sees.
        return_attention : bool
            Also give the weights.

        Returns
        -------
        query : Tensor [B, N + P, embedding]
            Logits are query · embeddings: 1 / τ is in the query.
        attention : Tensor [B, layers, heads, N + P, N + P]
            Where asked for.
        """
        hidden, pull, weights = self.hidden(tokens, peeks, before, return_attention)
        query = self.ask(hidden, pull)
        return (query, torch.stack(weights, 1)) if return_attention else query

    def hidden(
        self, tokens: Tensor, peeks: Tensor | None = None, before: Tensor | None = None, return_attention: bool = False
    ) -> tuple[Tensor, Tensor, list[Tensor]]:
        """Run up to what queries and the next stroke are made of; arguments as of `forward`.

        Returns
        -------
        hidden : Tensor [B, N + P, width]
        pull : Tensor [B, N + P, embedding]
            Towards sounds like each token's own.
        weights : list of Tensor [B, heads, N + P, N + P]
            Attention of each layer, empty where it is not asked for.
        """
        count = tokens.shape[1]
        positions, mask = torch.arange(count, device=tokens.device), self.visible(count)
        if peeks is not None and before is not None and before.shape[1]:
            positions = torch.cat((positions.expand(len(tokens), count), before), 1)
            mask = self.visible_to_peeks(count, before)
            tokens = torch.cat((tokens, peeks), 1)
        x, pull = self._read(tokens)
        cos, sin = self.angles(positions)
        weights = []
        for layer in self.layers:
            x, w = layer(x, cos, sin, mask, return_attention)
            weights.append(w)
        return self.before_query(x), pull, weights

    def step(
        self, token: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, k: list[Tensor], v: list[Tensor]
    ) -> tuple[Tensor, ...]:
        """Ask after one token, with what is cached.

        Parameters
        ----------
        token : Tensor [token_size]
        cos, sin : Tensor [head_size / 2]
            Of the token's position times `rotary_frequencies`, computed in float64.
        mask : Tensor [T]
            Added to the scores of the slots: 0, a large negative number where a slot is empty, or a log-weight.
        k : list of Tensor [heads, head_size, T]
            One per layer.
        v : list of Tensor [heads, T, head_size]

        Returns
        -------
        query : Tensor [embedding]
        attention : Tensor [layers, heads, T + 1]
            Slots, then the token itself.
        k_new, v_new : Tensor [layers, heads, head_size]
        next_stroke : Tensor [strokes]
            Probabilities of the time from the onset of the token to the next one; only where the network says it.
        """
        x, pull = self._read(token)
        weights, keys, values = [], [], []
        for layer, cached_k, cached_v in zip(self.layers, k, v, strict=True):
            x, w, new_k, new_v = cast("Layer", layer).step(x, cos, sin, mask, cached_k, cached_v)
            weights.append(w)
            keys.append(new_k)
            values.append(new_v)
        hidden = self.before_query(x)
        aside = token[..., self.shape.item_size :]
        strokes = () if self.next_stroke is None else (self.next_stroke(hidden, aside).softmax(-1),)
        return self.ask(hidden, pull), torch.stack(weights), torch.stack(keys), torch.stack(values), *strokes


class StepModule(nn.Module):
    """`BankTransformer.step` with flat arguments: token, cos, sin, mask, k0 …, v0 …; for exports."""

    def __init__(self, model: BankTransformer) -> None:
        super().__init__()
        self.model = model
        self.layers = model.shape.layers

    def forward(self, token: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, *caches: Tensor) -> tuple[Tensor, ...]:
        """See `BankTransformer.step`."""
        return self.model.step(token, cos, sin, mask, list(caches[: self.layers]), list(caches[self.layers :]))


class ItemModule(nn.Module):
    """`BankTransformer.embed` as a module of its own, for exports."""

    def __init__(self, model: BankTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, items: Tensor) -> Tensor:
        """See `BankTransformer.embed`."""
        return self.model.embed(items)
