"""What a record is: one slot of a ring, a line of the event log, a message of OSC.

Every record of a ring fills `RECORD_BYTES` bytes and begins with the same header (`frame`, `kind`), so one ring carries
all kinds; which kinds there are stands in `livehost/events.py`.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

RECORD_BYTES = 256


@dataclass(frozen=True)
class Field:
    """One field of a record.

    Parameters
    ----------
    name : str
        Name in the dtype, the log and the docs.
    type : str
        numpy type code; ``f4*13`` is a vector; ``s`` is text, in host records only.
    help : str
        What it means, with its unit.
    words : tuple of str
        Names of the values of an enumeration.
    """

    name: str
    type: str
    help: str
    words: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the field: () or (n,)."""
        return (int(self.type.split("*")[1]),) if "*" in self.type else ()

    def plain(self, value: Any) -> Any:
        """Turn a value of it into what JSON knows: a word, a list, a number of 7 digits, None where not finite."""
        if self.words:
            return self.words[int(value)] if 0 <= int(value) < len(self.words) else str(value)
        if self.shape:
            return [_finite(v) for v in value.tolist()]
        return _finite(value.item())


@dataclass(frozen=True)
class Record:
    """One kind of record.

    Parameters
    ----------
    name : str
        Its kind, in code, log and docs.
    code : int
        Its number in rings; 0 for one that never travels in a ring.
    group : str
        "command", or the OSC group of an event.
    help : str
        One line.
    fields : tuple of Field
        What it carries besides frame and kind.
    logged : bool
        Whether it stands in the event log.
    word : str
        What a line about it begins with, where people read events; "" for kinds that they are not shown.
    tone : str
        How such a line looks: "" plain, "quiet", "echo", "rest", "good", "bad".
    """

    name: str
    code: int
    group: str
    help: str
    fields: tuple[Field, ...]
    logged: bool = True
    word: str = ""
    tone: str = ""

    @cached_property
    def dtype(self) -> np.dtype:
        """Structured dtype of exactly `RECORD_BYTES` bytes, of one that travels in rings."""
        names, formats, offsets, at = [], [], [], 0
        for field in _HEADER + self.fields:
            base = np.dtype(field.type.split("*")[0])
            at = -(-at // base.itemsize) * base.itemsize
            names.append(field.name)
            formats.append((base, field.shape) if field.shape else base)
            offsets.append(at)
            at += base.itemsize * math.prod(field.shape)
        return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": RECORD_BYTES})


def fields(*rows: tuple) -> tuple[Field, ...]:
    """Make fields of rows: name, type, help, and words."""
    return tuple(Field(*row) for row in rows)


_HEADER = fields(
    ("frame", "i8", "frame (sample position of the input stream) that it belongs to"),
    ("kind", "i8", "number of the record in the table of events"),
)

#: The header alone: read `kind` with it, then look the record up.
HEADER = np.dtype({"names": ["frame", "kind"], "formats": ["i8", "i8"], "offsets": [0, 8], "itemsize": RECORD_BYTES})


def _finite(value: float) -> float | None:
    if isinstance(value, float):
        return float(f"{value:.7g}") if math.isfinite(value) else None
    return value
