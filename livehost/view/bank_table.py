"""The table of ``livehost bank info``."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from livehost.bank.info import COLUMNS


def bank_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """All items of a bank, one a row; columns as in `livehost.bank.info.COLUMNS`."""
    table = Table()
    for column in COLUMNS:
        table.add_column(column.name, no_wrap=True, overflow="fold" if column.name == "name" else "ellipsis")
    for row in rows:
        table.add_row(*(column.show(row[column.name]) for column in COLUMNS))
    return table
