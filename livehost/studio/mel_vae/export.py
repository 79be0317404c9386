"""Writes the files of a mel VAE's export, and compares them with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.mel_vae import DECODER_FILE, ENCODER_FILE, MelVAEManifest, to_tables
from livehost.inference.mel_vae_sounds import VAEExport
from livehost.studio.exporting.graphs import Graph, script_file, write_graphs
from livehost.studio.exporting.graphs import script_differences as in_script
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.models.mel_vae import DecoderGraph, EncoderGraph, MelVAE


def graphs(network: MelVAE) -> tuple[Graph, Graph]:
    """List what is written."""
    h = network.hyperparameters
    mels, codes = torch.zeros(2, h.bands, h.frames), torch.zeros(2, h.latent)
    return (
        Graph(ENCODER_FILE, EncoderGraph(network), {"mels": mels}, ("mean", "log_variance")),
        Graph(DECODER_FILE, DecoderGraph(network), {"codes": codes}, ("mels",)),
    )


def write_files(
    network: MelVAE,
    checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write encoder and decoder; see `FamilyCode.write_files`."""
    files = write_graphs(graphs(network), folder, say, scripts=options["torchscript"])
    h = network.hyperparameters
    tables = to_tables(MelContract.from_table(checkpoint["mel"]), h.frames, h.latent)
    return Written(model=DECODER_FILE, files=files, tables=tables)


def compare(
    network: MelVAE, checkpoint: Mapping[str, Any], manifest: MelVAEManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare codes and mels of held-out sounds in every format; see `FamilyCode.compare`."""
    differences, export = Differences(), VAEExport(manifest)
    mels = probe(checkpoint, network.hyperparameters.bands, network.hyperparameters.frames)
    with torch.inference_mode():
        wanted = network.encode(mels)
        again = network.decode(wanted[0])
    found = export.encode(mels.numpy())
    for name, a, b in zip(("mean", "log_variance"), wanted, found, strict=True):
        differences.note(f"onnx_{name}", abs(a.numpy() - b).max(), 1e-3)
    differences.note("onnx_mels", abs(again.numpy() - export.decode(wanted[0].numpy())).max(), 1e-3)
    if script_file(DECODER_FILE) in manifest.files:
        for name, value in in_script(graphs(network), manifest.folder, ((mels,), (wanted[0],))):
            differences.note(f"torchscript_{name}", value, 1e-3)
    return differences


def probe(checkpoint: Mapping[str, Any], bands: int, frames: int) -> torch.Tensor:
    """Give mels that are compared with: the checkpoint's held-out ones, else mels by chance."""
    if "probe" in checkpoint:
        kept: torch.Tensor = checkpoint["probe"]
        return kept
    return torch.rand(4, bands, frames, generator=torch.Generator().manual_seed(0))
