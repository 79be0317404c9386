"""Writes a network in the formats that the stage runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.model import BankTransformer, ItemModule
from livehost.studio.bank_transformer.step_graph import StepGraph

#: 8-bit weights: one scale for so many of them, and integers multiplied with integers (MatMulNBits' accuracy level 4).
BLOCK, ACCURACY_LEVEL = 32, 4


def step_arguments(model: BankTransformer) -> dict[str, torch.Tensor]:
    """Make the inputs of one step by name, of the shapes that the export fixes."""
    s = model.shape
    half, t = s.head_size // 2, s.window
    angles = torch.linspace(0, 1, half)
    caches = {f"k{i}": torch.zeros(s.heads, s.head_size, t) for i in range(s.layers)}
    caches |= {f"v{i}": torch.zeros(s.heads, t, s.head_size) for i in range(s.layers)}
    return {
        "token": torch.zeros(s.token_size), "cos": angles.cos(), "sin": angles.sin(), "mask": torch.zeros(t), **caches
    }  # fmt: skip


def write_step(model: BankTransformer, path: Path) -> None:
    """Write the step as ONNX, its weights inside."""
    arguments = step_arguments(model)
    names = ["query", "attention", "k_new", "v_new"]
    write_graph(StepGraph(model), tuple(arguments.values()), path, input_names=list(arguments), output_names=names)


def write_items(model: BankTransformer, path: Path) -> None:
    """Write the item encoder as ONNX, for any number of items."""
    free = {"items": {0: torch.export.Dim("n", min=1)}}
    write_graph(
        ItemModule(model), (torch.zeros(3, model.shape.item_size),), path,
        input_names=["items"], output_names=["embeddings"], dynamic_shapes=free,
    )  # fmt: skip


def write_script(model: BankTransformer, path: Path) -> None:
    """Write the step as TorchScript, traced and frozen."""
    with torch.inference_mode():
        traced = torch.jit.trace(StepGraph(model).eval(), tuple(step_arguments(model).values()), check_trace=False)
        torch.jit.freeze(traced).save(str(path))


def write_vectors(model: BankTransformer, path: Path) -> None:
    """Write every weight that is no matrix; matrices are found by name in the graphs."""
    with path.open("wb") as file:
        np.savez(file, **{name: p.detach().numpy() for name, p in model.named_parameters() if p.ndim < 2})  # type: ignore[arg-type]


def quantise(source: Path, path: Path) -> None:
    """Write the layers' matrices with 8-bit weights; what makes the query stays as it is, a tenth of the whole."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    model = onnx.load(str(source))
    kept = [n.name for n in model.graph.node if n.op_type == "MatMul" and not n.input[1].startswith("layers.")]
    with _quiet():
        quantiser = MatMulNBitsQuantizer(
            model, bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=ACCURACY_LEVEL, nodes_to_exclude=kept
        )
        quantiser.process()
        onnx.save(quantiser.model.model, str(path))


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
        For a module that ONNX cannot say.
    """
    with _quiet():
        try:
            program = torch.onnx.export(module.eval(), arguments, dynamo=True, optimize=True, verbose=False, **options)
        except RuntimeError as error:  # its message fills pages
            text = str(error.__cause__ or error).strip().splitlines()[0]
            raise LivehostError(f"The network cannot be written as {path.name}: {text}.") from error
        if program is None:
            raise LivehostError(f"torch.onnx.export gave nothing for {path.name}.")
        program.save(str(path), external_data=False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporters' chatter (missing torchvision, every quantised node) off the screen."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
