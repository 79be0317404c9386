"""A bank as a table, for people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.bank.layout import Bank

_PITCHES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")


@dataclass(frozen=True)
class Column:
    """One column of the table: heading, what it means, how to print its value."""

    name: str
    help: str
    show: Callable[[Any], str]


def note_name(pitch: float) -> str:
    """Name of the nearest note of a MIDI pitch (60 = C4), with the deviation in cents from 10 on; "–" for nan.

    Parameters
    ----------
    pitch : float
        MIDI pitch.

    Returns
    -------
    str

    Examples
    --------
    >>> note_name(69.2)
    'A4 +20'
    """
    if np.isnan(pitch):
        return "–"
    note = round(pitch)
    cents = round(100 * (pitch - note))
    return f"{_PITCHES[note % 12]}{note // 12 - 1}" + (f" {cents:+d}" if abs(cents) >= 10 else "")


#: Columns of `bank_info`.
COLUMNS = (
    Column("index", "number that players and OSC use", str),
    Column("name", "relative path, #k for the k-th slice", str),
    Column("seconds", "length", lambda value: f"{value:.2f}"),
    Column("channels", "1 or 2", lambda value: {1: "mono", 2: "stereo"}[value]),
    Column("onset_ms", "where the attack stands", lambda value: f"{value:.1f}"),
    Column("root", "pitch, where there is one", note_name),
    Column("loudness_db", "loudest 100 ms, LKFS", lambda value: f"{value:.1f}"),
    Column("gain_db", "what brings it to the loudness of the others", lambda value: f"{value:+.1f}"),
    Column("successor", "what follows it in its recording", lambda value: "–" if value < 0 else str(value)),
)


def bank_info(bank: Bank) -> list[dict[str, Any]]:
    """List a bank's items.

    Parameters
    ----------
    bank : Bank
        Any bank.

    Returns
    -------
    list of dict
        One per item, a value for each of `COLUMNS` (numbers as numbers; `Column.show` prints them).
    """
    items = bank.items
    columns = {
        "index": range(len(bank)),
        "name": bank.names,
        "seconds": (items["frames"] / bank.rate).tolist(),
        "channels": items["channels"].tolist(),
        "onset_ms": (1000 * items["onset"] / bank.rate).tolist(),
        "root": items["root"].tolist(),
        "loudness_db": items["loudness_db"].tolist(),
        "gain_db": (20 * np.log10(items["gain"])).tolist(),
        "successor": items["successor"].tolist(),
    }
    return [
        dict(zip(columns, values, strict=True))
        for values in zip(*(columns[column.name] for column in COLUMNS), strict=True)
    ]


def summary(bank: Bank) -> str:
    """Say in one line what a bank holds."""
    size_mb = bank.block.nbytes / 1e6
    sources = len(bank.sources)
    beside = f", {bank.companions} companion{'s' if bank.companions > 1 else ''} beside them" if bank.companions else ""
    return (
        f"{len(bank)} sounds from {sources} file{'s' if sources != 1 else ''}, {bank.seconds:.1f} s at {bank.rate} Hz, "
        f"{size_mb:.1f} MB, {int((bank.items['successor'] >= 0).sum())} with a successor, "
        f"{int(np.isfinite(bank.items['root']).sum())} with a pitch, {len(bank.skipped)} files skipped{beside}"
    )


def remarks(bank: Bank) -> list[str]:
    """Say what a person should know of a bank: its notes, and each file that was left out, with the reason."""
    return [*bank.notes, *(f"Left out of the bank: {name} ({why})." for name, why in bank.skipped)]
