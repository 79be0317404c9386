import ctypes
import gc
import threading
import weakref

import numpy as np
import pytest
from numba import njit

from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.inference.python_thread import ThreadedRun
from livehost.inference.stepper import Stepper
from livehost.inference.stepping import DONE, FAILED, PENDING
from livehost.inference.tokens import TOKEN_SIZE
from livehost.rt.native import call2, f32
from livehost.studio.bank_transformer.parity import full_mask, steps
from tests.inference.conftest import LAYERS, STAGE, WINDOW

STEP2 = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)


@pytest.fixture(scope="module")
def export(exported):
    return open_export(exported, **STAGE, backend="native")


@pytest.fixture
def stepper(export):
    made = export.stepper()
    yield made
    made.close()


def run(export, tokens):
    return steps(export.manifest.shape, export._backend, tokens)


def test_steps_are_the_full_sliding_window(export, network, tokens):
    queries, rows = run(export, tokens)
    expected, expected_rows = full_mask(network, tokens)
    assert np.abs(queries - expected).max() <= 1e-4
    worst = np.abs(rows - expected_rows).max(axis=(0, 2)).reshape(LAYERS, -1).max(axis=1)
    assert worst.max() <= 1e-4, f"by layer: {worst}"
    assert np.abs(queries[-1] - queries[0]).max() > 0.1  # the tokens do matter


@pytest.mark.parametrize("backend", ["python", "torchscript"])
def test_other_back_ends(exported, export, tokens, backend):
    other = open_export(exported, **STAGE, backend=backend)
    limit = 0.0 if backend == "python" else 1e-4
    for ours, theirs in zip(run(export, tokens), run(other, tokens), strict=True):
        assert np.abs(ours - theirs).max() <= limit
    assert "thread" in other.backend
    assert "CPU" in other.backend


def test_eight_bits_are_nearly_the_same(exported, export, tokens):
    int8 = open_export(exported, **STAGE, model="model-int8.onnx")
    ours, theirs = run(export, tokens)[0], run(int8, tokens)[0]
    relative = np.abs(ours - theirs).max() / np.abs(ours).max()
    assert 0 < relative < 0.05


def receptive_field(network, tokens):
    """Query and attention after the newest token, from nothing but the tokens that can matter."""
    queries, rows = full_mask(network, tokens[-(LAYERS * WINDOW + 1) :])
    return queries[-1], rows[-1]


@pytest.mark.parametrize("before", [0, 1_000_000, 10_000_019])
def test_however_long_the_session(stepper, network, before):
    """A clock set far ahead, then many windows: the same as the receptive field alone."""
    stepper.count[0] = before
    stream = np.random.default_rng(5).standard_normal((30 * WINDOW + 5, TOKEN_SIZE)).astype("f4")
    for token in stream:
        query, attention = stepper.step(token)
    expected, rows = receptive_field(network, stream)
    assert np.abs(query - expected).max() <= 1e-4
    newest = before + len(stream) - 1  # its own slot is not among those that it saw
    seen = [attention[:, (newest - age) % WINDOW] for age in range(WINDOW, 0, -1)] + [attention[:, -1]]
    assert np.abs(np.stack(seen, 1) - rows).max() <= 1e-4


@njit(nogil=True)
def go(begin, state, token, stream, steps):
    """Step natively over and over a stream; the sum of what `begin` returns."""
    target, codes = f32(token, stream.shape[1]), 0
    for n in range(steps):
        target[:] = stream[n % len(stream)]
        codes += call2(begin, state, 1)
    return codes


def test_five_thousand_steps_one_by_one(stepper, network):
    stream = np.random.default_rng(6).standard_normal((97, TOKEN_SIZE)).astype("f4")
    table, steps = stepper.table[0], 5_000
    assert go(int(table["begin"]), int(table["state"]), int(table["token"]), stream, steps) == 0
    assert stepper.count[0] == steps
    newest = stream[np.arange(steps - LAYERS * WINDOW - 1, steps) % len(stream)]
    assert np.abs(stepper.query - receptive_field(network, newest)[0]).max() <= 1e-4


def test_attention_sums_to_one(export, tokens):
    stepper = export.stepper()
    rng = np.random.default_rng(0)
    for token in tokens:
        stepper.bias[:] = rng.standard_normal(WINDOW)
        attention = stepper.step(token)[1]
        assert np.abs(attention.sum(axis=1, dtype="f8") - 1).max() <= 1e-5
    stepper.close()


def test_no_token_sees_a_later_one(network, tokens):
    changed = tokens.copy()
    changed[20] += 1
    before, after = full_mask(network, tokens), full_mask(network, changed)
    for a, b in zip(before, after, strict=True):
        assert np.array_equal(a[:20], b[:20])
        assert np.abs(a[20] - b[20]).max() > 1e-3


def test_a_provisional_token_leaves_nothing(export, tokens):
    plain, curious = export.stepper(), export.stepper()
    for token in tokens[:12]:
        curious.step(token + 1, commit=False)
        for a, b in zip(plain.step(token), curious.step(token), strict=True):
            assert np.array_equal(a, b)
    assert plain.count[0] == curious.count[0] == 12
    plain.close()
    curious.close()


def test_empty_slots_have_no_weight(stepper, tokens):
    for n in range(WINDOW + 3):
        attention = stepper.step(tokens[n])[1]
        filled = min(n, WINDOW)
        assert (attention[:, :filled] > 0).all()
        assert (attention[:, filled:-1] == 0).all()


