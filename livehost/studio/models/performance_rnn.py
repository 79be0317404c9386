"""The performance RNN: a GRU that hears and plays events, and says what it would play next; plain or attentive.

    event, source → embedding ┐
    condition → linear        ┴→ linear → leaky ReLU → GRU → GRU → GRU
                                                        └──────┴──────┴→ states (and what attention finds) → linear

The plain one is the network of Performance RNN in PyTorch and coopertunes. The attentive one also looks back: its query
is made of the newest states, a key of the states *before* an event, and the value of those after it, so that what
followed where it was once like now can be found again. Keys and values are cached, so that a step takes the same time
wherever it is. Sources: Oore et al. 2018 (events and network); Vaswani et al. 2017 (attention); Olsson et al. 2022
(keys that stand one step before their values).
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.performance import condition, vocabulary
from livehost.studio.models.gru import run_layer

#: Slope of the leaky ReLU below zero.
SLOPE = 0.1
#: What an empty slot adds to its score.
EMPTY = -1e9


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the network.

    Parameters
    ----------
    layers, width : int
        Of the GRU.
    window : int
        Steps that attention looks back at; 0 for none.
    heads, size : int
        Of attention; size is that of all heads together.
    dropout : float
        Between layers.
    """

    layers: int = 3
    width: int = 512
    window: int = 0
    heads: int = 4
    size: int = 256
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if min(self.layers, self.width, self.heads, self.size) < 1:
            raise ValueError("no such network")
        if self.window < 0 or self.size % self.heads or not 0 <= self.dropout < 1:
            raise ValueError("no such attention")

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self)


class State(NamedTuple):
    """What a network knows after some events.

    Attributes
    ----------
    hidden : Tensor [batch, layers, width]
    keys, values : Tensor [batch, n, size]
        Of the newest steps, `window` at most, in order of time.
    """

    hidden: Tensor
    keys: Tensor
    values: Tensor


