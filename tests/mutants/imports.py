"""Which modules of a tree import which, read from the source: wherever in a file an import stands, it counts."""

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path


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
        self.direct = {f: self._imported_by(f) for f in self.files}

    def closure(self, file: str) -> dict[str, int]:
        """Files that a file imports, directly or not, itself among them, and how many imports away each is."""
        return _walk(self.direct, file)

    def dependents(self, file: str) -> set[str]:
        """Files that import a file, directly or not, and itself."""
        turned: dict[str, set[str]] = {f: set() for f in self.files}
        for importer, imported in self.direct.items():
            for f in imported:
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
        names: set[str] = set()
        for node in ast.walk(ast.parse((self._root / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
        if file.startswith("tests/"):  # what pytest loads beside a test
            names |= {".".join([*package[:k], "conftest"]) for k in range(1, len(package) + 1)}
        found = set()
        for name in {*names, ".".join(package)}:
            parts = name.split(".")
            found |= {self._file_of.get(".".join(parts[:k])) for k in range(1, len(parts) + 1)}
        return {f for f in found if f} - {file}


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _walk(edges: dict[str, set[str]], start: str) -> dict[str, int]:
    away, ring = {start: 0}, [start]
    while ring:
        ring = sorted({f for at in ring for f in edges.get(at, ()) if f not in away})
        away |= dict.fromkeys(ring, max(away.values()) + 1)
    return away
