"""A small ear for strokes that tells exactly what it was given, written as ONNX: an export in milliseconds."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from livehost.inference.checks import sha256
from livehost.inference.export import open_export
from livehost.inference.kinds.strike import FRAMES, NAME, RATE, StrikeEar, tensors, to_tables
from livehost.inference.manifest import FORMAT, STEP_FILE
from livehost.toml import to_toml
from tests.inference.tiny_rnn import Graph

SHAPES = ["circle", "star", "l-shape"]


def write_tiny_ear(folder: Path, rate: int = RATE, *, broken: bool = False) -> Path:
    """Write an ear: size is the level, position the first sample, shapes go by the second, third and last sample.

    A broken one gives nan for whatever is not silence.
    """
    g = Graph(0, 1.0)
    squares = g.node("ReduceMean", g.node("Mul", "sound", "sound"), g.constant(np.array([1], np.int64)), keepdims=0)
    level = g.node("Sqrt", squares)
    if broken:  # 0 / level is 0 of silence too, but for what is added to it
        level = g.node("Sub", g.node("Log", g.node("Sub", g.constant(np.float32(0.0)), level)), level)
        level = g.node("Where", g.node("Equal", squares, g.constant(np.float32(0.0))), squares, level)
    g.node("Identity", level, name="size")
    first = g.node("Gather", "sound", g.constant(np.int64(0)), axis=1)
    g.node("Abs", first, name="position")
    picked = g.node("Gather", "sound", g.constant(np.array([1, 2, FRAMES - 1], np.int64)), axis=1)
    g.node("Softmax", picked, name="shapes", axis=1)
    inputs, outputs = tensors(FRAMES, len(SHAPES))
    told = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in part.items()]
        for part in (inputs, outputs)
    ]
    model = helper.make_model(
        helper.make_graph(g.nodes, "ear", *told, initializer=g.weights),
        opset_imports=[helper.make_opsetid("", 18)], ir_version=9,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    onnx.checker.check_model(model)
    onnx.save(model, folder / STEP_FILE)
    table = {
        "name": folder.name, "kind": NAME, "format": FORMAT, "model": STEP_FILE, "licence": "none",
        **to_tables(SHAPES, (0.1, 1.0), (0.0, 1.0), rate), "files": {STEP_FILE: sha256(folder / STEP_FILE)},
    }  # fmt: skip
    (folder / "manifest.toml").write_text(to_toml(table), "utf-8")
    return folder


def open_tiny_ear(folder: Path) -> StrikeEar:
    """Open it as a stage does."""
    ear: StrikeEar = open_export(folder, rate=RATE, hop_samples=128, frame_samples=1024, kind=NAME)  # type: ignore[assignment]
    return ear
