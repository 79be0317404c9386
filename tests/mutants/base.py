"""The unchanged copy of a tree: its tests are recorded in it, and what it has compiled mutants need not compile."""

import shutil
from pathlib import Path

from .imports import Imports
from .tree import Place


def unchanged(root: Place, files: list[str], digest: str, folder: Path) -> tuple[Place, Imports]:
    """Give the copy of this state of a tree; the copy of an older state leaves what it has compiled, and goes.

    Parameters
    ----------
    root : Place
        The tree, and what it has compiled.
    files : list of str
        Its files.
    digest : str
        Of their contents.
    folder : Path
        Where the copies lie.

    Returns
    -------
    base : Place
    imports : Imports
        Of the copy.
    """
    base = Place(folder / f"base-{digest}")
    complete = base.folder / "complete"
    if complete.exists():
        return base, Imports(base.tree, files)
    shutil.rmtree(base.folder, ignore_errors=True)
    base.make(root.tree, files)
    base.take_compiled(root, files, set())
    imports = Imports(base.tree, files)
    for older in [p for p in folder.glob("base-*") if p != base.folder]:
        base.take_compiled(Place(older), files, _touched(Place(older), base, imports))
        shutil.rmtree(older)
    complete.touch()
    return base, imports


def _touched(old: Place, new: Place, imports: Imports) -> set[str]:
    """Files that have changed, or import one that has, or one that has come or gone."""
    before = {p.relative_to(old.tree).as_posix() for p in old.tree.rglob("*.py")}
    now = set(imports.files)
    changed = {f for f in before & now if (old.tree / f).read_bytes() != (new.tree / f).read_bytes()}
    by_now = set().union(*(imports.dependents(f) for f in changed | (now - before)))
    gone = Imports(old.tree, before)
    return by_now.union(*(gone.dependents(f) for f in before - now))
