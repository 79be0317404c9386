"""Opens a GANSynth: an export, or a checkpoint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.gansynth_sounds import GanSynthExport, NoteSounds
from livehost.inference.kinds.gansynth import NAME, NoteShape
from livehost.studio.audio.open_model import open_model

#: Of the weights that nothing was learnt with.
_SEED = 1


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


def open_untrained(path: Path | str) -> NoteSounds:
    """Make a network with random weights, of the sizes of an export or a checkpoint.

    Raises
    ------
    LivehostError
        As `open_sounds`, and where an export is of sizes that this version's network cannot have.
    """
    import torch

    from livehost.studio.families import FAMILIES
    from livehost.studio.training.checkpoint import load_checkpoint

    family, file = FAMILIES[NAME], Path(path).expanduser()
    kept = load_checkpoint(file, family) if file.suffix == ".pt" else vars(read_manifest(find_export(path), NAME))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        try:
            network = family.code().network(kept["hyperparameters"])
        except (TypeError, ValueError) as error:
            raise LivehostError(f"{path} does not say of which sizes its network is: {error}.") from error
    return NoteSounds(NetworkParts("untrained", network.eval()))


def play_network(network: Any, pitches: np.ndarray) -> list[np.ndarray]:
    """Play notes of codes by chance, the same chance each time; the network comes back in the mode in which it came."""
    from livehost.studio.models.mode import in_evaluation

    sounds, rng = NoteSounds(NetworkParts("the network", network)), np.random.default_rng(0)
    pitches = pitches.clip(sounds.shape.lowest, sounds.shape.highest)
    with in_evaluation(network):
        return sounds.play(sounds.timbres(len(pitches), rng), pitches, rng)


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
        from livehost.studio.models.gansynth import TimbreEncoder, TimbreGenerator

        h: Any = network.hyperparameters
        contracts: tuple[Mapping[str, Any], Mapping[str, Any]] = (h.mel, h.spectrum)
        self.name, self.shape = name, shape_of(h)
        self._generator, self._encoder = TimbreGenerator(network), TimbreEncoder(network)
        self.contract, self.spectrum = MelContract.from_table(contracts[0]), SpectrumContract.from_table(contracts[1])

    def make(self, codes: np.ndarray, pitches: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        import torch

        with torch.inference_mode():
            made = self._generator(*self._moved(codes, pitches, noise))
        levels, turns = (part.cpu().numpy() for part in made)
        return levels, turns

    def hear(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        import torch

        with torch.inference_mode():
            timbres, logits = self._encoder(*self._moved(units))
        return timbres.cpu().numpy(), logits.cpu().numpy()

    def _moved(self, *parts: np.ndarray) -> list[Any]:
        """Take arrays to where the network is."""
        import torch

        device = next(self._encoder.parameters()).device
        return [torch.from_numpy(part).to(device) for part in parts]
