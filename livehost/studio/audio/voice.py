"""What makes the sound of what a model gives: Griffin-Lim or a vocoder of a mel, or nothing more. No torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from livehost.dsp.griffin_lim import ITERATIONS, griffin_lim
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.vocoder import NAME
from livehost.inference.sound_model import SoundModel
from livehost.inference.vocoder_sounds import Vocoder
from livehost.studio.audio.files import finished

#: The vocoder that makes sounds where none is asked for, and what is asked for to have none.
SHIPPED, GRIFFIN_LIM = "vocoder", "griffin-lim"


class Voice(Protocol):
    """Makes sounds of mels, or of what is one already."""

    @property
    def name(self) -> str:
        """What it is called in sentences."""
        ...

    def sound(self, made: np.ndarray, seed: int) -> np.ndarray:
        """Make the sound of a mel, float [bands, frames] in dB, or of samples: float32 [n], see `files.finished`."""
        ...

    def loudest_db(self, made: np.ndarray) -> float:
        """Tell the level of its loudest frame, or sample, dB."""
        ...


@dataclass(frozen=True)
class GriffinLim:
    """Makes sound without a network.

    Parameters
    ----------
    contract : MelContract
    iterations : int
    """

    contract: MelContract
    iterations: int = ITERATIONS
    name = "Griffin-Lim"

    def sound(self, made: np.ndarray, seed: int) -> np.ndarray:
        """See `Voice`."""
        return finished(griffin_lim(made, self.contract, iterations=self.iterations, seed=seed), self.contract.rate)

    def loudest_db(self, made: np.ndarray) -> float:
        """See `Voice`."""
        return _loudest_frame_db(made)


@dataclass(frozen=True)
class VocoderVoice:
    """Makes sound by a vocoder.

    Parameters
    ----------
    vocoder : Vocoder
    """

    vocoder: Vocoder

    @property
    def name(self) -> str:
        """Name of the vocoder."""
        return self.vocoder.name

    def sound(self, made: np.ndarray, seed: int) -> np.ndarray:  # noqa: ARG002  it leaves nothing to chance
        """See `Voice`."""
        return finished(self.vocoder.sound(made), self.vocoder.contract.rate)

    def loudest_db(self, made: np.ndarray) -> float:
        """See `Voice`."""
        return _loudest_frame_db(made)


@dataclass(frozen=True)
class OwnVoice:
    """Leaves what a model has played as it is.

    Parameters
    ----------
    rate : int
        Hz.
    """

    rate: int
    name = "its own phases"

    def sound(self, made: np.ndarray, seed: int) -> np.ndarray:  # noqa: ARG002
        """See `Voice`."""
        return finished(made, self.rate)

    def loudest_db(self, made: np.ndarray) -> float:
        """See `Voice`."""
        return float(20 * np.log10(np.abs(made).max(initial=0) + 1e-9))


def _loudest_frame_db(mel_db: np.ndarray) -> float:
    return float(10 * np.log10(np.sum(10.0 ** (mel_db.astype(np.float64) / 10), axis=0)).max())


def voice_for(model: SoundModel, vocoder: Path | str | None) -> Voice:
    """Choose what makes the sounds of a model: nothing more where it plays itself, else see `voice_of`.

    Raises
    ------
    LivehostError
        As `voice_of`, and where a vocoder is given that has nothing to do.
    """
    if not model.plays:
        return voice_of(model.name, model.contract, vocoder)
    if vocoder is not None:
        raise LivehostError(f"{model.name} plays its sounds itself: --vocoder is for models that make mels.", 2)
    return OwnVoice(model.contract.rate)


def voice_of(model: str, contract: MelContract, vocoder: Path | str | None, iterations: int = ITERATIONS) -> Voice:
    """Choose what makes the sounds of a model's mels.

    Parameters
    ----------
    model : str
        Its name.
    contract : MelContract
        Of its mels.
    vocoder : path or str, optional
        Export (folder, or name), checkpoint, or `GRIFFIN_LIM`; none: the shipped one where it reads these mels.
    iterations : int
        Of Griffin-Lim.

    Raises
    ------
    LivehostError
        Where there is no such vocoder, or it reads other mels: says what differs.
    """
    if vocoder is None:
        vocoder = SHIPPED if _shipped_reads(contract) else GRIFFIN_LIM
    if str(vocoder) == GRIFFIN_LIM:
        return GriffinLim(contract, iterations)
    from livehost.studio.vocoder.sounds import open_sounds

    opened = open_sounds(vocoder)
    opened.contract.require(contract, opened.name, model)
    return VocoderVoice(opened)


def _shipped_reads(contract: MelContract) -> bool:
    """Tell whether there is a shipped vocoder, and it reads such mels."""
    try:
        return bool(read_manifest(find_export(SHIPPED), NAME).mel == contract)
    except LivehostError:
        return False
