"""What a session leaves for the next one: its live settings, what it played with, and its scene, in one file.

format = 1
scene = "soft"
[settings.master]
gain_db = -3.0
[settings.bank]
dir = "/home/me/samples"
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError
from livehost.settings import PARTS, TABLE, Value, part_key
from livehost.toml import TomlError, flatten, read_toml, to_toml

FORMAT = 1
#: Settings that are kept besides the live ones: what is loaded.
LOADED = ("bank.dir", *(part_key(part, "model") for part in range(PARTS)), *(f"part{p}.bank" for p in range(1, PARTS)))


@dataclass
class KeptState:
    """What is kept.

    Attributes
    ----------
    settings : dict of str to value
        By dotted key.
    scene : str
        Name of the scene loaded or kept last, "" for none.
    wrong : list of str
        A sentence for each value of the file that does not fit its setting.
    """

    settings: dict[str, Value]
    scene: str = ""
    wrong: list[str] = field(default_factory=list)


def state_file() -> Path | None:
    """Give the file that it is kept in: ``$LIVEHOST_STATE`` (None where that is empty), else in the user's data."""
    given = os.environ.get("LIVEHOST_STATE")
    if given is not None:
        return Path(given) if given else None
    return platformdirs.user_data_path("livehost") / "state.toml"


def is_kept(key: str) -> bool:
    """Tell whether a setting is kept."""
    return bool(TABLE[key].thread) or key in LOADED


def write_state(path: Path, state: KeptState) -> None:
    """Write it atomically, so that it outlasts a loss of power.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    tree: dict[str, Any] = {"format": FORMAT, "scene": state.scene, "settings": {}}
    for key, value in state.settings.items():
        group, name = key.split(".", 1)
        tree["settings"].setdefault(group, {})[name] = value
    with atomic_write(path, lasting=True) as new:
        new.write_text(to_toml(tree), encoding="utf-8")


def read_state(path: Path) -> KeptState:
    """Read it; what this version does not know is left out, and values that do not fit are named as well.

    Raises
    ------
    LivehostError
        Where there is none, or it is none.
    """
    if not path.exists():
        raise LivehostError(f"There is no earlier session to go on from: {path} is not there.")
    try:
        tree = read_toml(path)
    except TomlError as error:
        raise LivehostError(f"The last session cannot be gone on from: {path} {error}.") from None
    settings, scene = tree.get("settings"), tree.get("scene", "")
    if tree.get("format") != FORMAT or not isinstance(settings, Mapping) or not isinstance(scene, str):
        raise LivehostError(f"The last session cannot be gone on from: {path} is of another version of livehost.")
    state = KeptState({}, scene)
    for key, value in flatten(settings):
        if key in TABLE and is_kept(key):
            try:
                state.settings[key] = TABLE[key].parse(value)
            except LivehostError as error:
                state.wrong.append(str(error))
    return state
