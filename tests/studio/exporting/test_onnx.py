"""Weights of half precision: a file of half the size that computes the same, bit for bit."""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from livehost.inference.onnx_graph import OnnxGraph
from livehost.studio.exporting.onnx import round_to_half, store_halves

SHAPES = {"x": (1, 64)}, {"y": (1, 64)}


def written(path, **matrices):
    """Write x through matrices, one behind the other."""
    nodes, at = [], "x"
    for number, name in enumerate(matrices, 1):
        behind = "y" if number == len(matrices) else f"h{number}"
        nodes.append(helper.make_node("MatMul", [at, name], [behind]))
        at = behind
    tensors = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 64)) for name in "xy"]
    constants = [numpy_helper.from_array(matrix, name) for name, matrix in matrices.items()]
    nodes[0].metadata_props.add(key="note", value="of an exporter")
    graph = helper.make_graph(nodes, "chain", tensors[:1], tensors[1:], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))


def test_what_loses_nothing_is_stored_with_16_bits_and_computes_as_before(tmp_path):
    rng, path = np.random.default_rng(0), tmp_path / "model.onnx"
    exact = rng.standard_normal((64, 64)).astype(np.float32)
    large = np.full((64, 64), 1e6, np.float32)  # no number of half precision
    written(path, rounded=exact.astype(np.float16).astype(np.float32), exact=exact, large=large)
    x = rng.standard_normal((1, 64)).astype(np.float32)
    (before,), size = OnnxGraph(path, *SHAPES)(x), path.stat().st_size
    store_halves(path)
    (after,) = OnnxGraph(path, *SHAPES)(x)
    assert np.array_equal(before, after)
    assert size - path.stat().st_size > 0.95 * 64 * 64 * 2
    assert not any(node.metadata_props for node in onnx.load(str(path)).graph.node)
    kinds = {constant.name: constant.data_type for constant in onnx.load(str(path)).graph.initializer}
    assert kinds == {
        "rounded.half": TensorProto.FLOAT16, "exact": TensorProto.FLOAT, "large": TensorProto.FLOAT
    }  # fmt: skip
    store_halves(path, least=64 * 64 + 1)  # what is stored already, and what is small, stays
    assert {c.name for c in onnx.load(str(path)).graph.initializer} == set(kinds)


def test_matrices_are_rounded_and_vectors_are_not():
    torch.manual_seed(0)
    network = nn.Linear(64, 64)
    rounded = round_to_half(network)
    assert torch.equal(rounded.weight, network.weight.half().float())
    assert not torch.equal(rounded.weight, network.weight)
    assert torch.equal(rounded.bias, network.bias)
