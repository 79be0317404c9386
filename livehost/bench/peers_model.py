"""Steps as other programs take them: ``python -m livehost.bench.peers_model EXPORT`` prints times, interleaved."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from livehost.bench.make_models import make_model
from livehost.bench.measure import timed_python
from livehost.bench.models import open_model
from livehost.inference.torchscript import load_script
from livehost.studio.bank_transformer.export import step_arguments

_ROUNDS, _CALLS = 30, 10


def best_us(function: Callable[[], object]) -> float:
    """Best of several calls in a row: each finds its own weights in the caches, as the one before left them."""
    return float(timed_python([function], _CALLS, warm_up=1)[0].min())


def main(folder: Path) -> None:
    """Time the native step, ONNX Runtime's plain Python call, TorchScript, eager torch, and eager without a cache."""
    torch.set_num_threads(1)
    native = open_model(folder).stepper()
    token = np.random.default_rng(0).normal(0, 1, native.token.size).astype(np.float32)
    for _ in range(native.shape.capacity):
        native.step(token)
    model, script = make_model(), load_script(folder / "model.ts")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    arguments = {name: torch.randn_like(tensor) * 0.1 for name, tensor in step_arguments(model).items()}
    arrays = {name: tensor.numpy() for name, tensor in arguments.items()}
    flat, layers = list(arguments.values()), model.shape.layers
    window = torch.randn(1, model.shape.window + 1, model.shape.token_size)

    @torch.inference_mode()
    def eager() -> Any:
        return model.step(flat[0], flat[1], flat[2], flat[3], flat[4 : 4 + layers], flat[4 + layers :])

    @torch.inference_mode()
    def scripted() -> Any:
        return script(*flat)

    @torch.inference_mode()
    def uncached() -> Any:
        return model(window)[0, -1]

    functions = {
        "native": lambda: native._begin(native.cache.address, 1),
        "ONNX Runtime's Python call": lambda: session.run(None, arrays),
        "TorchScript": scripted,
        "torch, eager": eager,
        "torch, eager, without a cache": uncached,
    }
    times = [[best_us(f) for f in functions.values()] for _ in range(_ROUNDS)]
    version = f"torch {torch.__version__}, onnxruntime {onnxruntime.__version__}, one thread"
    told = {"version": version, "times": dict(zip(functions, np.transpose(times).tolist(), strict=True))}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
