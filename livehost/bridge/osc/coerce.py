"""From what came over the network to what an argument wants."""

import math
from typing import Any

from livehost.bridge.osc.schema import Address, Arg
from livehost.errors import LivehostError


class Refused(LivehostError):  # noqa: N818 -- reads as what happened
    """A message that changes nothing, with the code that /livehost/error carries."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def coerce(path: str, arg: Arg, value: Any) -> Any:
    """Turn a value into an argument: ``i f d h T F`` are numbers and are clamped, a word may be picked by its place.

    Raises
    ------
    Refused
        Where it is missing, no finite number, or none of the words.
    """
    if value is None:
        if arg.default is None:
            raise Refused("type", f"{path} wants its {arg.name}.")
        return arg.default
    number = isinstance(value, (int, float))
    if arg.type == "s":
        if arg.choices and number and math.isfinite(value) and 0 <= int(value) < len(arg.choices):
            value = arg.choices[int(value)]
        if not isinstance(value, str) or (arg.choices and value not in arg.choices):
            wanted = "one of " + ", ".join(arg.choices) if arg.choices else "a word"
            raise Refused("type", f"{path} wants {wanted}, not {value!r}.")
        return value
    if not number or not math.isfinite(value):
        raise Refused("type", f"{path} wants a number, not {value!r}.")
    clamped = min(max(value, arg.low), arg.high)
    if arg.strict and clamped != value:
        raise Refused("range", f"{path} has no {arg.name} {value:g}.")
    return math.floor(clamped + 0.5) if arg.type == "i" else float(f"{clamped:.7g}")


def fires(row: Address, args: tuple[Any, ...]) -> bool:
    """Whether a trigger fires: on no argument, or on a first one that is not 0.

    Raises
    ------
    Refused
        For NaN and Inf.
    """
    first = args[0] if args else 1
    if isinstance(first, float) and not math.isfinite(first):
        raise Refused("type", f"{row.path} wants no argument, or a number, not {first!r}.")
    return not isinstance(first, (int, float)) or first != 0


def told(value: Any) -> Any:
    """Make a value comparable with what a client sent, and fit to be sent: 7 digits, a boolean as 0 or 1."""
    if isinstance(value, float):
        return float(f"{value:.7g}")
    return int(value) if isinstance(value, bool) else value
