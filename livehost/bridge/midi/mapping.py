"""What controllers are bound to: the setting ``midi.map``."""

from collections.abc import Iterable
from dataclasses import dataclass

from livehost.errors import LivehostError


@dataclass(frozen=True)
class Binding:
    """One controller and what it does.

    Parameters
    ----------
    channel : int
        MIDI channel, 1 … 16.
    controller : int
        Number of the controller, 0 … 127.
    target : str
        OSC address, with arguments behind it where it is an action that wants some.
    """

    channel: int
    controller: int
    target: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.controller}={self.target}"


def parse_map(text: str) -> tuple[Binding, ...]:
    """Read ``1:20=/livehost/master/gain_db,1:21=/livehost/panic``.

    Raises
    ------
    LivehostError
        Where a part of it is nothing of the kind.

    Examples
    --------
    >>> parse_map("1:20=/livehost/scene/load soft")
    (Binding(channel=1, controller=20, target='/livehost/scene/load soft'),)
    """
    return tuple(_binding(part.strip()) for part in text.split(",") if part.strip())


def to_text(bindings: Iterable[Binding]) -> str:
    """Write what `parse_map` reads."""
    return ",".join(map(str, bindings))


def without(bindings: Iterable[Binding], target: str) -> tuple[Binding, ...]:
    """Leave out what is bound to an address, with or without arguments; "" is everything."""
    return tuple(b for b in bindings if target and target not in (b.target, b.target.split(" ")[0]))


def _binding(text: str) -> Binding:
    source, equals, target = text.partition("=")
    channel, colon, controller = (word.strip() for word in source.partition(":"))
    target = " ".join(target.split())
    if not (equals and colon and _in(channel, 1, 16) and _in(controller, 0, 127) and target.startswith("/")):
        raise LivehostError(
            f"midi.map wants CHANNEL:CONTROLLER=ADDRESS, such as 1:20=/livehost/master/gain_db, not {text!r}.", 2
        )
    return Binding(int(channel), int(controller), target)


def _in(text: str, low: int, high: int) -> bool:
    return text.isascii() and text.isdigit() and low <= int(text) <= high
