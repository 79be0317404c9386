"""The network: whole sequences, blocks and steps give the same; a GRU layer is torch's."""

import pytest
import torch
from torch import nn

from livehost.performance import condition, vocabulary
from livehost.studio.models.gru import run_layer
from livehost.studio.models.performance_rnn import EMPTY, Hyperparameters, PerformanceRNN, StepGraph

SMALL = {"layers": 2, "width": 16, "heads": 2, "size": 8}


def given(steps, batch=1, seed=0):
    chance = torch.Generator().manual_seed(seed)
    events = torch.randint(vocabulary.SIZE, (batch, steps), generator=chance)
    sources = torch.randint(2, (batch, steps), generator=chance)
    return events, sources, torch.rand(batch, steps, condition.SIZE, generator=chance)


def network(**asked):
    torch.manual_seed(1)
    return PerformanceRNN(Hyperparameters(**{**SMALL, **asked})).eval()


def test_the_layer_and_its_gradients_are_torchs():
    torch.manual_seed(0)
    layer, x, hidden = nn.GRU(5, 7), torch.randn(6, 3, 5, requires_grad=True), torch.randn(3, 7, requires_grad=True)
    wanted = [x, hidden, *layer.parameters()]
    ours, theirs = run_layer(layer, x, hidden), layer(x, hidden[None])[0]
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(out.sin().sum(), wanted) for out in (ours, theirs)]
    torch.testing.assert_close(*gradients, atol=1e-5, rtol=1e-4)


def test_products_in_bfloat16_are_near():
    torch.manual_seed(0)
    layer, x = nn.GRU(8, 8), torch.randn(5, 2, 8)
    exact = run_layer(layer, x, torch.zeros(2, 8))
    with torch.autocast("cpu", torch.bfloat16):
        near = run_layer(layer, x, torch.zeros(2, 8))
    assert near.dtype == torch.float32
    assert 0 < (near - exact).abs().max() < 0.05


@pytest.mark.parametrize("window", [0, 5])
@torch.no_grad()
def test_steps_and_blocks_give_what_a_whole_sequence_gives(window):
    net = network(window=window)
    events, sources, asked = given(17)
    whole, _ = net(events, sources, asked)
    first, state = net(events[:, :9], sources[:, :9], asked[:, :9])
    rest, _ = net(events[:, 9:], sources[:, 9:], asked[:, 9:], state)
    torch.testing.assert_close(torch.cat((first, rest), 1), whole, atol=1e-5, rtol=1e-4)
    step, hidden = StepGraph(net), torch.zeros(2, 16)
    rings = [torch.zeros(window, 8), torch.zeros(window, 8), torch.full((window + 1,), EMPTY)] if window else []
    if window:
        rings[2][-1] = 0.0
    for t in range(17):
        out = step(events[0, t : t + 1].float(), sources[0, t : t + 1].float(), asked[0, t], hidden, *rings)
        torch.testing.assert_close(out[0], whole[0, t], atol=1e-5, rtol=1e-4)
        hidden = out[1]
        if window:
            assert out[4].sum() == pytest.approx(1.0, abs=1e-5)
            assert (out[4][: min(t, window)] > 0).all()
            assert not out[4][t:window].any()
            rings[0][t % window], rings[1][t % window], rings[2][t % window] = out[2], out[3], 0.0


@torch.no_grad()
def test_attention_finds_what_stood_in_the_window_and_nothing_before():
    net = network(window=4, layers=1)
    events, sources, asked = given(12)
    hidden = torch.zeros(1, 1, 16)
    keys, values = torch.randn(1, 6, 8), torch.randn(1, 6, 8)
    state = net.begin(1)._replace(hidden=hidden, keys=keys, values=values)
    changed = state._replace(values=torch.cat((values[:, :2] + 9.0, values[:, 2:]), 1))
    a, b = (net(events[:, :1], sources[:, :1], asked[:, :1], s)[0] for s in (state, changed))
    assert torch.equal(a, b)
    nearer = state._replace(values=torch.cat((values[:, :2], values[:, 2:] + 9.0), 1))
    assert not torch.allclose(a, net(events[:, :1], sources[:, :1], asked[:, :1], nearer)[0])


def test_what_is_heard_begins_as_what_is_played():
    table = network().embedding.weight
    assert torch.equal(table[: vocabulary.SIZE], table[vocabulary.SIZE :])


@pytest.mark.parametrize("asked", [{"window": -1}, {"size": 7}, {"dropout": 1.0}, {"layers": 0}])
def test_there_is_no_such_network(asked):
    with pytest.raises(ValueError, match="no such"):
        Hyperparameters(**{**SMALL, **asked})
