"""Draw mutants from the sources of a tree, the same ones for the same seed."""

import ast
import difflib
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .operators import Span, applied, spans

#: What decides, plays and keeps on stage.
DEFAULT_PATHS = (
    *("livehost/engine", "livehost/players", "livehost/bridge", "livehost/inference", "livehost/bank", "livehost/dsp"),
    *("livehost/stage", "livehost/service.py", "livehost/disk.py", "livehost/atomic_file.py"),
)


@dataclass(frozen=True)
class Mutant:
    """One fault in one file: `path` relative to the tree, `source` as it is, `text` as it becomes."""

    path: str
    span: Span
    replacement: str
    source: str

    @property
    def text(self) -> str:
        return applied(self.source, self.span, self.replacement)

    @property
    def key(self) -> str:
        """Name of this mutant among those of the same tree."""
        parts = self.path, self.span.start, self.span.end, self.replacement, self.source
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def diff(self) -> str:
        """Give the mutant as a unified diff with one line around it."""
        old, new = (text.splitlines(keepends=True) for text in (self.source, self.text))
        return "".join(difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", n=1))


def sources(root: Path, files: Iterable[str], paths: Iterable[str]) -> list[str]:
    """List the Python files of a tree that are, or lie in, one of the given paths.

    Raises
    ------
    SystemExit
        For a path that holds none of them.
    """
    chosen: set[str] = set()
    for path in paths:
        name = (root / path).resolve().relative_to(root.resolve()).as_posix()
        inside = {f for f in files if f.endswith(".py") and (f == name or name == "." or f.startswith(f"{name}/"))}
        if not inside:
            raise SystemExit(f"No Python file of this tree is, or lies in, {path}.")
        chosen |= inside
    return sorted(chosen)


def draw(root: Path, files: Iterable[str], count: int | None, seed: int) -> list[Mutant]:
    """Draw mutants at so many places, or one at every place; each place is as likely as any other.

    Parameters
    ----------
    root : Path
        Of the tree.
    files : iterable of str
        Relative to it.
    count : int or None
        Mutants that are wanted; None for one at every place.
    seed : int
        The same seed gives the same mutants of the same sources.

    Returns
    -------
    list of Mutant
        In the order of the draw; fewer where there are not so many. Each parses, and means something else.
    """
    texts = {file: (root / file).read_text(encoding="utf-8") for file in files}
    places = [(file, span) for file, text in texts.items() for span in spans(text)]
    rng = random.Random(seed)
    rng.shuffle(places)
    drawn: list[Mutant] = []
    for file, span in places:
        if count is not None and len(drawn) >= count:
            break
        mutant = Mutant(file, span, rng.choice(span.replacements), texts[file])
        if _means_something_else(mutant):
            drawn.append(mutant)
    return drawn


def _means_something_else(mutant: Mutant) -> bool:
    try:
        return ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(mutant.source))
    except SyntaxError:
        return False
