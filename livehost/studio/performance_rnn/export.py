"""Writes the files of a performance RNN's export, and compares them with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.inference.kinds.performance_rnn import PerformanceManifest, to_tables
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE, STEP_FILE, play_file
from livehost.inference.ort_python import PythonBackend
from livehost.inference.recurrent_state import RecurrentShape
from livehost.inference.recurrent_stepper import RecurrentStepper
from livehost.inference.torchscript import ScriptBackend
from livehost.performance import condition, vocabulary
from livehost.studio.exporting.onnx import quantise, write_graph, write_script
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.models.performance_rnn import EMPTY, PerformanceRNN, StepGraph

#: Steps of the comparison, more than an attention window has; and of those, how many are of held-out music.
STEPS = 600
#: What 8-bit weights may cost: nats per event, on the probe.
INT8_NATS = 0.02


def shape_of(network: PerformanceRNN) -> RecurrentShape:
    """Give the sizes of a network's step."""
    h = network.hyperparameters
    return RecurrentShape(
        layers=h.layers, hidden=h.width, condition=condition.SIZE, events=vocabulary.SIZE, window=h.window,
        size=h.size if h.window else 0,
    )  # fmt: skip


def write_files(
    network: PerformanceRNN,
    _checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write the step, with weights of 8 or 32 bits, and what else is asked for; see `FamilyCode.write_files`."""
    shape = shape_of(network)
    arguments = {name: torch.zeros(size) for name, size in shape.inputs().items()}
    if shape.attentive:
        arguments["bias"][:-1] = EMPTY
    step, files = StepGraph(network), []
    say("Writing ONNX …")
    write_graph(
        step, tuple(arguments.values()), folder / STEP_FILE, input_names=list(shape.inputs()),
        output_names=list(shape.outputs()),
    )  # fmt: skip
    if options["float32"]:
        files.append(STEP_FILE)
    else:
        say("Writing 8-bit weights …")
        quantise(folder / STEP_FILE, folder / INT8_FILE, lambda _name: True)
        (folder / STEP_FILE).unlink()
        files.append(INT8_FILE)
    if options["torchscript"]:
        say("Writing TorchScript …")
        write_script(step, tuple(arguments.values()), folder / SCRIPT_FILE)
        files.append(SCRIPT_FILE)
    return Written(model=files[0], files=tuple(files), tables=to_tables(shape))


def compare(
    network: PerformanceRNN, checkpoint: Mapping[str, Any], manifest: PerformanceManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare whole sequences with steps in every format; see `FamilyCode.compare`.

    Float formats must give the same logits; with 8-bit weights, the events of the probe may cost `INT8_NATS` more.
    """
    differences = Differences()
    events, sources, conditions, targets = _probe(checkpoint)
    with torch.inference_mode():
        whole = network(events[None], sources[None], conditions[None])[0][0].numpy()
    for file in manifest.files:
        played = play_file(manifest, file) if file != SCRIPT_FILE else manifest
        backend = ScriptBackend(manifest) if file == SCRIPT_FILE else PythonBackend(played, "cpu")
        stepper = RecurrentStepper(manifest.shape, backend)
        try:
            steps = np.stack([
                stepper.step(int(e), int(s), c.numpy()) for e, s, c in zip(events, sources, conditions, strict=True)
            ])  # fmt: skip
        finally:
            stepper.close()
        if file == INT8_FILE:
            differences.note("int8_nats", _nats(steps, targets) - _nats(whole, targets), INT8_NATS)
            differences.state("int8_logits", np.abs(steps - whole).max())
        else:
            differences.note("torchscript" if file == SCRIPT_FILE else "onnx", np.abs(steps - whole).max(), 1e-3)
    return differences


def _probe(checkpoint: Mapping[str, Any]) -> list[torch.Tensor]:
    """Give what is compared with: the checkpoint's held-out events, else events by chance."""
    if "probe" in checkpoint:
        rows = checkpoint["probe"][:STEPS]
        return [rows[:, 0].long(), rows[:, 1].long(), rows[:, 3:].float(), rows[:, 2].long()]
    chance = torch.Generator().manual_seed(0)
    events, targets = (torch.randint(vocabulary.SIZE, (STEPS,), generator=chance) for _ in range(2))
    sources = torch.randint(2, (STEPS,), generator=chance)
    return [events, sources, torch.rand(STEPS, condition.SIZE, generator=chance), targets]


def _nats(logits: np.ndarray, targets: torch.Tensor) -> float:
    """Compute the mean of -log p of the targets that there are."""
    scores = torch.from_numpy(np.ascontiguousarray(logits))
    return float(torch.nn.functional.cross_entropy(scores, targets, ignore_index=-1))