def test_bias_weighs_a_slot(stepper, tokens):
    for token in tokens[:5]:
        stepper.step(token)
    before = stepper.step(tokens[5], commit=False)[1].astype("f8")
    stepper.bias[2] = np.log(3.0)
    after = stepper.step(tokens[5], commit=False)[1].astype("f8")
    first = slice(0, 2)  # the first layer's heads: later ones see changed vectors
    ratio = (after[first, 2] / after[first, 0]) / (before[first, 2] / before[first, 0])
    np.testing.assert_allclose(ratio, 3.0, rtol=1e-4)


def test_reset_forgets(stepper, tokens):
    first = stepper.step(tokens[0])
    for token in tokens[1:]:
        stepper.step(token)
    stepper.bias[:] = 1
    stepper.reset()
    assert stepper.count[0] == 0
    for a, b in zip(stepper.step(tokens[0]), first, strict=True):
        assert np.array_equal(a, b)


def test_warm_up_leaves_nothing(stepper):
    stepper.token[:] = 7
    stepper.warm_up(5)
    assert stepper.count[0] == 0
    assert (stepper.token == 7).all()
    assert not stepper.cache.k.any()


def test_the_table_is_enough_for_native_code(stepper, tokens):
    table = stepper.table[0]
    begin, poll = STEP2(int(table["begin"])), STEP2(int(table["poll"]))
    token = np.ctypeslib.as_array((ctypes.c_float * int(table["token_size"])).from_address(int(table["token"])))
    token[:] = tokens[0]
    assert begin(int(table["state"]), 1) == DONE
    assert poll(int(table["state"]), 0) == DONE
    query = np.ctypeslib.as_array((ctypes.c_float * int(table["embedding"])).from_address(int(table["query"])))
    stepper.reset()
    assert np.array_equal(query.copy(), stepper.step(tokens[0])[0])


class Scripted:
    """A back end that does as it is told."""

    notes = ()
    name = "scripted"

    def __init__(self, act):
        self.act = act

    def bind(self, ring):
        return ThreadedRun(lambda: self.act(ring))


def test_a_threaded_step_is_pending_until_it_has_run(export):
    go, ran = threading.Event(), threading.Event()

    def act(ring):
        go.wait(5)
        ring.outputs["query"][:] = ring.inputs["token"][0]
        ring.outputs["k_new"][:] = 3
        ran.set()

    stepper = Stepper(export.manifest.shape, Scripted(act))
    table = stepper.table[0]
    begin, poll, state = STEP2(int(table["begin"])), STEP2(int(table["poll"])), int(table["state"])
    stepper.token[:] = 0.5
    assert begin(state, 1) == PENDING
    assert poll(state, 0) == PENDING
    assert begin(state, 1) == FAILED  # one at a time
    assert stepper.count[0] == 0
    go.set()
    ran.wait(5)
    while (code := poll(state, 0)) == PENDING:
        pass
    assert code == DONE
    assert stepper.count[0] == 1
    assert (stepper.query == 0.5).all()
    assert (stepper.cache.k[..., 0] == 3).all()
    assert (stepper.cache.k[..., 1:] == 0).all()
    stepper.close()


def test_a_step_that_fails_keeps_nothing_and_says_why(export, tokens):
    def act(ring):
        if ring.inputs["token"][0] == 1:
            raise ValueError("no device")
        ring.outputs["query"][:] = np.nan if ring.inputs["token"][0] == 2 else 0

    stepper = Stepper(export.manifest.shape, Scripted(act))
    with pytest.raises(LivehostError, match="no device"):
        stepper.step(np.full(TOKEN_SIZE, 1))
    with pytest.raises(LivehostError, match="not finite"):
        stepper.step(np.full(TOKEN_SIZE, 2))
    assert stepper.count[0] == 0
    stepper.step(np.zeros(TOKEN_SIZE))
    assert stepper.count[0] == 1
    stepper.close()


def test_a_token_that_is_not_finite_is_not_kept(stepper, tokens):
    with pytest.raises(LivehostError, match="not finite"):
        stepper.step(np.full(TOKEN_SIZE, np.nan))
    assert stepper.count[0] == 0
    assert np.isfinite(stepper.step(tokens[0])[0]).all()


def test_a_closed_stepper_says_so(export, tokens):
    stepper = export.stepper()
    stepper.close()
    stepper.close()
    with pytest.raises(LivehostError, match="has been closed"):
        stepper.step(tokens[0])


def test_a_stepper_keeps_what_it_needs(exported, tokens):
    """Its export may go first; the session goes with the last of both."""
    stepper = open_export(exported, **STAGE).stepper()
    session = weakref.ref(stepper._run._keep[0])
    gc.collect()
    first = stepper.step(tokens[0], commit=False)[0]
    assert np.array_equal(stepper.step(tokens[0], commit=False)[0], first)
    stepper.close()
    del stepper
    gc.collect()
    assert session() is None


def test_a_model_in_python_flushes_denormals_as_the_worker_does(export):
    """What dies away in a model's numbers would slow it down in a long silence."""
    products, ran = [], threading.Event()

    def act(_):
        products.extend(np.full(4, 1e-30, np.float32) * np.float32(1e-10))
        ran.set()

    stepper = Stepper(export.manifest.shape, Scripted(act))
    table = stepper.table[0]
    assert STEP2(int(table["begin"]))(int(table["state"]), 0) == PENDING
    assert ran.wait(5)
    stepper.close()
    assert products == [0.0] * 4
    assert np.float32(1e-30) * np.float32(1e-10) > 0  # this thread goes on as before
