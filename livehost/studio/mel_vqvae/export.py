"""Writes the files of a mel VQ-VAE's export, and compares them with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.mel_vqvae import (
    CODEBOOK_FILE,
    DECODER_FILE,
    ENCODER_FILE,
    PRIOR_FILE,
    MelVQVAEManifest,
    to_tables,
)
from livehost.inference.mel_vqvae_sounds import CodeExport
from livehost.studio.exporting.graphs import Graph, script_differences, script_file, write_graphs
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.mel_vqvae.sounds import shape_of
from livehost.studio.models.code_prior import StepGraph
from livehost.studio.models.mel_vqvae import DecoderGraph, EncoderGraph, MelVQVAE

#: Share of the codes that may differ between formats: where two rows of the codebook are equally near, to the last bit.
_TIES = 0.002


def graphs(network: MelVQVAE) -> tuple[Graph, Graph, Graph]:
    """List what is written."""
    h = network.hyperparameters
    rows, columns = h.grid
    kept = torch.zeros(2, h.prior_depth, rows * columns, h.prior_width)
    step = {
        "token": torch.zeros(2, dtype=torch.int64), "place": torch.zeros(1, dtype=torch.int64),
        "condition": torch.zeros(2, 2 * h.bands + 2), "keys": kept, "values": kept.clone(),
    }  # fmt: skip
    return (
        Graph(ENCODER_FILE, EncoderGraph(network.codec), {"mels": torch.zeros(2, h.bands, h.frames)}, ("codes",)),
        Graph(DECODER_FILE, DecoderGraph(network.codec), {"grid": torch.zeros(2, h.size, rows, columns)}, ("mels",)),
        Graph(PRIOR_FILE, StepGraph(network.prior), step, ("logits", "key", "value")),
    )


def write_files(
    network: MelVQVAE,
    checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write encoder, codebook, decoder and a step of the prior; see `FamilyCode.write_files`."""
    files = write_graphs(graphs(network), folder, say, scripts=options["torchscript"])
    np.save(folder / CODEBOOK_FILE, network.codec.codebook.detach().numpy())
    tables = to_tables(MelContract.from_table(checkpoint["mel"]), shape_of(network))
    return Written(model=DECODER_FILE, files=(*files, CODEBOOK_FILE), tables=tables)


def compare(
    network: MelVQVAE, checkpoint: Mapping[str, Any], manifest: MelVQVAEManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare codes, mels and logits of held-out sounds in every format; see `FamilyCode.compare`."""
    differences, export = Differences(), CodeExport(manifest)
    mels, conditions = _probe(checkpoint, network)
    with torch.inference_mode():
        codes = network.codec.encode(mels)
        grid = network.codec.embed(codes)
        again, logits = network.codec.decode(grid), network.prior(codes.transpose(1, 2), conditions)
    differences.note("onnx_codes", float((export.encode(mels.numpy()) != codes.numpy()).mean()), _TIES)
    differences.note("onnx_mels", abs(again.numpy() - export.decode(grid.numpy())).max(), 1e-3)
    tokens, shape = codes.transpose(1, 2).flatten(1).numpy(), manifest.shape
    keys, values = (np.zeros((len(mels), shape.depth, shape.steps, shape.width), np.float32) for _ in range(2))
    token = np.full(len(mels), shape.codes)
    for place in range(shape.steps):
        found, key, value = export.step(token, np.array([place]), conditions.numpy(), keys, values)
        differences.note("onnx_logits", abs(found - logits[:, place].numpy()).max(), 1e-3)
        keys[:, :, place], values[:, :, place], token = key, value, tokens[:, place]
    if script_file(DECODER_FILE) in manifest.files:
        step = (
            torch.from_numpy(token), torch.tensor([shape.steps - 1]), conditions, *map(torch.from_numpy, (keys, values))
        )  # fmt: skip
        for name, far in script_differences(graphs(network), manifest.folder, ((mels,), (grid,), step)):
            differences.note(f"torchscript_{name}", far, _TIES if name == "codes" else 1e-3)
    return differences


def _probe(checkpoint: Mapping[str, Any], network: MelVQVAE) -> tuple[torch.Tensor, torch.Tensor]:
    """Give mels and conditions that are compared with: the checkpoint's held-out ones, else some by chance."""
    h = network.hyperparameters
    if {"probe", "conditions"} <= set(checkpoint):
        return checkpoint["probe"], checkpoint["conditions"]
    chance = torch.Generator().manual_seed(0)
    return torch.rand(4, h.bands, h.frames, generator=chance), torch.rand(4, 2 * h.bands + 2, generator=chance)
