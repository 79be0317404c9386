"""The settings file that a soundcheck leaves for the show."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livehost.atomic_file import atomic_write, make_folder
from livehost.errors import LivehostError
from livehost.toml import TomlError, read_toml, to_toml


def write_stage(path: Path, settings: Mapping[str, Any], lines: list[str]) -> Path | None:
    """Write settings into a TOML file; what else an older one has stays, and the older one is kept beside it.

    Parameters
    ----------
    path : Path
        Such as ``stage.toml``.
    settings : mapping
        Values by dotted key.
    lines : list of str
        What was found, for the top of the file.

    Returns
    -------
    Path or None
        Where the older one is now.

    Raises
    ------
    LivehostError
        Where it cannot be written, or the older one cannot be read.
    """
    tree: dict[str, Any] = {}
    kept: Path | None = None
    try:
        make_folder(path.parent)
        if path.exists():
            tree = read_toml(path)
            kept = path.with_name(f"{path.stem}.before{path.suffix}")
        for key, value in settings.items():
            group, name = key.split(".", 1)
            table = tree.setdefault(group, {})
            if not isinstance(table, dict):
                raise LivehostError(f"{path} cannot be kept: {group} is no table in it; -o another one.", 2)
            table[name] = value
        if kept is not None:
            kept.write_bytes(path.read_bytes())
        heading = "".join(f"# {line}\n" for line in ("What livehost soundcheck found:", *lines))
        with atomic_write(path, lasting=True) as new:
            new.write_text(f"{heading}\n{to_toml(tree)}", encoding="utf-8")
    except TomlError as error:
        raise LivehostError(f"The settings file {path} {error}; -o another one.", 2) from None
    except OSError as error:
        raise LivehostError(f"{path} cannot be written: {error.strerror or error}.") from None
    return kept
