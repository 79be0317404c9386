"""What is learnt from: recordings as streams of segments, and how they are kept on disk."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.dsp.segment import SEGMENT_SCHEMA, SEGMENT_SIZE
from livehost.dsp.tables import FEATURE_SIZE
from livehost.errors import LivehostError

try:
    import resource
except ImportError:  # Windows, where mapped files are not counted
    resource = None  # type: ignore[assignment]

#: What a recording can be asked. Continue: its own next segment; crossed: the next one in another rendering;
#: answer: what the other part plays next.
TASKS = ("continue", "crossed", "answer")
SPLITS = ("train", "valid", "test")
ENDING = ".npz"
#: Of the file beside a recording that holds the rows of all its streams, one after the other.
ROWS_ENDING = ".rows.npy"
_KEPT = ("features", "onset", "seconds", "first", "items", "item_gain_db", "item_seconds")
_MOST_FILES = 65536
#: Names the recordings of a cache that belong together: those of the last call of `prepare`.
INDEX = "index.json"


class Isolated(NamedTuple):
    """What a bank would know of each event's sound, played alone: fields as `items`, … of a `Stream`."""

    items: np.ndarray
    item_gain_db: np.ndarray
    item_seconds: np.ndarray

    def take(self, which: Any) -> "Isolated":
        """Return the events of an index, a slice or a mask."""
        return Isolated(*(values[which] for values in self))


@dataclass(frozen=True)
class Stream:
    """Segments in the order of their onsets, as the stage hears them, and as a bank would know their sounds.

    Of a stream that is given without rows or items, each segment has one row of zeros, and is its own item.

    Parameters
    ----------
    features : ndarray of float32, shape [n, SEGMENT_SIZE]
        Summary of each segment, not standardised.
    onset : ndarray of int64, shape [n]
        Where each begins, in frames.
    seconds : ndarray of float32, shape [n]
        How long each is until it is closed: by the next onset, by quiet, or by `listen.segment_ms`.
    rows : ndarray of float16, shape [total, FEATURE_SIZE]
        Features of the frames of every segment, from its onset on; of a recording that was read: mapped from its file.
    first : ndarray of int64, shape [n + 1]
        Rows of segment i are `rows[first[i] : first[i + 1]]`: one at least.
    items : ndarray of float32, shape [n, SEGMENT_SIZE]
        Summary of each event's sound as a slice of a bank, before gain.
    item_gain_db : ndarray of float32, shape [n]
        Gain that the bank's loudness gives the slice, in dB.
    item_seconds : ndarray of float32, shape [n]
        How long the slice is, as far as a bank measures it.
    isolated : Isolated, optional
        The same of the event's sound played alone, of which no other sound is heard.
    """

    features: np.ndarray
    onset: np.ndarray
    seconds: np.ndarray
    rows: np.ndarray = None  # type: ignore[assignment]  # never None once made
    first: np.ndarray = None  # type: ignore[assignment]
    items: np.ndarray = None  # type: ignore[assignment]
    item_gain_db: np.ndarray = None  # type: ignore[assignment]
    item_seconds: np.ndarray = None  # type: ignore[assignment]
    isolated: Isolated | None = None

    def __post_init__(self) -> None:
        count = len(self.onset)
        missing: dict[str, Any] = {}
        if self.rows is None:
            missing = {"rows": np.zeros((count, FEATURE_SIZE), np.float16), "first": np.arange(count + 1)}
        if self.items is None:
            missing |= {"items": self.features, "item_gain_db": np.zeros(count, np.float32)}
            missing["item_seconds"] = self.seconds
        for name, value in missing.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.onset)

    def take(self, which: Any) -> "Stream":
        """Return the segments of an index, a slice or a mask; rows of neighbours stay where they are, mapped."""
        chosen = np.atleast_1d(np.arange(len(self))[which])
        counts = self.first[chosen + 1] - self.first[chosen]
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        if len(chosen) and (np.diff(chosen) == 1).all():
            rows = self.rows[self.first[chosen[0]] : self.first[chosen[-1] + 1]]
        else:
            rows = self.rows[np.repeat(self.first[chosen] - first[:-1], counts) + np.arange(first[-1])]
        return Stream(
            self.features[chosen],
            self.onset[chosen],
            self.seconds[chosen],
            rows,
            first,
            self.items[chosen],
            self.item_gain_db[chosen],
            self.item_seconds[chosen],
            None if self.isolated is None else self.isolated.take(chosen),
        )


