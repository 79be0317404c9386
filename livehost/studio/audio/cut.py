"""A sound file → clips to learn from: mono, trimmed, cut where long, at the same peak."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.measure import heard
from livehost.bank.slice import SLICE_LONGER_MS, linear, slices, take, trim
from livehost.dsp.onset.detector import detect

#: Peak of every clip: how loud a sound was recorded says nothing about what it is.
PEAK_DB = -1.0
#: Fade of a clip that is cut off while it sounds.
FADE_MS = 30.0
#: A long sound is taken in further clips while it is no softer than this below its peak.
GOES_ON_DB = -20.0
#: Slices softer than this below the loudest of their file are left out, and so are shorter ones.
QUIET_DB, SHORT_MS = -40.0, 20.0


@dataclass(frozen=True)
class Cuts:
    """Clips of one file.

    Attributes
    ----------
    clips : tuple of numpy.ndarray
        Float32 [n], mono, each with its peak at `PEAK_DB`; none where the file is left out.
    gains_db : tuple of float
        By which each was raised.
    reason : str
        Why the file is left out; "" where it is not.
    """

    clips: tuple[np.ndarray, ...]
    gains_db: tuple[float, ...]
    reason: str = ""


def cut_file(path: Path, rate: int, longest_s: float, *, whole_files: bool = False) -> Cuts:
    """Read a sound file, and cut it.

    A sound of more than a second is cut at its onsets, as a bank is. What is longer than a clip may be is taken in
    several clips, one after the other, as long as it sounds.

    Parameters
    ----------
    path : Path
    rate : int
        Of the clips, Hz.
    longest_s : float
        Of a clip.
    whole_files : bool
        Each file is one sound: it is not cut at its onsets, and only its beginning is taken.

    Returns
    -------
    Cuts
        Never raises for what is wrong with the file's content.

    Raises
    ------
    OSError
        Where it cannot be opened.
    """
    try:
        samples = heard(decode(path, rate).samples)[:, None]
        whole = trim(samples, rate)
    except UnusableSound as fault:
        return Cuts((), (), str(fault))
    parts = [whole]
    if not whole_files and (whole.stop - whole.start) * 1000 > SLICE_LONGER_MS * rate:
        parts = slices(whole, detect(samples[:, 0], rate, back_ms=30.0)["frame"], rate)
    sounds = [take(samples, part, rate)[:, 0] for part in parts]
    quiet = max(float(np.abs(sound).max()) for sound in sounds) * linear(QUIET_DB)
    shortest = round(SHORT_MS * rate / 1000)
    pieces = [
        piece
        for sound in sounds
        for piece in _pieces(sound, rate, round(longest_s * rate))[: 1 if whole_files else None]
        if len(piece) >= shortest and np.abs(piece).max() > quiet
    ]
    if not pieces:
        return Cuts((), (), f"is shorter than {SHORT_MS:g} ms")
    gains = [linear(PEAK_DB) / float(np.abs(piece).max()) for piece in pieces]
    clips = tuple((piece * np.float32(gain)).astype(np.float32) for piece, gain in zip(pieces, gains, strict=True))
    return Cuts(clips, tuple(float(20 * np.log10(gain)) for gain in gains))


def _pieces(sound: np.ndarray, rate: int, longest: int) -> list[np.ndarray]:
    """Take a sound in clips, one after the other, as long as it sounds."""
    fade = min(round(FADE_MS * rate / 1000), longest)
    loud = float(np.abs(sound).max()) * linear(GOES_ON_DB)
    found = []
    for begin in range(0, len(sound), longest):
        piece = sound[begin : begin + longest].copy()
        if begin and np.abs(piece).max() < loud:
            break
        if begin + longest < len(sound):
            piece[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
        found.append(piece)
    return found
