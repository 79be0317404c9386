"""Small performance RNNs of random weights, written as ONNX: whole exports, plain or attentive, in milliseconds."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from livehost.inference.checks import sha256
from livehost.inference.kinds.performance_rnn import NAME, to_tables
from livehost.inference.manifest import STEP_FILE, Manifest
from livehost.inference.recurrent_state import RecurrentShape
from livehost.performance import condition, vocabulary

PLAIN = RecurrentShape(layers=2, hidden=16, condition=condition.SIZE, events=vocabulary.SIZE)
ATTENTIVE = RecurrentShape(layers=2, hidden=16, condition=condition.SIZE, events=vocabulary.SIZE, window=8, size=6)


class Graph:
    """Nodes and weights, as they come."""

    def __init__(self, seed: int, scale: float) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self._rng, self._scale = np.random.default_rng(seed), scale

    def node(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        output = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, values: Any) -> str:
        self.weights.append(numpy_helper.from_array(np.asarray(values), f"w{len(self.weights)}"))
        return str(self.weights[-1].name)

    def random(self, *shape: int) -> str:
        return self.constant((self._rng.standard_normal(shape) * self._scale / np.sqrt(shape[0])).astype(np.float32))

    def linear(self, x: str, given: int, wanted: int, name: str = "") -> str:
        return self.node("Add", self.node("MatMul", x, self.random(given, wanted)), self.random(wanted), name=name)

    def gru(self, x: str, h: str, given: int, hidden: int) -> str:
        """One layer: update gate, reset gate, candidate."""
        both = self.node("Concat", x, h, axis=0)
        z, r = (self.node("Sigmoid", self.linear(both, given + hidden, hidden)) for _ in range(2))
        reset = self.node("Concat", x, self.node("Mul", r, h), axis=0)
        new = self.node("Tanh", self.linear(reset, given + hidden, hidden))
        left = self.node("Sub", self.constant(np.float32(1)), z)
        return self.node("Add", self.node("Mul", z, h), self.node("Mul", left, new))


def _attend(g: Graph, shape: RecurrentShape, h: str) -> str:
    """Attention over the rings and the present step."""
    axis, size = g.constant(np.array([0], np.int64)), shape.size
    key, value, query = (g.linear(h, shape.hidden, size, name=name) for name in ("key", "value", ""))
    keys, values = (
        g.node("Concat", ring, g.node("Unsqueeze", new, axis), axis=0)
        for ring, new in (("keys", key), ("values", value))
    )
    scores = g.node("Add", g.node("MatMul", keys, query), "bias")
    return g.node("MatMul", g.node("Softmax", scores, axis=0, name="attention"), values)


def write_rnn(folder: Path, shape: RecurrentShape = PLAIN, *, seed: int = 1, scale: float = 2.0) -> Path:
    """Write an export of random weights; the larger `scale`, the surer of itself it is. Its pauses are short."""
    g = Graph(seed, scale)
    index = g.node("Cast", "event", to=TensorProto.INT64)
    row = g.node("Reshape", g.node("Gather", g.random(shape.events, 12), index), g.constant(np.array([12], np.int64)))
    x, given = g.node("Concat", row, "source", "condition", axis=0), 13 + shape.condition
    hidden = []
    for layer in range(shape.layers):
        h = g.node("Gather", "hidden", g.constant(np.int64(layer)))
        x = g.gru(x, h, given, shape.hidden)
        given = shape.hidden
        hidden.append(g.node("Unsqueeze", x, g.constant(np.array([0], np.int64))))
    g.node("Concat", *hidden, axis=0, name="hidden_out")
    if shape.attentive:
        x, given = g.node("Concat", x, _attend(g, shape, x), axis=0), given + shape.size
    lively = np.zeros(shape.events, np.float32)
    lively[256:356] = 1.0 - 0.1 * np.arange(100)
    lively[356:] = -2.0
    g.node("Add", g.linear(x, given, shape.events), g.constant(lively), name="logits")
    tensors = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in group.items()]
        for group in (shape.inputs(), shape.outputs())
    ]
    graph = helper.make_graph(g.nodes, "tiny", *tensors, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(folder / STEP_FILE))
    Manifest(
        name=folder.name, kind=NAME, model=STEP_FILE, files={STEP_FILE: sha256(folder / STEP_FILE)},
        licence="CC0", tables=to_tables(shape),
    ).write(folder)  # fmt: skip
    return folder
