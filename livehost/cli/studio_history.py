"""``livehost studio``: the families of models, and the runs that trained some."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.view.console import make_console

studio_app = App("Families of models: what there is, what each needs, and what was trained.")


@studio_app.command("list")
def list_families() -> None:
    """List every family and preset: what for, time to train, the licence of its shipped export."""
    from livehost.studio.history.families import family_table

    make_console().print(family_table())


@studio_app.command("describe")
def describe(name: Annotated[str, typer.Argument(help="Family, as livehost studio list names it.")]) -> None:
    """Describe a family: what it learns from and needs, its presets and commands, its shipped export."""
    from livehost.studio.history.families import describe, family_named

    console = make_console()
    for part in describe(family_named(name)):
        console.print(part)


@studio_app.command("history")
def history(
    folder: Annotated[Path, typer.Argument(help="Folder of training runs.")] = Path("training"),
    picture: Annotated[Path | None, typer.Option(help="Draw their curves (PNG).")] = None,
) -> None:
    """List the training runs under a folder, the newest first."""
    from livehost.studio.history.picture import draw_curves
    from livehost.studio.history.runs import find_runs, history_table

    console, found = make_console(), find_runs(folder)
    for part in history_table(found, folder):
        console.print(part)
    if picture is not None:
        runs = [(str(one.folder), one.run) for one in found if one.run is not None]
        console.print(f"Wrote {draw_curves(runs, picture)}.", markup=False, highlight=False)


@studio_app.command("compare")
def compare(
    one: Annotated[Path, typer.Argument(help="Folder of a training run.", metavar="A")],
    other: Annotated[Path, typer.Argument(help="Folder of another.", metavar="B")],
    picture: Annotated[Path | None, typer.Option(help="Draw both curves (PNG).")] = None,
) -> None:
    """Show two training runs side by side: what differs, and their figures."""
    from livehost.studio.history.picture import draw_curves
    from livehost.studio.history.runs import compare_tables
    from livehost.studio.training.run_file import read_run

    console = make_console()
    a, b = ((folder, read_run(folder)) for folder in (one, other))
    for part in compare_tables(a, b):
        console.print(part)
    if picture is not None:
        drawn = draw_curves([(str(folder), run) for folder, run in (a, b)], picture)
        console.print(f"Wrote {drawn}.", markup=False, highlight=False)
