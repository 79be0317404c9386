"""A model of several graphs, each of which takes any number of examples: written as ONNX and TorchScript, compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from livehost.inference.torchscript import load_script
from livehost.studio.exporting.onnx import write_graph, write_script


@dataclass(frozen=True)
class Graph:
    """One file of an export.

    Attributes
    ----------
    file : str
        Its name, ending in .onnx.
    module : nn.Module
        What is written.
    inputs : mapping of str to Tensor
        Name → example of two rows; the first dimension of each is free, but that of one with one number.
    outputs : tuple of str
    lengths : mapping of str to (int, int)
        Input → a further dimension that is free, and the smallest size that it takes.
    """

    file: str
    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def script_file(file: str) -> str:
    """Name the TorchScript file beside an ONNX file."""
    return f"{Path(file).stem}.ts"


def write_graphs(
    graphs: Sequence[Graph], folder: Path, say: Callable[[str], None], *, scripts: bool
) -> tuple[str, ...]:
    """Write graphs as ONNX, and if wanted as TorchScript; gives the names of the files."""
    files = []
    for graph in graphs:
        say(f"Writing {graph.file} …")
        shapes = tuple(_free(graph, name) for name in graph.inputs)
        arguments = tuple(graph.inputs.values())
        write_graph(
            graph.module, arguments, folder / graph.file, input_names=list(graph.inputs),
            output_names=list(graph.outputs), dynamic_shapes=shapes,
        )  # fmt: skip
        files.append(graph.file)
        if scripts:
            write_script(graph.module, arguments, folder / script_file(graph.file))
            files.append(script_file(graph.file))
    return tuple(files)


def _free(graph: Graph, name: str) -> dict[int, Any] | None:
    """Say which dimensions of an input are free, as torch.export has it."""
    if graph.inputs[name].shape == (1,):
        return None
    free = {0: torch.export.Dim("n", min=1)}
    if name in graph.lengths:
        dimension, least = graph.lengths[name]
        free[dimension] = torch.export.Dim("length", min=least)
    return free


def script_differences(
    graphs: Sequence[Graph], folder: Path, arguments: Sequence[tuple[Tensor, ...]]
) -> Iterator[tuple[str, float]]:
    """Give how far each output of each TorchScript file is from its module's, by name.

    It is the largest difference, or of whole numbers the share that differs.

    Parameters
    ----------
    graphs : sequence of Graph
    folder : Path
        Of the files.
    arguments : sequence of tuple of Tensor
        What each graph is called with.
    """
    for graph, given in zip(graphs, arguments, strict=True):
        module = load_script(folder / script_file(graph.file))
        with torch.inference_mode():
            pairs = zip(graph.outputs, _listed(graph.module.eval()(*given)), _listed(module(*given)), strict=True)
            yield from ((name, _far(a, b)) for name, a, b in pairs)


def _far(a: Tensor, b: Tensor) -> float:
    return float((a - b).abs().max()) if a.is_floating_point() else float((a != b).float().mean())


def _listed(outputs: Tensor | tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    return (outputs,) if isinstance(outputs, Tensor) else outputs
