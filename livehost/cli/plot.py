"""`livehost plot`: pictures of a session."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.extras import needs_studio
from livehost.settings import PARTS
from livehost.view.console import make_console

plot_app = App("Pictures of a session.")


@plot_app.command("attention")
@needs_studio("livehost plot attention")
def plot_attention(
    log: Annotated[Path, typer.Argument(help="Event log of a session (--events).", metavar="LOG")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (.png) or film (.mp4).")] = Path(
        "attention.png"
    ),
    heard: Annotated[Path | None, typer.Option(help="Recording of what was heard.")] = None,
    played: Annotated[Path | None, typer.Option(help="Recording of what was played.")] = None,
    part: Annotated[int, typer.Option(help="Whose choices, where several parts play.", min=0, max=PARTS - 1)] = 0,
    rate: Annotated[
        float | None, typer.Option(help="Hz, where neither a recording nor the log says it (48,000).")
    ] = None,
    start: Annotated[float, typer.Option("--from", help="Begin at this second.", min=0)] = 0.0,
    end: Annotated[float | None, typer.Option("--to", help="End at this second.", min=0)] = None,
) -> None:
    """Draw what each choice rested on."""
    from livehost.view.attention.plot import plot_attention as work
    from livehost.view.progress import progress_bar

    console = make_console()
    with progress_bar(console, "Drawing") as progress:
        work(
            log, output, heard=heard, played=played, rate=rate, part=part, start_s=start, end_s=end,
            progress=lambda done, total: progress(done, total, ""),
        )  # fmt: skip
    console.print(f"Wrote {output}.")


@plot_app.command("session")
def plot_session(
    log: Annotated[
        Path, typer.Argument(help="Event log of a session (--events), or its folder (--session).", metavar="LOG")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (.png).")] = Path("session.png"),
    heard: Annotated[Path | None, typer.Option(help="Recording of what was heard.")] = None,
    played: Annotated[Path | None, typer.Option(help="Recording of what was played.")] = None,
    rate: Annotated[
        float | None, typer.Option(help="Hz, where neither a recording nor the log says it (48,000).")
    ] = None,
    start: Annotated[float, typer.Option("--from", help="Begin at this second.", min=0)] = 0.0,
    end: Annotated[float | None, typer.Option("--to", help="End at this second.", min=0)] = None,
) -> None:
    """Draw what was heard, expected and played, on one axis of time, with its bars."""
    from livehost.view.picture.log import plot_log

    title = log.name if log.is_dir() else None
    plot_log(log, output, heard=heard, played=played, rate=rate, start_s=start, end_s=end, title=title)
    make_console().print(f"Wrote {output}.", markup=False, highlight=False, soft_wrap=True)
