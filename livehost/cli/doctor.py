"""``livehost doctor``: what would hurt tonight."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App, complete_setting
from livehost.cli.run import start_settings
from livehost.view.console import make_console


def register(app: App) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds.")] = None,
    player: Annotated[str | None, typer.Option(help="Who answers: bank, nearest or off.")] = None,
    model: Annotated[str | None, typer.Option(help="Model of player bank: a folder, or a name.")] = None,
    driver: Annotated[str | None, typer.Option(help="auto, portaudio, null or offline.")] = None,
    input_: Annotated[str | None, typer.Option("--input", help="Input device (name, number).")] = None,
    output: Annotated[str | None, typer.Option(help="Output device (name, number).")] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate, Hz.")] = None,
    block: Annotated[int | None, typer.Option(help="Frames in a block.")] = None,
    record: Annotated[str | None, typer.Option(help="Folder that is to be recorded into.")] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any setting, key=value; may be repeated.", autocompletion=complete_setting),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
) -> None:
    """Look at all that would hurt tonight, each with its remedy; exit 1 where the show is not safe."""
    flags: dict[str, object] = {
        "bank.dir": None if bank is None else str(bank), "player.name": player, "player.model": model,
        "audio.driver": driver, "audio.input": input_, "audio.output": output, "audio.rate": rate, "audio.block": block,
        "log.record": record,
    }  # fmt: skip
    values, console = start_settings(config, flags, assignments or []), make_console()
    from livehost.doctor.checks import examine, is_safe  # takes a second: what was typed wrongly is said before
    from livehost.view.doctor_page import doctor_json, doctor_page

    with console.status("") if console.is_terminal and not as_json else _Still() as status:
        page = examine(values, lambda name: status.update(f"Looking at: {name} …"))
    if as_json:
        sys.stdout.write(json.dumps(doctor_json(page), indent=2, ensure_ascii=False) + "\n")
    else:
        console.print(doctor_page(page, console.width))
    if not is_safe(page):
        raise typer.Exit(1)


class _Still:
    """A status line where nobody looks."""

    def __enter__(self) -> "_Still":
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""

    def update(self, _text: str) -> None:
        """Show nothing."""
