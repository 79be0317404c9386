"""Atomic writes: a file is written beside its place and renamed on success; and files that are new."""

import errno
import io
import itertools
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from livehost.errors import LivehostError


@contextmanager
def atomic_write(path: Path, *, lasting: bool = False) -> Iterator[Path]:
    """Write a file atomically: yield a temporary path, rename it to `path` where the block ends well.

    Whoever reads finds the old file or the new one, never a part of it, however many write at once; where the block
    fails, the old one stays and nothing else does. The path that is given ends in `.part`, so that nothing takes it for
    a finished file: a library that goes by the ending must be told the format, or given the open file.

    Parameters
    ----------
    path : Path
        Where the file shall be; its folder is made if need be. A link stays, and what it leads to is written. A pipe or
        a device cannot be replaced: it is itself what is given.
    lasting : bool
        Whether it must survive a loss of power, which costs the time of a sync.

    Yields
    ------
    Path
        What to write to, and to close.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        yield path
        return
    place = Path(os.path.realpath(path))
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        if lasting:
            sync(part)
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    if lasting:
        with suppress(OSError):  # not every file system can sync a folder
            sync(place.parent)


def why_not(error: OSError) -> str:
    """Say in a few words why something could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return (error.strerror or str(error)).rstrip(".")


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are not there.

    Raises
    ------
    LivehostError
        Where it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LivehostError(f"The folder {folder} cannot be made: {error.strerror}.") from None


def create(*paths: Path) -> list[io.FileIO]:
    """Create files that were not there; where one was, all get the next free number behind their names (`take-2.wav`).

    Parameters
    ----------
    *paths : Path
        Their folders must exist.

    Returns
    -------
    list of io.FileIO
        Open for writing, without a buffer; `name` is the path.

    Raises
    ------
    OSError
        Where they cannot be created; none of them is left then.
    """
    for number in itertools.count(1):
        names = [path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}") for path in paths]
        if any(os.path.lexists(name) for name in names):
            continue
        files: list[io.FileIO] = []
        try:
            files.extend(name.open("xb", buffering=0) for name in names)
        except OSError as error:
            discard(files)
            if not isinstance(error, FileExistsError):  # else another program was quicker
                raise
        else:
            return files
    raise AssertionError  # numbers do not end


def discard(files: list[io.FileIO]) -> None:
    """Close and remove files that were only just created."""
    for file in files:
        file.close()
        with suppress(OSError):
            Path(file.name).unlink()


def open_regular(path: Path, longest: int) -> BinaryIO:
    """Open a file to read it; a pipe, a device, a folder or a huge file is refused, and not waited for.

    Parameters
    ----------
    path : Path
    longest : int
        Bytes that it may have.

    Raises
    ------
    OSError
        Where it cannot be opened, or is refused.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    info = os.fstat(handle)
    if stat.S_ISREG(info.st_mode) and info.st_size <= longest:
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISREG(info.st_mode):
        raise OSError(errno.EFBIG, f"it is larger than {longest >> 20} MiB")
    raise OSError(errno.EINVAL, "it is no ordinary file")


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Raises
    ------
    OSError
        Where they cannot be.
    """
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle of a folder to sync
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
