"""Which modules of a tree import which, read from the source: wherever in a file an import stands, it counts.

`import a.b.c` runs the packages `a` and `a.b`, too, and takes nothing from them: what such a package imports in its
turn is run, so that tests reach it, and it is no part of what is made from the importing file.
"""

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


class Imports:
    """The imports among the Python files of a tree; files are named as the tree lists them.

    Parameters
    ----------
    root : Path
        Of the tree.
    files : iterable of str
        All files of the tree.
    """

    def __init__(self, root: Path, files: Iterable[str]) -> None:
        self._root = root
        self.files = sorted(f for f in files if f.endswith(".py"))
        self._file_of = {_module(f): f for f in self.files}
        self._takes = {f: self._imported_by(f) for f in self.files}
        self._runs = {f: taken | self._packages({f, *taken}) - {f} for f, taken in self._takes.items()}

    def closure(self, file: str) -> dict[str, int]:
        """Files that a file imports, directly or not, itself among them, and how many imports away each is."""
        return _walk(self._runs, file)

    def dependents(self, file: str) -> set[str]:
        """Files that take something from a file, directly or not, and itself; of a package, all that run it."""
        turned: dict[str, set[str]] = {f: set() for f in self.files}
        for importer in self.files:
            for f in self._takes[importer] | (self._runs[importer] & {file}):
                turned[f].add(importer)
        return set(_walk(turned, file))

    def digest(self, files: Iterable[str]) -> str:
        """Digest of the contents of files."""
        h = hashlib.sha256()
        for file in sorted(files):
            h.update(file.encode() + b"\0" + hashlib.sha256((self._root / file).read_bytes()).digest())
        return h.hexdigest()[:16]

    def _imported_by(self, file: str) -> set[str]:
        package = _module(file).split(".")
        if not file.endswith("__init__.py"):
            package = package[:-1]
        found: set[str | None] = set()
        for node in ast.walk(ast.parse((self._root / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {self._file_of.get(alias.name) for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                found |= {self._file_of.get(f"{module}.{a.name}", self._file_of.get(module)) for a in node.names}
        if file.startswith("tests/"):  # what pytest loads beside a test
            found |= {self._file_of.get(".".join([*package[:k], "conftest"])) for k in range(1, len(package) + 1)}
        return {f for f in found if f} - {file}

    def _packages(self, files: Iterable[str]) -> set[str]:
        parents = {parent.as_posix() for f in files for parent in PurePosixPath(f).parents}
        return {f"{p}/__init__.py" for p in parents} & set(self.files)


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _walk(edges: dict[str, set[str]], start: str) -> dict[str, int]:
    away, ring = {start: 0}, [start]
    while ring:
        ring = sorted({f for at in ring for f in edges.get(at, ()) if f not in away})
        away |= dict.fromkeys(ring, max(away.values()) + 1)
    return away
