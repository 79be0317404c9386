"""The context of each part on the disk, beside the kept state: what a session that goes on remembers."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from livehost.players.base import Player


def context_file(state: Path, part: int, player: Player, bank: str) -> Path:
    """Give the file of a part's context, by its kind and by the hash of the bank whose items it names."""
    return state.with_name(f"{state.stem}-part{part}-{player.context_kind}-{bank[:12]}.npz")


def write_context(state: Path, part: int, player: Player, bank: str, rate: float) -> None:
    """Write the context of a part's player, whole or not at all; those of other players and banks go.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    path = context_file(state, part, player, bank)
    player.save_context(path, player.context(), rate)
    for old in path.parent.glob(f"{state.stem}-part{part}-*.npz"):
        if old != path:
            with suppress(OSError):
                old.unlink()


def read_context(state: Path, part: int, player: Player, bank: str, rate: float) -> Any:
    """Read a context for a part's player, as one that ends at frame 0; () where there is none.

    Raises
    ------
    LivehostError
        Where there is one that cannot be read, or was measured in another way.
    """
    path = context_file(state, part, player, bank)
    return player.load_context(path, rate, 0) if path.exists() else ()
