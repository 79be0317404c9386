"""What makes the sound of a mel: Griffin-Lim, or a vocoder. No torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from livehost.dsp.griffin_lim import ITERATIONS, griffin_lim
from livehost.dsp.mel_contract import MelContract
from livehost.inference.vocoder_sounds import Vocoder
from livehost.studio.audio.files import finished


class Voice(Protocol):
    """Makes sounds of mels."""

    @property
    def name(self) -> str:
        """What it is called in sentences."""
        ...

    def sound(self, mel_db: np.ndarray, seed: int) -> np.ndarray:
        """Make the sound of a mel, float [bands, frames] in dB: float32 [n], see `files.finished`."""
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

    def sound(self, mel_db: np.ndarray, seed: int) -> np.ndarray:
        """See `Voice`."""
        made = griffin_lim(mel_db, self.contract, iterations=self.iterations, seed=seed)
        return finished(made, self.contract.rate)


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

    def sound(self, mel_db: np.ndarray, seed: int) -> np.ndarray:  # noqa: ARG002  it leaves nothing to chance
        """See `Voice`."""
        return finished(self.vocoder.sound(mel_db), self.vocoder.contract.rate)


def voice_of(model: str, contract: MelContract, vocoder: Path | str | None, iterations: int = ITERATIONS) -> Voice:
    """Choose what makes the sounds of a model's mels.

    Parameters
    ----------
    model : str
        Its name.
    contract : MelContract
        Of its mels.
    vocoder : path or str, optional
        Export (folder, or name), or checkpoint; none: Griffin-Lim.
    iterations : int
        Of Griffin-Lim.

    Raises
    ------
    LivehostError
        Where there is no such vocoder, or it reads other mels: says what differs.
    """
    if vocoder is None:
        return GriffinLim(contract, iterations)
    from livehost.studio.vocoder.sounds import open_sounds

    opened = open_sounds(vocoder)
    opened.contract.require(contract, opened.name, model)
    return VocoderVoice(opened)
