"""Steps of performance RNNs: what is fed back, the rings, steps that are taken back, back ends, manifests."""

import tomllib

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.inference.ort_python import session_of
from livehost.inference.recurrent_state import UNDO
from livehost.toml import to_toml
from tests.inference.conftest import STAGE
from tests.inference.tiny_rnn import ATTENTIVE, PLAIN, write_rnn

SHAPES = pytest.mark.parametrize("shape", [PLAIN, ATTENTIVE], ids=["plain", "attentive"])


def opened(folder, backend="native"):
    return open_export(folder, **STAGE, backend=backend, kind="performance-rnn")


def some_events(count, seed=3):
    rng = np.random.default_rng(seed)
    return list(zip(rng.integers(0, 388, count).tolist(), rng.integers(0, 2, count).tolist(), strict=True))


def reference(folder, shape, events):
    """The same, by hand: all that was ever a key is kept, and the newest of them are given in the order of time."""
    session = session_of(folder / "model.onnx", "cpu")
    hidden = np.zeros((shape.layers, shape.hidden), np.float32)
    past, found = [], []
    for event, source in events:
        given = {
            "event": np.array([event], np.float32), "source": np.array([source], np.float32),
            "condition": np.zeros(15, np.float32), "hidden": hidden,
        }  # fmt: skip
        if shape.attentive:
            newest = past[-shape.window :]
            keys, values = np.zeros((2, shape.window, shape.size), np.float32)
            bias = np.full(shape.window + 1, -1e9, np.float32)
            bias[-1] = 0
            for i, (key, value) in enumerate(newest):
                keys[i], values[i], bias[i] = key, value, 0
            given |= {"keys": keys, "values": values, "bias": bias}
        out = dict(zip(shape.outputs(), session.run(list(shape.outputs()), given), strict=True))
        hidden = out["hidden_out"]
        if shape.attentive:
            past.append((out["key"], out["value"]))
        found.append(out["logits"])
    return np.array(found)


@SHAPES
def test_state_and_rings_are_fed_back(tmp_path, shape):
    folder, events = write_rnn(tmp_path / "rnn", shape), some_events(3 * 8 + 2)
    stepper = opened(folder).stepper()
    found = np.array([stepper.step(*event) for event in events])
    np.testing.assert_allclose(found, reference(folder, shape, events), atol=1e-5)
    assert np.abs(found[0] - found[-1]).max() > 0.1


@SHAPES
@pytest.mark.parametrize("done", [3, 8, 21])
def test_steps_that_are_taken_back_leave_nothing_behind(tmp_path, shape, done):
    export = opened(write_rnn(tmp_path / "rnn", shape))
    stepper, other = export.stepper(), export.stepper()
    for event in some_events(done):
        stepper.step(*event)
        other.step(*event)
    for event in some_events(11, seed=4):
        other.step(*event)
    assert other.back(11) == 11
    for name in ("hidden", "bias"):  # what an empty slot of a ring holds is nobody's business
        if name in stepper.memory.inputs:
            np.testing.assert_array_equal(stepper.memory.inputs[name], other.memory.inputs[name])
    for event in some_events(20, seed=5):
        np.testing.assert_array_equal(stepper.step(*event), other.step(*event))


def test_no_more_steps_are_taken_back_than_are_kept(tmp_path):
    stepper = opened(write_rnn(tmp_path / "rnn")).stepper()
    for event in some_events(UNDO + 5):
        stepper.step(*event)
    assert [stepper.back(7), stepper.back(UNDO), stepper.back(1)] == [7, UNDO - 7, 0]
    stepper.reset()
    assert stepper.back(1) == 0


@SHAPES
def test_a_python_thread_gives_the_same(tmp_path, shape):
    folder = write_rnn(tmp_path / "rnn", shape)
    one, other = opened(folder).stepper(), opened(folder, "python").stepper()
    for event in some_events(20):
        np.testing.assert_array_equal(one.step(*event), other.step(*event))
    other.close()


@SHAPES
def test_a_step_that_is_not_finite_is_refused_and_leaves_nothing(tmp_path, shape):
    stepper = opened(write_rnn(tmp_path / "rnn", shape)).stepper()
    stepper.step(60)
    before = stepper.memory.inputs["hidden"].copy()
    with pytest.raises(LivehostError, match="not finite"):
        stepper.step(61, 0, np.full(15, np.nan, np.float32))
    np.testing.assert_array_equal(stepper.memory.inputs["hidden"], before)
    assert stepper.memory.count[0] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hidden": 0}, "has an impossible shape"),
        ({"window": 8}, "has an impossible shape"),
        ({"events": 389}, "has 389 events, and this livehost 388"),
        ({"condition": 3}, "has 3 numbers of a condition"),
        ({"layers": 3}, r"has the input 'hidden' as \[2, 16\]"),
    ],
)
def test_a_manifest_that_contradicts_itself(tmp_path, change, said):
    folder = write_rnn(tmp_path / "rnn")
    table = tomllib.loads((folder / "manifest.toml").read_text())
    table["shape"] |= change
    (folder / "manifest.toml").write_text(to_toml(table))
    with pytest.raises(LivehostError, match=said):
        opened(folder)


def test_the_wrong_kind_is_named(tmp_path):
    with pytest.raises(LivehostError, match="kind 'performance-rnn', and 'bank-transformer' is wanted"):
        open_export(write_rnn(tmp_path / "rnn"), **STAGE)
