"""The commands. Each is thin: it turns what was typed into settings and calls what does the work."""

import datetime
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import platformdirs
import typer
from rich.console import Console

from livehost import __version__
from livehost.cli.command_line import App, UsageError, complete_setting, complete_suite, usage_sentence
from livehost.cli.studio import register
from livehost.errors import LivehostError
from livehost.places import cache_root, leave_stand_in
from livehost.printable import one_line
from livehost.rt import compile_cache
from livehost.settings import Settings
from livehost.view.console import make_console
from livehost.view.terminal import say_last

app = App("An AI player for the stage: hears a musician, decides what to play next, answers in time.", complete=True)
bank_app = App("Banks of sounds: build, look at, map.")
app.add_typer(bank_app, name="bank")
register(app)

#: What a shell expects of a command that Ctrl-C has ended.
_INTERRUPTED = 130

Directory = Annotated[Path, typer.Argument(help="Folder of sounds.", metavar="DIR")]
Rate = Annotated[int, typer.Option(help="Sample rate, Hz.")]
Slice = Annotated[bool, typer.Option("--slice", help="Cut long files at their onsets.")]
Match = Annotated[bool, typer.Option("--match-loudness/--no-match-loudness", help="Bring all items to one loudness.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take options that stand before the command."""


def _settings(config: Path | None, flags: dict[str, object], assignments: list[str]) -> Settings:
    values = Settings()
    if config is not None:
        values.load(config)
    values.update({key: value for key, value in flags.items() if value is not None}, "flag")
    values.assign(assignments)
    return values


@app.command()
def run(
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds.")] = None,
    player: Annotated[str | None, typer.Option(help="Who answers: bank, nearest or off.")] = None,
    model: Annotated[str | None, typer.Option(help="Model of player bank: a folder, or a name.")] = None,
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
    osc_in: Annotated[int | None, typer.Option(help="UDP port that OSC comes in at, 0 for none.")] = None,
    osc_allow: Annotated[
        list[str] | None,
        typer.Option(help="Who may send OSC, besides this computer: HOST or NETWORK; may be repeated."),
    ] = None,
    osc_out: Annotated[list[str] | None, typer.Option(help="HOST:PORT that OSC goes to; may be repeated.")] = None,
    midi_out: Annotated[
        str | None, typer.Option(help="MIDI port; a name that is no port becomes a virtual one.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any setting, key=value; may be repeated.", autocompletion=complete_setting),
    ] = None,
    ui: Annotated[bool, typer.Option("--ui/--no-ui", help="Dashboard on a terminal.")] = True,
) -> None:
    """Listen, decide, answer: the show."""
    flags: dict[str, object] = {
        "bank.dir": None if bank is None else str(bank), "player.name": player, "audio.driver": driver,
        "player.model": model, "player.backend": backend,
        "audio.input": input_, "audio.output": output, "audio.rate": rate, "audio.block": block, "run.seconds": seconds,
        "run.seed": seed, "log.events": events, "log.record": record, "osc.in_port": osc_in,
        "osc.out": ",".join(osc_out) if osc_out else None, "midi.out": midi_out,
        "osc.allow": ",".join(osc_allow) if osc_allow else None,
    }  # fmt: skip
    values = _settings(config, flags, assignments or [])
    from livehost.stage import session as evening  # takes a second: what is wrong with the settings is said before

    evening.run(values, make_console(), ui=ui)


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Folder for what it makes.")] = Path("demo"),
    seconds: Annotated[float, typer.Option(help="Length of the take.", min=2, max=600)] = 20.0,
    seed: Annotated[int, typer.Option(help="Seed of bank, take and choices.")] = 1,
    driver: Annotated[str, typer.Option(help="auto, portaudio, null or offline.")] = "auto",
) -> None:
    """Make a bank and a take by synthesis, play them, and leave sound, log and picture behind."""
    from livehost.cli.demo import run_demo

    run_demo(directory, seconds=seconds, seed=seed, driver=driver, console=make_console())


@app.command()
def devices() -> None:
    """List sound devices and MIDI ports."""
    from livehost.view.devices import device_tables

    console = make_console()
    for table in device_tables():
        console.print(table)


@app.command()
def settings() -> None:
    """List all settings: key, default, unit, range, meaning."""
    from livehost.view.settings_table import settings_table

    make_console().print(settings_table())


@app.command()
def addresses() -> None:
    """List all OSC addresses, as a Markdown table."""
    from livehost.bridge.osc.addresses import markdown_table

    typer.echo(markdown_table())


@bank_app.command("build")
def bank_build(directory: Directory, rate: Rate = 48_000, slice_: Slice = False, match_loudness: Match = True) -> None:
    """Read a folder of sounds, and keep the result in the cache."""
    from livehost.bank.info import remarks, summary

    console = make_console()
    bank = _open(console, directory, rate, slice_, match_loudness)
    for line in (*remarks(bank), summary(bank)):
        console.print(line)


@bank_app.command("info")
def bank_info(directory: Directory, rate: Rate = 48_000, slice_: Slice = False, match_loudness: Match = True) -> None:
    """Show every item of a bank."""
    from livehost.bank.info import bank_info as rows_of
    from livehost.bank.info import remarks, summary
    from livehost.view.bank_table import bank_table

    console = make_console()
    bank = _open(console, directory, rate, slice_, match_loudness)
    console.print(bank_table(rows_of(bank)))
    for line in (*remarks(bank), summary(bank)):
        console.print(line)


@bank_app.command("map")
def bank_map(
    directory: Directory,
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (PNG) to write.")] = Path("map.png"),
    rate: Rate = 48_000,
    slice_: Slice = False,
) -> None:
    """Draw a bank by similarity."""
    from livehost.view.bank_map.map import draw_map

    console = make_console()
    draw_map(_open(console, directory, rate, slice_, True), output)
    console.print(f"Wrote {output}.")


@app.command()
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


def _open(console: Console, directory: Path, rate: int, slice_: bool, match_loudness: bool):
    from livehost.bank.load import open_bank
    from livehost.view.progress import progress_bar

    with progress_bar(console, "Reading the bank") as progress:
        return open_bank(directory, rate, slice_onsets=slice_, match_loudness=match_loudness, progress=progress)


def _crash_report() -> str:
    """Keep the traceback of a fault of our own, and say where."""
    text = f"livehost {__version__}\n{sys.argv}\n{traceback.format_exc()}"
    name = f"fault-{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%dT%H-%M-%S}.txt"
    for folder in (platformdirs.user_log_dir("livehost"), cache_root()):
        path = Path(folder) / name
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            return f"The details are in {path}."
    return "Its details could not be kept: no folder can be written."


def main() -> None:
    """Run the command line; every failure is one sentence and a non-zero exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old Windows console has no "→"
    errors = os.dup(2)  # a library that hangs may have turned the stream itself away
    if compile_cache.trouble:
        _say(compile_cache.trouble, errors)
    try:
        code = app(prog_name="livehost", standalone_mode=False) or 0
        if code == _INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301  typer may have made a number of it
    except UsageError as error:
        code = _say(usage_sentence(error, sys.argv[1:]), errors, error.exit_code)
    except LivehostError as error:
        code = _say(str(error), errors, error.exit_code)
    except (KeyboardInterrupt, typer.Abort):  # what was being waited for may never come
        leave_stand_in()
        os._exit(_INTERRUPTED)
    except BrokenPipeError:
        code = 1
    except Exception as error:
        code = _say(f"a fault of its own: {error}. {_crash_report()}", errors, 70)
    sys.exit(code)


def _say(sentence: str, handle: int, code: int = 0) -> int:
    say_last(f"livehost: {one_line(sentence)}\n", handle)
    return code
