"""Opens a mel VAE: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.extras import require
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.mel_vae import NAME
from livehost.inference.mel_vae_sounds import VAEExport, VAESounds


def open_sounds(path: Path | str) -> VAESounds:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    file = Path(path).expanduser()
    if file.suffix != ".pt":
        return VAESounds(VAEExport(read_manifest(find_export(path), NAME)))
    require("A checkpoint of a mel VAE", "torch")
    from livehost.studio.families import FAMILIES
    from livehost.studio.training.checkpoint import load_checkpoint, network

    checkpoint = load_checkpoint(file, FAMILIES[NAME])
    return VAESounds(NetworkParts(file.parent.name, network(checkpoint).eval(), checkpoint))


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
