"""The command line as a whole: every failure is one sentence and a non-zero exit, and a fault of ours is kept."""

import datetime
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from livehost import __version__
from livehost.cli import bench, doctor, replay, run, soundcheck, studio, studio_pages
from livehost.cli.bank import bank_app
from livehost.cli.command_line import App, UsageError, usage_sentence
from livehost.cli.drums import drums_app
from livehost.cli.osc import osc_app
from livehost.cli.patches import FolderGroup, patches_app
from livehost.cli.plot import plot_app
from livehost.cli.service import service_app
from livehost.cli.studio_history import studio_app
from livehost.errors import LivehostError
from livehost.places import cache_root, leave_stand_in
from livehost.printable import one_line
from livehost.rt import compile_cache
from livehost.view.terminal import say_last

#: What a shell expects of a command that Ctrl-C has ended.
_INTERRUPTED = 130

app = App("An AI player for the stage: hears a musician, decides what to play next, answers in time.", complete=True)


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


run.register(app)
replay.register(app)
soundcheck.register(app)
doctor.register(app)
app.add_typer(bank_app, name="bank")
app.add_typer(osc_app, name="osc")
studio.register(app)
app.add_typer(studio_app, name="studio")
studio_pages.register(app)
app.add_typer(plot_app, name="plot")
app.add_typer(drums_app, name="drums")
app.add_typer(patches_app, name="patches", cls=FolderGroup)
app.add_typer(service_app, name="service")
bench.register(app)


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
