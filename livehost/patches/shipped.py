"""Where the patches lie, and how they get to where one works."""

import shutil
from pathlib import Path

from livehost.errors import LivehostError


def folder() -> Path:
    """Give the folder of the patches that came with livehost: in the package, or in the checkout."""
    package = Path(__file__).parent
    packed = package / "files"
    return packed if packed.is_dir() else package.parents[1] / "patches"


def names(source: Path) -> list[Path]:
    """List the patches of a folder, by their names in it."""
    return sorted(p.relative_to(source) for p in source.rglob("*") if p.is_file() and not p.name.startswith("."))


def copy(target: Path, *, overwrite: bool = False) -> list[Path]:
    """Copy all patches into a folder.

    Parameters
    ----------
    target : Path
        Made where it is not there.
    overwrite : bool
        Replace what has been changed there.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    LivehostError
        Where a file there is another one, or the folder cannot be written; nothing is copied in the first case.
    """
    source = folder()
    pairs = [(source / name, target / name) for name in names(source)]
    if not pairs:
        raise LivehostError(f"There are no patches in {source}: install livehost again.")
    try:
        changed = [to for ours, to in pairs if to.exists() and to.read_bytes() != ours.read_bytes()]
        if changed and not overwrite:
            others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            raise LivehostError(f"{changed[0]}{others} is not the one of this livehost: --overwrite replaces it.")
        for ours, to in pairs:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ours, to)
    except OSError as error:
        raise LivehostError(f"The patches cannot be copied to {target}: {error.strerror or error}.") from None
    return [to for _, to in pairs]
