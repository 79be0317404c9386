"""What a patch shows of the table of addresses: pages of sliders, switches, menus, buttons and text fields."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from livehost.bridge.osc.addresses import BY_PATH, SECTIONS
from livehost.bridge.osc.schema import Address
from livehost.settings import TABLE

Kind = Literal["slider", "number", "toggle", "menu", "text", "button", "shown"]
#: Sections of the table that no one plays on.
_LEFT_OUT = ("Session", "Streams out")
#: First words of addresses that there are too many of, or that a slip of the hand must not find.
_NOT_HERE = ("voice", "quit")
#: What every performer has at hand; the rest is a page away.
FRONT = (
    "/livehost/master/gain_db", "/livehost/input/gain_db", "/livehost/model/follow", "/livehost/model/temperature",
    "/livehost/model/density", "/livehost/model/space", "/livehost/model/unison", "/livehost/model/memory",
    "/livehost/model/balance_db", "/livehost/listen/sensitivity", "/livehost/model/player", "/livehost/model/mode",
)  # fmt: skip
#: Longest page; a longer section goes on on another.
PAGE = 24


@dataclass(frozen=True)
class Control:
    """One control of a patch.

    Attributes
    ----------
    path : str
        Its address.
    label : str
        What stands beside it: the address without what all of its page share.
    kind : str
        "slider" (a number with a range), "number" (one without), "toggle", "menu" (a word of several), "text",
        "button" (fires), "shown" (only reported).
    low, high : float
        Range of a number; of a menu, places of its words.
    initial : float
        Default, a word as its place; 0 where there is none.
    whole : bool
        Only whole numbers.
    choices : tuple of str
        Words of a menu.
    unit, help : str
    word : bool
        Its value is text.
    reports : bool
        Livehost tells its value.
    """

    path: str
    label: str
    kind: Kind
    low: float = 0.0
    high: float = 1.0
    initial: float = 0.0
    whole: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    word: bool = False
    reports: bool = True

    @property
    def words(self) -> list[str]:
        """Parts of the path, without `livehost`."""
        return self.path.strip("/").split("/")[1:]

    @property
    def name(self) -> str:
        """A name without slashes, one of its kind: `model temperature`."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Page:
    """A page of controls."""

    title: str
    controls: tuple[Control, ...]


def control(path: str, label: str = "") -> Control:
    """Make the control of an address.

    Raises
    ------
    KeyError
        Where the table has no such address, or nothing that can be shown of it.
    """
    made = _control(BY_PATH[path])
    if made is None:
        raise KeyError(path)
    return made if not label else Control(**{**vars(made), "label": label})


def front() -> Page:
    """Give the controls that a performer has at hand."""
    return Page("Play", tuple(control(path) for path in FRONT))


def pages() -> Iterator[Page]:
    """Make all pages, in the order of the table."""
    for title, rows in SECTIONS:
        if title not in _LEFT_OUT:
            yield from _paged(title, [c for c in map(_control, rows) if c is not None])


def everything() -> tuple[Control, ...]:
    """Give every control once, in the order of the table."""
    return tuple(one for page in pages() for one in page.controls)


def _paged(title: str, controls: list[Control]) -> Iterator[Page]:
    parts = math.ceil(len(controls) / PAGE)
    size = math.ceil(len(controls) / max(parts, 1))
    for part in range(parts):
        name = title if part == 0 else f"{title} {part + 1}"
        yield Page(name, tuple(controls[part * size : (part + 1) * size]))


def _control(row: Address) -> Control | None:
    """Choose how an address is shown; None for one that is only sent, or that no one looks for here."""
    words = row.path.strip("/").split("/")
    if row.access == "out" or words[0] != "livehost" or words[1] in _NOT_HERE:
        return None
    label = " ".join(words[1:])
    if row.access == "trigger":
        return Control(row.path, label, "button", help=row.help, reports=False)
    if not row.args:
        return Control(row.path, label, "button", help=row.help, reports=False) if row.access == "call" else None
    arg, *more = row.args
    if row.access == "call" and any(other.default is None for other in more):
        return None  # more than one number
    bounded = math.isfinite(arg.low) and math.isfinite(arg.high)
    kind: Kind
    if row.access == "query":
        kind = "shown"
    elif arg.choices:
        kind = "menu"
    elif arg.type == "s":
        kind = "text"
    elif row.setting and isinstance(TABLE[row.setting].default, bool):
        kind = "toggle"
    else:
        kind = "slider" if bounded else "number"
    low, high = (0.0, float(len(arg.choices) - 1)) if arg.choices else (arg.low, arg.high)
    if not bounded and not arg.choices:
        low, high = 0.0, 0.0
    return Control(
        row.path, label, kind, low, high, _initial(row), arg.type == "i", arg.choices, arg.unit, row.help,
        word=arg.type == "s", reports=row.access in ("set", "query"),
    )  # fmt: skip


def _initial(row: Address) -> float:
    if not row.setting:
        return 0.0
    setting = TABLE[row.setting]
    if isinstance(setting.default, str):
        return float(setting.choices.index(setting.default)) if setting.choices else 0.0
    return float(setting.default)


#: Part of an address → what is below it, or the control.
Tree = dict[str, "Control | Tree"]


def tree(controls: Iterable[Control]) -> Tree:
    """Sort controls by the parts of their addresses.

    Raises
    ------
    ValueError
        Where an address is below another one: no patch could take them apart.
    """
    root: Tree = {}
    for one in controls:
        *folders, leaf = one.words
        at = root
        for folder in folders:
            below = at.setdefault(folder, {})
            if isinstance(below, Control):
                raise ValueError(f"{one.path} is below {below.path}")  # noqa: TRY004 -- no type, but an address
            at = below
        if leaf in at:
            raise ValueError(f"{one.path} is above other addresses")
        at[leaf] = one
    return root
