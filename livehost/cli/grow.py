"""``livehost grow``: more sounds of one's own kind."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.view.console import make_console


def register(app: App) -> None:
    """Add the command to the command line."""
    app.command()(grow)


def grow(
    samples: Annotated[Path, typer.Argument(help="Folder of the sounds that the new ones come from.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the new bank; one that was begun goes on.")],
    model: Annotated[str, typer.Option("--with", help="Export that makes sounds: a folder, or a name.")] = "mel-vqvae",
    count: Annotated[int, typer.Option(help="Sounds.")] = 200,
    like: Annotated[list[str] | None, typer.Option(help="Sound to come from; may be repeated; none: all.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Two sounds, to lie between them.", metavar="A B")
    ] = None,
    free: Annotated[bool, typer.Option("--free", help="Come from no sound: as the model likes.")] = False,
    spread: Annotated[float, typer.Option(help="How far from there: 0 hardly, 1 as far as the model goes.")] = 0.5,
    seed: Annotated[int, typer.Option(help="Of every random choice.", min=0)] = 0,
    slice_: Annotated[bool, typer.Option("--slice", help="Cut long files of the folder at their onsets.")] = False,
    originals: Annotated[bool, typer.Option("--originals", help="The folder's own sounds stand there, too.")] = False,
) -> None:
    """Make a bank from a bank: sounds near yours, between two of them, or as a model likes; with a page about them."""
    from livehost.bank.build import default_workers
    from livehost.growing.grow import Work
    from livehost.growing.order import Order
    from livehost.growing.page import write_page
    from livehost.view.progress import progress_bar

    order = Order(
        samples=samples, model=model, out=output, count=count, like=tuple(like or ()), between=between or (), free=free,
        spread=spread, seed=seed, slice_onsets=slice_, originals=originals,
    )  # fmt: skip
    console = make_console()
    with progress_bar(console, "Reading the bank") as progress:
        work = Work(order, progress)
    with progress_bar(console, "Growing") as progress:
        growth = work.grow(default_workers(), progress)
    page = write_page(growth)
    for line in (growth.summary(), f"{page} shows them: livehost run --bank {output} plays them."):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
