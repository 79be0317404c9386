"""The context of a performance player: its newest events, and the model's state after them; as a file, too."""

import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write, open_regular
from livehost.errors import LivehostError
from livehost.performance.vocabulary import NOTE_OFF, NOTE_ON, SIZE, TIME_SHIFT

#: Newest events that are kept.
HISTORY = 1024
#: Bytes of a file, packed and unpacked.
MAX_BYTES = 16 << 20
_KIND = "livehost performance 1"


@dataclass(frozen=True)
class PerformanceContext:
    """What a performance player remembers.

    Attributes
    ----------
    events : numpy.ndarray
        Int64 [n], of the vocabulary, oldest first.
    sources : numpy.ndarray
        Int64 [n]: 0 its own, 1 the musician's.
    model : str
        SHA-256 of the model whose state this is, empty where there is no state.
    count : int
        Steps that the state knows.
    state : dict of str to numpy.ndarray
        Float32: hidden, and keys and values where the model has attention; by the names of the model's inputs.
    """

    events: np.ndarray
    sources: np.ndarray
    model: str
    count: int
    state: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.events)

    def without_state(self) -> "PerformanceContext":
        """Give the events alone, for another model to be told them."""
        return replace(self, model="", count=0, state={})

    def sounding(self, source: int) -> list[int]:
        """List the pitches that have begun and not ended."""
        held: dict[int, None] = {}
        for event in self.events[self.sources == source].tolist():
            if event < NOTE_OFF:
                held[event - NOTE_ON] = None
            elif event < TIME_SHIFT:
                held.pop(event - NOTE_OFF, None)
        return list(held)


def save_context(path: Path, context: PerformanceContext) -> None:
    """Write a context to a file, whole or not at all.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    arrays: dict[str, Any] = {f"state_{name}": array for name, array in context.state.items()}
    try:
        with atomic_write(path) as new, new.open("wb") as file:
            np.savez_compressed(
                file, kind=_KIND, events=context.events, sources=context.sources, model=context.model,
                count=context.count, **arrays,
            )  # fmt: skip
    except OSError as error:
        raise LivehostError(f"The context {path} cannot be written: {error.strerror or error}.") from None


def load_context(path: Path) -> PerformanceContext:
    """Read a context.

    Raises
    ------
    LivehostError
        Where there is none, or it is of another player, or damaged.
    """
    try:
        with open_regular(path, MAX_BYTES) as raw, zipfile.ZipFile(raw) as file:
            arrays = _arrays(file)
        if "kind" not in arrays or str(arrays["kind"]) != _KIND:
            raise LivehostError(f"The context {path} is of another player, or of another version of livehost.", 2)
        context = PerformanceContext(
            np.asarray(arrays["events"], np.int64), np.asarray(arrays["sources"], np.int64), str(arrays["model"]),
            int(arrays["count"]),
            {n.removeprefix("state_"): np.asarray(a, np.float32) for n, a in arrays.items() if n.startswith("state_")},
        )  # fmt: skip
    except FileNotFoundError:
        raise LivehostError(f"There is no context {path.stem} in {path.parent}.", 2) from None
    except (OSError, ValueError, TypeError, KeyError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LivehostError(f"The context {path} cannot be read: {why}.") from None
    _check(path, context)
    return context


def _arrays(file: zipfile.ZipFile) -> dict[str, np.ndarray]:
    """Read all arrays of an archive; one that claims to be larger than a context may be is refused unread."""
    if sum(entry.file_size for entry in file.infolist()) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES >> 20} MiB")
    return {
        name.removesuffix(".npy"): np.load(io.BytesIO(file.read(name)), allow_pickle=False) for name in file.namelist()
    }


def _check(path: Path, context: PerformanceContext) -> None:
    """Refuse a context that no player can have had."""
    events, sources = context.events, context.sources
    fits = events.ndim == 1 and events.shape == sources.shape and context.count >= 0
    if not fits or not ((events >= 0) & (events < SIZE) & (sources >= 0) & (sources <= 1)).all():
        raise LivehostError(f"The context {path} cannot be read: it holds what is no event.")
    if not all(np.isfinite(array).all() for array in context.state.values()):
        raise LivehostError(f"The context {path} cannot be read: it holds NaN or Inf.")
