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
#: Of the changes: longest shift of the bands, largest change of tempo (log), largest cut of the level, latest start.
_BANDS, _STRETCH, _SOFTER_DB, _LATE_FRAMES = 1.5, 0.15, 6.0, 2


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
    """Change a mel a little: its pitch, its tempo, its level and when it begins.

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
    up, faster = rng.uniform(-_BANDS, _BANDS), np.exp(rng.uniform(-_STRETCH, _STRETCH))
    frames = max(round(mel.shape[1] / faster), 1)
    rows = np.arange(contract.bands) - up
    columns = np.arange(frames) * faster
    moved = _at(_at(mel, rows, 0, contract.floor_db), columns, 1, contract.floor_db)
    softer = np.maximum(moved - rng.uniform(0, _SOFTER_DB), contract.floor_db)
    late = int(rng.integers(0, _LATE_FRAMES + 1))
    return np.pad(softer, ((0, 0), (late, 0)), constant_values=contract.floor_db)


def _at(values: np.ndarray, places: np.ndarray, axis: int, outside: float) -> np.ndarray:
    """Read between the rows or columns of an array, linearly."""
    padded = np.pad(values, [(1, 2) if k == axis else (0, 0) for k in (0, 1)], constant_values=outside)
    places = np.clip(places + 1, 0, values.shape[axis] + 1)
    below = places.astype(int)
    share = (places - below).astype(np.float32)
    share = share[:, None] if axis == 0 else share
    return np.take(padded, below, axis) * (1 - share) + np.take(padded, below + 1, axis) * share
