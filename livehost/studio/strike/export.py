"""Writes the files of an export of an ear for strokes, and compares them with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.inference.kinds.strike import StrikeManifest, tensors, to_tables
from livehost.inference.manifest import SCRIPT_FILE, STEP_FILE
from livehost.inference.onnx_graph import OnnxGraph
from livehost.inference.torchscript import load_script
from livehost.studio.exporting.onnx import round_to_half, store_halves, write_graph, write_script
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.models.strike import StrikeGraph, StrikeNet
from livehost.studio.strike.sounds import RANGES

#: How much sizes (m), positions and probabilities may differ by weights of half precision.
_ROUNDED = 0.02


def write_files(
    network: StrikeNet,
    _checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write the graph, and what else is asked for; see `FamilyCode.write_files`."""
    h = network.hyperparameters
    inputs, outputs = tensors(h.frames, len(h.shapes))
    graph, arguments, files = StrikeGraph(round_to_half(network)), tuple(map(torch.ones, inputs.values())), [STEP_FILE]
    say("Writing ONNX …")
    write_graph(graph, arguments, folder / STEP_FILE, input_names=list(inputs), output_names=list(outputs))
    store_halves(folder / STEP_FILE)
    if options["torchscript"]:
        say("Writing TorchScript …")
        write_script(graph, arguments, folder / SCRIPT_FILE)
        files.append(SCRIPT_FILE)
    tables = to_tables(list(h.shapes), RANGES.size_m, RANGES.strike_r, frames=h.frames)
    return Written(model=STEP_FILE, files=tuple(files), tables=tables)


def compare(
    network: StrikeNet, checkpoint: Mapping[str, Any], manifest: StrikeManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare what every format says of held-out windows; see `FamilyCode.compare`."""
    differences = Differences()
    sound = checkpoint["probe"]
    graph, rounded = StrikeGraph(network).eval(), StrikeGraph(round_to_half(network)).eval()
    onnx = OnnxGraph(manifest.folder / STEP_FILE, manifest.inputs, manifest.outputs)
    formats: dict[str, Callable[[torch.Tensor], Any]] = {"onnx": lambda row: onnx(row.numpy())}
    if SCRIPT_FILE in manifest.files:
        formats["torchscript"] = load_script(manifest.folder / SCRIPT_FILE)
    with torch.inference_mode():
        for row in sound.split(1):
            exact, expected = graph(row), rounded(row)
            for wanted, found in zip(exact, expected, strict=True):
                differences.note("half_precision", float((found - wanted).abs().max()), _ROUNDED)
            for name, run in formats.items():
                for wanted, found in zip(expected, run(row), strict=True):
                    differences.note(name, np.abs(np.asarray(found) - wanted.numpy()).max())
    return differences
