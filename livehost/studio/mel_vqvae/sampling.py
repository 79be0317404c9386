"""Batches for a mel VQ-VAE: mels, and for the prior a sound that each is to be like: one of its neighbours."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.mel_summary import summary, summary_size
from livehost.studio.audio.batches import MelSampler
from livehost.studio.audio.cache import Clip

#: Neighbours of a sound, itself among them; and how often nothing is said of what it is to be like.
NEIGHBOURS, UNTOLD = 4, 0.3


class CodeBatch(NamedTuple):
    """Mels and conditions.

    Attributes
    ----------
    mels : Tensor [n, bands, frames]
        Unit scale.
    lengths : Tensor of int64 [n]
        Frames of each.
    conditions : Tensor [n, 2 · bands + 2]
        See `condition`.
    """

    mels: Tensor
    lengths: Tensor
    conditions: Tensor


def condition(mel_db: np.ndarray | None, contract: MelContract) -> np.ndarray:
    """Say what a sound is to be like: 1 and the summary of a mel, or zeros for nothing.

    Returns
    -------
    numpy.ndarray
        Float32 [2 · bands + 2].
    """
    if mel_db is None:
        return np.zeros(1 + summary_size(contract), np.float32)
    return np.concatenate([[1.0], summary(mel_db, contract)]).astype(np.float32)


class CodeSampler:
    """Draws batches by number.

    Parameters
    ----------
    sampler : MelSampler
    """

    def __init__(self, sampler: MelSampler) -> None:
        self._sampler = sampler
        conditions = conditions_of(sampler.clips, sampler.contract)
        self._near = torch.from_numpy(conditions[neighbours(conditions)])

    def batch(self, number: int) -> CodeBatch:
        """Draw a batch."""
        drawn = self._sampler.batch(number)
        chance = torch.Generator().manual_seed(number * 1_000_003 + int(drawn.clips.sum()))
        which = torch.randint(self._near.shape[1], drawn.clips.shape, generator=chance)
        told = torch.rand(len(which), generator=chance) >= UNTOLD
        return CodeBatch(drawn.mels, drawn.lengths, self._near[drawn.clips, which] * told[:, None])


def conditions_of(clips: Sequence[Clip], contract: MelContract) -> np.ndarray:
    """Give the conditions that ask for the like of each clip, float32 [clips, n]."""
    return np.stack([condition(clip.mel, contract) for clip in clips])


def neighbours(rows: np.ndarray, count: int = NEIGHBOURS) -> np.ndarray:
    """Find the rows nearest to each row, itself the first: int64 [rows, count], fewer where there are fewer."""
    squares = np.square(rows).sum(axis=1)
    far = squares[:, None] + squares - 2 * rows @ rows.T
    np.fill_diagonal(far, -np.inf)
    return np.argsort(far, axis=1, kind="stable")[:, :count]
