"""Performances to learn from: folders of MIDI files, read once, split by piece."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError
from livehost.performance.notes import NOTE
from livehost.studio.audio_data.piano import hands
from livehost.studio.performance_rnn.midi import read_performance

#: Version of what the cache holds.
VERSION = 1
#: Notes of a performance, and which of them the right hand plays.
HAND_NOTE = np.dtype([*NOTE.descr, ("right", "?")])
#: Share of the pieces for validation, and for the test.
VALID, TEST = 0.07, 0.08
SPLITS = ("train", "valid", "test", "all")
#: Fewer notes teach nothing.
FEWEST_NOTES = 32
#: Files beside the music that say its rights.
_RIGHTS = ("LICENSE*", "LICENCE*", "COPYING*")
#: Beginnings of the titles of licences, and how a manifest names them.
_LICENCES = {
    "Creative Commons Attribution-NonCommercial-ShareAlike 4.0": "CC BY-NC-SA 4.0",
    "Creative Commons Attribution-ShareAlike 4.0": "CC BY-SA 4.0",
    "Creative Commons Attribution 4.0": "CC BY 4.0",
    "CC0 1.0": "CC0",
}


@dataclass(frozen=True)
class Performance:
    """One performance of a piece.

    Attributes
    ----------
    name, piece : str
        Performances of one piece stay on one side of the split.
    split : str
        "train", "valid" or "test".
    notes : numpy.ndarray
        `NOTE` [notes], from 0 s on.
    right : numpy.ndarray
        Bool [notes], whether the right hand plays it, told by pitch.
    """

    name: str
    piece: str
    split: str
    notes: np.ndarray = field(repr=False)
    right: np.ndarray = field(repr=False)

    @property
    def seconds(self) -> float:
        """Length."""
        return float(self.notes["end_s"].max()) if len(self.notes) else 0.0


@dataclass(frozen=True)
class Material:
    """What folders of MIDI files hold.

    Attributes
    ----------
    performances : list of Performance
    skipped : list of (str, str)
        What was left out, and why.
    data : list of dict
        Name, licence, hours and recordings of what is learnt from, for a manifest.
    """

    performances: list[Performance]
    skipped: list[tuple[str, str]]
    data: list[dict[str, Any]]

    def of(self, split: str) -> list[Performance]:
        """List the performances of a split; "all" for all."""
        return [p for p in self.performances if split in ("all", p.split)]


def read_material(
    folders: Sequence[Path], cache: Path | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Material:
    """Read all MIDI files of some folders.

    The files of one folder are performances of one piece, those that lie in a given folder itself a piece each.

    Parameters
    ----------
    folders : sequence of Path
    cache : Path, optional
        Folder in which what was read is kept; the same call goes on from there.
    progress : callable, optional
        Gets (done, total, name).

    Raises
    ------
    LivehostError
        Where a folder is missing, or none holds a performance.
    """
    files = [(Path(folder), path) for folder in folders for path in _midi_files(Path(folder))]
    found: list[tuple[Path, str, str, np.ndarray]] = []
    skipped: list[tuple[str, str]] = []
    for number, (folder, path) in enumerate(files):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            notes = _read(path, cache)
            if len(notes) < FEWEST_NOTES:
                skipped.append((name, f"has fewer than {FEWEST_NOTES} notes"))
            else:
                found.append((folder, name, _piece(folder, path), notes))
        except LivehostError as error:
            skipped.append((name, str(error).removeprefix(f"{path} ").rstrip(".")))
        if progress is not None:
            progress(number + 1, len(files), name)
    if not found:
        why = f": {skipped[0][0]} {skipped[0][1]}" if skipped else ": no MIDI file"
        raise LivehostError(f"There is nothing to learn from in {', '.join(map(str, folders)) or 'no folder'}{why}.", 2)
    splits = split_pieces(piece for _, _, piece, _ in found)
    performances = [
        Performance(name, piece, splits[piece], notes[list(NOTE.names or ())].astype(NOTE), notes["right"])
        for _, name, piece, notes in found
    ]
    return Material(performances, skipped, _data(folders, found, splits))


def split_pieces(pieces: Any) -> dict[str, str]:
    """Split pieces by chance, the same each time: piece → "train", "valid" or "test".

    One piece is learnt from, of two one validates, of three or more at least one is for the test.
    """
    names = sorted(set(pieces), key=lambda name: hashlib.sha256(name.encode()).digest())
    valid = min(max(round(VALID * len(names)), 1), len(names) - 1)
    test = min(max(round(TEST * len(names)), 1), len(names) - valid - 1)
    return {
        name: "valid" if at < valid else "test" if at < valid + test else "train" for at, name in enumerate(names)
    }  # fmt: skip


def _midi_files(folder: Path) -> list[Path]:
    """Find the MIDI files of a folder, in order."""
    if not folder.is_dir():
        raise LivehostError(f"There is no folder {folder}.", 2)
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".mid", ".midi") and path.is_file())


def _piece(folder: Path, path: Path) -> str:
    """Name the piece of a file."""
    inside = path.parent.relative_to(folder)
    return inside.as_posix() if inside.parts else path.stem


def _read(path: Path, cache: Path | None) -> np.ndarray:
    """Read a performance with its hands, from the cache where it is there."""
    state = path.stat()
    key = f"{VERSION} {path.resolve()} {state.st_size} {state.st_mtime_ns}"
    kept = cache / f"{hashlib.sha256(key.encode()).hexdigest()[:20]}.npy" if cache is not None else None
    if kept is not None and kept.is_file():
        try:
            notes = np.load(kept)
        except (OSError, ValueError):
            notes = None  # it is made again
        if notes is not None and notes.dtype == HAND_NOTE:
            return notes
    read = read_performance(path)
    notes = np.zeros(len(read), HAND_NOTE)
    for name in NOTE.names or ():
        notes[name] = read[name]
    first = notes["start_s"].min(initial=np.inf)
    if len(notes):
        notes["start_s"] -= first
        notes["end_s"] -= first
        columns = ("start_s", "end_s", "pitch", "velocity")
        notes["right"] = hands(np.stack([notes[name].astype(np.float64) for name in columns], axis=1))
    if kept is not None:
        try:
            with atomic_write(kept) as new, new.open("wb") as file:
                np.save(file, notes)
        except OSError as error:
            raise LivehostError(f"The cache {cache} cannot be written: {error.strerror or error}.") from error
    return notes


def _data(folders: Sequence[Path], found: Sequence[Any], splits: dict[str, str]) -> list[dict[str, Any]]:
    """Make the table of what is learnt from, a row for each folder."""
    rows = []
    for folder in folders:
        mine = [notes for where, _, piece, notes in found if where == Path(folder) and splits[piece] == "train"]
        if mine:
            hours = sum(float(notes["end_s"].max()) for notes in mine) / 3600
            rows.append(
                {"name": Path(folder).resolve().name, "licence": licence_of(Path(folder)), "hours": round(hours, 2),
                 "recordings": len(mine)}
            )  # fmt: skip
    return rows


def licence_of(folder: Path) -> str:
    """Name the licence of a folder of music by the file that states it; "own" where there is none."""
    for pattern in _RIGHTS:
        for path in sorted(folder.glob(pattern)):
            title = path.read_text("utf-8", "replace").lstrip("# \n").splitlines()[:1]
            known = [short for begin, short in _LICENCES.items() if title and title[0].startswith(begin)]
            return known[0] if known else (title[0][:80] if title else path.name)
    return "own"
