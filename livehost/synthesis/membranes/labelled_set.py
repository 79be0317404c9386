"""Folders of drum sounds with their labels: FLAC files, and one CSV that names them.

    set.json      the settings that everything follows from
    labels.csv    a row a sound: file, drum, and all of `labels_of`, f0_hz last
    000000.flac   24 bits, mono; every file has the level that its stroke has

Sound i follows from the seed and i alone. Settings and labels are written before the first sound, each file atomically:
whoever kills it at any moment leaves no half file, and the same command goes on from there.
"""

import csv
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import soundfile

from livehost.atomic_file import atomic_write, make_folder
from livehost.errors import LivehostError
from livehost.synthesis.membranes.drum import Drum, full_scale, hits
from livehost.synthesis.membranes.labels import Ranges, labels_of, random_drum, random_stroke
from livehost.synthesis.membranes.stroke import Stroke

SETTINGS, LABELS = "set.json", "labels.csv"
FORMAT = 1
_DRUMS, _STROKES = 1, 2


@dataclass(frozen=True)
class SetSettings:
    """What a set follows from.

    Parameters
    ----------
    count : int
        Sounds.
    seed : int
    ranges : Ranges
    strokes : int
        Sounds of each drum.
    seconds : float
    rate : int
        Hz.
    """

    count: int
    seed: int = 0
    ranges: Ranges = Ranges()  # noqa: RUF009  frozen
    strokes: int = 4
    seconds: float = 1.0
    rate: int = 48_000

    def __post_init__(self) -> None:
        if self.count < 1 or self.strokes < 1 or not 0.01 <= self.seconds <= 60.0 or self.seed < 0:
            raise LivehostError("A set has one sound or more, of 0.01 to 60 s, and a seed of 0 or more.", 2)
        if not 8000 <= self.rate <= 192_000:
            raise LivehostError(f"Sounds of a set have 8,000 to 192,000 Hz, not {self.rate}.", 2)

    def drum(self, number: int) -> Drum:
        """Draw drum `number`."""
        return random_drum(self.ranges, np.random.default_rng([self.seed, _DRUMS, number]))

    def stroke(self, number: int, drum: Drum) -> Stroke:
        """Draw the stroke of sound `number`, on its drum."""
        return random_stroke(self.ranges, drum, np.random.default_rng([self.seed, _STROKES, number]))


def make_set(
    settings: SetSettings, folder: Path, progress: Callable[[int, int, str], None] = lambda *_: None, threads: int = 1
) -> int:
    """Make a set, or go on with one.

    Parameters
    ----------
    settings : SetSettings
    folder : Path
    progress : callable
        Gets how many sounds there are, of how many, and what is being done, where that takes a while.
    threads : int

    Returns
    -------
    int
        Sounds that were made now.

    Raises
    ------
    LivehostError
        Where the folder holds a set of other settings or something else, or cannot be written.
    """
    make_folder(folder)
    try:
        _claim(settings, folder)
        if not (folder / LABELS).exists():
            _write_labels(settings, folder / LABELS, progress)
        missing = [number for number in range(settings.count) if not (folder / file_name(number)).exists()]
        there = settings.count - len(missing)
        for done in _rendered(settings, folder, missing, threads):
            progress(there + done, settings.count, "")
    except OSError as error:
        raise LivehostError(
            f"The set cannot be written to {folder}: {error.strerror or error}; the same command goes on later."
        ) from None
    return len(missing)


def file_name(number: int) -> str:
    """Name the file of a sound."""
    return f"{number:06d}.flac"


def read_labels(folder: Path) -> list[dict[str, str]]:
    """Read the labels of a set that is complete.

    Raises
    ------
    LivehostError
        Where there is none, or sounds are missing.
    """
    try:
        with (folder / LABELS).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise LivehostError(f"{folder} is no set of drums: {LABELS}: {error.strerror or error}.") from None
    there = sum((folder / row["file"]).exists() for row in rows)
    if there < len(rows):
        raise LivehostError(
            f"{folder} holds {there} of {len(rows)} sounds: give the command that made them again, and it goes on."
        )
    return rows


