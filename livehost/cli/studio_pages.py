"""``livehost explore`` and ``listen``: pages about models of sounds."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.view.console import make_console

Model = Annotated[str, typer.Argument(help="Export (folder, or name) or checkpoint of a mel VAE or VQ-VAE.")]
Heard = Annotated[str, typer.Argument(help="Export (folder, or name) or checkpoint: mel VAE, VQ-VAE or vocoder.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder of the page.")]
Iterations = Annotated[int, typer.Option(help="Of Griffin-Lim.", min=1)]
Seed = Annotated[int, typer.Option(help="Of every random choice.", min=0)]


def register(app: App) -> None:
    """Add the commands to the command line."""
    for command in (explore, listen):
        app.command()(command)


def explore(
    model: Model,
    out: Out = Path("explored"),
    like: Annotated[list[Path] | None, typer.Option(help="Sound on the way; two or more.")] = None,
    vocoder: Annotated[
        str | None, typer.Option(help="Export or checkpoint of a vocoder, or griffin-lim; the shipped one.")
    ] = None,
    iterations: Iterations = 60,
    seed: Seed = 0,
) -> None:
    """Show what a model of sounds knows, as a page to see and hear: a grid, ways between sounds, use of its codes."""
    from livehost.studio.pages.explore import explore

    options = {
        "model": model, "out": out, "like": like, "vocoder": vocoder, "iterations": iterations, "seed": seed,
    }  # fmt: skip
    console = make_console()
    console.print(f"Wrote {explore(options, console)}.", markup=False, highlight=False, soft_wrap=True)


def listen(
    model: Heard,
    data: Annotated[Path, typer.Option(help="Folder of sounds that it has not learnt from.")],
    out: Out = Path("listened"),
    count: Annotated[int, typer.Option(help="Sounds; three pairs each.", min=1)] = 8,
    iterations: Iterations = 60,
    seed: Seed = 0,
) -> None:
    """Make a blind page of pairs: the original, what a model makes of it, and the original's mel by Griffin-Lim."""
    from livehost.studio.pages.listen import listen

    options = {"model": model, "data": data, "out": out, "count": count, "iterations": iterations, "seed": seed}
    console = make_console()
    console.print(f"Wrote {listen(options, console)}.", markup=False, highlight=False, soft_wrap=True)
