"""The console that commands print on."""

from rich.console import Console

#: Columns of what is no terminal: room for every table.
WIDE = 140


def make_console() -> Console:
    """Give a console as wide as its terminal; a file or a pipe has room for every table."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)
