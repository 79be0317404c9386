"""``livehost soundcheck``: a guided quarter of a minute before the show."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App, complete_setting
from livehost.cli.run import start_settings
from livehost.errors import LivehostError
from livehost.view.console import make_console


def register(app: App) -> None:
    """Add the command to the command line."""
    app.command()(soundcheck)


def soundcheck(
    seconds: Annotated[float, typer.Option(help="How long it takes.", min=8, max=600)] = 15.0,
    out: Annotated[Path, typer.Option("-o", "--out", help="TOML file of settings to be written.")] = Path("stage.toml"),
    input_: Annotated[str | None, typer.Option("--input", help="Input device (name, number) or sound file.")] = None,
    output: Annotated[str | None, typer.Option(help="Output device (name, number).")] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate, Hz.")] = None,
    block: Annotated[int | None, typer.Option(help="Frames in a block.")] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any setting, key=value; may be repeated.", autocompletion=complete_setting),
    ] = None,
) -> None:
    """Listen to the room, the loudspeakers and the musician, and write the settings that follow from it."""
    flags: dict[str, object] = {
        "audio.input": input_, "audio.output": output, "audio.rate": rate, "audio.block": block,
    }  # fmt: skip
    values, console = start_settings(config, flags, assignments or []), make_console()
    from livehost.soundcheck.capture import from_card, from_file  # takes a second
    from livehost.soundcheck.findings import find
    from livehost.soundcheck.stage_file import write_stage
    from livehost.stage.audio_file import is_sound_file
    from livehost.stage.session import interruptible

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=not console.is_terminal)

    if out.suffix != ".toml":
        raise LivehostError(f"A settings file ends in .toml, not as {out}.", 2)
    with interruptible():
        file = is_sound_file(values["audio.input"])
        findings = find(from_file(values) if file else from_card(values, seconds, say))
    lines = findings.lines()
    for number, line in enumerate(lines, 1):
        say(f"{number}. {line}")
    kept = write_stage(out, findings.settings, lines)
    before = f" ({kept} is the one before)" if kept is not None else ""
    say(f"{out} is written{before}: livehost run --bank DIR --config {out} plays with it.")
