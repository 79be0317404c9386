"""Writes networks as ONNX, with 8-bit weights or 16-bit ones, and as TorchScript."""

import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch

from livehost.errors import LivehostError

_Module = TypeVar("_Module", bound=torch.nn.Module)

#: 8-bit weights: one scale for so many of them, and integers multiplied with integers (MatMulNBits' accuracy level 4).
BLOCK, ACCURACY_LEVEL = 32, 4
#: What torch notes of each node: paths on the machine that wrote it, which are nobody's business.
_STACK_TRACE = "pkg.torch.onnx.stack_trace"


def write_graph(module: torch.nn.Module, arguments: tuple, path: Path, **options: Any) -> None:
    """Write a module as ONNX, its weights inside.

    Parameters
    ----------
    module : torch.nn.Module
    arguments : tuple of Tensor
        Inputs of the shapes that the graph is to have.
    path : Path
    **options
        As `torch.onnx.export` has them: names, dynamic shapes.

    Raises
    ------
    LivehostError
        For a module that ONNX cannot express.
    """
    with _quiet():
        try:
            program = torch.onnx.export(module.eval(), arguments, dynamo=True, optimize=True, verbose=False, **options)
        except RuntimeError as error:  # its message fills pages
            text = str(error.__cause__ or error).strip().splitlines()[0]
            raise LivehostError(f"The network cannot be written as {path.name}: {text}.") from error
        if program is None:
            raise LivehostError(f"torch.onnx.export gave nothing for {path.name}.")
        for node in program.model.graph.all_nodes():
            node.metadata_props.pop(_STACK_TRACE, None)
        program.save(str(path), external_data=False)


def write_script(module: torch.nn.Module, arguments: tuple, path: Path) -> None:
    """Write a module as TorchScript, traced and frozen.

    Parameters
    ----------
    module : torch.nn.Module
    arguments : tuple of Tensor
        Inputs of the shapes that it is to have.
    path : Path
    """
    with torch.inference_mode():
        traced = torch.jit.trace(module.eval(), arguments, check_trace=False)
        torch.jit.freeze(traced).save(str(path))


def quantise(source: Path, path: Path, wanted: Callable[[str], bool]) -> None:
    """Write an ONNX file again with 8-bit weights in place of some matrices.

    Parameters
    ----------
    source, path : Path
        To read, and to write.
    wanted : callable
        Takes the name of a matrix that is multiplied with, and says whether it is to have 8 bits.
    """
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    model = onnx.load(str(source))
    kept = [node.name for node in model.graph.node if node.op_type == "MatMul" and not wanted(node.input[1])]
    with _quiet():
        quantiser = MatMulNBitsQuantizer(
            model, bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=ACCURACY_LEVEL, nodes_to_exclude=kept
        )
        quantiser.process()
        onnx.save(quantiser.model.model, str(path))


def round_to_half(module: _Module) -> _Module:
    """Copy a module, its matrices rounded to half precision (their numbers are still float32)."""
    rounded = copy.deepcopy(module)
    with torch.no_grad():
        for parameter in rounded.parameters():
            if parameter.ndim > 1:
                parameter.copy_(parameter.half())
    return rounded


def store_halves(path: Path, least: int = 256) -> None:
    """Write an ONNX file again, with numbers of 16 bits for what loses nothing by it; it computes as before.

    What torch notes of each node, which of a small network is a twentieth of the file, is left out.

    Parameters
    ----------
    path : Path
    least : int
        Constants of fewer numbers stay as they are.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    casts = []
    for constant in model.graph.initializer:
        if constant.data_type != TensorProto.FLOAT or np.prod(constant.dims) < least:
            continue
        numbers = numpy_helper.to_array(constant)
        with np.errstate(over="ignore"):
            halves = numbers.astype(np.float16)
        if np.array_equal(halves.astype(np.float32), numbers):
            name = constant.name
            constant.CopyFrom(numpy_helper.from_array(halves, f"{name}.half"))
            casts.append(helper.make_node("Cast", [constant.name], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    for node in nodes:
        del node.metadata_props[:]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporters' chatter (missing torchvision, every quantised node) off the screen."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
