"""Reads the weights of a bank transformer back out of an export: to train it further without its checkpoint.

`livehost.studio.bank_transformer.step_graph` keeps the names of weights, transposes matrices and multiplies the scale
of the scores into them. Whether all was read back is checked by running both.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.kinds.bank_transformer import ITEM_FILE, NAME, VECTOR_FILE, BankManifest
from livehost.inference.manifest import STEP_FILE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters, StepModule
from livehost.studio.bank_transformer.trained_features import TrainedFeatures
from livehost.studio.training.checkpoint import network

_SORRY = (
    "The weights of {} cannot be read back, so that it cannot be trained further: "
    "give the checkpoint (best.pt) that it was made from."
)


def read_export(manifest: BankManifest) -> dict[str, Any]:
    """Make a checkpoint of an export.

    Parameters
    ----------
    manifest : BankManifest
        As `livehost.inference.export.read_manifest` gives it.

    Returns
    -------
    dict

    Raises
    ------
    LivehostError
        Where the graphs are not those that this livehost writes.
    """
    import onnx

    folder = manifest.folder
    try:
        given = {key: value for key, value in manifest.hyperparameters.items() if key != "temperature"}
        shape = Hyperparameters(**given)
        step, items = (onnx.load(str(folder / name)).graph for name in (STEP_FILE, ITEM_FILE))
        weights = _step_weights(step, shape) | _item_weights(items) | _vectors(folder, shape)
        weights["log_temperature"] = np.log(np.float32(manifest.temperature))
        state = {name: torch.from_numpy(np.array(value, np.float32)) for name, value in weights.items()}
        checkpoint = {"kind": NAME, "hyperparameters": shape.as_dict(), "model": state}
        _check(folder, network(checkpoint))
    except LivehostError as error:
        raise LivehostError(_SORRY.format(folder)) from error
    except (OSError, TypeError, KeyError, IndexError, ValueError, RuntimeError) as error:
        raise LivehostError(_SORRY.format(folder)) from error
    return {
        **checkpoint,
        **TrainedFeatures.of_manifest(manifest).for_checkpoint(),
        "metrics": {},
        "data": manifest.data,
        "command": manifest.command,
    }


def _constants(graph: Any) -> dict[str, np.ndarray]:
    from onnx import numpy_helper

    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def _step_weights(graph: Any, shape: Hyperparameters) -> dict[str, np.ndarray]:
    """Read the weights of the step, as `BankTransformer` has them."""
    weights = {}
    for name, value in _constants(graph).items():
        turned = value.T if value.ndim == 2 else value
        if name.endswith(".qkv.weight"):
            turned = turned.copy()
            turned[: shape.width] *= np.float32(np.sqrt(shape.head_size))
        weights[name] = turned
    known = BankTransformer(shape).state_dict()
    return {name: value for name, value in weights.items() if name in known}


def _item_weights(graph: Any) -> dict[str, np.ndarray]:
    found = {name.removeprefix("model."): value for name, value in _constants(graph).items()}
    return {name: value for name, value in found.items() if name.startswith("encode.")}


def _vectors(folder: Path, shape: Hyperparameters) -> dict[str, np.ndarray]:
    """Read biases, gains and scalars, which an optimised graph may have merged."""
    path, known = folder / VECTOR_FILE, BankTransformer(shape).state_dict()
    if not path.is_file():
        return {}
    with np.load(path) as file:
        return {name: file[name] for name in file.files if name in known}


def _check(folder: Path, model: BankTransformer) -> None:
    """Raise ValueError where a network gives other queries than the export's file."""
    import onnxruntime

    s = model.shape
    random = np.random.default_rng(0)
    sizes: dict[str, tuple[int, ...]] = {"token": (s.token_size,)}
    sizes |= {"cos": (s.head_size // 2,), "sin": (s.head_size // 2,), "mask": (s.window,)}
    sizes |= {f"k{i}": (s.heads, s.head_size, s.window) for i in range(s.layers)}
    sizes |= {f"v{i}": (s.heads, s.window, s.head_size) for i in range(s.layers)}
    inputs = {name: random.standard_normal(size).astype(np.float32) for name, size in sizes.items()}
    session = onnxruntime.InferenceSession(str(folder / STEP_FILE), providers=["CPUExecutionProvider"])
    wanted = session.run(["query"], inputs)[0]
    flat = [torch.from_numpy(value) for value in inputs.values()]
    with torch.inference_mode():
        found = StepModule(model.eval())(*flat)[0]
    if not np.allclose(found.numpy(), wanted, atol=1e-3 * float(np.abs(wanted).max())):
        raise ValueError("the weights that were read back give other queries")
