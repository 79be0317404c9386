"""Parity of a bank transformer's formats: whole sequences against cached steps, torch against ONNX and TorchScript."""

from typing import Any

import numpy as np
import torch

from livehost.inference.embed import embed_items
from livehost.inference.kinds.bank_transformer import BankManifest
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE, STEP_FILE, play_file
from livehost.inference.ort_native import NativeBackend
from livehost.inference.ort_python import PythonBackend
from livehost.inference.ort_selfcheck import native_trouble
from livehost.inference.python_thread import ThreadedRun
from livehost.inference.stepper import Stepper
from livehost.inference.stepping import Backend
from livehost.inference.torchscript import ScriptBackend
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.exporting.parity import Differences

#: Rows of attention sum to 1 within this.
SUM_TOLERANCE = 1e-5
#: Steps in which 8-bit weights must choose the same item as float32 ones.
SAME_TOP1 = 0.98
#: Steps that are compared beyond a full window, and items that are embedded.
BEYOND, ITEMS = 64, 100


class TorchBackend:
    """`BankTransformer.step` as a back end."""

    notes: tuple[str, ...] = ()
    name = "torch"

    def __init__(self, model: BankTransformer) -> None:
        self._model = model

    def bind(self, cache: Any) -> Any:
        """Bind the network to the arrays of one stepper."""
        inputs = [torch.from_numpy(cache.inputs[name]) for name in cache.shape.inputs()]
        layers, model = cache.shape.layers, self._model

        def run() -> None:
            with torch.inference_mode():
                token, cos, sin, mask, *caches = inputs
                results = model.step(token, cos, sin, mask, caches[:layers], caches[layers:])
            for target, result in zip(cache.outputs.values(), results, strict=True):
                target[...] = result.numpy()

        return ThreadedRun(run)


def steps(shape: Any, backend: Backend, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Step over tokens.

    Returns
    -------
    queries : numpy.ndarray
        Float32 [n, embedding].
    attention : numpy.ndarray
        Float32 [n, layers * heads, capacity + 1]; the columns are ages: capacity, …, 1, and last the token itself.
    """
    stepper = Stepper(shape, backend)
    queries = np.zeros((len(tokens), shape.embedding), np.float32)
    rows = np.zeros((len(tokens), shape.layers * shape.heads, shape.capacity + 1), np.float32)
    try:
        for i, token in enumerate(tokens):
            queries[i], row = stepper.step(token)
            rows[i] = np.concatenate((np.roll(row[:, :-1], -i, axis=1), row[:, -1:]), axis=1)
    finally:
        stepper.close()
    return queries, rows


def full_mask(model: BankTransformer, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Run the full sliding-window mask over tokens; the same result as `steps`."""
    capacity = model.shape.window
    with torch.inference_mode():
        queries, attention = model(torch.from_numpy(tokens)[None], return_attention=True)
    full = attention[0].flatten(0, 1).numpy()
    rows = np.zeros((len(tokens), len(full), capacity + 1), np.float32)
    for i in range(len(tokens)):
        seen = min(i, capacity)
        rows[i, :, capacity - seen :] = full[:, i, i - seen : i + 1]
    return queries[0].numpy(), rows


def stroke_steps(shape: Any, backend: Backend, tokens: np.ndarray) -> np.ndarray:
    """Step over tokens; give what is said of the next stroke after each, float32 [n, strokes]."""
    stepper = Stepper(shape, backend)
    said = np.zeros((len(tokens), shape.strokes), np.float32)
    try:
        for i, token in enumerate(tokens):
            stepper.step(token)
            said[i] = stepper.cache.outputs["next_stroke"]
    finally:
        stepper.close()
    return said


def full_strokes(model: BankTransformer, tokens: np.ndarray) -> np.ndarray:
    """Run the full sliding-window mask over tokens; the same result as `stroke_steps`."""
    assert model.next_stroke is not None  # noqa: S101
    with torch.inference_mode():
        hidden, *_ = model.hidden(torch.from_numpy(tokens)[None])
        aside = torch.from_numpy(tokens)[None, :, model.shape.item_size :]
        said: np.ndarray = model.next_stroke(hidden, aside)[0].softmax(-1).numpy()
    return said


def check_parity(
    model: BankTransformer, manifest: BankManifest, *, probe: Any = None, probe_items: Any = None
) -> Differences:
    """Compare every format of an export that has been written.

    Parameters
    ----------
    model : BankTransformer
    manifest : BankManifest
        With its `folder` and `files`.
    probe : array_like, optional
        Real tokens [n, token_size].
    probe_items : array_like, optional
        Real item vectors [m, item_size], for 8-bit weights' choices.

    Returns
    -------
    Differences
        Largest differences by format; the caller judges them.
    """
    rng = np.random.default_rng(0)
    count = model.shape.window + BEYOND
    sequences = {"random tokens": rng.standard_normal((count, model.shape.token_size)).astype(np.float32)}
    if probe is not None and len(probe):
        sequences["real tokens"] = np.ascontiguousarray(np.asarray(probe, np.float32)[: 2 * count])
    items = rng.standard_normal((ITEMS, model.shape.item_size)).astype(np.float32)
    if probe_items is not None and len(probe_items):
        items = np.ascontiguousarray(np.asarray(probe_items, np.float32))
    with torch.inference_mode():
        embeddings = model.embed(torch.from_numpy(items)).numpy()
    differences = Differences()
    differences.note("items", np.abs(embed_items(manifest, items) - embeddings).max())
    backends = _backends(model, manifest)
    same: list[np.ndarray] = []
    for tokens in sequences.values():
        queries, rows = full_mask(model, tokens)
        for name, backend in backends.items():
            other, other_rows = steps(manifest.shape, backend, tokens)
            sums = np.abs(other_rows.sum(axis=2, dtype=np.float64) - 1.0)
            differences.note("attention_sum", sums.max(), SUM_TOLERANCE)
            if name == "int8":
                same.append((queries @ embeddings.T).argmax(1) == (other @ embeddings.T).argmax(1))
                differences.state("int8", np.abs(other - queries).max())
            else:
                differences.note(name, max(np.abs(other - queries).max(), np.abs(other_rows - rows).max()))
    if model.shape.strokes:
        few = sequences["random tokens"][:BEYOND]
        wanted = full_strokes(model, few)
        for name, backend in backends.items():
            if name != "int8":
                differences.note(name, np.abs(stroke_steps(manifest.shape, backend, few) - wanted).max())
    if same:
        differences.state("int8_same_top1", float(same[-1].mean()))
    return differences


def _backends(model: BankTransformer, manifest: BankManifest) -> dict[str, Backend]:
    manifest = play_file(manifest, STEP_FILE)
    found: dict[str, Backend] = {"step": TorchBackend(model), "onnx": PythonBackend(manifest)}
    if not native_trouble():
        found["onnx_native"] = NativeBackend(manifest)
    if SCRIPT_FILE in manifest.files:
        found["torchscript"] = ScriptBackend(manifest)
    if INT8_FILE in manifest.files:
        found["int8"] = PythonBackend(play_file(manifest, INT8_FILE))
    return found
