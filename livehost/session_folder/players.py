"""Who began to play a part, and what it had been told before: enough to make the same player again."""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError

#: What the description of a player says of what its model runs on, and how `player.backend` calls that.
_BACKENDS = (("TorchScript", "torchscript"), ("Python thread", "python"), ("native", "native"))
#: Prefix of a context's arrays, where it has several.
_CONTEXT = "context"


def backend_of(description: str) -> str:
    """Tell how `player.backend` calls what a player's description says that its model runs on; "" for no model."""
    return next((key for words, key in _BACKENDS if words in description), "")


@dataclass(eq=False)
class PlayerRecord:
    """Who began to play a part.

    Attributes
    ----------
    number : int
        Of the command of the hot swap that brought it in, 0 for who played from the start.
    part : int
    about : dict
        ``player``, ``model``, ``model_sha256``, ``backend``, ``bank``, ``bank_hash``, ``settings``.
    context : Any
        What it was told before it played, as `Player.feed` takes it: an array, or arrays by name; None for nothing.
        One of another kind is not kept.
    verdicts : np.ndarray
        Uint8 [items]: what might be chosen, empty where there was nothing to say.
    """

    number: int
    part: int
    about: dict[str, Any]
    context: Any
    verdicts: np.ndarray

    def save(self, path: Path) -> None:
        """Write it, whole or not at all; raises OSError where the disk refuses."""
        arrays = {"about": np.array(json.dumps(self.about)), "verdicts": self.verdicts}
        if isinstance(self.context, Mapping):
            arrays |= {f"{_CONTEXT}.{name}": np.asarray(value) for name, value in self.context.items()}
        elif isinstance(self.context, np.ndarray):
            arrays[_CONTEXT] = np.asarray(self.context)
        with atomic_write(path) as new, new.open("wb") as file:
            np.savez_compressed(file, number=self.number, part=self.part, **arrays)  # type: ignore[arg-type]


def read_player(path: Path) -> PlayerRecord:
    """Read a file of `PlayerRecord.save`.

    Raises
    ------
    LivehostError
        Where there is none, or it cannot be read.
    """
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
        number, part, verdicts = int(arrays.pop("number")), int(arrays.pop("part")), arrays.pop("verdicts")
    except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or "it is not whole"
        raise LivehostError(f"{path}, which says who played, cannot be read: {why}.") from None
    context: Any = arrays.pop(_CONTEXT, None)
    if arrays:
        context = {name.partition(".")[2]: array for name, array in arrays.items()}
    return PlayerRecord(number, part, about, context, verdicts)
