"""A running mean of a model's weights: what is evaluated and kept.

Source: Polyak & Juditsky 1992.
"""

import copy

import torch
from torch import Tensor

from livehost.studio.bank_transformer.model import BankTransformer


class Average:
    """Exponential moving average of parameters.

    Parameters
    ----------
    model : BankTransformer
        Copied.
    decay : float
        What is left of the mean after each step; less in the beginning.
    """

    def __init__(self, model: BankTransformer, decay: float) -> None:
        self.model: BankTransformer = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, model: BankTransformer, step: int) -> None:
        """Take in the weights after step number `step` (from 1 on)."""
        decay = min(self.decay, (1.0 + step) / (10.0 + step))
        mean: list[Tensor] = list(self.model.parameters())
        new: list[Tensor] = [parameter.detach() for parameter in model.parameters()]
        torch._foreach_lerp_(mean, new, 1.0 - decay)
