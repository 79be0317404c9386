"""What is learnt from: strokes on drums by chance, rendered in threads into a cache that a killed run goes on with."""

import hashlib
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from livehost.atomic_file import atomic_write, make_folder
from livehost.errors import LivehostError
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.synthesis.membranes.drum import Drum, hits
from livehost.synthesis.membranes.labels import Ranges, acoustic_size_m, random_drum, random_stroke

#: Shapes that are told apart: each is one, whatever its aspect or the number of its points.
SHAPES = ("circle", "ellipse", "rectangle", "triangle", "star", "l-shape")
#: What is drawn: drums as they are played, of 15 to 60 cm.
RANGES = Ranges(shapes=SHAPES, size_m=(0.15, 0.6))
#: Frames kept before a blow begins, and behind the window that begins with it: the detector is not exact.
BEFORE, BEHIND = 384, 384
#: Drums of a file, and those of each ten that choose the checkpoint and that are asked about.
PER_FILE, VALID, TEST = 20, 8, 9
SPLITS = ("train", "valid", "test")
#: Modes under this level are less than the noise that is added.
_FLOOR_DB = -60.0
_DRUM = 3
_FIELDS = ("sound", "drum", "size_m", "shape", "position", "modal")


@dataclass(frozen=True)
class StrikeSounds:
    """Strokes, one a row.

    Attributes
    ----------
    sound : ndarray of float16, shape [n, BEFORE + FRAMES + BEHIND]
        The blow begins at frame BEFORE; the largest of each is 1.
    drum : ndarray of int64, shape [n]
    size_m : ndarray of float32, shape [n]
        Acoustic size, see `livehost.synthesis.membranes.labels`.
    shape : ndarray of int64, shape [n]
        Index into `SHAPES`.
    position : ndarray of float32, shape [n]
        Where it was struck: 0 at the centre, 1 at the rim.
    modal : ndarray of bool, shape [n]
        Made by modes, not by finite differences.
    """

    sound: np.ndarray
    drum: np.ndarray
    size_m: np.ndarray
    shape: np.ndarray
    position: np.ndarray
    modal: np.ndarray

    def __len__(self) -> int:
        return len(self.drum)

    def take(self, which: np.ndarray) -> "StrikeSounds":
        """Return the rows of an index or a mask."""
        return StrikeSounds(*(getattr(self, name)[which] for name in _FIELDS))

    def of(self, split: str) -> "StrikeSounds":
        """Return the rows of a split, by the number of their drum."""
        place = self.drum % 10
        return self.take({"train": place < VALID, "valid": place == VALID, "test": place == TEST}[split])


def prepare_sounds(
    cache: Path, drums: int, strokes: int, seed: int, progress: Callable[[int, int, str], None], threads: int = 0
) -> StrikeSounds:
    """Render strokes on drums by chance, or read those that are there.

    Of shapes whose modes are known in closed form half are made by them and half by finite differences, so that the
    method does not tell the shape.

    Parameters
    ----------
    cache : Path
        Folder.
    drums, strokes : int
        How many, and how many of each.
    seed : int
    progress : callable
        Gets how many drums are done, of how many, and a name.
    threads : int
        0: one per core.

    Raises
    ------
    LivehostError
        Where the cache cannot be written.
    """
    about = json.dumps({"ranges": asdict(RANGES), "strokes": strokes, "seed": seed, "before": BEFORE, "behind": BEHIND})
    digest = hashlib.sha256(about.encode()).hexdigest()[:12]
    make_folder(cache)
    paths = [cache / f"drums-{digest}-{number:05d}.npz" for number in range(-(-drums // PER_FILE))]
    missing = [number for number, path in enumerate(paths) if not path.exists()]
    try:
        with ThreadPoolExecutor(threads or os.cpu_count() or 1, "drums") as pool:
            jobs = [pool.submit(_render_file, paths[number], number, strokes, seed) for number in missing]
            try:
                for done, job in enumerate(as_completed(jobs), len(paths) - len(missing) + 1):
                    job.result()
                    progress(done, len(paths), "")
            finally:
                for job in jobs:
                    job.cancel()
    except OSError as error:
        raise LivehostError(f"The sounds cannot be written to {cache}: {error.strerror or error}.") from None
    read = [_read_file(path) for path in paths]
    whole = StrikeSounds(*(np.concatenate([getattr(part, name) for part in read]) for name in _FIELDS))
    return whole.take(whole.drum < drums)


def _render_file(path: Path, number: int, strokes: int, seed: int) -> None:
    """Render some drums, and write them."""
    rows = [_render_drum(drum, strokes, seed) for drum in range(number * PER_FILE, (number + 1) * PER_FILE)]
    with atomic_write(path) as new, new.open("wb") as file:
        columns: dict[str, Any] = {name: np.concatenate([getattr(row, name) for row in rows]) for name in _FIELDS}
        np.savez(file, **columns)


def drum_of(number: int, seed: int) -> tuple[Drum, np.random.Generator]:
    """Draw a drum by its number; the generator goes on with the strokes on it."""
    rng = np.random.default_rng([seed, _DRUM, number])
    return random_drum(RANGES, rng), rng


def _render_drum(number: int, strokes: int, seed: int) -> StrikeSounds:
    """Render the strokes of one drum, each from its beginning on."""
    drum, rng = drum_of(number, seed)
    blows = [random_stroke(RANGES, drum, rng) for _ in range(strokes)]
    modal = drum.shape.modes is not None and bool(rng.integers(2))
    found = hits(drum, blows, (FRAMES + BEHIND) / RATE, RATE, method="modal" if modal else "fdtd", floor_db=_FLOOR_DB)
    sound = np.zeros((strokes, BEFORE + FRAMES + BEHIND), np.float16)
    sound[:, BEFORE:] = found / np.abs(found).max(axis=1, keepdims=True)
    return StrikeSounds(
        sound, np.full(strokes, number), np.full(strokes, acoustic_size_m(drum), np.float32),
        np.full(strokes, SHAPES.index(drum.shape.name)), np.array([blow.place.r for blow in blows], np.float32),
        np.full(strokes, modal),
    )  # fmt: skip


def _read_file(path: Path) -> StrikeSounds:
    try:
        with path.open("rb") as raw, np.load(raw) as file:
            return StrikeSounds(*(file[name] for name in _FIELDS))
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise LivehostError(f"{path} is broken ({error}): remove it, and give the same command again.") from None
