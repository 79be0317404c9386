"""What a session leaves for the next one: its live settings, what it played with, its scene and more, in one file.

format = 1
scene = "soft"
halted = "panic"
recording = true
[settings.master]
gain_db = -3.0
[settings.bank]
dir = "/home/me/samples"
[parts.0]
bank = "0f3c…"
denied = "3,7-12"
rejected = ""
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError
from livehost.setting import Value
from livehost.settings import PARTS, TABLE, part_key
from livehost.toml import TomlError, flatten, read_toml, to_toml

FORMAT = 1
#: Why nothing may play: no reason, a panic, a stop.
HALTS = ("", "panic", "stop")
#: Items that may be kept of a part.
_MOST_ITEMS = 10_000_000
#: Settings that are kept besides the live ones: what is loaded.
LOADED = ("bank.dir", *(part_key(part, "model") for part in range(PARTS)), *(f"part{p}.bank" for p in range(1, PARTS)))


@dataclass(frozen=True)
class KeptPart:
    """What is kept of a part besides its settings.

    Attributes
    ----------
    bank : str
        Hash of its bank: the items of another one have other numbers.
    denied, rejected : tuple of int
        Items of it that may not be chosen, because they were denied, and because of a verdict.
    """

    bank: str
    denied: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()


@dataclass
class KeptState:
    """What is kept.

    Attributes
    ----------
    settings : dict of str to value
        By dotted key.
    scene : str
        Name of the scene loaded or kept last, "" for none.
    halted : str
        Why nothing plays, of `HALTS`; a session that ended well leaves "".
    recording : bool
        Whether a recording goes on; a session that ended well leaves False.
    parts : dict of int to KeptPart
        Of the parts that play.
    wrong : list of str
        A sentence for each value of the file that does not fit its setting.
    """

    settings: dict[str, Value]
    scene: str = ""
    halted: str = ""
    recording: bool = False
    parts: dict[int, KeptPart] = field(default_factory=dict)
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
    parts = {
        str(part): {"bank": kept.bank, "denied": to_ranges(kept.denied), "rejected": to_ranges(kept.rejected)}
        for part, kept in state.parts.items()
    }
    tree: dict[str, Any] = {
        "format": FORMAT, "scene": state.scene, "halted": state.halted, "recording": state.recording, "settings": {},
        "parts": parts,
    }  # fmt: skip
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
    halted = tree.get("halted")
    state = KeptState({}, scene, halted if halted in HALTS else "", tree.get("recording") is True)
    for key, value in flatten(settings):
        if key in TABLE and is_kept(key):
            try:
                state.settings[key] = TABLE[key].parse(value)
            except LivehostError as error:
                state.wrong.append(str(error))
    state.parts = _parts(tree.get("parts"))
    return state


def _parts(tree: Any) -> dict[int, KeptPart]:
    """Read the parts; one that is none is left out."""
    found = {}
    for name, part in tree.items() if isinstance(tree, Mapping) else ():
        if name.isdecimal() and int(name) < PARTS and isinstance(part, Mapping) and isinstance(part.get("bank"), str):
            items = (from_ranges(part.get(what)) for what in ("denied", "rejected"))
            found[int(name)] = KeptPart(part["bank"], *items)
    return found


def to_ranges(numbers: Iterable[int]) -> str:
    """Write numbers as ranges: 3,7-12."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def from_ranges(text: Any) -> tuple[int, ...]:
    """Read numbers from ranges; () where it is no such text, or too many."""
    numbers: list[int] = []
    if not isinstance(text, str) or not re.fullmatch(r"(\d{1,9}(-\d{1,9})?(,|$))*", text, re.ASCII):
        return ()
    for run in text.split(",") if text else ():
        low, _, high = run.partition("-")
        if int(high or low) - int(low) + len(numbers) >= _MOST_ITEMS:
            return ()
        numbers.extend(range(int(low), int(high or low) + 1))
    return tuple(numbers)
