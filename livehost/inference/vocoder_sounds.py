"""Sounds of mels by a vocoder: at once, or as they come in. No torch: an export is run by ONNX Runtime.

What runs the network is a `VocoderParts`; an export is one, and so is a network in torch
(`livehost.studio.vocoder.sounds`).
"""

from pathlib import Path
from typing import Protocol

import numpy as np

from livehost.dsp.griffin_lim import first_phases, sound_of
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.vocoder import NAME, Pieces, VocoderManifest
from livehost.inference.onnx_graph import OnnxGraph

#: Frames of which a long sound is made at once, besides what they hang on.
AT_ONCE = 1024


class VocoderParts(Protocol):
    """What makes sounds of mels, and what it is made for."""

    name: str
    contract: MelContract
    pieces: Pieces

    def run(self, units: np.ndarray) -> np.ndarray:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        ...


class VocoderExport:
    """An export, run by ONNX Runtime; see `VocoderParts`.

    Parameters
    ----------
    manifest : VocoderManifest

    Raises
    ------
    LivehostError
        Where it cannot be run, or has other tensors.
    """

    def __init__(self, manifest: VocoderManifest) -> None:
        self.name, self.contract, self.pieces = manifest.name, manifest.mel, manifest.pieces
        c, pieces = manifest.mel, manifest.pieces
        bins = c.fft_samples // 2 + 1
        gives = {"log_magnitudes": (None, None, bins)} if pieces.rounds else {"sound": (None, None)}
        self._graph = OnnxGraph(manifest.folder / manifest.model, {"mels": (None, c.bands, None)}, gives)

    def given(self, units: np.ndarray) -> np.ndarray:
        """Run the graph: sounds, or log magnitudes."""
        found: np.ndarray = self._graph(units)[0]
        return found

    def run(self, units: np.ndarray) -> np.ndarray:
        """See `VocoderParts`."""
        found, pieces = self.given(units), self.pieces
        if not pieces.rounds:
            return found
        first = first_phases(self.contract)[np.arange(units.shape[2]) % pieces.period]
        magnitudes = np.exp(found)
        return np.stack([
            sound_of(one, one * first, self.contract, pieces.rounds, pieces.soft) for one in magnitudes
        ])  # fmt: skip


class Vocoder:
    """Makes sounds of mels.

    Parameters
    ----------
    parts : VocoderParts

    Attributes
    ----------
    look_ahead_frames : int
        That a stream is behind what it is given.
    """

    def __init__(self, parts: VocoderParts) -> None:
        self.parts, self.contract, self.name = parts, parts.contract, parts.name
        self.look_ahead_frames = parts.pieces.reach

    @property
    def look_ahead_s(self) -> float:
        """The same in seconds."""
        return self.look_ahead_frames * self.contract.frame_s

    def sound(self, mel_db: np.ndarray) -> np.ndarray:
        """Make the sound of a mel, a long one piece by piece.

        Parameters
        ----------
        mel_db : numpy.ndarray
            Float [bands, frames], dB, of this vocoder's contract.

        Returns
        -------
        numpy.ndarray
            Float32 [frames · hop], mono.
        """
        stream = self.stream()
        parts = [stream.push(mel_db[:, at : at + AT_ONCE]) for at in range(0, mel_db.shape[1], AT_ONCE)]
        return np.concatenate([*parts, stream.finish()])

    def stream(self) -> "VocoderStream":
        """Begin a sound whose mel comes in pieces."""
        return VocoderStream(self)

    def run(self, units: np.ndarray) -> np.ndarray:
        """Give the sound [frames · hop] of a mel [bands, frames] in unit scale.

        Raises
        ------
        LivehostError
            Where it is not finite.
        """
        bands, frames = units.shape
        padded = np.zeros((1, bands, max(frames, self.parts.pieces.fewest)), np.float32)
        padded[0, :, :frames] = units
        sound = self.parts.run(padded)[0, : frames * self.contract.hop_samples]
        if not np.isfinite(sound).all():
            raise LivehostError(f"The vocoder {self.name} gives numbers that are not finite.")
        return sound


class VocoderStream:
    """A sound in the making: the same samples as at once, to rounding, however its mel is cut.

    Parameters
    ----------
    vocoder : Vocoder
    """

    def __init__(self, vocoder: Vocoder) -> None:
        self._vocoder, self._pieces = vocoder, vocoder.parts.pieces
        self._kept = np.zeros((vocoder.contract.bands, 0), np.float32)
        self._first = self._done = 0  # frame of the first that is kept, and of the first that is not sounded

    def push(self, mel_db: np.ndarray) -> np.ndarray:
        """Take in frames [bands, any] in dB, and give the samples of those that hang on nothing to come."""
        units = self._vocoder.contract.to_unit(np.asarray(mel_db, np.float32))
        self._kept = np.concatenate([self._kept, units], axis=1)
        return self._until(self._first + self._kept.shape[1] - self._pieces.reach)

    def finish(self) -> np.ndarray:
        """Give the rest of the samples: nothing comes any more."""
        return self._until(self._first + self._kept.shape[1])

    def _until(self, end: int) -> np.ndarray:
        """Make the frames up to one."""
        if end <= self._done:
            return np.zeros(0, np.float32)
        period, hop = self._pieces.period, self._vocoder.contract.hop_samples
        begin = max((self._done - self._pieces.reach) // period * period, 0)
        self._kept, self._first = self._kept[:, begin - self._first :], begin
        sound = self._vocoder.run(self._kept)[(self._done - begin) * hop : (end - begin) * hop]
        self._done = end
        return sound


def open_vocoder(name_or_path: Path | str) -> Vocoder:
    """Open an export of a vocoder, by name or folder.

    Raises
    ------
    LivehostError
        Where there is none, or it cannot be run.
    """
    return Vocoder(VocoderExport(read_manifest(find_export(name_or_path), NAME)))
