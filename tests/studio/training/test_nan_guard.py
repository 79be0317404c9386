"""What the NaN guard blames, in order: an input, a weight, a buffer, a part of the loss."""

from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from livehost.studio.training.nan_guard import blame, blame_gradient

NAN = float("nan")


class Batch(NamedTuple):
    points: Tensor
    classes: Tensor


@pytest.mark.parametrize(
    ("spoilt", "blamed"),
    [
        (("points", "weight", "mean", "reconstruction"), "the batch's points"),
        (("weight", "mean", "reconstruction"), "the parameter weight"),
        (("mean", "reconstruction"), "the buffer running_mean"),
        (("reconstruction",), "the loss (reconstruction)"),
        ((), "the loss"),
    ],
)
def test_the_first_that_is_not_finite_is_named(spoilt, blamed):
    model = nn.BatchNorm1d(2)
    tensors = {"points": torch.zeros(3, 2), "weight": model.weight.data, "mean": model.running_mean,
               "reconstruction": torch.zeros(())}  # fmt: skip
    for name in spoilt:
        tensors[name].view(-1)[0] = NAN
    batch = Batch(tensors["points"], torch.zeros(3, dtype=torch.int64))
    parts = {"prior": torch.zeros(()), "reconstruction": tensors["reconstruction"]}
    assert blame(batch, model, parts) == blamed


def test_a_gradient_is_named_by_its_weight():
    model = nn.Linear(2, 1)
    model.weight.grad, model.bias.grad = torch.zeros(1, 2), torch.tensor([NAN])
    assert blame_gradient(model) == "the gradient of bias"
