"""Makes all patches from the table of addresses; what is checked in is what this makes."""

import zlib
from collections.abc import Callable
from pathlib import Path

from livehost.errors import LivehostError
from livehost.patches import live, max_patch, pd, pd_panel, touchosc
from livehost.patches.shipped import names

#: File by its name in the folder of the patches, and what makes it.
_FILES: dict[str, Callable[[], str | bytes]] = {
    "pd/livehost.pd": pd.abstraction,
    "pd/livehost-help.pd": pd.help_patch,
    "pd/livehost-panel.pd": pd_panel.panel,
    "max/livehost.maxpat": max_patch.patch,
    "max/livehost.maxhelp": max_patch.help_patch,
    "live/livehost.amxd": live.device,
    "touchosc/livehost.tosc": touchosc.layout,
}


def outputs() -> dict[str, bytes]:
    """Make every patch: its name in the folder, and its bytes."""
    made = {name: make() for name, make in _FILES.items()}
    return {name: text.encode() if isinstance(text, str) else text for name, text in made.items()}


def same(one: bytes, other: bytes) -> bool:
    """Tell whether two patches are the same; compressed ones may have been compressed by other versions of zlib."""
    return _content(one) == _content(other)


def _content(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def build(folder: Path) -> list[Path]:
    """Write every patch into a folder, and remove what is none any more.

    Returns
    -------
    list of Path
        Those that were not there, or other ones.

    Raises
    ------
    LivehostError
        Where the folder cannot be written.
    """
    made, written = outputs(), []
    try:
        for stale in names(folder):
            if stale.as_posix() not in made:
                (folder / stale).unlink()
        for name, content in made.items():
            path = folder / name
            if not path.exists() or not same(path.read_bytes(), content):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                written.append(path)
    except OSError as error:
        raise LivehostError(f"The patches cannot be written to {folder}: {error.strerror or error}.") from None
    return written
