"""Copies of a source tree, each with caches of its own."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

#: Of the caller's surroundings, what would lead a test back to another tree or another cache.
_NOT_OURS = ("LIVEHOST_", "NUMBA_", "PYTEST_", "XDG_CACHE_HOME", "PYTHONPATH", "PYTHONHOME", "TMPDIR", "MPLCONFIGDIR")


def tracked(root: Path) -> list[str]:
    """List the files of a checkout that git tracks, or would, relative to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    return sorted(name for name in listed.decode().split("\0") if name and (root / name).is_file())


def copied(root: Path, files: Iterable[str], to: Path) -> Path:
    """Copy files of a tree, with their times; nothing is linked, so that a copy can be written to."""
    for file in files:
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / file, to / file)
    return to


class Place:
    """A copy of a tree and all that its tests may write: `tree`, `cache`, `compiled`, `tmp` in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree, self.cache, self.compiled, self.tmp = (
            folder / name for name in ("tree", "cache", "compiled", "tmp")
        )

    @classmethod
    def found(cls, tree: Path, compiled: Path) -> "Place":
        """Give a tree as it was found, with what it has compiled; only to be read."""
        place = cls(tree)
        place.tree, place.compiled = tree, compiled
        return place

    def make(self, root: Path, files: Iterable[str]) -> "Place":
        for folder in (self.cache, self.compiled, self.tmp):
            folder.mkdir(parents=True, exist_ok=True)
        copied(root, files, self.tree)
        return self

    def environment(self) -> dict[str, str]:
        """Give the surroundings in which its tests run."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_OURS)}
        return kept | {
            "PYTHONPATH": str(self.tree),
            "XDG_CACHE_HOME": str(self.cache),
            "NUMBA_CACHE_DIR": str(self.compiled),
            "TMPDIR": str(self.tmp),
        }

    def take_compiled(self, warm: "Place", files: Iterable[str], changed: set[str]) -> int:
        """Take over what another copy has compiled, except from changed files.

        numba keeps the functions of a file in a folder that is named after the file's own folder, and names them
        `<file>.<function>-<line>.…`; what it finds it trusts where that one file is the same, although code of other
        files stands in it. So whoever calls this names as changed every file that imports what is another, directly or
        not: machine code of a file is made of nothing but it and what it imports. Where numba names things otherwise,
        nothing is taken over, and all is compiled.

        Returns
        -------
        int
            Files of machine code that were not taken over: what stands in them is compiled anew.
        """
        left = 0
        for folder in sorted({str(Path(file).parent) for file in files if file.endswith(".py")}):
            old, new = (p.compiled / _numba_folder(p.tree / folder) for p in (warm, self))
            if not old.is_dir():
                continue
            fresh = {Path(file).stem for file in changed if str(Path(file).parent) == folder}
            new.mkdir(parents=True, exist_ok=True)
            for path in old.iterdir():
                if path.name.split(".")[0] in fresh:
                    left += 1
                elif path.suffix in (".nbi", ".nbc") and not (new / path.name).exists():
                    shutil.copy2(path, new / path.name)
        return left


def _numba_folder(folder: Path) -> str:
    """Name of the folder in which numba keeps the machine code of a folder's files."""
    return f"{folder.name}_{hashlib.sha1(str(folder.absolute()).encode(), usedforsecurity=False).hexdigest()}"
