"""``livehost bank``: build, look at, draw a bank of sounds."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from livehost.cli.command_line import App
from livehost.view.console import make_console

bank_app = App("Banks of sounds: build, look at, map.")

Directory = Annotated[Path, typer.Argument(help="Folder of sounds.", metavar="DIR")]
Rate = Annotated[int, typer.Option(help="Sample rate, Hz.")]
Slice = Annotated[bool, typer.Option("--slice", help="Cut long files at their onsets.")]
Match = Annotated[bool, typer.Option("--match-loudness/--no-match-loudness", help="Bring all items to one loudness.")]


@bank_app.command("build")
def bank_build(directory: Directory, rate: Rate = 48_000, slice_: Slice = False, match_loudness: Match = True) -> None:
    """Read a folder of sounds, and keep the result in the cache."""
    from livehost.bank.info import remarks, summary

    console = make_console()
    bank = _open(console, directory, rate, slice_, match_loudness)
    for line in (*remarks(bank), summary(bank)):
        console.print(line)


@bank_app.command("info")
def bank_info(directory: Directory, rate: Rate = 48_000, slice_: Slice = False, match_loudness: Match = True) -> None:
    """Show every item of a bank."""
    from livehost.bank.info import bank_info as rows_of
    from livehost.bank.info import remarks, summary
    from livehost.view.bank_table import bank_table

    console = make_console()
    bank = _open(console, directory, rate, slice_, match_loudness)
    console.print(bank_table(rows_of(bank)))
    for line in (*remarks(bank), summary(bank)):
        console.print(line)


@bank_app.command("map")
def bank_map(
    directory: Directory,
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (PNG) to write.")] = Path("map.png"),
    rate: Rate = 48_000,
    slice_: Slice = False,
) -> None:
    """Draw a bank by similarity."""
    from livehost.view.bank_map.map import draw_map

    console = make_console()
    draw_map(_open(console, directory, rate, slice_, True), output)
    console.print(f"Wrote {output}.")


def _open(console: Console, directory: Path, rate: int, slice_: bool, match_loudness: bool):
    from livehost.bank.load import open_bank
    from livehost.view.progress import progress_bar

    with progress_bar(console, "Reading the bank") as progress:
        return open_bank(directory, rate, slice_onsets=slice_, match_loudness=match_loudness, progress=progress)
