"""Proof that every format of an export is the same model: whole sequences against steps, torch against the rest."""

from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.embed import embed_items
from livehost.inference.kinds.bank_transformer import INT8_FILE, SCRIPT_FILE, BankManifest
from livehost.inference.manifest import play_file
from livehost.inference.ort_native import NativeBackend
from livehost.inference.ort_python import PythonBackend
from livehost.inference.ort_selfcheck import native_trouble
from livehost.inference.python_thread import ThreadedRun
from livehost.inference.stepper import Backend, Stepper
from livehost.inference.torchscript import ScriptBackend
from livehost.studio.bank_transformer.model import BankTransformer

#: Largest difference of queries, attention and embeddings.
TOLERANCE = 1e-4
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

    def bind(self, ring: Any) -> Any:
        """Join the network to the arrays of one stepper."""
        inputs = [torch.from_numpy(ring.inputs[name]) for name in ring.shape.inputs()]
        layers, model = ring.shape.layers, self._model

        def run() -> None:
            with torch.inference_mode():
                token, cos, sin, mask, *caches = inputs
                results = model.step(token, cos, sin, mask, caches[:layers], caches[layers:])
            for target, result in zip(ring.outputs.values(), results, strict=True):
                target[...] = result.numpy()

        return ThreadedRun(run, ring)


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


def whole(model: BankTransformer, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
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


def check_parity(
    model: BankTransformer, manifest: BankManifest, *, probe: Any = None, probe_items: Any = None
) -> dict[str, float]:
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
    dict of str to float
        Largest differences by format.

    Raises
    ------
    LivehostError
        One sentence: which format differs, by how much.
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
    report = {"items": float(np.abs(embed_items(manifest, items) - embeddings).max())}
    backends = _backends(model, manifest)
    chosen: list[np.ndarray] = []
    for tokens in sequences.values():
        queries, rows = whole(model, tokens)
        for name, backend in backends.items():
            other, other_rows = steps(manifest.shape, backend, tokens)
            _note(report, "attention_sum", np.abs(other_rows.sum(axis=2, dtype=np.float64) - 1.0).max())
            if name == "int8":
                chosen.append((queries @ embeddings.T).argmax(1) == (other @ embeddings.T).argmax(1))
                _note(report, "int8", np.abs(other - queries).max())
            else:
                _note(report, name, max(np.abs(other - queries).max(), np.abs(other_rows - rows).max()))
    if chosen:
        report["int8_same_top1"] = float(chosen[-1].mean())
    _judge(report)
    return report


def _backends(model: BankTransformer, manifest: BankManifest) -> dict[str, Backend]:
    found: dict[str, Backend] = {"step": TorchBackend(model), "onnx": PythonBackend(manifest)}
    if not native_trouble():
        found["onnx_native"] = NativeBackend(manifest)
    if SCRIPT_FILE in manifest.files:
        found["torchscript"] = ScriptBackend(manifest)
    if INT8_FILE in manifest.files:
        found["int8"] = PythonBackend(play_file(manifest, INT8_FILE))
    return found


def _note(report: dict[str, float], name: str, value: Any) -> None:
    report[name] = max(report.get(name, 0.0), float(value) if np.isfinite(value) else float("inf"))


def _judge(report: dict[str, float]) -> None:
    for name, value in report.items():
        limit = SUM_TOLERANCE if name == "attention_sum" else TOLERANCE
        if not name.startswith("int8") and not value <= limit:
            raise LivehostError(
                f"The export is refused: {name} differs from torch by {value:.2g}, allowed is {limit:g}."
            )
