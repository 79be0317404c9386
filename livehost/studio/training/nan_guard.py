"""NaN guard: training stops at the first loss or gradient that is not finite, and names the tensor it came from."""

from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from livehost.errors import LivehostError


def first_bad(tensors: Iterable[tuple[str, Tensor | None]]) -> str | None:
    """Name the first tensor with a value that is not finite; None where all are."""
    for name, tensor in tensors:
        if tensor is not None and tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            return name
    return None


def blame(batch: Any, model: nn.Module, parts: Mapping[str, Tensor]) -> str:
    """Name the tensor that made a loss not finite: an input, else a weight, a buffer, or a part of the loss.

    Parameters
    ----------
    batch : NamedTuple of Tensor
    model : nn.Module
    parts : mapping of str to Tensor
        Of the loss.
    """
    bad = first_bad((name, value) for name, value in zip(batch._fields, batch, strict=True))
    if bad is not None:
        return f"the batch's {bad}"
    bad = first_bad(model.named_parameters())
    if bad is not None:
        return f"the parameter {bad}"
    bad = first_bad(model.named_buffers())
    if bad is not None:
        return f"the buffer {bad}"
    bad = first_bad(parts.items())
    return f"the loss ({bad})" if bad is not None else "the loss"


def blame_gradient(model: nn.Module) -> str:
    """Name the parameter whose gradient is not finite."""
    bad = first_bad((name, parameter.grad) for name, parameter in model.named_parameters())
    return f"the gradient of {bad}" if bad is not None else "the gradient's length"


def is_finite(value: float) -> bool:
    """Tell whether a number is neither NaN nor infinite."""
    return value - value == 0.0


def not_finite(step: int, what: str) -> LivehostError:
    """Make the error that stops a training run at a value that is not finite."""
    return LivehostError(
        f"Training stopped at step {step}: {what} is not a finite number. The last checkpoint is good; "
        f"go on from it with a lower --rate, or look at the data."
    )
