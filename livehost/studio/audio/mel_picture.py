"""Pictures of mels."""

import numpy as np

from livehost.dsp.mel_contract import MelContract

#: Loudest of a mel in pictures, dB; the softest is the contract's floor.
_LOUDEST_DB = 0.0


def mel_picture(mel_db: np.ndarray, contract: MelContract) -> np.ndarray:
    """Give the colours of a mel [bands, frames] in dB, low bands below: float [bands, frames, 3], 0 … 1."""
    from matplotlib import colormaps

    share = (mel_db[::-1] - contract.floor_db) / (_LOUDEST_DB - contract.floor_db)
    colours: np.ndarray = colormaps["magma"](np.clip(share, 0.0, 1.0))[..., :3]
    return colours
