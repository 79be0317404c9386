"""The head for the next stroke: what it is asked, what it learns, and that nothing else of an export changes."""

import copy
import time

import numpy as np
import onnxruntime
import pytest
import torch

from livehost.dsp.beat.intervals import BINS, EDGES, bins_of
from livehost.errors import LivehostError
from livehost.inference.export import open_export, read_manifest
from livehost.inference.tokens import HEARD, ITEM_SIZE
from livehost.studio.bank_transformer.from_export import read_export
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters, StrokeHead
from livehost.studio.bank_transformer.parity import check_parity
from livehost.studio.bank_transformer.strokes.baselines import RepeatLast, histogram, nats, remaining
from livehost.studio.bank_transformer.strokes.graft import graft, with_head
from livehost.studio.bank_transformer.strokes.head import Answers, gather, head_nats, train_head
from livehost.studio.bank_transformer.strokes.questions import draw_questions
from livehost.studio.bank_transformer.vectors import LENGTH
from livehost.studio.training.checkpoint import network
from tests.inference.conftest import STAGE, checkpoint, exported, write_checkpoint  # noqa: F401  fixtures
from tests.studio.conftest import recording

MEAN, SCALE = np.zeros(120, np.float32), np.ones(120, np.float32)
SMALL = Hyperparameters(width=16, layers=2, heads=2, feed_forward=24, window=24, embedding=8, dropout=0.0)


def test_questions_are_the_times_to_the_next_onset():
    """Strokes come every quarter of a second: whatever is peeked at, the next is so far, and less of it is over."""
    q = draw_questions([recording("one", 30)], MEAN, SCALE, np.random.default_rng(3))
    np.testing.assert_allclose(q.seconds, 0.25)
    assert (q.elapsed <= q.seconds).all()
    known = np.isfinite(q.last)
    np.testing.assert_allclose(q.last[known], 0.25)
    assert known.sum() >= len(known) - 2
    both = np.concatenate([q.tokens, q.peeks])
    assert (both[q.asked, ITEM_SIZE + HEARD] == 1).all()  # asked of what is heard only
    assert (q.asked >= len(q.tokens)).all()  # a stroke that the next one ends is no question once it is over
    spoken = 10.0 ** (0.5 * both[q.asked, LENGTH] - 0.5)
    long = q.elapsed > 0.011
    np.testing.assert_allclose(spoken[long], q.elapsed[long], rtol=1e-3)


def test_strokes_that_end_by_themselves_are_asked_about_once_more():
    piece = recording("one", 30)
    piece.renderings[0].seconds[:] = piece.renderings[1].seconds[:] = 0.1
    q = draw_questions([piece], MEAN, SCALE, np.random.default_rng(3))
    over = q.asked < len(q.tokens)
    assert over.any()
    np.testing.assert_allclose(q.elapsed[over], 0.1, rtol=1e-6)


def test_what_is_over_is_left_out():
    flat = np.tile(np.full(BINS, 1 / BINS), (3, 1))
    left = remaining(flat, np.array([0.0, 1.0001 * EDGES[5], 0.5 * (EDGES[5] + EDGES[6])]))
    np.testing.assert_allclose(left.sum(1), 1.0)
    np.testing.assert_allclose(left[0], flat[0])
    assert (left[1:, :5] < 1e-9).all()
    assert left[2, 5] == pytest.approx(0.5 * left[2, 6])
    assert left[1, 5] == pytest.approx(left[1, 6], rel=1e-2)


def test_counting():
    seconds, last = np.array([0.2, 0.4, 0.2, 0.4]), np.array([np.nan, 0.2, 0.4, 0.2])
    counted = histogram(seconds)
    assert counted.argmax() in bins_of(seconds)
    found = RepeatLast(seconds, last)(np.array([0.8, np.nan]))
    up = bins_of(np.array([0.4]))[0] - bins_of(np.array([0.2]))[0]
    assert found[0].argmax() == bins_of(np.array([0.8]))[0] + up  # it doubled more often than it halved
    np.testing.assert_allclose(found[1], counted)
    assert nats(found[1:], np.array([0.2]))[0] == pytest.approx(-np.log(counted[bins_of(np.array([0.2]))[0]]))


def test_a_head_learns_what_can_be_told_from_the_network():
    random = np.random.default_rng(0)

    def answers(count):
        kind = random.integers(2, size=count)
        hidden = torch.from_numpy(random.normal(0, 0.1, (count, 6)).astype(np.float32))
        aside = torch.zeros(count, 8)
        aside[:, 0] = torch.from_numpy(2.0 * kind.astype(np.float32))
        return Answers(hidden, aside, np.where(kind, 0.2, 0.8), np.zeros(count), np.full(count, np.nan))

    taught, held_out = answers(600), answers(200)
    head = train_head(taught, held_out, until=time.monotonic() + 60, steps=400)
    assert head_nats(head, held_out).mean() < 0.1
    assert nats(np.tile(histogram(taught.seconds), (200, 1)), held_out.seconds).mean() > 0.6


