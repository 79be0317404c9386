import numpy as np
import pytest
import torch

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters, StepModule

WINDOW = 16
SHAPE = Hyperparameters(
    token_size=14, item_size=10, width=24, layers=3, heads=3, feed_forward=48, window=WINDOW, embedding=8
)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def model():
    torch.manual_seed(0)
    return BankTransformer(SHAPE).eval()


def tokens(count, seed=1):
    return torch.tensor(np.random.default_rng(seed).standard_normal((1, count, SHAPE.token_size)), dtype=torch.float32)


def peeks(count, committed, seed=2):
    """Peeks [1, count, token_size], and how many tokens each sees."""
    random = np.random.default_rng(seed)
    x = torch.tensor(random.standard_normal((1, count, SHAPE.token_size)), dtype=torch.float32)
    return x, torch.tensor(np.sort(random.integers(0, committed + 1, (1, count))))


class Ring:
    """The caches as the stage keeps them: token n stands in slot n % window."""

    def __init__(self, model, first=0):
        s = model.shape
        self.model, self.step_module, self.count, self.first = model, StepModule(model), 0, first
        self.k = [torch.zeros(s.heads, s.head_size, s.window) for _ in range(s.layers)]
        self.v = [torch.zeros(s.heads, s.window, s.head_size) for _ in range(s.layers)]
        self.mask = torch.full((s.window,), -1e9)

    @torch.no_grad()
    def step(self, token, commit=True):
        angle = (self.first + self.count) * self.model.frequencies
        query, attention, k, v = self.step_module(
            token, angle.cos().float(), angle.sin().float(), self.mask, *self.k, *self.v
        )
        if not commit:
            return query, attention
        slot = self.count % WINDOW
        for layer in range(self.model.shape.layers):
            self.k[layer][:, :, slot], self.v[layer][:, slot] = k[layer], v[layer]
        self.mask[slot] = 0.0
        self.count += 1
        return query, attention


@torch.no_grad()
def test_cached_steps_equal_the_full_mask_over_four_windows(model):
    x = tokens(4 * WINDOW)
    whole, weights = model(x, return_attention=True)
    ring = Ring(model)
    for n in range(x.shape[1]):
        query, attention = ring.step(x[0, n])
        assert (query - whole[0, n]).abs().max() < 1e-4
        oldest = max(0, n - WINDOW)
        slots = [j % WINDOW for j in range(oldest, n)]
        assert torch.allclose(attention[:, :, slots], weights[0, :, :, n, oldest:n], rtol=0, atol=1e-4)
        assert (attention[:, :, -1] - weights[0, :, :, n, n]).abs().max() < 1e-4
        assert (attention.sum(-1) - 1).abs().max() < 1e-5


@torch.no_grad()
def test_peeks_in_a_batch_equal_steps_that_are_not_committed(model):
    x = tokens(4 * WINDOW)
    shown, before = peeks(30, x.shape[1])
    whole, weights = model(x, shown, before, return_attention=True)
    fast = model(x, shown, before)
    assert (whole - fast).abs().max() < 1e-5
    ring, compared = Ring(model), 0
    for n in range(x.shape[1] + 1):
        for p in torch.nonzero(before[0] == n)[:, 0]:
            query, attention = ring.step(shown[0, p], commit=False)
            at = x.shape[1] + p
            assert (query - whole[0, at]).abs().max() < 1e-4
            assert (attention[:, :, -1] - weights[0, :, :, at, at]).abs().max() < 1e-4
            compared += 1
        if n < x.shape[1]:
            query, _ = ring.step(x[0, n])
            assert (query - whole[0, n]).abs().max() < 1e-4
    assert compared == 30


@torch.no_grad()
def test_peeks_change_nothing_but_their_own_answers(model):
    x = tokens(40)
    shown, before = peeks(12, 40)
    other, later = shown.clone(), x.clone()
    other[0, 5] += 3.0
    later[0, 25:] += 3.0
    a, b, c = model(x, shown, before), model(x, other, before), model(later, shown, before)
    assert (a[0, :40] - model(x)[0]).abs().max() < 1e-5
    changed = (a != b).any(2)[0]
    assert torch.nonzero(changed)[:, 0].tolist() == [45]
    known = before[0] <= 25
    assert torch.equal(a[0, 40:][known], c[0, 40:][known])
    assert not torch.equal(a[0, 40:][~known], c[0, 40:][~known])


@torch.no_grad()
def test_positions_are_relative_however_late_the_session(model):
    x = tokens(3 * WINDOW)
    early, late = Ring(model), Ring(model, first=1_000_000)
    for n in range(x.shape[1]):
        a, _ = early.step(x[0, n])
        b, _ = late.step(x[0, n])
        assert (a - b).abs().max() < 1e-4


@torch.no_grad()
def test_attention_rows_sum_to_one_and_stay_inside_the_window(model):
    _, weights = model(tokens(3 * WINDOW), return_attention=True)
    assert (weights.sum(-1) - 1).abs().max() < 1e-5
    at = torch.arange(3 * WINDOW)
    age = at[:, None] - at
    outside = (age < 0) | (age > WINDOW)
    assert (weights[..., outside] == 0).all()
    assert (weights[..., ~outside] > 0).all()


@torch.no_grad()
def test_a_changed_future_changes_nothing_before_it(model):
    x = tokens(40)
    y = x.clone()
    y[0, 25:] += 3.0
    a, b = model(x), model(y)
    assert torch.equal(a[0, :25], b[0, :25])
    assert not torch.equal(a[0, 25], b[0, 25])


@torch.no_grad()
def test_fast_attention_equals_the_one_that_shows_its_weights(model):
    x = tokens(50)
    assert (model(x) - model(x, return_attention=True)[0]).abs().max() < 1e-5


@torch.no_grad()
def test_embeddings_have_unit_length_and_queries_that_of_one_over_temperature(model):
    items = torch.randn(5, SHAPE.item_size)
    assert torch.allclose(model.embed(items).norm(dim=-1), torch.ones(5), atol=1e-5)
    assert torch.allclose(model(tokens(4)).norm(dim=-1) * model.temperature(), torch.ones(1, 4), atol=1e-5)


def test_default_size_is_one_to_two_million_parameters():
    assert 1e6 <= sum(p.numel() for p in BankTransformer().parameters()) <= 2e6


def test_heads_that_cannot_share_the_width_are_refused():
    with pytest.raises(LivehostError, match="width of 50"):
        Hyperparameters(width=50, heads=4)
