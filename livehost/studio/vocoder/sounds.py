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
    vocoder: Vocoder = open_model(
        path, NAME, lambda manifest: Vocoder(VocoderExport(manifest)), lambda *known: Vocoder(NetworkParts(*known))
    )
    return vocoder


def pieces_of(generator: Any) -> Pieces:
    """Say how a generator makes sounds piece by piece."""
    g = generator
    return Pieces(reach=g.reach, period=g.period, fewest=g.fewest, rounds=g.rounds, soft=g.soft)


class NetworkParts:
    """A network in torch; see `livehost.inference.vocoder_sounds.VocoderParts`.

    Parameters
    ----------
    name : str
    network : Vocoder
        See `livehost.studio.models.vocoder`.
    checkpoint : mapping
    """

    def __init__(self, name: str, network: Any, checkpoint: Mapping[str, Any]) -> None:
        self.name, self.contract = name, MelContract.from_table(checkpoint["mel"])
        self.pieces, self._generator = pieces_of(network.generator), network.generator

    def run(self, units: np.ndarray) -> np.ndarray:
        """See `VocoderParts`."""
        import torch

        with torch.inference_mode():
            sound: np.ndarray = self._generator(torch.from_numpy(units)).numpy()
        return sound
