"""What a setting is: one row of the table, and how a value of any source becomes one of its own."""

import math
from dataclasses import dataclass
from typing import Any

from livehost.errors import LivehostError
from livehost.printable import shortly

Value = bool | int | float | str
#: Threads that own live settings: the audio thread, the worker, a part (a player in the worker), a voice (in the audio
#: thread), ordinary Python.
THREADS = ("audio", "worker", "part", "voice", "host")


@dataclass(frozen=True)
class Setting:
    """One setting.

    Parameters
    ----------
    key : str
        Dotted name, as in TOML and ``--set``.
    default : bool, int, float or str
        Its type is the type of the setting.
    help : str
        One line.
    unit : str
        Unit of a number.
    low, high : float
        Range of a number, inclusive.
    choices : tuple of str
        Allowed words.
    thread : str
        One of `THREADS` that takes it at run time, "" for fixed once running.
    part : int
        Number of the part that it belongs to, -1 for a setting of the whole session.
    scene : bool
        Whether scenes keep it, where it is live. What a room has, such as its ports, is no matter of the music.
    voice : int
        Number of the voice that it belongs to, -1 for none.
    """

    key: str
    default: Value
    help: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    thread: str = ""
    part: int = -1
    scene: bool = True
    voice: int = -1

    @property
    def field(self) -> str:
        """Name in the `record` of its thread."""
        repeated = self.part >= 0 or self.voice >= 0
        return self.key.split(".", 1)[1] if repeated else self.key.replace(".", "_")

    def parse(self, value: Any) -> Value:
        """Convert and check a value of any source.

        Raises
        ------
        LivehostError
            Where the value is of the wrong type, not finite, or out of range.
        """
        parsed = self._convert(value)
        if isinstance(parsed, (int, float)) and not isinstance(parsed, bool) and not self.low <= parsed <= self.high:
            raise self._wrong(value)
        return parsed

    def clamp(self, value: Any) -> Value:
        """As `parse`, with a number out of range moved to the nearest end (what OSC does)."""
        parsed = self._convert(value)
        if isinstance(parsed, (bool, str)):
            return parsed
        return type(parsed)(min(max(parsed, self.low), self.high))

    def number(self, value: Value) -> float:
        """Express a value as the float that a live parameter holds (a word becomes its place in `choices`)."""
        return float(self.choices.index(value)) if isinstance(value, str) else float(value)

    def _convert(self, value: Any) -> Value:
        try:
            if isinstance(self.default, bool):
                return _boolean(value)
            if isinstance(self.default, int):
                return _whole(value)
            if isinstance(self.default, float):
                return _finite(value)
        except (TypeError, ValueError, OverflowError):
            raise self._wrong(value) from None
        word = self.choices[int(value)] if self.choices and _is_index(value, len(self.choices)) else str(value)
        if not isinstance(value, (str, int, float)) or (self.choices and word not in self.choices):
            raise self._wrong(value)
        return word

    def _wrong(self, value: Any) -> LivehostError:
        if self.choices:
            wanted = "one of " + ", ".join(self.choices)
        elif isinstance(self.default, bool):
            wanted = "true or false"
        elif isinstance(self.default, str):
            wanted = "text"
        else:
            kind = "a whole number" if isinstance(self.default, int) else "a number"
            wanted = f"{kind} from {self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}"
        return LivehostError(f"{self.key} wants {wanted}, not {shortly(value)}.", 2)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return int(value)
    if float(value) != int(float(value)):
        raise ValueError
    return int(float(value))


def _boolean(value: Any) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str):
        if value.lower() not in words:
            raise ValueError
        return words[value.lower()]
    if not math.isfinite(float(value)):
        raise ValueError
    return bool(value)


def _is_index(value: Any, count: int) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return math.isfinite(value) and 0 <= int(value) < count
