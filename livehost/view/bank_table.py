"""The table of ``livehost bank info``."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from livehost.bank.info import COLUMNS

#: Headings that fit a terminal of 80 columns.
_HEADINGS = {
    "index": "#", "seconds": "s", "channels": "", "onset_ms": "onset ms", "loudness_db": "LKFS", "gain_db": "gain dB",
    "successor": "next",
}  # fmt: skip


def bank_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """All items of a bank, one a row; columns as in `livehost.bank.info.COLUMNS`."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in COLUMNS:
        is_name = column.name == "name"
        table.add_column(_HEADINGS.get(column.name, column.name), no_wrap=not is_name, overflow="fold")
    for row in rows:
        table.add_row(*(column.show(row[column.name]) for column in COLUMNS))
    return table
