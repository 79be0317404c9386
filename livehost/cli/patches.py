"""``livehost patches``: patches for Pure Data, Max, Live and touch surfaces."""

from pathlib import Path
from typing import Annotated, Any

import typer

from livehost.cli.command_line import App, Group
from livehost.extras import require
from livehost.view.console import make_console

patches_app = App("Patches for Pure Data, Max, Max for Live and touch surfaces; with a folder, copy them there.")


class FolderGroup(Group):
    """A group that takes what is none of its commands for the folder of `copy`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command."""
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["copy", *args])


@patches_app.command("copy")
def copy(
    directory: Annotated[Path, typer.Argument(help="Folder that gets them.", metavar="DIR")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what has been changed there.")] = False,
) -> None:
    """Copy all patches into a folder; the word copy may be left out."""
    from livehost.patches.shipped import copy as copy_to

    for path in copy_to(directory, overwrite=overwrite):
        make_console().print(str(path), markup=False, highlight=False, soft_wrap=True)


@patches_app.command("build")
def build() -> None:
    """Make them from the table of addresses, in a checkout of livehost."""
    require("livehost patches build", "py2max", "py2tosc", extra="patches")
    from livehost.patches.build import build as build_in
    from livehost.patches.shipped import folder

    console = make_console()
    for path in build_in(folder()):
        console.print(str(path), markup=False, highlight=False, soft_wrap=True)
    console.print("All patches are as the table of addresses says.")
