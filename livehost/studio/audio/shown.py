"""What models of sounds show of themselves while they are trained; see `livehost.studio.training.shown`."""

from collections.abc import Sequence

import numpy as np

from livehost.dsp.griffin_lim import griffin_lim
from livehost.dsp.mel_contract import MelContract
from livehost.studio.training.shown import Shown

#: Held-out sounds that are shown, and iterations of Griffin-Lim: a preview.
COUNT, _ITERATIONS = 3, 16


def shown_sounds(sounds: Sequence[np.ndarray], contract: MelContract) -> list[Shown]:
    """Show sounds, float32 [n], numbered from 1."""
    return [Shown(str(number), sound, contract.rate, contract.analyse(sound)) for number, sound in enumerate(sounds, 1)]


def shown_mels(units: np.ndarray, contract: MelContract) -> list[Shown]:
    """Show mels [n, bands, frames] in unit scale by Griffin-Lim, numbered from 1."""
    mels = [contract.from_unit(unit) for unit in units]
    return [
        Shown(str(number), griffin_lim(mel, contract, iterations=_ITERATIONS), contract.rate, mel)
        for number, mel in enumerate(mels, 1)
    ]
