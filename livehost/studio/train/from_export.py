"""Weights back out of an export, for those who have no checkpoint: fine-tuning begins there.

Exporting renames most weights and turns matrices round, but keeps the order in which the network uses them.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.export_folder import find_export
from livehost.inference.manifest import ITEM_FILE, STEP_FILE, read_manifest
from livehost.studio.models.bank_transformer import BankTransformer, Hyperparameters
from livehost.studio.train.checkpoint import KIND, load_checkpoint


def load_start(source: Path | str) -> dict[str, Any]:
    """Read what to begin with: a checkpoint file, or an export by folder or name.

    Returns
    -------
    dict
        As a checkpoint.

    Raises
    ------
    LivehostError
        Where it is neither.
    """
    path = Path(source).expanduser()
    return load_checkpoint(path) if path.is_file() and path.suffix == ".pt" else read_export(find_export(source))


def read_export(folder: Path) -> dict[str, Any]:
    """Make a checkpoint of an export's folder."""
    import onnx

    manifest = read_manifest(folder)
    try:
        shape = Hyperparameters(**manifest.hyperparameters)
        step, items = (onnx.load(str(folder / name)).graph for name in (STEP_FILE, ITEM_FILE))
        weights = _step_weights(step, shape.layers) | _item_weights(items)
        weights["log_temperature"] = np.log(np.float32(manifest.temperature))
        state = {name: torch.from_numpy(np.array(value, np.float32)) for name, value in weights.items()}
        BankTransformer(shape).load_state_dict(state)
    except (OSError, TypeError, KeyError, IndexError, ValueError, RuntimeError) as error:
        raise LivehostError(
            f"The weights of {folder} cannot be read back, so that it cannot be trained further; "
            f"give the checkpoint (best.pt) that it was made from."
        ) from error
    return {
        "kind": KIND,
        "hyperparameters": shape.as_dict(),
        "model": state,
        "mean": torch.from_numpy(np.array(manifest.mean, np.float32)),
        "scale": torch.from_numpy(np.array(manifest.scale, np.float32)),
        "schema": manifest.schema,
        "rate": manifest.rates[-1],
        "hop_samples": manifest.hop_samples,
        "frame_samples": manifest.frame_samples,
        "segment_ms": manifest.segment_ms,
        "metrics": {},
        "data": manifest.data,
        "command": manifest.command,
    }


def _constants(graph: Any) -> dict[str, np.ndarray]:
    from onnx import numpy_helper

    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def _step_weights(graph: Any, layers: int) -> dict[str, np.ndarray]:
    """Take matrices, what is added to their products, and norms, in the order of use."""
    constants = _constants(graph)
    added = {}
    for node in graph.node:
        if node.op_type == "Add":
            for product, other in (node.input, node.input[::-1]):
                if other in constants:
                    added[product] = constants[other]
    products = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in constants]
    norms = [node for node in graph.node if node.op_type == "LayerNormalization"]
    weights: dict[str, np.ndarray] = {}

    def put(name: str) -> None:
        node = products.pop(0)
        weights[f"{name}.weight"] = constants[node.input[1]].T
        if node.output[0] in added:
            weights[f"{name}.bias"] = added[node.output[0]]

    def put_norm(name: str) -> None:
        node = norms.pop(0)
        weights[f"{name}.weight"], weights[f"{name}.bias"] = (constants[key] for key in node.input[1:3])

    put("read")
    for k in range(layers):
        put_norm(f"layers.{k}.before_attention")
        put_norm(f"layers.{k}.before_feed_forward")
        for name in ("qkv", "merge", "widen", "narrow"):
            put(f"layers.{k}.{name}")
    put("query")
    put_norm("before_query")
    return weights


def _item_weights(graph: Any) -> dict[str, np.ndarray]:
    found = {name.removeprefix("model."): value for name, value in _constants(graph).items()}
    return {name: value for name, value in found.items() if name.startswith("encode.")}
