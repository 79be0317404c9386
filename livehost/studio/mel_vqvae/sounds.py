"""Opens a mel VQ-VAE: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.mel_vqvae import NAME, CodeShape
from livehost.inference.mel_vqvae_sounds import CodeExport, CodeSounds
from livehost.studio.audio.open_model import open_model


def open_sounds(path: Path | str) -> CodeSounds:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    sounds: CodeSounds = open_model(
        path,
        NAME,
        lambda manifest: CodeSounds(CodeExport(manifest)),
        lambda *known: CodeSounds(NetworkParts(*known)),
        ("torch", "vector_quantize_pytorch"),
    )
    return sounds


def shape_of(network: Any) -> CodeShape:
    """Give the sizes of a network."""
    h = network.hyperparameters
    rows, columns = h.grid
    return CodeShape(
        frames=h.frames, rows=rows, columns=columns, codes=h.codes, size=h.size, depth=h.prior_depth,
        width=h.prior_width,
    )  # fmt: skip


class NetworkParts:
    """A network in torch; see `livehost.inference.mel_vqvae_sounds.CodeParts`.

    Parameters
    ----------
    name : str
    network : MelVQVAE
    checkpoint : mapping
    """

    def __init__(self, name: str, network: Any, checkpoint: Mapping[str, Any]) -> None:
        self.name, self.contract, self.shape = name, MelContract.from_table(checkpoint["mel"]), shape_of(network)
        self.codebook: np.ndarray = network.codec.codebook.detach().numpy()
        self._network = network

    def encode(self, units: np.ndarray) -> np.ndarray:
        """See `CodeParts`."""
        return self._run(self._network.codec.encode, units)[0]

    def decode(self, grid: np.ndarray) -> np.ndarray:
        """See `CodeParts`."""
        return self._run(self._network.codec.decode, grid)[0]

    def step(self, *arrays: np.ndarray) -> list[np.ndarray]:
        """See `CodeParts`."""
        return self._run(self._network.prior.step, *arrays)

    def _run(self, part: Any, *arrays: np.ndarray) -> list[np.ndarray]:
        import torch

        with torch.inference_mode():
            found = part(*map(torch.from_numpy, arrays))
        return [tensor.numpy() for tensor in (found if isinstance(found, tuple) else (found,))]
