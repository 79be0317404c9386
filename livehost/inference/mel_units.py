"""Mels as networks take them: side by side, in unit scale, of one length."""

from collections.abc import Sequence

import numpy as np

from livehost.dsp.mel_contract import MelContract


def to_units(mels: Sequence[np.ndarray], contract: MelContract, frames: int) -> np.ndarray:
    """Put mels [bands, any] in dB side by side, cut or filled up: float32 [n, bands, frames], unit scale."""
    units = np.zeros((len(mels), contract.bands, frames), np.float32)
    for unit, mel in zip(units, mels, strict=True):
        length = min(mel.shape[1], frames)
        unit[:, :length] = contract.to_unit(np.asarray(mel[:, :length], np.float32))
    return units


def from_units(units: np.ndarray, contract: MelContract) -> np.ndarray:
    """Give the dB of what a network wrote, float32, between the floor and what a sound of full scale can have."""
    return np.minimum(contract.from_unit(units), np.float32(6.0)).astype(np.float32)
