"""Writes generator and encoder of a GANSynth, and compares them with the networks."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from livehost.inference.gansynth_sounds import GanSynthExport
from livehost.inference.kinds.gansynth import ENCODER_FILE, GENERATOR_FILE, GanSynthManifest, to_tables
from livehost.studio.exporting.graphs import Graph, script_differences, script_file, write_graphs
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.gansynth.sounds import NetworkParts, shape_of
from livehost.studio.models.gansynth import GanSynth, TimbreEncoder, TimbreGenerator

#: Largest difference of a level (unit scale), a turn, a number of a code, or a logit.
_TOLERANCE = 1e-3


def graphs(network: GanSynth) -> tuple[Graph, Graph]:
    """List what is written."""
    notes, mels = _examples(network, {})
    return (
        Graph(GENERATOR_FILE, TimbreGenerator(network), dict(zip(("codes", "pitches", "noise"), notes, strict=True)),
              ("levels", "turns")),
        Graph(ENCODER_FILE, TimbreEncoder(network), {"mels": mels}, ("codes", "pitches")),
    )  # fmt: skip


def write_files(
    network: GanSynth,
    _checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write both; see `FamilyCode.write_files`."""
    files = write_graphs(graphs(network), folder, say, scripts=options["torchscript"])
    parts = NetworkParts("", network)
    tables = to_tables(parts.contract, parts.spectrum, shape_of(network.hyperparameters))
    return Written(model=GENERATOR_FILE, files=files, tables=tables)


def compare(
    network: GanSynth, checkpoint: Mapping[str, Any], manifest: GanSynthManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare notes, and what is heard in held-out mels, in every format; see `FamilyCode.compare`."""
    differences, export, parts = Differences(), GanSynthExport(manifest), NetworkParts(manifest.name, network)
    notes, mels = _examples(network, checkpoint)
    wanted = *parts.make(*(part.numpy() for part in notes)), *parts.hear(mels.numpy())
    found = *export.make(*(part.numpy() for part in notes)), *export.hear(mels.numpy())
    for name, a, b in zip(("levels", "turns", "codes", "pitches"), wanted, found, strict=True):
        differences.note(f"onnx_{name}", np.abs(a - b).max(), _TOLERANCE)
    if script_file(GENERATOR_FILE) in manifest.files:
        for name, far in script_differences(graphs(network), manifest.folder, (notes, (mels,))):
            differences.note(f"torchscript_{name}", far, _TOLERANCE)
    return differences


def _examples(network: GanSynth, checkpoint: Mapping[str, Any]) -> tuple[tuple[Tensor, ...], Tensor]:
    """Give codes, pitches and noise by chance, the same each time; and the checkpoint's mels, else some by chance."""
    h, spectrum = network.hyperparameters, network.generator.contract
    chance = torch.Generator().manual_seed(0)
    codes, noise = (torch.randn(2, *size, generator=chance) for size in ((h.latent,), (spectrum.bins, spectrum.frames)))
    pitches = torch.tensor([h.lowest + 0.3, float(h.highest)])
    mels: Tensor = checkpoint.get("probe", torch.rand(2, int(h.mel["bands"]), h.mel_frames, generator=chance))
    return (codes, pitches, noise), mels
