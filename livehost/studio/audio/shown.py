"""What models of sounds show of themselves while they are trained; see `livehost.studio.training.shown`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.dsp.griffin_lim import griffin_lim
from livehost.dsp.mel_contract import MelContract
from livehost.studio.audio.files import write_sound
from livehost.studio.audio.mel_picture import mel_picture

#: Held-out sounds that are shown, and iterations of Griffin-Lim: a preview.
COUNT, _ITERATIONS = 3, 16


class ShownSound:
    """A sound and the picture of its mel; see `Shown`.

    Parameters
    ----------
    name : str
    sound : numpy.ndarray
        Float32 [n]; louder than full scale it is made softer.
    mel_db : numpy.ndarray
        Float [bands, frames], dB.
    contract : MelContract
    """

    def __init__(self, name: str, sound: np.ndarray, mel_db: np.ndarray, contract: MelContract) -> None:
        self.name, self.rate = name, contract.rate
        self.sound = sound / max(float(np.abs(sound).max(initial=0.0)), 1.0)
        self.picture = mel_picture(mel_db, contract)

    def write(self, stem: Path) -> None:
        """See `Shown`."""
        from matplotlib.image import imsave

        write_sound(stem.with_name(f"{stem.name}.wav"), self.sound, self.rate)
        with atomic_write(stem.with_name(f"{stem.name}.png")) as new:
            imsave(new, self.picture, format="png")


def shown_sounds(sounds: Sequence[np.ndarray], contract: MelContract) -> list[ShownSound]:
    """Show sounds, float32 [n], numbered from 1."""
    return [ShownSound(str(number), sound, contract.analyse(sound), contract) for number, sound in enumerate(sounds, 1)]


def shown_mels(units: np.ndarray, contract: MelContract) -> list[ShownSound]:
    """Show mels [n, bands, frames] in unit scale by Griffin-Lim, numbered from 1."""
    mels = [contract.from_unit(unit) for unit in units]
    return [
        ShownSound(str(number), griffin_lim(mel, contract, iterations=_ITERATIONS), mel, contract)
        for number, mel in enumerate(mels, 1)
    ]
