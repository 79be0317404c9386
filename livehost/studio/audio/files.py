"""Sound files of one sound each: read as mels, and written from mels or samples."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile

from livehost.atomic_file import atomic_write, why_not
from livehost.bank.decode import UnusableSound, decode
from livehost.bank.measure import heard
from livehost.bank.scan import why
from livehost.bank.slice import linear, take, trim
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.cut import FADE_MS, PEAK_DB


def read_mel(path: Path, contract: MelContract) -> np.ndarray:
    """Read a sound as a model is shown it: float32 [bands, frames], dB; raises as `read_sound`."""
    return contract.analyse(read_sound(path, contract.rate))


def read_sound(path: Path, rate: int) -> np.ndarray:
    """Read a sound as models learn from it: mono, trimmed, at the peak that all have.

    Returns
    -------
    numpy.ndarray
        Float32 [n].

    Raises
    ------
    LivehostError
        Where it cannot be read, or is silent.
    """
    try:
        samples = heard(decode(path, rate).samples)[:, None]
        sound = take(samples, trim(samples, rate), rate)[:, 0]
    except UnusableSound as fault:
        raise LivehostError(f"{path} {fault}.", 2) from fault
    except OSError as error:
        raise LivehostError(f"{path} {why(error)}.", 2) from error
    loud: np.ndarray = sound * np.float32(linear(PEAK_DB) / np.abs(sound).max())
    return loud


def finished(sound: np.ndarray, rate: int) -> np.ndarray:
    """Fade a sound out at its end, and bring it to `PEAK_DB`: float32 [n]."""
    fade = min(round(FADE_MS * rate / 1000), len(sound))
    faded = sound.astype(np.float32)
    faded[len(faded) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    peak = float(np.abs(faded).max(initial=0))
    return faded * np.float32(linear(PEAK_DB) / peak) if peak else faded


def write_sound(path: Path, sound: np.ndarray, rate: int) -> None:
    """Write a sound, float32 [n], as a WAV file of 24 bits, atomically.

    Raises
    ------
    OSError
        Where it cannot be.
    """
    memory = io.BytesIO()  # libsndfile says of a full disk no more than "System error"
    soundfile.write(memory, sound, rate, format="WAV", subtype="PCM_24")
    with atomic_write(path) as new:
        new.write_bytes(memory.getbuffer())


@contextmanager
def writing(out: Path, paths: Sequence[Path], what: str = "sounds") -> Iterator[None]:
    """Make sentences of sounds that cannot be written: where one of the paths is a folder, and where `OSError` says so.

    Parameters
    ----------
    out : Path
        As it was asked for.
    paths : sequence of Path
    what : str
        They are.
    """
    for path in paths:
        if path.is_dir():
            raise LivehostError(f"{path} is a folder; give the name of a file.", 2)
    try:
        yield
    except OSError as error:
        raise LivehostError(f"The {what} cannot be written to {out}: {why_not(error)}.") from error


def write_sounds(
    mels: Sequence[np.ndarray],
    contract: MelContract,
    out: Path,
    sound: Callable[[np.ndarray, int], np.ndarray],
    seed: int = 0,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[Path]:
    """Write mels as sounds: one as the file that is named, several into a folder, numbered from 1.

    Parameters
    ----------
    mels : sequence of numpy.ndarray
        Float [bands, frames], dB.
    contract : MelContract
    out : Path
    sound : callable
        Mel and seed → its samples, such as `Voice.sound`.
    seed : int
    progress : callable, optional
        Gets (done, total, name).

    Returns
    -------
    list of Path
        24-bit WAV files.

    Raises
    ------
    LivehostError
        Where they cannot be written.
    """
    one = len(mels) == 1 and out.suffix
    digits = len(str(len(mels)))
    paths = [out] if one else [out / f"{out.name}-{number:0{digits}d}.wav" for number in range(1, len(mels) + 1)]
    with writing(out, paths):
        for number, (path, mel) in enumerate(zip(paths, mels, strict=True)):
            write_sound(path, sound(mel, seed + number), contract.rate)
            if progress is not None:
                progress(number + 1, len(mels), path.name)
    return paths
