"""``livehost grow``: more sounds of one's own kind, into a folder or into a running session."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.errors import LivehostError
from livehost.view.console import make_console

#: What a running session decides itself.
_NOT_INTO = ("--between", "--free", "--spread", "--vocoder", "--seed", "--slice", "--originals")
_COUNT, _SPREAD = 200, 0.5


def register(app: App) -> None:
    """Add the command to the command line."""
    app.command()(grow)


def grow(
    samples: Annotated[Path | None, typer.Argument(help="Folder of the sounds that the new ones come from.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder of the new bank; one that was begun goes on.")
    ] = None,
    model: Annotated[str, typer.Option("--with", help="Export that makes sounds: a folder, or a name.")] = "mel-vqvae",
    count: Annotated[int, typer.Option(help="Sounds.")] = _COUNT,
    like: Annotated[list[str] | None, typer.Option(help="Sound to come from; may be repeated; none: all.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Two sounds, to lie between them.", metavar="A B")
    ] = None,
    free: Annotated[bool, typer.Option("--free", help="Come from no sound: as the model likes.")] = False,
    spread: Annotated[float, typer.Option(help="How far from there: 0 hardly, 1 as far as the model goes.")] = _SPREAD,
    vocoder: Annotated[str | None, typer.Option(help="Vocoder, an export, or griffin-lim; the shipped one.")] = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.", min=0)] = 0,
    slice_: Annotated[bool, typer.Option("--slice", help="Cut long files of the folder at their onsets.")] = False,
    originals: Annotated[bool, typer.Option("--originals", help="The folder's own sounds stand there, too.")] = False,
    into: Annotated[
        str | None, typer.Option(help="Running livehost whose bank grows while it plays.", metavar="HOST:PORT")
    ] = None,
) -> None:
    """Make a bank from a bank: sounds near yours, between two of them, or as a model likes; with a page about them."""
    if into is not None:
        typed = (between, free, spread != _SPREAD, vocoder, seed, slice_, originals)
        wrong = [flag for flag, is_typed in zip(_NOT_INTO, typed, strict=True) if is_typed]
        if samples is not None or output is not None or wrong:
            raise LivehostError(
                "A running livehost grows its own bank: --into takes --with, --count and --like"
                f"{f', not {wrong[0]}' if wrong else ', and no folder'}.", 2
            )  # fmt: skip
        _into(into, model, count, like or [])
        return
    if samples is None or output is None:
        raise LivehostError("Which sounds, and where to? livehost grow SAMPLES -o BANK, or --into HOST:PORT.", 2)
    from livehost.bank.build import default_workers
    from livehost.growing.grow import Work
    from livehost.growing.order import Order
    from livehost.growing.page import write_page
    from livehost.view.progress import progress_bar

    order = Order(
        samples=samples, model=model, out=output, count=count, like=tuple(like or ()), between=between or (), free=free,
        spread=spread, vocoder=vocoder or "", seed=seed, slice_onsets=slice_, originals=originals,
    )  # fmt: skip
    console = make_console()
    with progress_bar(console, "Reading the bank") as progress:
        work = Work(order, progress)
    with progress_bar(console, "Growing") as progress:
        growth = work.grow(default_workers(), progress)
    page = write_page(growth)
    for line in (growth.summary(), f"{page} shows them: livehost run --bank {output} plays them."):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _into(target: str, model: str, count: int, like: list[str]) -> None:
    """Have a running session grow its bank, and show how far it is."""
    from livehost.bridge.osc.client import OscClient
    from livehost.view.progress import progress_bar

    host, _, port = target.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise LivehostError(f"--into takes HOST:PORT, such as 127.0.0.1:9000, not {target!r}.", 2)
    console = make_console()
    with OscClient(host, int(port)) as client:
        for answer in client.ask("/livehost/bank/grow", [model, count, *like]):
            if answer.address == "/livehost/error":
                raise LivehostError(str(answer.args[-1]))
        with progress_bar(console, "Growing") as progress:
            for message in client.follow(["event"], float("inf")):
                if message is None:
                    console.print("livehost has fallen silent, or answers again.")
                elif message.address == "/livehost/error":
                    raise LivehostError(str(message.args[-1]))
                elif message.address == "/livehost/event/growth":
                    state, done, wanted, name = message.args
                    progress(int(done), int(wanted), str(name))
                    if state not in ("begun", "grows"):
                        break
    end = f"The bank {name} is being put in place." if state == "done" else f"It has {state}, with {done} of {wanted}."
    console.print(end, markup=False, highlight=False)
