"""``livehost replay`` and ``livehost show``: what is done with the folder of a session."""

from pathlib import Path
from typing import Annotated, Any

import typer

from livehost.cli.command_line import App, complete_setting
from livehost.errors import LivehostError
from livehost.start_layers import StartLayers
from livehost.view.console import make_console

_Session = Annotated[Path, typer.Argument(help="Folder of livehost run --session.", metavar="SESSION")]


def register(app: App) -> None:
    """Add the commands to the command line."""
    for command in (replay, show):
        app.command()(command)


def replay(
    session: _Session,
    model: Annotated[str, typer.Option(help="Another model for part 0: a folder, or a name.")] = "",
    bank: Annotated[Path | None, typer.Option(help="Another folder of sounds for part 0.")] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="A setting that holds all the time, key=value; may be repeated.",
            autocompletion=complete_setting,
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Sound file of what is played now.")] = None,
) -> None:
    """Render a session again: as it was, to the bit, or as it would have been."""
    from livehost.replay.command import replay_session
    from livehost.view.progress import progress_bar

    console = make_console()
    with progress_bar(console, "Reading the bank") as progress:
        same = replay_session(
            session, wanted=_settings(assignments or []), bank=bank, model=model, output=output, progress=progress,
            say=lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True),
        )  # fmt: skip
    if not same:
        raise LivehostError(f"The replay of {session} is not what the session was.")


def _settings(assignments: list[str]) -> dict[str, Any]:
    """Read `--set`: what was asked for, by key."""
    layers = StartLayers()
    layers.assign(assignments)
    values = layers.resolve()
    return {key: values[key] for key in values if values.by(key) == "flag"}


def show(session: _Session) -> None:
    """Draw a session: pictures, and a page with its sound."""
    from livehost.view.session_page.page import show_session

    console = make_console()
    console.print(show_session(session), markup=False, highlight=False, soft_wrap=True)
