"""What critic and generator want: hinge losses, pitches over classes, and how far notes are apart.

Sources: Lim & Ye 2017 (hinge); Odena et al. 2017 (auxiliary classifier).
"""

import torch
from torch import Tensor
from torch.nn import functional


def pitch_classes(pitches: Tensor, lowest: int, highest: int) -> Tensor:
    """Give the class of each pitch, int64 [n]: 0 is the lowest."""
    return pitches.round().clamp(lowest, highest).long() - lowest


def pitch_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Compute the cross-entropy of pitches, over the classes of each note (not over the batch).

    Parameters
    ----------
    logits : Tensor [n, classes]
    classes : Tensor of int64 [n]
    """
    return functional.cross_entropy(logits, classes)


def critic_loss(of_real: Tensor, of_made: Tensor) -> Tensor:
    """Compute how far a critic is from keeping what is real above 1 and what is made below −1."""
    return functional.relu(1 - of_real).mean() + functional.relu(1 + of_made).mean()


def note_errors(levels: Tensor, turns: Tensor, real_levels: Tensor, real_turns: Tensor) -> dict[str, Tensor]:
    """Compute how far made notes are from real ones, [n, bins, frames] each.

    Returns
    -------
    dict of str to Tensor
        `levels`: mean error in unit scale, where there is something in either; `turns`: mean error in half turns, where
        a tone is heard.
    """
    there = torch.maximum(levels.detach(), real_levels).clamp(min=0.05, max=1)
    weight = real_levels.clamp(min=0).square()
    around = (turns - real_turns).abs()
    around = torch.minimum(around, 2 - around)  # a half turn one way is one the other way
    return {
        "levels": ((levels.clamp(min=0) - real_levels).abs() * there).sum() / there.sum(),
        "turns": (around * weight).sum() / weight.sum().clamp(min=1e-6),
    }
