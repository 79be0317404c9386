"""A sound file in any format, at any rate, with any channels → float32 mono or stereo at the engine's rate."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from livehost.bank.arrays import join

#: Rates that a file may claim, in Hz; outside, its header is broken.
RATES = (1_000, 768_000)
BLOCK_FRAMES = 1 << 16


class UnusableSound(Exception):  # noqa: N818  it is the sound that is at fault, and the message says how
    """Why one file is left out of the bank: the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Decoded:
    """Float32 [frames, 1 or 2] at the engine's rate, and what the file was."""

    samples: np.ndarray
    rate: int
    channels: int
    frames: int


def to_stereo(block: np.ndarray) -> np.ndarray:
    """Mix many channels down to two: channels 1, 3, 5 … averaged to the left, 2, 4, 6 … to the right.

    Parameters
    ----------
    block : numpy.ndarray
        Float32 [frames, channels].

    Returns
    -------
    numpy.ndarray
        The block itself where it has one or two channels, else float32 [frames, 2].
    """
    if block.shape[1] <= 2:
        return block
    return np.stack([block[:, 0::2].mean(axis=1), block[:, 1::2].mean(axis=1)], axis=1)


def decode(path: Path | str, rate: int) -> Decoded:
    """Read a whole sound file.

    It is read in blocks, so that no more than the result is ever in memory. Resampling is soxr's HQ (20 bit).

    Parameters
    ----------
    path : path
        File that libsndfile reads.
    rate : int
        Rate wanted, in Hz.

    Returns
    -------
    Decoded

    Raises
    ------
    UnusableSound
        If it is empty, broken, cut off, or holds NaN or Inf.
    OSError
        If it cannot be opened at all.
    """
    with open(path, "rb") as file:  # noqa: PTH123  libsndfile says "system error" where this says which
        if not file.read(1):
            raise UnusableSound("is empty (0 bytes)")
    try:
        # bytes: names need not be UTF-8, except on Windows, where they are UTF-16
        with soundfile.SoundFile(os.fspath(path) if os.name == "nt" else os.fsencode(path)) as sound:
            return _read(sound, rate)
    except soundfile.LibsndfileError as error:
        raise UnusableSound(f"is broken or no sound file ({error.error_string.rstrip('.')})") from error


def _read(sound: soundfile.SoundFile, rate: int) -> Decoded:
    if not RATES[0] <= sound.samplerate <= RATES[1]:
        raise UnusableSound(f"claims a rate of {sound.samplerate} Hz")
    channels = min(sound.channels, 2)
    resample = (
        None
        if sound.samplerate == rate
        else soxr.ResampleStream(sound.samplerate, rate, channels, dtype="float32", quality="HQ")
    )
    parts: list[np.ndarray] = []
    frames = 0
    ended = False
    while not ended:
        block = sound.read(BLOCK_FRAMES, dtype="float32", always_2d=True)
        ended = len(block) < BLOCK_FRAMES
        frames += len(block)
        if not np.isfinite(block.sum(dtype=np.float64)):
            raise UnusableSound("holds NaN or Inf instead of sound")
        block = to_stereo(block)
        parts.append(block if resample is None else resample.resample_chunk(np.ascontiguousarray(block), last=ended))
    if frames == 0:
        raise UnusableSound("holds no sound (0 frames)")
    if frames < sound.frames and sound.format not in ("MP3", "OGG"):  # these only estimate their length
        raise UnusableSound(f"is cut off: {frames} of {sound.frames} frames can be read")
    return Decoded(join(parts), sound.samplerate, sound.channels, frames)
