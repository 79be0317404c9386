"""Opens a mel VAE: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.mel_vae import NAME
from livehost.inference.mel_vae_sounds import VAEExport, VAESounds
from livehost.studio.audio.open_model import open_model


def open_sounds(path: Path | str) -> VAESounds:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    sounds: VAESounds = open_model(
        path, NAME, lambda manifest: VAESounds(VAEExport(manifest)), lambda *known: VAESounds(NetworkParts(*known))
    )
    return sounds


class NetworkParts:
    """A network in torch; see `livehost.inference.mel_vae_sounds.VAEParts`.

    Parameters
    ----------
    name : str
    network : MelVAE
    checkpoint : mapping
    """

    def __init__(self, name: str, network: Any, checkpoint: Mapping[str, Any]) -> None:
        self.name, self.contract = name, MelContract.from_table(checkpoint["mel"])
        self.frames, self.latent = network.hyperparameters.frames, network.hyperparameters.latent
        self._network = network

    def encode(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `VAEParts`."""
        import torch

        with torch.inference_mode():
            mean, log_variance = self._network.encode(torch.from_numpy(units))
        return mean.numpy(), log_variance.numpy()

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """See `VAEParts`."""
        import torch

        with torch.inference_mode():
            mels: np.ndarray = self._network.decode(torch.from_numpy(codes)).numpy()
        return mels
