"""Batches of mels: clips drawn by chance, changed a little, in unit scale and of one length."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.dsp.mel_contract import MelContract
from livehost.studio.audio.cache import Clip

#: Held-out sounds that a validation asks about, at most.
ASKED = 96
#: Of the changes: longest shift of the bands, largest change of tempo (log), largest cut of the level, latest start;
#: and the share of sounds that stay as they are.
_BANDS, _STRETCH, _SOFTER_DB, _LATE_FRAMES, _UNCHANGED = 1, 0.15, 3.0, 2, 0.5


class MelBatch(NamedTuple):
    """Mels in unit scale, and what they are.

    Attributes
    ----------
    mels : Tensor [n, bands, frames]
        What is behind the end of a sound is at the floor, 0.
    lengths : Tensor of int64 [n]
        Frames of each sound.
    clips : Tensor of int64 [n]
        Which clip each is.
    """

    mels: Tensor
    lengths: Tensor
    clips: Tensor


class MelSampler:
    """Draws batches by number.

    Parameters
    ----------
    clips : sequence of Clip
    contract : MelContract
    frames : int
        Of a mel; longer clips are cut.
    seed, rank : int
        All chance follows from them and the number of the batch.
    batch : int
        Clips of a batch.
    changed : bool
        Whether clips are shifted in pitch and time, stretched, and made softer.
    """

    def __init__(
        self, clips: Sequence[Clip], contract: MelContract, frames: int, seed: int, rank: int, batch: int,
        *, changed: bool = True,
    ) -> None:  # fmt: skip
        self.clips, self.contract, self.frames = clips, contract, frames
        self._seed, self._rank, self._size, self._changed = seed, rank, batch, changed

    def batch(self, number: int) -> MelBatch:
        """Draw a batch."""
        rng = np.random.default_rng([self._seed, self._rank, number])
        chosen = rng.integers(0, len(self.clips), self._size)
        mels = [self.clips[k].mel.astype(np.float32) for k in chosen]
        if self._changed:
            mels = [change(mel, self.contract, rng) for mel in mels]
        return collate(mels, self.contract, self.frames)._replace(clips=torch.from_numpy(chosen))


def collate(mels: Sequence[np.ndarray], contract: MelContract, frames: int) -> MelBatch:
    """Put mels in dB side by side, cut or filled up to a length."""
    units = np.zeros((len(mels), contract.bands, frames), np.float32)
    lengths = np.array([min(mel.shape[1], frames) for mel in mels])
    for unit, mel, length in zip(units, mels, lengths, strict=True):
        unit[:, :length] = contract.to_unit(mel[:, :length].astype(np.float32))
    return MelBatch(torch.from_numpy(units), torch.from_numpy(lengths), torch.arange(len(mels)))


def all_mels(clips: Sequence[Clip], contract: MelContract, frames: int) -> MelBatch:
    """Put the mels of clips side by side, unchanged."""
    return collate([clip.mel for clip in clips], contract, frames)


def some(clips: Sequence[Clip], most: int) -> list[Clip]:
    """Take so many clips by chance, the same each time."""
    return [clips[k] for k in np.random.default_rng(0).permutation(len(clips))[:most]]


def change(mel: np.ndarray, contract: MelContract, rng: np.random.Generator) -> np.ndarray:
    """Change a mel a little: pitch, tempo, level and when it begins; every other one stays as it is.

    Bands and frames are moved, left out and repeated as wholes: what lies between is smoother than sounds are.

    Parameters
    ----------
    mel : numpy.ndarray
        Float32 [bands, frames], dB.
    contract : MelContract
    rng : numpy.random.Generator

    Returns
    -------
    numpy.ndarray
        Float32 [bands, frames], about as long.
    """
    up, late = int(rng.integers(-_BANDS, _BANDS + 1)), int(rng.integers(0, _LATE_FRAMES + 1))
    faster, softer = np.exp(rng.uniform(-_STRETCH, _STRETCH)), rng.uniform(0, _SOFTER_DB)
    if rng.random() < _UNCHANGED:
        return mel
    frames = max(round(mel.shape[1] / faster), 1)
    moved = mel[:, np.minimum((np.arange(frames) * faster).astype(int), mel.shape[1] - 1)]
    around = ((max(up, 0), max(-up, 0)), (late, 0))
    padded = np.pad(moved - np.float32(softer), around, constant_values=contract.floor_db)
    bands = slice(max(-up, 0), max(-up, 0) + contract.bands)
    return np.maximum(padded[bands], np.float32(contract.floor_db))