def _claim(settings: SetSettings, folder: Path) -> None:
    """Write the settings into a folder, or compare them with those that are there."""
    path = folder / SETTINGS
    rows = asdict(settings)
    wanted = json.loads(json.dumps({"format": FORMAT, **rows.pop("ranges"), **rows}))
    if not path.exists():
        if any(name for name in folder.iterdir() if not name.name.startswith(".")):
            raise LivehostError(f"{folder} holds something else; choose a folder that is new or empty.", 2)
        with atomic_write(path) as new:
            new.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")
        return
    try:
        found = json.loads(path.read_text("utf-8"))
        differing = [key for key in {**wanted, **found} if wanted.get(key) != found.get(key)]
    except (OSError, ValueError, TypeError) as error:
        raise LivehostError(f"{path} cannot be read ({error}): remove the folder, or choose another.") from None
    if differing:
        key = differing[0]
        was, now = (", ".join(map(str, v)) if isinstance(v, list) else v for v in (found.get(key), wanted.get(key)))
        raise LivehostError(f"{folder} holds a set with {key} {was}, not {now}: choose another folder.", 2)


def _write_labels(settings: SetSettings, path: Path, progress: Callable[[int, int, str], None]) -> None:
    """Write the labels of all sounds."""
    rows, drum, f0 = [], None, 0.0
    for number in range(settings.count):
        if number % settings.strokes == 0 or drum is None:
            drum = settings.drum(number // settings.strokes)
            f0 = drum.fundamental_hz
            progress(0, settings.count, f"labels of {file_name(number)}")
        labels = labels_of(drum, settings.stroke(number, drum))
        rows.append({"file": file_name(number), "drum": number // settings.strokes, **labels, "f0_hz": f0})
    with atomic_write(path) as new, new.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _rendered(settings: SetSettings, folder: Path, missing: list[int], threads: int) -> Iterator[int]:
    """Render sounds in threads, drum by drum; yield how many are written."""
    groups = [list(group) for _, group in groupby(missing, lambda number: number // settings.strokes)]
    written = 0
    with ThreadPoolExecutor(threads, "drums") as pool:
        running = [pool.submit(_render, settings, folder, group) for group in groups]
        try:
            for future in as_completed(running):
                written += future.result()
                yield written
        finally:
            for future in running:
                future.cancel()


def _render(settings: SetSettings, folder: Path, numbers: list[int]) -> int:
    """Render sounds of one drum, and write them; return how many."""
    drum = settings.drum(numbers[0] // settings.strokes)
    strokes = [settings.stroke(number, drum) for number in numbers]
    sounds = full_scale(hits(drum, strokes, settings.seconds, settings.rate))
    for number, sound in zip(numbers, sounds, strict=True):
        write_sound(folder / file_name(number), sound, settings.rate)
    return len(numbers)


def write_sound(path: Path, samples: np.ndarray, rate: int) -> None:
    """Write a mono sound atomically, as FLAC or WAV of 24 bits, as its ending says.

    Raises
    ------
    LivehostError
        For another ending, a sound beyond full scale, or a rate that the format has not.
    OSError
        Where it cannot be written.
    """
    kind = sound_format(path)
    if (peak := float(np.abs(samples).max(initial=0.0))) > 1.0:
        over = 20.0 * np.log10(peak)
        raise LivehostError(f"The sound is {over:.1f} dB over full scale: hit with less force, or farther off.", 2)
    with atomic_write(path) as new:
        try:
            soundfile.write(new, samples, rate, subtype="PCM_24", format=kind)
        except soundfile.LibsndfileError as error:
            raise OSError(error.code, str(error.error_string)) from None


def sound_format(path: Path) -> str:
    """Give the format of a sound by its ending: "FLAC" or "WAV"; raises `LivehostError` for another."""
    kind = path.suffix.lower().lstrip(".").upper()
    if kind not in ("FLAC", "WAV"):
        raise LivehostError(f"A sound ends in .wav or .flac, not as {path.name} does.", 2)
    return kind
