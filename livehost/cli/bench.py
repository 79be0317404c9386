"""``livehost bench``."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App, complete_suite
from livehost.view.console import make_console


def register(app: App) -> None:
    """Add the command to the command line."""
    app.command()(bench)


def bench(
    suites: Annotated[
        list[str] | None,
        typer.Argument(help="Suites to run; none: all.", metavar="SUITE", autocompletion=complete_suite),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Shorter, for every commit.")] = False,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    compare: Annotated[Path | None, typer.Option(help="JSON of an earlier run: 1 where this one is slower.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for a page and pictures.")] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Measure other programs beside.")] = False,
    minutes: Annotated[
        float | None, typer.Option(help="Length of the soak, and how long panic panics.", min=0.05)
    ] = None,
    budgets: Annotated[Path | None, typer.Option(help="TOML file of budgets, in place of livehost's own.")] = None,
) -> None:
    """Measure livehost on this machine; exit 1 where a budget is broken, 2 where something could not run."""
    from livehost.bench import run_suites

    code = run_suites(
        suites or [], quick=quick, json_path=json, minutes=minutes, console=make_console(), base_path=compare,
        report=report, peers=peers, budgets_path=budgets,
    )  # fmt: skip
    raise typer.Exit(code)