@dataclass(frozen=True)
class Recording:
    """One piece of music.

    Parameters
    ----------
    name : str
        Where it comes from and how it was made, such as `piano-midi/Bach/Fugue/bwv_846 · harp`.
    domain : str
        `piano`, `parts`, `loops`, `percussion` or `own`.
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


def rows_path(path: Path) -> Path:
    """Name the file beside a recording that holds the rows of its streams."""
    return path.with_name(path.name.removesuffix(ENDING) + ROWS_ENDING)


def save_recording(path: Path, recording: Recording) -> None:
    """Write a recording and, before it, its rows; whoever reads sees all of it or nothing.

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
        fields |= {f"{name}{number}": getattr(stream, name) for name in _KEPT}
        if stream.isolated is not None:
            fields |= {f"isolated{number} {name}": values for name, values in stream.isolated._asdict().items()}
    rows = np.concatenate([stream.rows for stream in recording.streams]).astype(np.float16, copy=False)
    try:
        with atomic_write(rows_path(path)) as new, new.open("wb") as file:
            np.lib.format.write_array(file, rows)
        with atomic_write(path) as new, new.open("wb") as file:
            np.savez(file, **fields)
    except OSError as error:
        raise LivehostError(f"The recording {path.name} could not be written: {error.strerror or error}.") from error


def _map_rows(path: Path, total: int) -> np.ndarray:
    """Map the rows of a recording.

    Raises
    ------
    LivehostError
        Where they are missing or belong to another recording.
    """
    beside = rows_path(path)
    _allow_files()
    try:
        rows: np.ndarray = np.load(beside, mmap_mode="r")
    except FileNotFoundError as error:
        raise LivehostError(f"{beside}, the frame rows of {path.name}, is missing: prepare the data again.") from error
    except (OSError, ValueError, EOFError) as error:
        raise LivehostError(f"{beside} holds no frame rows ({error}): prepare the data again.") from error
    if rows.shape != (total, FEATURE_SIZE) or rows.dtype != np.float16:
        raise LivehostError(
            f"{beside} holds {rows.dtype} {list(rows.shape)}, not the {total} frame rows of {path.name}: "
            "prepare the data again."
        )
    return rows


def load_recording(path: Path) -> Recording:
    """Read a recording; its rows are mapped, not read.

    Raises
    ------
    LivehostError
        Where the file is broken, made with other features than this version's, or without its rows.
    """
    try:
        with path.open("rb") as raw, np.load(raw) as file:
            fields = {key: file[key] for key in file.files}
        if (schema := str(fields["schema"])) != SEGMENT_SCHEMA or fields["features0"].shape[1:] != (SEGMENT_SIZE,):
            raise LivehostError(f"{path} was made with other features ({schema}, not {SEGMENT_SCHEMA}).")
        count, parts = int(fields["renderings"]), int(fields["parts"])
        lengths = [int(fields[f"first{k}"][-1]) for k in range(count + parts)]
        at = np.concatenate([[0], np.cumsum(lengths)])
        rows = _map_rows(path, int(at[-1]))
        streams = tuple(_stream(fields, k, rows[at[k] : at[k + 1]]) for k in range(count + parts))
        return Recording(
            name=str(fields["name"]),
            domain=str(fields["domain"]),
            split=str(fields["split"]),
            renderings=streams[:count],
            parts=(streams[count], streams[count + 1]) if parts else None,
            tasks=tuple(str(task) for task in fields["tasks"]),
            source=str(fields["source"]),
            augmented=bool(fields["augmented"]),
            rate=int(fields["rate"]),
            schema=schema,
        )
    except (OSError, KeyError, ValueError, IndexError, EOFError, BadZipFile) as error:
        raise LivehostError(f"{path} is no recording of segments: {error}.") from error


def _stream(fields: dict[str, Any], number: int, rows: np.ndarray) -> Stream:
    isolated = None
    if f"isolated{number} items" in fields:
        isolated = Isolated(*(fields[f"isolated{number} {name}"] for name in Isolated._fields))
    return Stream(rows=rows, isolated=isolated, **{name: fields[f"{name}{number}"] for name in _KEPT})


def _paths(cache: Path) -> list[Path]:
    try:
        return [cache / name for name in json.loads((cache / INDEX).read_text())["paths"]]
    except OSError:
        return sorted(cache.rglob(f"*{ENDING}"))  # not finished, or put together by hand
    except (ValueError, KeyError, TypeError) as error:
        raise LivehostError(f"{cache / INDEX} is broken: remove it, or prepare the data again.") from error


@lru_cache(maxsize=1)
def _allow_files() -> None:
    """Let this process keep more files open, one for the mapped rows of each recording, where the system asks."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


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
