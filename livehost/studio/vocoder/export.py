"""Writes the generator of a vocoder, and compares it with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.vocoder import MODEL_FILE, VocoderManifest, to_tables
from livehost.inference.vocoder_sounds import Vocoder as Sounding
from livehost.inference.vocoder_sounds import VocoderExport
from livehost.studio.exporting.graphs import Graph, script_differences, script_file, write_graphs
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.models.vocoder import Vocoder
from livehost.studio.vocoder.losses import stft_distance
from livehost.studio.vocoder.sounds import pieces_of

#: Largest difference of what the graph gives (a sample, or a log magnitude), and STFT distance of sounds after all
#: rounds, in which rounding grows.
_TOLERANCE, _AFTER_ROUNDS = 1e-3, 0.15


def graphs(network: Vocoder) -> tuple[Graph]:
    """List what is written."""
    generator = network.generator
    module, output = generator.graph()
    frames = max(8, 2 * generator.fewest)
    mels = torch.rand(2, generator.contract.bands, frames, generator=torch.Generator().manual_seed(0))
    return (Graph(MODEL_FILE, module.eval(), {"mels": mels}, (output,), lengths={"mels": (2, generator.fewest)}),)


def write_files(
    network: Vocoder,
    checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write the generator; see `FamilyCode.write_files`."""
    files = write_graphs(graphs(network), folder, say, scripts=options["torchscript"])
    tables = to_tables(MelContract.from_table(checkpoint["mel"]), pieces_of(network.generator))
    return Written(model=MODEL_FILE, files=files, tables=tables)


def compare(
    network: Vocoder, checkpoint: Mapping[str, Any], manifest: VocoderManifest, _options: Mapping[str, Any]
) -> Differences:
    """Compare the sounds of held-out mels of two lengths in every format; see `FamilyCode.compare`."""
    differences, export = Differences(), VocoderExport(manifest)
    (graph,) = graphs(network)
    for mels in _probes(checkpoint, network):
        with torch.inference_mode():
            given, sound = graph.module(mels), network(mels)
        name = graph.outputs[0]
        differences.note(f"onnx_{name}", abs(given.numpy() - export.given(mels.numpy())).max(), _TOLERANCE)
        if manifest.pieces.rounds:
            made = np.stack([Sounding(export).sound(manifest.mel.from_unit(mel)) for mel in mels.numpy()])
            apart = stft_distance(torch.from_numpy(made), sound, manifest.mel.floor_db)
            differences.note("onnx_sound", float(apart.max()), _AFTER_ROUNDS)
        if script_file(MODEL_FILE) in manifest.files:
            for what, far in script_differences((graph,), manifest.folder, ((mels,),)):
                differences.note(f"torchscript_{what}", far, _TOLERANCE)
    return differences


def _probes(checkpoint: Mapping[str, Any], network: Vocoder) -> tuple[torch.Tensor, torch.Tensor]:
    """Give mels that are compared with: the checkpoint's held-out ones, else mels by chance; and a part of them."""
    bands = network.generator.contract.bands
    whole = checkpoint.get("probe", torch.rand(2, bands, 32, generator=torch.Generator().manual_seed(1)))
    return whole, whole[:1, :, : max(whole.shape[2] // 2, network.generator.fewest)].contiguous()
