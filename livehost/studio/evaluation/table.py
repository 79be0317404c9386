"""Tables of results for the terminal: columns that read a row, and one table or two, as the width allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    heading : str
    show : callable
        Row → text.
    left : bool
        Aligned at the left, as names are; numbers are at the right.
    """

    heading: str
    show: Callable[[Any], str | Text]
    left: bool = False


def make_table(rows: Sequence[Any], columns: Sequence[Column]) -> Table:
    """Make a table."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=0)
    for column in columns:
        shown.add_column(column.heading, justify="left" if column.left else "right", no_wrap=True)
    for row in rows:
        shown.add_row(*(column.show(row) for column in columns))
    return shown


def fitting_tables(
    rows: Sequence[Any], names: Sequence[Column], first: Sequence[Column], second: Sequence[Column], console: Console
) -> list[Table]:
    """Make one table of all columns, or two where the console is too narrow for that.

    Parameters
    ----------
    rows : sequence
    names : sequence of Column
        Stand at the left of each table.
    first, second : sequence of Column
        The two halves.
    console : Console
    """
    whole = make_table(rows, [*names, *first, *second])
    if console.measure(whole, options=console.options.update(max_width=1000)).maximum <= console.width:
        return [whole]
    return [make_table(rows, [*names, *first]), make_table(rows, [*names, *second])]
