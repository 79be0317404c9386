"""Numbers that are none: training stops, and says where they came from."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.batch import Batch


def first_bad(tensors: Iterable[tuple[str, Tensor | None]]) -> str | None:
    """Name the first tensor with a value that is not finite; None where all are."""
    for name, tensor in tensors:
        if tensor is not None and tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            return name
    return None


def blame(batch: Batch, model: nn.Module, parts: dict[str, Tensor]) -> str:
    """Say which tensor is to blame for a loss that is no number: what went in, else a weight, else a part of it."""
    bad = first_bad((name, value) for name, value in zip(batch._fields, batch, strict=True))
    if bad is not None:
        return f"the batch's {bad}"
    bad = first_bad(model.named_parameters())
    if bad is not None:
        return f"the parameter {bad}"
    bad = first_bad(parts.items())
    return f"the loss ({bad})" if bad is not None else "the loss"


def blame_gradient(model: nn.Module) -> str:
    """Say which parameter's gradient is no number."""
    bad = first_bad((name, parameter.grad) for name, parameter in model.named_parameters())
    return f"the gradient of {bad}" if bad is not None else "the gradient's length"


def stopped(step: int, what: str) -> LivehostError:
    """Make the error of a training that went wrong."""
    return LivehostError(
        f"Training stopped at step {step}: {what} is not a finite number. The last checkpoint is good; "
        f"go on from it with a lower --rate, or look at the data."
    )
