"""What is learnt from: recordings as streams of segments, and how they are kept on disk."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.dsp.segment import SEGMENT_SCHEMA, SEGMENT_SIZE
from livehost.errors import LivehostError

#: What a recording can be asked. Continue: its own next segment; crossed: the next one in another rendering;
#: answer: what the other part plays next.
TASKS = ("continue", "crossed", "answer")
SPLITS = ("train", "valid", "test")
ENDING = ".npz"
#: Names the recordings of a cache that belong together: those of the last call of `prepare`.
INDEX = "index.json"


@dataclass(frozen=True)
class Stream:
    """Segments in the order of their onsets, as the stage hears them.

    Parameters
    ----------
    features : ndarray of float32, shape [n, SEGMENT_SIZE]
        Summary of each segment, not standardised.
    onset : ndarray of int64, shape [n]
        Where each begins, in frames.
    seconds : ndarray of float32, shape [n]
        How long each is until it is closed: by the next onset, by quiet, or by `listen.segment_ms`.
    """

    features: np.ndarray
    onset: np.ndarray
    seconds: np.ndarray
    rows: np.ndarray | None = None
    first: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.onset)

    def take(self, which: Any) -> "Stream":
        """Return the segments of an index, a slice or a mask."""
        return Stream(self.features[which], self.onset[which], self.seconds[which])


@dataclass(frozen=True)
class Recording:
    """One piece of music.

    Parameters
    ----------
    name : str
        Where it comes from and how it was made, such as `piano-midi/Bach/Fugue/bwv_846 · harp`.
    domain : str
        `piano`, `loops`, `percussion` or `own`.
    split : str
        One of `SPLITS`: by a digest of the piece, so that all that comes of one piece stands on one side.
    renderings : tuple of Stream
        The same music once or more often; segment i of each is the same event.
    parts : tuple of two Stream, or None
        Two parts of one performance on one clock: the one that is heard, and the one that answers.
    tasks : tuple of str
        Which of `TASKS` it serves.
    source : str
        Name of the folder of data that it comes from.
    augmented : bool
        Whether it is a variant of another recording (only in `train`).
    rate : int
        Sample rate in Hz.
    """

    name: str
    domain: str
    split: str
    renderings: tuple[Stream, ...]
    parts: tuple[Stream, Stream] | None = None
    tasks: tuple[str, ...] = ("continue",)
    source: str = ""
    augmented: bool = False
    rate: int = 48000
    schema: str = field(default=SEGMENT_SCHEMA)

    def __len__(self) -> int:
        return len(self.renderings[0])

    @property
    def seconds(self) -> float:
        """Length from the first onset to the last, in seconds."""
        onset = self.renderings[0].onset
        return float(onset[-1] - onset[0]) / self.rate if len(onset) else 0.0

    @property
    def streams(self) -> tuple[Stream, ...]:
        """All streams: renderings, then parts."""
        return self.renderings + (self.parts or ())


def save_recording(path: Path, recording: Recording) -> None:
    """Write a recording; whoever reads sees all of it or nothing.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    fields: dict[str, Any] = {
        "name": recording.name,
        "domain": recording.domain,
        "split": recording.split,
        "tasks": np.array(recording.tasks, dtype=str),
        "source": recording.source,
        "augmented": recording.augmented,
        "rate": recording.rate,
        "schema": recording.schema,
        "renderings": len(recording.renderings),
        "parts": 0 if recording.parts is None else len(recording.parts),
    }
    for number, stream in enumerate(recording.streams):
        fields |= {f"features{number}": stream.features, f"onset{number}": stream.onset}
        fields[f"seconds{number}"] = stream.seconds
    try:
        with atomic_write(path) as new, new.open("wb") as file:
            np.savez(file, **fields)
    except OSError as error:
        raise LivehostError(f"The recording {path.name} could not be written: {error.strerror or error}.") from error


def load_recording(path: Path) -> Recording:
    """Read a recording.

    Raises
    ------
    LivehostError
        Where the file is broken, or made with other features than this version's.
    """
    try:
        with path.open("rb") as raw, np.load(raw) as file:
            fields = {key: file[key] for key in file.files}
        count, parts = int(fields["renderings"]), int(fields["parts"])
        streams = tuple(
            Stream(fields[f"features{k}"], fields[f"onset{k}"], fields[f"seconds{k}"]) for k in range(count + parts)
        )
        recording = Recording(
            name=str(fields["name"]),
            domain=str(fields["domain"]),
            split=str(fields["split"]),
            renderings=streams[:count],
            parts=(streams[count], streams[count + 1]) if parts else None,
            tasks=tuple(str(task) for task in fields["tasks"]),
            source=str(fields["source"]),
            augmented=bool(fields["augmented"]),
            rate=int(fields["rate"]),
            schema=str(fields["schema"]),
        )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise LivehostError(f"{path} is no recording of segments: {error}.") from error
    if recording.schema != SEGMENT_SCHEMA or recording.renderings[0].features.shape[1:] != (SEGMENT_SIZE,):
        raise LivehostError(f"{path} was made with other features ({recording.schema}, not {SEGMENT_SCHEMA}).")
    return recording


def _paths(cache: Path) -> list[Path]:
    try:
        return [cache / name for name in json.loads((cache / INDEX).read_text())["paths"]]
    except OSError:
        return sorted(cache.rglob(f"*{ENDING}"))  # not finished, or put together by hand
    except (ValueError, KeyError, TypeError) as error:
        raise LivehostError(f"{cache / INDEX} is broken: remove it, or prepare the data again.") from error


def load_recordings(cache_dir: Path | str, splits: Iterable[str] = SPLITS) -> list[Recording]:
    """Read all recordings of a cache that `prepare` wrote, in the order of their names.

    Parameters
    ----------
    cache_dir : path
        Folder.
    splits : iterable of str, optional
        Only these.

    Raises
    ------
    LivehostError
        Where there is none.
    """
    paths = _paths(Path(cache_dir))
    chosen = set(splits)
    found = [recording for recording in map(load_recording, paths) if recording.split in chosen]
    if not found:
        raise LivehostError(f"There are no recordings in {cache_dir}: prepare data first.")
    return sorted(found, key=lambda recording: recording.name)
