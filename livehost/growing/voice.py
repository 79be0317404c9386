"""What makes sound of mels: Griffin-Lim."""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.griffin_lim import ITERATIONS
from livehost.dsp.mel_contract import MelContract
from livehost.studio.audio.files import sound_of


@dataclass(frozen=True)
class GriffinLim:
    """Makes sound without a network.

    Parameters
    ----------
    contract : MelContract
    """

    contract: MelContract
    name = "Griffin-Lim"

    def sound(self, mel_db: np.ndarray, seed: int) -> np.ndarray:
        """Make the sound of a mel, float [bands, frames] in dB: float32 [n]."""
        return sound_of(mel_db, self.contract, ITERATIONS, seed)
