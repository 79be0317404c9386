"""Sounds of mels by a vocoder: at once, or as they come in. No torch: an export is run by ONNX Runtime.

What runs the network is a `VocoderParts`; an export is one, and so is a network in torch
(`livehost.studio.vocoder.sounds`).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from livehost.dsp.griffin_lim import sound_of
from livehost.dsp.mel_contract import MelContract
from livehost.dsp.phases import PhaseStream
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.vocoder import NAME, Pieces, VocoderManifest
from livehost.inference.onnx_graph import OnnxGraph

#: Frames of which a long sound is made at once, besides what they hang on.
AT_ONCE = 1024


class VocoderParts(Protocol):
    """A network, and what it is made for."""

    name: str
    contract: MelContract
    pieces: Pieces

    def given(self, units: np.ndarray) -> np.ndarray:
        """Run it on mels [n, bands, frames] in unit scale: see `livehost.inference.kinds.vocoder`."""
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
        gives = {"frames": (None, None, 3, bins)} if pieces.rounds else {"sound": (None, None)}
        self._graph = OnnxGraph(manifest.folder / manifest.model, {"mels": (None, c.bands, None)}, gives)

    def given(self, units: np.ndarray) -> np.ndarray:
        """See `VocoderParts`."""
        found: np.ndarray = self._graph(units)[0]
        return found


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
        self.look_ahead_frames = sum(stage.late for stage in self.stages())

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
        return np.concatenate([np.zeros(0, np.float32), *self.pieces(mel_db)])

    def pieces(self, mel_db: np.ndarray) -> Iterator[np.ndarray]:
        """Make a sound as `sound` does, piece by piece: one for each `AT_ONCE` frames, or what is left of them."""
        stream, frames = self.stream(), mel_db.shape[1]
        for at in range(0, frames, AT_ONCE):
            yield stream.push(mel_db[:, at : at + AT_ONCE], last=at + AT_ONCE >= frames)

    def stream(self) -> "VocoderStream":
        """Begin a sound whose mel comes in pieces."""
        return VocoderStream(self)

    def stages(self) -> list["Stage"]:
        """Make what rows of a mel go through on their way to rows of samples."""
        c, pieces = self.contract, self.parts.pieces
        network = Overlapping(self._network, pieces.reach, c.bands)
        if not pieces.rounds:
            return [network]
        overlap = c.fft_samples // c.hop_samples
        late = (overlap - 1) * pieces.rounds + -(-overlap // 2)
        return [network, PhaseStream(c), Overlapping(self._rounds, late, c.fft_samples // 2 + 1, np.complex64)]

    def _network(self, rows: np.ndarray) -> np.ndarray:
        """Give rows of log magnitudes and steps, or of samples, of rows of a mel in unit scale."""
        padded = np.zeros((1, rows.shape[1], max(len(rows), self.parts.pieces.fewest)), np.float32)
        padded[0, :, : len(rows)] = rows.T
        given = self.parts.given(padded)[0]
        return given.reshape(padded.shape[2], -1)[: len(rows)]

    def _rounds(self, spectrum: np.ndarray) -> np.ndarray:
        """Give rows of samples of rows of a spectrum."""
        pieces = self.parts.pieces
        sound = sound_of(np.abs(spectrum), spectrum, self.contract, pieces.rounds, pieces.soft)
        return sound.reshape(len(spectrum), -1)


class Stage(Protocol):
    """What rows go through: as many come out as go in, some of them later."""

    late: int

    def push(self, rows: np.ndarray, last: bool = False) -> np.ndarray:
        """Take rows in, and give those that hang on nothing to come; with the last ones, all."""
        ...


class Overlapping:
    """Makes each row out of those around it; see `Stage`.

    Parameters
    ----------
    make : callable
        Rows [n, size] → rows [n, any].
    reach : int
        Rows on either side of one that it hangs on.
    size : int
    dtype : numpy type
    """

    def __init__(
        self, make: Callable[[np.ndarray], np.ndarray], reach: int, size: int, dtype: type = np.float32
    ) -> None:
        self._make, self.late = make, reach
        self._kept: np.ndarray = np.zeros((0, size), dtype)
        self._done = 0  # of those that are kept

    def push(self, rows: np.ndarray, last: bool = False) -> np.ndarray:
        """See `Stage`."""
        if len(rows):
            self._kept = np.concatenate([self._kept, rows])
        end = len(self._kept) - (0 if last else self.late)
        if end <= self._done:
            return np.zeros((0, 0), np.float32)
        made = self._make(self._kept)[self._done : end]
        left = max(end - self.late, 0)
        self._kept, self._done = self._kept[left:], end - left
        return made


class VocoderStream:
    """A sound in the making: the same samples as at once, to rounding, however its mel is cut.

    Parameters
    ----------
    vocoder : Vocoder
    """

    def __init__(self, vocoder: Vocoder) -> None:
        self._vocoder, self._stages = vocoder, vocoder.stages()

    def push(self, mel_db: np.ndarray, last: bool = False) -> np.ndarray:
        """Take in frames [bands, any] in dB.

        Parameters
        ----------
        mel_db : numpy.ndarray
            Float [bands, any], dB.
        last : bool
            Whether nothing comes any more.

        Returns
        -------
        numpy.ndarray
            Float32, the samples of the frames that hang on nothing to come.

        Raises
        ------
        LivehostError
            Where they are not finite.
        """
        rows = self._vocoder.contract.to_unit(np.asarray(mel_db, np.float32)).T
        for stage in self._stages:
            rows = stage.push(rows, last)
        sound: np.ndarray = rows.reshape(-1)
        if not np.isfinite(sound).all():
            raise LivehostError(f"The vocoder {self._vocoder.name} gives numbers that are not finite.")
        return sound


def open_vocoder(name_or_path: Path | str) -> Vocoder:
    """Open an export of a vocoder, by name or folder.

    Raises
    ------
    LivehostError
        Where there is none, or it cannot be run.
    """
    return Vocoder(VocoderExport(read_manifest(find_export(name_or_path), NAME)))
