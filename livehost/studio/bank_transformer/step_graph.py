"""The step as it is exported: the results of `BankTransformer.step` in half as many operations.

A step on one token is so small that each operation costs about as much as its arithmetic. So weights stand as
[in, out] (a matrix product with a constant, which is also what 8-bit weights replace), queries and keys are turned
together, the scores' scale is in the weights, and rows stay two-dimensional.
"""

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.studio.bank_transformer.model import BankTransformer


class Product(nn.Module):
    """Linear layer with its weights as [in, out], times a factor for each output.

    Parameters
    ----------
    linear : nn.Linear
    factor : Tensor [out], optional
    """

    def __init__(self, linear: Any, factor: Tensor | None = None) -> None:
        super().__init__()
        weight = linear.weight.detach() if factor is None else linear.weight.detach() * factor[:, None]
        self.weight = nn.Parameter(weight.T.contiguous(), requires_grad=False)
        self.bias = None if linear.bias is None else nn.Parameter(linear.bias.detach().clone(), requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        """Run on rows [1, in]."""
        y = x @ self.weight
        return y if self.bias is None else y + self.bias


class StepLayer(nn.Module):
    """One layer; see `livehost.studio.bank_transformer.model.Layer.step`."""

    def __init__(self, layer: Any) -> None:
        super().__init__()
        self.heads, self.head_size = layer.heads, layer.head_size
        width = layer.heads * layer.head_size
        factor = torch.ones(3 * width)
        factor[:width] = layer.scale
        self.before_attention, self.before_feed_forward = layer.before_attention, layer.before_feed_forward
        self.qkv, self.merge = Product(layer.qkv, factor), Product(layer.merge)
        self.widen, self.narrow = Product(layer.widen), Product(layer.narrow)

    def step(
        self, x: Tensor, cos: Tensor, turn: Tensor, mask: Tensor, cached_k: Tensor, cached_v: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Run on [1, width]; `turn` is (-sin, sin) of the angles.

        Weights come as [heads, 1, T + 1], k and v as [heads, 1, head_size].
        """
        heads, size = self.heads, self.head_size
        parts = self.qkv(self.before_attention(x)).reshape(3 * heads, 2, size // 2)
        qk, v = parts.split((2 * heads, heads))
        qk = qk * cos + qk.flip(1) * turn
        q, k = qk.reshape(2 * heads, 1, size).split((heads, heads))
        v = v.reshape(heads, 1, size)
        own = (q * k).sum(-1, keepdim=True)
        weights = torch.cat((q @ cached_k + mask, own), dim=-1).softmax(-1)
        past, self_weight = weights.split((mask.shape[0], 1), dim=-1)
        mixed = past @ cached_v + self_weight * v
        x = x + self.merge(mixed.reshape(1, heads * size))
        hidden = functional.gelu(self.widen(self.before_feed_forward(x)), approximate="tanh")
        return x + self.narrow(hidden), weights, k, v


class StepGraph(BankTransformer):
    """`BankTransformer.step` with flat arguments: token, cos, sin, mask, k0 …, v0 ….

    Weights keep the names that they have in the network, so that an export can be trained further.

    Parameters
    ----------
    model : BankTransformer
        In evaluation; its weights are copied.
    """

    def __init__(self, model: BankTransformer) -> None:
        nn.Module.__init__(self)
        copied = copy.deepcopy(model)
        copied.layers = nn.ModuleList(StepLayer(layer) for layer in copied.layers)
        for module in list(copied.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Linear):
                    setattr(module, name, Product(child))
        self.__dict__.update(copied.__dict__)

    def forward(  # type: ignore[override]
        self, token: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, *caches: Tensor
    ) -> tuple[Tensor, ...]:
        """See `BankTransformer.step`."""
        count = len(self.layers)
        turn = torch.stack((-sin, sin))
        query, attention, k_new, v_new, *strokes = self.step(
            token[None], cos, turn, mask, list(caches[:count]), list(caches[count:])
        )
        return query[0], attention.squeeze(2), k_new.squeeze(2), v_new.squeeze(2), *(row[0] for row in strokes)
