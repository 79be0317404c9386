"""Batches of notes: levels and turns, the mel that the encoder hears, and the pitch."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract, analyse
from livehost.studio.audio.cache import Clip

#: Notes whose spectra are kept in memory, as float16: 0.2 MB each by the usual contract.
_KEPT = 2000


class NoteBatch(NamedTuple):
    """Notes.

    Attributes
    ----------
    levels, turns : Tensor [n, bins, frames]
        In unit scale, and half turns; the first frame turns as the second does: with which phase a note begins is
        chance.
    mels : Tensor [n, bands, mel_frames]
        In unit scale.
    pitches : Tensor [n]
        MIDI.
    noise : Tensor [2, n, bins, frames]
        Standard normal, for two notes of each pitch that the generator makes.
    """

    levels: Tensor
    turns: Tensor
    mels: Tensor
    pitches: Tensor
    noise: Tensor


class NoteReader:
    """Reads notes of clips.

    Parameters
    ----------
    mel : MelContract
    spectrum : SpectrumContract
    mel_frames : int
    pitches : mapping of str to float
        Name of a clip → MIDI pitch.
    """

    def __init__(
        self, mel: MelContract, spectrum: SpectrumContract, mel_frames: int, pitches: Mapping[str, float]
    ) -> None:
        self._mel, self._spectrum, self._mel_frames, self._pitches = mel, spectrum, mel_frames, pitches
        self._kept = dict[str, tuple[np.ndarray, np.ndarray]]()

    def read(self, clips: Sequence[Clip], rng: np.random.Generator) -> NoteBatch:
        """Read some; what lies behind the end of a sound is at the floor."""
        s, count = self._spectrum, len(clips)
        levels, turns = np.zeros((2, count, s.bins, s.frames), np.float32)
        mels = np.zeros((count, self._mel.bands, self._mel_frames), np.float32)
        for number, clip in enumerate(clips):
            level, turn = self._analysed(clip)
            levels[number, :, : level.shape[1]] = level
            turns[number, :, : turn.shape[1]] = turn
            mel = self._mel.to_unit(clip.mel[:, : self._mel_frames].astype(np.float32))
            mels[number, :, : mel.shape[1]] = mel
        pitches = np.array([self._pitches[clip.name] for clip in clips], np.float32)
        noise = rng.standard_normal((2, *levels.shape), np.float32)
        return NoteBatch(*(torch.from_numpy(part) for part in (levels, turns, mels, pitches, noise)))

    def _analysed(self, clip: Clip) -> tuple[np.ndarray, np.ndarray]:
        """Give levels in unit scale and turns of a clip, float16 [bins, frames]."""
        if clip.name in self._kept:
            return self._kept[clip.name]
        level, turn = analyse(clip.audio()[: self._spectrum.samples], self._spectrum)
        turn[:, :1] = turn[:, 1:2]
        made = self._spectrum.to_unit(level).astype(np.float16), turn.astype(np.float16)
        if len(self._kept) < _KEPT:
            self._kept[clip.name] = made
        return made


class NoteSampler:
    """Draws batches by number.

    Parameters
    ----------
    clips : sequence of Clip
    reader : NoteReader
    seed, rank : int
        All chance follows from them and the number of the batch.
    batch : int
        Notes of a batch.
    """

    def __init__(self, clips: Sequence[Clip], reader: NoteReader, seed: int, rank: int, batch: int) -> None:
        self.clips, self._reader, self._seed, self._rank, self._size = clips, reader, seed, rank, batch

    def batch(self, number: int) -> NoteBatch:
        """Draw a batch."""
        rng = np.random.default_rng([self._seed, self._rank, number])
        return self._reader.read([self.clips[k] for k in rng.integers(0, len(self.clips), self._size)], rng)