def test_gathered_vectors_are_those_of_the_network():
    torch.manual_seed(0)
    model = BankTransformer(SMALL).eval()
    found = gather(model, [recording("one", 30)], MEAN, SCALE, sequences=2, seed=5)
    q = draw_questions([recording("one", 30)], MEAN, SCALE, np.random.default_rng([5, 0]))
    np.testing.assert_array_equal(found.seconds[: len(q.seconds)], q.seconds)
    step = with_head(model, StrokeHead(SMALL.width, 8, BINS))
    with torch.inference_mode():
        rows = (torch.from_numpy(x)[None] for x in (q.tokens, q.peeks, q.before))
        hidden = step.hidden(*rows)[0][0, torch.from_numpy(q.asked)]
    torch.testing.assert_close(found.hidden[: len(hidden)], hidden)
    aside = np.concatenate([q.tokens, q.peeks])[q.asked, ITEM_SIZE:]
    np.testing.assert_array_equal(found.aside[: len(hidden)], aside)


@pytest.fixture
def grafted(exported, tmp_path):  # noqa: F811
    manifest = read_manifest(exported)
    torch.manual_seed(1)
    head = StrokeHead(manifest.hyperparameters["width"], 8, BINS)
    model = network(read_export(manifest)).eval()
    (tmp_path / "with").mkdir()
    data = [{"name": "rhythms", "licence": "MIT", "hours": 1.0, "recordings": 2}]
    return graft(manifest, model, head, tmp_path / "with", data, "train strokes", lambda _: None), manifest, head, model


def test_a_grafted_export_asks_as_before_to_the_bit(grafted):
    after, before, head, model = grafted
    assert list(after.outputs)[-1] == "next_stroke"
    assert after.outputs["next_stroke"] == (BINS,)
    assert after.files["items.onnx"] == before.files["items.onnx"]
    assert after.files.keys() == before.files.keys()
    assert after.data[-1]["name"] == "rhythms"
    random = np.random.default_rng(3)
    for name in ("model.onnx", "model-int8.onnx"):
        old, new = (onnxruntime.InferenceSession(str(m.folder / name)) for m in (before, after))
        for _ in range(5):
            inputs = {key: random.standard_normal(size).astype(np.float32) for key, size in before.inputs.items()}
            for a, b in zip(old.run(None, inputs), new.run(list(before.outputs), inputs), strict=True):
                np.testing.assert_array_equal(a, b)
            said = new.run(["next_stroke"], inputs)[0]
            assert said.sum() == pytest.approx(1.0, abs=1e-5)
    with torch.inference_mode():
        flat = {key: torch.from_numpy(value) for key, value in inputs.items()}
        token, cos, sin, mask, *caches = flat.values()
        layers = before.shape.layers
        wanted = with_head(model, head).step(token, cos, sin, mask, caches[:layers], caches[layers:])[4]
    np.testing.assert_allclose(said, wanted.numpy(), atol=0.02)  # 8-bit weights, the last that ran


def test_a_grafted_export_is_stepped_and_can_be_trained_further(grafted):
    after, _, head, _ = grafted
    stepper = open_export(after.folder, **STAGE).stepper()
    assert int(stepper.table["next_stroke"][0]) == stepper.cache.outputs["next_stroke"].ctypes.data
    stepper.step(np.zeros(after.shape.token_size, np.float32))
    assert stepper.cache.outputs["next_stroke"].sum() == pytest.approx(1.0, abs=1e-5)
    stepper.close()
    state = read_export(after)["model"]
    for name, value in head.state_dict().items():
        torch.testing.assert_close(state[f"next_stroke.{name}"], value)


def test_the_formats_of_a_head_are_compared(grafted):
    after, _, head, model = grafted
    assert max(after.parity[name] for name in ("step", "onnx", "onnx_native", "torchscript")) <= 1e-4
    other = StrokeHead(head.of_hidden.in_features, 8, BINS)
    with pytest.raises(LivehostError, match="onnx"):
        check_parity(with_head(model, other), after).judge()


def test_an_export_without_a_head_says_nothing(exported):  # noqa: F811
    stepper = open_export(exported, **STAGE).stepper()
    assert (int(stepper.table["next_stroke"][0]), "next_stroke" in stepper.cache.outputs) == (0, False)
    stepper.close()


def test_other_bins_are_refused(grafted):
    after, *_ = grafted
    other = copy.deepcopy(after)
    other.tables["shape"]["strokes"] = other.tables["outputs"]["next_stroke"] = 7
    other.tables["outputs"]["next_stroke"] = (7,)
    other.write(after.folder)
    with pytest.raises(LivehostError, match="in 7 bins"):
        read_manifest(after.folder)
