"""``livehost service install|uninstall|status|show``: a systemd user unit."""

import os
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from livehost.atomic_file import atomic_write
from livehost.cli import run as run_command
from livehost.cli.command_line import App
from livehost.errors import LivehostError
from livehost.supervise.unit import low_limits, systemctl, unit_path, unit_text

service_app = App("Have livehost run from the login on, supervised: a unit of systemd, for this user.")

Name = Annotated[str, typer.Option(help="Name of the service, where there are several.")]
_WHERE = "More limits for services of users: LimitRTPRIO=95 and LimitMEMLOCK=infinity in a drop-in of user@.service."
#: What systemctl's exit statuses say.
_RUNS, _NOT_RUNNING = 0, 3


def _checked(arguments: list[str]) -> list[str]:
    """Refuse what ``livehost run`` would refuse.

    Raises
    ------
    LivehostError
        Where one of them does not fit.
    """
    app = App("")
    run_command.register(app)
    words = [word for word in arguments if word not in ("--supervise", "--no-ui")]
    command = get_command(app).commands["run"]  # type: ignore[attr-defined]
    given = command.make_context("livehost run", list(words)).params
    run_command.start_settings(
        given["config"], {"bank.dir": given["bank"] and str(given["bank"])}, given["assignments"] or []
    )
    return words


@service_app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def install(context: typer.Context, name: Name = "livehost") -> None:
    """Write the unit, with what stands behind for `livehost run`, and have systemd start it at every login."""
    path, text = unit_path(name), unit_text(_checked(context.args), Path.cwd())
    try:
        with atomic_write(path) as new:
            new.write_text(text, "utf-8")
    except OSError as error:
        raise LivehostError(f"The service is not installed: {path} cannot be written ({error.strerror}).") from None
    try:
        systemctl("daemon-reload")
        code, said = systemctl("enable", path.name)
    except LivehostError as why:
        typer.echo(
            f"The service is in {path}, and {why}: once one does, systemctl --user enable --now {name} starts it."
        )
        return
    if code:
        raise LivehostError(f"The service is in {path}, and systemd does not take it: {said}.")
    typer.echo(f"The service is in {path}, and begins at every login; now: systemctl --user start {name}.")
    typer.echo(
        f"Without a login, from the start of the computer on: loginctl enable-linger {os.environ.get('USER', '')}."
    )
    if low := low_limits():
        typer.echo(f"{' and '.join(low)} may be lower than the unit asks for. {_WHERE}")


@service_app.command()
def uninstall(name: Name = "livehost") -> None:
    """Stop the service, and remove its unit."""
    path = unit_path(name)
    if not path.exists():
        raise LivehostError(f"There is no service {name}: {path} is not there.")
    told = ""
    try:
        systemctl("disable", "--now", path.name)
    except LivehostError as why:
        told = f" ({why}: what runs goes on)"
    try:
        path.unlink()
    except OSError as error:
        raise LivehostError(f"{path} cannot be removed: {error.strerror}.") from None
    if not told:
        systemctl("daemon-reload")
    typer.echo(f"The service {name} is removed{told}.")


@service_app.command()
def status(name: Name = "livehost") -> None:
    """Tell whether the service is installed, and whether it runs; exit 3 where it does not."""
    path = unit_path(name)
    if not path.exists():
        typer.echo(f"There is no service {name}: livehost service install, with the options of livehost run behind.")
        raise typer.Exit(_NOT_RUNNING)
    try:
        code, said = systemctl("is-active", path.name)
    except LivehostError as why:
        typer.echo(f"The service {name} is installed in {path}, and {why}.")
        raise typer.Exit(_NOT_RUNNING) from None
    typer.echo(
        f"The service {name} is installed in {path}, and {'runs' if code == _RUNS else f'does not run ({said})'}."
    )
    if code != _RUNS:
        raise typer.Exit(_NOT_RUNNING)


@service_app.command()
def show(name: Name = "livehost") -> None:
    """Print the unit that is installed."""
    path = unit_path(name)
    try:
        typer.echo(path.read_text("utf-8"), nl=False)
    except OSError:
        raise LivehostError(f"There is no service {name}: {path} is not there.") from None
    except UnicodeDecodeError:
        raise LivehostError(f"{path} is not UTF-8 text: livehost service install writes it anew.") from None
