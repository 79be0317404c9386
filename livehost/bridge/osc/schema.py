"""What the table of addresses is made of."""

import math
from dataclasses import dataclass, field
from typing import Any

#: What stands for a value that is not there (NaN and nothing have no place on a patch cord).
_MISSING = {"dB": -120.0, "dBFS": -120.0, "ms": -1.0}


@dataclass(frozen=True)
class Arg:
    """One argument.

    Parameters
    ----------
    type : str
        ``i``, ``f`` or ``s``; what is sent, and what a number is rounded to when it comes in.
    name : str
        Name, with the unit in it where the documentation of OSC.md has it so.
    unit : str
        Unit of a number.
    low, high : float
        Range; what is outside is clamped.
    strict : bool
        What is outside is refused instead: there is no nearest one.
    default : object
        Value where the argument is left out; None where it must be given.
    choices : tuple of str
        Allowed words; a number picks by place.
    field : str
        Field of the record that it is read from, where that is not `name`.
    count : int
        Length of a vector.
    """

    type: str
    name: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    default: Any = None
    choices: tuple[str, ...] = ()
    field: str = ""
    count: int = 1
    strict: bool = False

    @property
    def missing(self) -> Any:
        """What is sent where the record has no value."""
        if self.type == "s":
            return ""
        return -1 if self.name == "index" else _MISSING.get(self.unit, 0.0 if self.type == "f" else 0)


@dataclass(frozen=True)
class Address:
    """One address.

    Parameters
    ----------
    path : str
        The address.
    access : str
        "set" (arguments set, none query), "query", "trigger" (fires on no argument or on a non-zero one), "call" (its
        arguments are those of an action) or "out".
    help : str
        One line.
    args : tuple of Arg
        Its arguments; of a query, those of the reply.
    group : str
        Group that it is sent in.
    setting : str
        Key of the setting that it sets and reports.
    info : str
        Key of `Control.info` that a query reports.
    record : str
        Record (of `livehost.events`, or "perf", "log") that it is sent for.
    action : tuple
        What it does: name of a handler, then constants.
    voice : int
        Voice that it is about, -1 for none; one that has no setting says whether it sounds.
    part : int
        Part whose events it sends, or that it acts on; -1 for events of all parts.
    """

    path: str
    access: str
    help: str
    args: tuple[Arg, ...] = ()
    group: str = ""
    setting: str = ""
    info: str = ""
    record: str = ""
    action: tuple[Any, ...] = field(default=())
    part: int = -1
    voice: int = -1

    @property
    def types(self) -> str:
        """Type tags of its arguments."""
        return "".join(a.type * a.count for a in self.args)
