"""Batches of sounds, cut out of clips by chance."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.studio.audio.cache import Clip

#: Share of the crops that begin where their sound does; those that are made softer, and most by which.
_ATTACKS, _SOFTER, _SOFTER_DB = 0.5, 0.5, 15.0
#: Samples over which a crop is faded where its sound was cut.
_FADE = 64


class SoundBatch(NamedTuple):
    """Sounds of one length.

    Attributes
    ----------
    samples : Tensor [n, samples]
        What is behind the end of a sound is 0.
    """

    samples: Tensor


class CropSampler:
    """Draws batches by number.

    Parameters
    ----------
    clips : sequence of Clip
    samples : int
        Of a crop.
    seed, rank : int
        All chance follows from them and the number of the batch.
    batch : int
        Crops of a batch.
    """

    def __init__(self, clips: Sequence[Clip], samples: int, seed: int, rank: int, batch: int) -> None:
        self.clips, self.samples = clips, samples
        self._seed, self._rank, self._size = seed, rank, batch

    def batch(self, number: int) -> SoundBatch:
        """Draw a batch."""
        rng = np.random.default_rng([self._seed, self._rank, number])
        crops = [self._crop(self.clips[k].audio(), rng) for k in rng.integers(0, len(self.clips), self._size)]
        return SoundBatch(torch.from_numpy(np.stack(crops)))

    def _crop(self, sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Cut a piece out, fade it where the sound went on, and perhaps make it softer."""
        spare = max(len(sound) - self.samples, 0)
        begin = 0 if rng.random() < _ATTACKS else int(rng.integers(0, spare + 1))
        crop = np.zeros(self.samples, np.float32)
        piece = sound[begin : begin + self.samples]
        crop[: len(piece)] = piece
        ramp = np.linspace(0, 1, _FADE, dtype=np.float32)
        if begin:
            crop[:_FADE] *= ramp
        if begin < spare:
            crop[-_FADE:] *= ramp[::-1]
        softer = rng.uniform(0, _SOFTER_DB) * (rng.random() < _SOFTER)
        return crop * np.float32(10 ** (-softer / 20))
