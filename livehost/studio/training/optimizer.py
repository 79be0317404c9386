"""The usual optimiser: AdamW, whose weight decay is for matrices only.

Source: Loshchilov & Hutter 2019.
"""

from torch import nn
from torch.optim import AdamW, Optimizer

from livehost.studio.training.recipe import TrainingRecipe


def adamw(model: nn.Module, recipe: TrainingRecipe) -> Optimizer:
    """Make AdamW for a model's parameters; biases, gains and scalars do not decay."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": recipe.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), eps=1e-8)
