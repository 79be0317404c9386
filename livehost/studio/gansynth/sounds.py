"""Opens a GANSynth: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.inference.gansynth_sounds import GanSynthExport, NoteSounds
from livehost.inference.kinds.gansynth import NAME, NoteShape
from livehost.studio.audio.open_model import open_model


def open_sounds(path: Path | str) -> NoteSounds:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    sounds: NoteSounds = open_model(
        path, NAME, lambda manifest: NoteSounds(GanSynthExport(manifest)),
        lambda name, network, _: NoteSounds(NetworkParts(name, network)),
    )  # fmt: skip
    return sounds


def shape_of(hyperparameters: Any) -> NoteShape:
    """Say how large a network is."""
    h = hyperparameters
    return NoteShape(latent=h.latent, mel_frames=h.mel_frames, lowest=h.lowest, highest=h.highest)


class NetworkParts:
    """Networks in torch; see `livehost.inference.gansynth_sounds.NoteParts`.

    Parameters
    ----------
    name : str
    network : GanSynth
        In evaluation.
    """

    def __init__(self, name: str, network: Any) -> None:
        h: Any = network.hyperparameters
        contracts: tuple[Mapping[str, Any], Mapping[str, Any]] = (h.mel, h.spectrum)
        self.name, self._network, self.shape = name, network, shape_of(h)
        self.contract, self.spectrum = MelContract.from_table(contracts[0]), SpectrumContract.from_table(contracts[1])

    def make(self, codes: np.ndarray, pitches: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        import torch

        with torch.inference_mode():
            levels, turns = self._network.generator(*(torch.from_numpy(part) for part in (codes, pitches, noise)))
        return levels.numpy(), turns.numpy()

    def hear(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        import torch

        with torch.inference_mode():
            mean, _, logits = self._network.encoder(torch.from_numpy(units))
        return mean.numpy(), logits.numpy()
