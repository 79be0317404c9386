"""Exponential moving average (EMA) of a model's weights: what is validated, saved and exported.

Source: Polyak & Juditsky 1992.
"""

import copy
from typing import Any

import torch
from torch import Tensor, nn


class Ema:
    """Exponential moving average of parameters; buffers are copied.

    Parameters
    ----------
    model : nn.Module
        Copied.
    decay : float
        What is left of the mean after each step; less in the beginning.

    Attributes
    ----------
    model : nn.Module
        With the averaged weights, in evaluation.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model: Any = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Take in the weights after step number `step` (from 1 on)."""
        decay = min(self.decay, (1.0 + step) / (10.0 + step))
        mean: list[Tensor] = list(self.model.parameters())
        new: list[Tensor] = [parameter.detach() for parameter in model.parameters()]
        torch._foreach_lerp_(mean, new, 1.0 - decay)
        for kept, buffer in zip(self.model.buffers(), model.buffers(), strict=True):
            kept.copy_(buffer)
