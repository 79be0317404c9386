"""Scenes: named sets of live settings, and of what is loaded, in a file each.

format = 1
[settings.player]
temperature = 0.7
[parts.0]
model = "bank-transformer"
bank = "samples"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError
from livehost.printable import few, shortly
from livehost.setting import Value
from livehost.settings import PARTS, TABLE
from livehost.toml import TomlError, flatten, read_toml, to_toml

FORMAT = 1


@dataclass
class Scene:
    """What a scene sets.

    Attributes
    ----------
    settings : dict of str to value
        Live settings by dotted key, each of the right type and in range.
    loaded : dict of int to dict
        By part: names of its "model" and its "bank".
    left_out : list of str
        Keys of its file that this version does not know, or that cannot be changed while livehost runs.
    wrong : list of str
        A sentence for each value of its file that does not fit its setting.
    """

    settings: dict[str, Value]
    loaded: dict[int, dict[str, str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def write_scene(path: Path, scene: Scene) -> None:
    """Write a scene atomically.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    tree: dict[str, Any] = {"format": FORMAT, "settings": {}, "parts": {str(k): v for k, v in scene.loaded.items()}}
    for key, value in scene.settings.items():
        group, name = key.split(".", 1)
        tree["settings"].setdefault(group, {})[name] = value
    try:
        with atomic_write(path) as new:
            new.write_text(to_toml(tree), encoding="utf-8")
    except OSError as error:
        raise LivehostError(f"The scene {path} cannot be written: {error.strerror or error}.") from None


def read_scene(path: Path) -> Scene:
    """Read a scene; values that do not fit are left out, and named.

    Raises
    ------
    LivehostError
        Where there is none, it is no scene or of another format, or nothing is left of it.
    """
    try:
        tree = read_toml(path)
    except TomlError as error:
        if not path.exists():
            raise LivehostError(f"There is no scene {path.stem} in {path.parent}.", 2) from None
        raise LivehostError(f"The scene {path} {error}.") from None
    found, settings = tree.pop("format", "unknown"), tree.pop("settings", {})
    if found != FORMAT or isinstance(found, bool):
        later = isinstance(found, int) and found > FORMAT
        todo = "take a newer livehost" if later else "save it anew with /livehost/scene/save"
        raise LivehostError(
            f"The scene {path} is of format {shortly(found)}, and this livehost reads {FORMAT}: {todo}."
        )
    if not isinstance(settings, Mapping):
        raise LivehostError(f"The scene {path} has no table of settings: save it anew with /livehost/scene/save.")
    scene = Scene({})
    for key, value in flatten(settings):
        if key not in TABLE or not TABLE[key].thread or not TABLE[key].scene:
            scene.left_out.append(key)
            continue
        try:
            scene.settings[key] = TABLE[key].parse(value)
        except LivehostError as error:
            scene.wrong.append(str(error))
    names = {f"parts.{part}.{what}": (part, what) for part in range(PARTS) for what in ("model", "bank")}
    for key, value in flatten(tree):
        if key in names and isinstance(value, str):
            part, what = names[key]
            scene.loaded.setdefault(part, {})[what] = value
        else:
            scene.left_out.append(key)
    if not scene.settings and not scene.loaded:
        raise LivehostError(
            f"The scene {path} holds nothing that can be set: "
            f"{few(scene.wrong, ' ', 4) or 'save it anew with /livehost/scene/save.'}"
        )
    return scene
