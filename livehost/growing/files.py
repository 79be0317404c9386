"""The folder of a grown bank: looked at, written sound by sound, and its sounds measured again."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from livehost.atomic_file import atomic_write, why_not
from livehost.bank.decode import UnusableSound, decode
from livehost.bank.layout import Bank
from livehost.bank.measure import FeatureExtractor, amplified
from livehost.bank.scan import ENDINGS
from livehost.bank.slice import attack
from livehost.errors import LivehostError
from livehost.growing.record import Record, read_record


def look(folder: Path) -> Record | None:
    """Look at a folder that is to be written: give the growth that was begun in it, None where there is none.

    Raises
    ------
    LivehostError
        Where it holds sounds that were not grown, or is no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise LivehostError(f"{folder} is a file, but a bank is a folder: give another name.", 2)
    kept = read_record(folder)
    if kept is None and folder.is_dir() and any(path.suffix.lower() in ENDINGS for path in folder.iterdir()):
        raise LivehostError(f"{folder} holds sounds already, and was not grown: give a folder that is new.", 2)
    return kept


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Make a sentence of a folder that cannot be written."""
    try:
        yield
    except OSError as error:
        raise LivehostError(
            f"{folder} cannot be written: {why_not(error)}. What is there is whole; the same command goes on from it."
        ) from error


def remove_parts(folder: Path) -> None:
    """Remove what a growth that was killed was writing; see `livehost.atomic_file.atomic_write`."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)


def measure_file(path: Path, meter: FeatureExtractor) -> np.ndarray | None:
    """Measure a sound that was grown before: float32 [SEGMENT_SIZE]; None where it has gone, or is no sound now."""
    try:
        sound = decode(path, meter.rate).samples
        measures = meter.measure(sound, attack(sound, meter.rate))
    except (UnusableSound, OSError):
        return None
    return amplified(measures.features, measures.level.gain)


def take_originals(bank: Bank, folder: Path) -> list[str]:
    """Put the files of a bank into another one's folder, as links where the file system has them, else as copies.

    Returns
    -------
    list of str
        Their names, relative to either folder.

    Raises
    ------
    OSError
        Where they cannot be written.
    """
    for name in bank.source_names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            continue
        try:
            os.link(os.path.realpath(bank.directory / name), place)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
                raise
            with atomic_write(place) as new:
                shutil.copyfile(bank.directory / name, new)
    return list(bank.source_names)
