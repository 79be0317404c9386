"""Which files a folder holds: recursive, in natural order, without falling into loops or traps."""

import os
import re
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livehost.bank.others import READ, strangers
from livehost.errors import LivehostError
from livehost.printable import printable

#: What libsndfile reads and musicians have, by ending (lower case).
ENDINGS = frozenset(
    ".wav .wave .w64 .rf64 .aif .aiff .aifc .caf .au .snd .flac .ogg .oga .opus .mp3".split()  # noqa: SIM905
)
#: Folders that other programs leave behind.
IGNORED_FOLDERS = frozenset({"__MACOSX"})

#: What went wrong with a file, by errno, for a person.
_WHY = {
    "PermissionError": "may not be read: permission denied",
    "FileNotFoundError": "vanished, or is a link that leads nowhere",
}


@dataclass(frozen=True)
class Listed:
    """One file, as it stood when the folder was listed; equal while nobody touches it."""

    name: str
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True)
class Listing:
    """What `scan` found.

    Parameters
    ----------
    directory : Path
    files : tuple of Listed
        In natural order.
    skipped : tuple of (str, str)
        Name of each sound that could not even be looked at, and why.
    others : mapping of str to int
        How many files that are no sounds have each ending (lower case, with its dot).
    """

    directory: Path
    files: tuple[Listed, ...]
    skipped: tuple[tuple[str, str], ...]
    others: Mapping[str, int] = field(default_factory=dict)


def why(error: OSError) -> str:
    """Say in words why a file could not be read."""
    return _WHY.get(type(error).__name__, f"cannot be read: {error.strerror or error}")


def natural_key(name: str) -> tuple[Any, ...]:
    """Sort key in which `kick2` comes before `kick10`, whatever the case, folder by folder; no two names share one."""
    stem, ending = os.path.splitext(name.replace(os.sep, "/"))  # noqa: PTH122
    return tuple(_natural(part) for part in stem.split("/")), ending.casefold(), name


def _natural(part: str) -> tuple[tuple[int, int, str], ...]:
    runs = re.split(r"([0-9]+)", part.casefold())
    return tuple((0, int(run), "") if i % 2 else (1, 0, run) for i, run in enumerate(runs) if run)


def look(directory: Path, name: str) -> Listed:
    """Take a file's size and times.

    Raises
    ------
    OSError
        If it cannot be looked at or is not a regular file (opening a pipe would wait for ever).
    """
    info = os.stat(os.path.join(directory, name))  # noqa: PTH116, PTH118  10,000 files: pathlib is three times slower
    if not stat.S_ISREG(info.st_mode):
        raise OSError(0, "not a regular file")
    return Listed(name, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def scan(directory: Path | str) -> Listing:
    """List the sound files of a folder and of the folders below.

    Hidden files and folders are passed over; links are followed, but no folder is visited twice.

    Parameters
    ----------
    directory : path
        Folder of sounds.

    Returns
    -------
    Listing

    Raises
    ------
    LivehostError
        If there is no such folder, or no sound file in it.
    """
    directory = Path(directory).expanduser()
    root = _resolved(directory)
    files: list[Listed] = []
    skipped: list[tuple[str, str]] = []
    others: Counter[str] = Counter()
    visited: set[tuple[int, int]] = set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            info = os.stat(os.path.join(root, folder))  # noqa: PTH116, PTH118
            if (info.st_dev, info.st_ino) in visited:
                continue
            visited.add((info.st_dev, info.st_ino))
            with os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if not folder:
                raise LivehostError(f"The bank folder {printable(str(directory))} {why(error)}.") from error
            skipped.append((printable(folder), why(error)))
            continue
        for entry in reversed(found):  # the stack turns them round again
            name = os.path.join(folder, entry.name)  # noqa: PTH118
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                if entry.name not in IGNORED_FOLDERS:
                    waiting.append(name)
            elif (ending := os.path.splitext(entry.name)[1].lower()) not in ENDINGS:  # noqa: PTH122
                others[ending] += 1
            else:
                try:
                    files.append(look(root, name))
                except OSError as error:
                    skipped.append((printable(name), why(error)))
    if not files:
        raise LivehostError(_nothing(directory, others, skipped))
    files.sort(key=lambda listed: natural_key(listed.name))
    skipped.sort(key=lambda pair: natural_key(pair[0]))
    return Listing(root, tuple(files), tuple(skipped), dict(others))


def no_readable_sound(directory: Path, skipped: list[tuple[str, str]]) -> str:
    """Say that every file of a folder had to be left out, and why the first one."""
    name, reason = skipped[0]
    more = f", and so on for {len(skipped) - 1} more" if len(skipped) > 1 else ""
    return f"The bank folder {printable(str(directory))} has no readable sound: {name} {reason}{more}."


def _resolved(directory: Path) -> Path:
    try:
        root = directory.resolve(strict=True)
    except FileNotFoundError as error:
        raise LivehostError(f"There is no bank folder {printable(str(directory))}.") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise LivehostError(f"The bank folder {printable(str(directory))} cannot be opened: {error}.") from error
    if not root.is_dir():
        raise LivehostError(
            f"{printable(str(directory))} is a file, but a bank is a folder of sounds: give the folder that holds it."
        )
    return root


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _nothing(directory: Path, others: Mapping[str, int], skipped: list[tuple[str, str]]) -> str:
    place = f"The bank folder {printable(str(directory))}"
    if skipped:
        return no_readable_sound(directory, skipped)
    if strange := strangers(others):
        return f"{place} holds no sound ({READ}): {strange}"
    if count := sum(others.values()):
        return f"{place} holds {count} file{'s' if count > 1 else ''}, but no sound ({READ})."
    return f"{place} is empty: put sounds into it ({READ})."
