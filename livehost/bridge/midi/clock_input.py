"""MIDI clock that comes in, from its bytes to whoever follows it."""

from collections.abc import Callable
from typing import Protocol


class ClockInput(Protocol):
    """Whoever follows MIDI clock; times are those of the monotonic clock, ns."""

    def tick(self, ns: int) -> None:
        """Count a clock; there are 24 a quarter note."""
        ...

    def start(self, ns: int) -> None:
        """Start from the beginning, at the next clock."""
        ...

    def continue_(self, ns: int) -> None:
        """Go on from where it stands, at the next clock."""
        ...

    def stop(self, ns: int) -> None:
        """Stop."""
        ...

    def position(self, sixteenths: int, ns: int) -> None:
        """Stand at so many sixteenth notes from the beginning."""
        ...


_SONG_POSITION = 0xF2
#: What a byte means to the clock.
_MEANS: dict[int, Callable[[ClockInput, int], None]] = {
    0xF8: lambda clock, ns: clock.tick(ns),
    0xFA: lambda clock, ns: clock.start(ns),
    0xFB: lambda clock, ns: clock.continue_(ns),
    0xFC: lambda clock, ns: clock.stop(ns),
}


def follow(clock: ClockInput, message: bytes, at_ns: int) -> None:
    """Tell the clock of a message, where it is one of clock."""
    if message[0] == _SONG_POSITION and len(message) == 3:
        clock.position(message[1] | message[2] << 7, at_ns)
    elif message[0] in _MEANS:
        _MEANS[message[0]](clock, at_ns)
