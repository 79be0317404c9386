"""Opens a vocoder: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.vocoder import NAME, Pieces
from livehost.inference.vocoder_sounds import Vocoder, VocoderExport
from livehost.studio.audio.open_model import open_model


def open_sounds(path: Path | str) -> Vocoder:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    vocoder: Vocoder = open_model(path, NAME, lambda manifest: Vocoder(VocoderExport(manifest)), _of_checkpoint)
    return vocoder


def _of_checkpoint(name: str, network: Any, checkpoint: Mapping[str, Any]) -> Vocoder:
    """Make sounds by the network of a checkpoint."""
    return Vocoder(NetworkParts(name, network, MelContract.from_table(checkpoint["mel"])))


def pieces_of(generator: Any) -> Pieces:
    """Say how a generator makes sounds piece by piece."""
    g = generator
    return Pieces(reach=g.reach, fewest=g.fewest, rounds=g.rounds, soft=g.soft)


class NetworkParts:
    """A network in torch; see `livehost.inference.vocoder_sounds.VocoderParts`.

    Parameters
    ----------
    name : str
    network : Vocoder
        See `livehost.studio.models.vocoder`; not in training.
    contract : MelContract
    """

    def __init__(self, name: str, network: Any, contract: MelContract) -> None:
        self.name, self.contract = name, contract
        self.pieces, self._graph = pieces_of(network.generator), network.generator.graph()[0]

    def given(self, units: np.ndarray) -> np.ndarray:
        """See `VocoderParts`."""
        import torch

        device = next(self._graph.parameters()).device
        with torch.inference_mode():
            found: np.ndarray = self._graph(torch.from_numpy(units).to(device)).cpu().numpy()
        return found
