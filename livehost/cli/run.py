"""``livehost run``, ``demo``, ``devices``, ``settings``, ``addresses``: the session, and what one asks before it."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App, complete_setting, typed
from livehost.cli.goes_on import goes_on, supervise_run
from livehost.errors import LivehostError
from livehost.settings import PARTS, Settings, part_key
from livehost.start_layers import StartLayers
from livehost.view.console import make_console


def register(app: App) -> None:
    """Add the commands to the command line."""
    for command in (run, demo, devices, settings, addresses):
        app.command()(command)


def start_layers(config: Path | None, flags: dict[str, object], assignments: list[str]) -> StartLayers:
    """Put together what a session starts with: a file, flags and `--set`."""
    layers = StartLayers()
    if config is not None:
        layers.load(config)
    layers.update({key: value for key, value in flags.items() if value is not None}, "flag")
    layers.assign(assignments)
    return layers


def start_settings(config: Path | None, flags: dict[str, object], assignments: list[str]) -> Settings:
    """Resolve what a session starts with: defaults, then a file, then flags and `--set`."""
    return start_layers(config, flags, assignments).resolve()


def by_part(name: str, flag: str, value: str | None) -> dict[str, object]:
    """Give a setting of the parts by its keys, from values with commas: the first is for part 0.

    Raises
    ------
    LivehostError
        Where there are more of them than parts.
    """
    values = [] if value is None else [text.strip() for text in value.split(",")]
    if len(values) > PARTS:
        raise LivehostError(f"{flag} takes one value for each of {PARTS} parts, not {len(values)}.", 2)
    return {part_key(part, name): text for part, text in enumerate(values)}


def run(
    context: typer.Context,
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds.")] = None,
    player: Annotated[
        str | None, typer.Option(help="Who plays: bank, nearest, performance or off; of two parts: bank,performance.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model of the player: a folder, or a name; of two parts with a comma.")
    ] = None,
    backend: Annotated[str | None, typer.Option(help="auto, native, python or torchscript.")] = None,
    driver: Annotated[str | None, typer.Option(help="auto, portaudio, null or offline.")] = None,
    input_: Annotated[str | None, typer.Option("--input", help="Input device (name, number) or sound file.")] = None,
    output: Annotated[str | None, typer.Option(help="Output device (name, number) or sound file.")] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate, Hz.")] = None,
    block: Annotated[int | None, typer.Option(help="Frames in a block.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after this time.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of every random choice.")] = None,
    events: Annotated[str | None, typer.Option(help="Event log, one JSON object a line.")] = None,
    record: Annotated[str | None, typer.Option(help="Folder to record input and output into.")] = None,
    session: Annotated[str | None, typer.Option(help="Folder to keep all in, for livehost replay and show.")] = None,
    osc_in: Annotated[int | None, typer.Option(help="UDP port that OSC comes in at, 0 for none.")] = None,
    osc_allow: Annotated[
        list[str] | None,
        typer.Option(help="Who may send OSC, besides this computer: HOST or NETWORK; may be repeated."),
    ] = None,
    osc_out: Annotated[list[str] | None, typer.Option(help="HOST:PORT that OSC goes to; may be repeated.")] = None,
    midi_out: Annotated[
        list[str] | None, typer.Option(help="MIDI port; a name that is no port becomes a virtual one; may be repeated.")
    ] = None,
    midi_in: Annotated[list[str] | None, typer.Option(help="MIDI port that notes and controllers come from.")] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any setting, key=value; may be repeated.", autocompletion=complete_setting),
    ] = None,
    restored: Annotated[
        bool, typer.Option("--restore", help="Go on from the last session: settings, bank, model, scene.")
    ] = False,
    supervise: Annotated[
        bool, typer.Option("--supervise", help="Start it again where it dies or hangs, as it was.")
    ] = False,
    ui: Annotated[bool, typer.Option("--ui/--no-ui", help="Dashboard on a terminal.")] = True,
) -> None:
    """Listen, decide, answer: the show."""
    flags: dict[str, object] = {
        "bank.dir": None if bank is None else str(bank), "audio.driver": driver, "player.backend": backend,
        **by_part("name", "--player", player), **by_part("model", "--model", model),
        "audio.input": input_, "audio.output": output, "audio.rate": rate, "audio.block": block, "run.seconds": seconds,
        "run.seed": seed, "log.events": events, "log.record": record, "log.session": session,
        "osc.in_port": osc_in,
        "osc.out": ",".join(osc_out) if osc_out else None, "midi.out": ",".join(midi_out) if midi_out else None,
        "midi.in": ",".join(midi_in) if midi_in else None,
        "osc.allow": ",".join(osc_allow) if osc_allow else None, "run.restore": True if restored else None,
    }  # fmt: skip
    layers, console = start_layers(config, flags, assignments or []), make_console()
    if supervise:
        layers.resolve()  # what is wrong with them is said before
        supervise_run([word for word in typed(context) if word != "--supervise"])
    told = goes_on(layers, lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True))
    from livehost.stage.session import run_session  # takes a second: what is wrong with the settings is said before

    run_session(layers.resolve(), console, ui=ui, keep=told.keep, begin=told.begin, supervision=told.supervision)


def demo(
    directory: Annotated[Path, typer.Argument(help="Folder for what it makes.")] = Path("demo"),
    seconds: Annotated[float, typer.Option(help="Length of the take.", min=2, max=600)] = 20.0,
    seed: Annotated[int, typer.Option(help="Seed of bank, take and choices.")] = 1,
    driver: Annotated[str, typer.Option(help="auto, portaudio, null or offline.")] = "auto",
) -> None:
    """Make a bank and a take by synthesis, play them, and leave sound, log and picture behind."""
    from livehost.cli.demo import run_demo

    run_demo(directory, seconds=seconds, seed=seed, driver=driver, console=make_console())


def devices() -> None:
    """List sound devices and MIDI ports."""
    from livehost.view.devices import device_tables

    console = make_console()
    for table in device_tables():
        console.print(table)


def settings() -> None:
    """List all settings: key, default, unit, range, meaning."""
    from livehost.view.settings_table import settings_table

    make_console().print(settings_table())


def addresses() -> None:
    """List all OSC addresses, as a Markdown table."""
    from livehost.bridge.osc.addresses import markdown_table

    typer.echo(markdown_table())
