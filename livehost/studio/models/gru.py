"""A GRU layer over whole sequences on the processor, twice as fast to train as torch's own.

The products of all steps that do not wait for each other are one product, backwards too, and they are made in the type
that autocast asks for, such as bfloat16, while the state stays in float32. Numbers and weights are those of
`torch.nn.GRU`. Source: Cho et al. 2014; the reset gate after the product, as in cuDNN.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


def run_layer(layer: Any, x: Tensor, hidden: Tensor) -> Tensor:
    """Run a layer of `torch.nn.GRU` (one direction) over a sequence.

    Parameters
    ----------
    layer : nn.GRU
    x : Tensor [steps, batch, width]
    hidden : Tensor [batch, width]
        The state before it.

    Returns
    -------
    Tensor [steps, batch, width]
        The state after each step, float32.
    """
    if x.device.type != "cpu":
        ready: Tensor = layer(x, hidden[None])[0].float()
        return ready
    kind = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else torch.float32
    # as rows: torch makes a product for each step of what is not contiguous, where there is no gradient
    rows = functional.linear(x.reshape(-1, x.shape[-1]).to(kind), layer.weight_ih_l0.to(kind))
    given = rows.view(*x.shape[:2], -1).float() + layer.bias_ih_l0
    result: Tensor = _Scan.apply(given, hidden, layer.weight_hh_l0, layer.bias_hh_l0, kind)
    return result


class _Scan(torch.autograd.Function):
    """The recurrence: what is left when the products with the inputs are made."""

    @staticmethod
    def forward(ctx: Any, given: Tensor, hidden: Tensor, weight: Tensor, bias: Tensor, kind: torch.dtype) -> Tensor:  # type: ignore[override]
        """Run [steps, batch, 3 width] of gates (reset, update, new) from a state on."""
        steps, batch, triple = given.shape
        width = triple // 3
        turned = weight.to(kind).t().contiguous()
        out, reset, update, new, before_reset = (given.new_empty(steps, batch, width) for _ in range(5))
        state = hidden
        for t in range(steps):
            own = torch.mm(state.to(kind), turned).float() + bias
            gates = (given[t, :, : 2 * width] + own[:, : 2 * width]).sigmoid_()
            reset[t], update[t] = gates[:, :width], gates[:, width:]
            before_reset[t] = own[:, 2 * width :]
            torch.addcmul(given[t, :, 2 * width :], reset[t], before_reset[t], out=new[t]).tanh_()
            state = torch.lerp(new[t], state, update[t], out=out[t])
        ctx.save_for_backward(out, reset, update, new, before_reset, hidden, weight)
        ctx.kind = kind
        return out

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:  # type: ignore[override]
        """Go back through time."""
        out, reset, update, new, before_reset, hidden, weight = ctx.saved_tensors
        steps, batch, width = out.shape
        lean = weight.to(ctx.kind)
        before = torch.cat((hidden[None], out[:-1]))
        by_new = (1 - update) * (1 - new * new)
        by_update = (before - new) * update * (1 - update)
        by_reset = before_reset * reset * (1 - reset)
        given = out.new_empty(steps, batch, 3 * width)
        own = out.new_empty(steps, batch, 3 * width, dtype=ctx.kind)
        state = torch.zeros_like(hidden)
        for t in range(steps - 1, -1, -1):
            state = state + gradient[t]
            at = given[t]
            torch.mul(state, by_new[t], out=at[:, 2 * width :])
            torch.mul(state, by_update[t], out=at[:, width : 2 * width])
            torch.mul(at[:, 2 * width :], by_reset[t], out=at[:, :width])
            own[t, :, : 2 * width] = at[:, : 2 * width]
            own[t, :, 2 * width :] = at[:, 2 * width :] * reset[t]
            state = state * update[t] + torch.mm(own[t], lean).float()
        flat = own.reshape(steps * batch, 3 * width)
        by_weight = torch.mm(flat.t(), before.reshape(steps * batch, width).to(ctx.kind)).float()
        return given, state, by_weight, flat.float().sum(0), None
