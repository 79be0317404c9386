"""The context of each part on the disk, beside the kept state: what a session that goes on remembers."""

from contextlib import suppress
from pathlib import Path

import numpy as np


def context_file(state: Path, part: int, bank: str) -> Path:
    """Give the file of a part's context, by the hash of the bank whose items it names."""
    return state.with_name(f"{state.stem}-part{part}-{bank[:12]}.npz")


def write_context(state: Path, part: int, bank: str, sounds: np.ndarray, rate: float) -> None:
    """Write the context of a part, whole or not at all; those of other banks go.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    from livehost.dsp.segment import SEGMENT_SCHEMA
    from livehost.players.bank_transformer.context import write_sounds

    path = context_file(state, part, bank)
    write_sounds(path, sounds, rate, str(SEGMENT_SCHEMA))
    for old in path.parent.glob(f"{state.stem}-part{part}-*.npz"):
        if old != path:
            with suppress(OSError):
                old.unlink()


def read_context(state: Path, part: int, bank: str, rate: float) -> np.ndarray | None:
    """Read the context of a part, `SOUND` [n], its newest sound just over at frame 0; None where there is none.

    Raises
    ------
    LivehostError
        Where there is one that cannot be read, or was measured in another way.
    """
    from livehost.dsp.segment import SEGMENT_SCHEMA
    from livehost.players.bank_transformer.context import load_context

    path = context_file(state, part, bank)
    if not path.exists():
        return None
    sounds = load_context(path, rate, str(SEGMENT_SCHEMA))
    return ending_at(sounds, 0)


def ending_at(sounds: np.ndarray, frame: int) -> np.ndarray:
    """Move a context of another session's clock so that the last of its sounds is just over at a frame."""
    if len(sounds):
        sounds["onset"] += frame - int(sounds["onset"][-1] + sounds["frames"][-1])
    return sounds