class PerformanceRNN(nn.Module):
    """See the module.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = h = hyperparameters
        self.embedding = nn.Embedding(2 * vocabulary.SIZE, h.width)
        with torch.no_grad():  # what is heard begins as what is played
            self.embedding.weight[vocabulary.SIZE :] = self.embedding.weight[: vocabulary.SIZE]
        self.ask = nn.Linear(condition.SIZE, h.width)
        self.before = nn.Linear(2 * h.width, h.width)
        self.layers = nn.ModuleList(nn.GRU(h.width, h.width) for _ in range(h.layers))
        self.drop = nn.Dropout(h.dropout)
        states, found = h.layers * h.width, h.size if h.window else 0
        if h.window:
            self.query, self.key, self.value = (nn.Linear(states, h.size) for _ in range(3))
        self.after = nn.Linear(states + found, vocabulary.SIZE)

    def begin(self, batch: int) -> State:
        """Make the state that knows nothing."""
        h, like = self.hyperparameters, self.embedding.weight
        nothing = like.new_zeros(batch, 0, h.size)
        return State(like.new_zeros(batch, h.layers, h.width), nothing, nothing)

    def forward(self, events: Tensor, sources: Tensor, conditions: Tensor, state: State | None = None) -> Any:
        """Run whole sequences.

        Parameters
        ----------
        events, sources : Tensor of int64 [batch, steps]
        conditions : Tensor [batch, steps, 15]
        state : State, optional
            To go on from.

        Returns
        -------
        logits : Tensor [batch, steps, 388]
            After each event, of the next one of its own line.
        state : State
            After the last.
        """
        state = state or self.begin(len(events))
        x = self._enter(events + vocabulary.SIZE * sources, conditions).transpose(0, 1)
        outs, befores = [], state.hidden.unbind(1)
        for layer, before in zip(self.layers, befores, strict=True):
            out = run_layer(layer, x, before)
            outs.append(out)
            x = self.drop(out)
        hidden = torch.stack([out[-1] for out in outs], dim=1)
        y = torch.cat(outs, dim=-1).transpose(0, 1)
        if not self.hyperparameters.window:
            return self.after(y), State(hidden, state.keys, state.values)
        earlier = torch.cat((state.hidden.flatten(1)[:, None], y[:, :-1]), dim=1)
        keys = torch.cat((state.keys, self.key(earlier)), dim=1)
        values = torch.cat((state.values, self.value(y)), dim=1)
        found = self._attend(self.query(y), keys, values)
        kept = self.hyperparameters.window
        return self.after(torch.cat((y, found), dim=-1)), State(hidden, keys[:, -kept:], values[:, -kept:])

    def _enter(self, rows: Tensor, conditions: Tensor) -> Tensor:
        """Make the input of the GRU."""
        both = torch.cat((self.embedding(rows), self.ask(conditions)), dim=-1)
        return functional.leaky_relu(self.before(both), SLOPE)

    def _attend(self, query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Attend of each step to itself and the window before it."""
        batch, steps, size = query.shape
        past = keys.shape[1] - steps
        at, slots = (
            torch.arange(steps, device=keys.device)[:, None] + past,
            torch.arange(past + steps, device=keys.device),
        )
        seen = (slots <= at) & (slots >= at - self.hyperparameters.window)
        heads = self.hyperparameters.heads
        q, k, v = (x.reshape(batch, -1, heads, size // heads).transpose(1, 2) for x in (query, keys, values))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        return mixed.transpose(1, 2).reshape(batch, steps, size)


class StepGraph(nn.Module):
    """One step with flat arguments, as it is exported; see `livehost.inference.recurrent_state.RecurrentShape`.

    Matrices stand as [in, out], which is what 8-bit weights replace, and rows stay two-dimensional.

    Parameters
    ----------
    network : PerformanceRNN
        In evaluation; its weights are copied.
    """

    def __init__(self, network: PerformanceRNN) -> None:
        super().__init__()
        h = self.hyperparameters = network.hyperparameters
        self.table = _kept(network.embedding.weight)
        self.ask = _Product(network.ask.weight, network.ask.bias)
        self.before = _Product(network.before.weight, network.before.bias)
        layers: list[Any] = list(network.layers)
        self.given = nn.ModuleList(_Product(layer.weight_ih_l0, layer.bias_ih_l0) for layer in layers)
        self.own = nn.ModuleList(_Product(layer.weight_hh_l0, layer.bias_hh_l0) for layer in layers)
        self.after = _Product(network.after.weight, network.after.bias)
        if h.window:
            scale = (h.size // h.heads) ** -0.5
            self.query = _Product(network.query.weight * scale, network.query.bias * scale)
            self.key, self.value = (_Product(linear.weight, linear.bias) for linear in (network.key, network.value))

    def forward(self, event: Tensor, source: Tensor, asked: Tensor, hidden: Tensor, *rings: Tensor) -> Any:
        """Take one event in: logits, hidden_out; with attention also key, value, attention."""
        row = event.to(torch.int64) + vocabulary.SIZE * source.to(torch.int64)
        x = torch.cat((self.table.index_select(0, row), self.ask(asked[None])), dim=1)
        x = functional.leaky_relu(self.before(x), SLOPE)
        states, width = [], self.hyperparameters.width
        for number, (given, own) in enumerate(zip(self.given, self.own, strict=True)):
            state = hidden[number : number + 1]
            a, b = given(x), own(state)
            gates = (a[:, : 2 * width] + b[:, : 2 * width]).sigmoid()
            new = (a[:, 2 * width :] + gates[:, :width] * b[:, 2 * width :]).tanh()
            x = new + gates[:, width:] * (state - new)
            states.append(x)
        y, hidden_out = torch.cat(states, dim=1), torch.cat(states)
        if not rings:
            return self.after(y)[0], hidden_out
        keys, values, bias = rings
        heads = self.hyperparameters.heads
        size = self.hyperparameters.size // heads
        key, value = self.key(hidden.reshape(1, -1)), self.value(y)
        query = self.query(y).reshape(heads, 1, size)
        all_keys = torch.cat((keys, key)).reshape(-1, heads, size).permute(1, 2, 0)
        weights = (query @ all_keys + bias).softmax(-1)
        found = weights @ torch.cat((values, value)).reshape(-1, heads, size).permute(1, 0, 2)
        y = torch.cat((y, found.reshape(1, heads * size)), dim=1)
        return self.after(y)[0], hidden_out, key[0], value[0], weights.mean(0)[0]


class _Product(nn.Module):
    """Linear layer with its weights as [in, out]."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.weight, self.bias = _kept(weight.detach().T.contiguous()), _kept(bias)

    def forward(self, x: Tensor) -> Tensor:
        """Run on rows [1, in]."""
        return x @ self.weight + self.bias


def _kept(tensor: Tensor) -> nn.Parameter:
    """Copy a weight as one that is not trained."""
    return nn.Parameter(tensor.detach().clone(), requires_grad=False)
