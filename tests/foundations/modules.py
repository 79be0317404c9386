"""The package's source, as syntax trees: which module imports which, wherever in it that is said."""

import ast
from collections.abc import Iterator
from pathlib import Path

import livehost

PACKAGE = Path(livehost.__file__).parent


def sources(package: Path = PACKAGE) -> dict[str, ast.Module]:
    """Every module of a package by its dotted name; a folder is its `__init__`."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Module and name of every import, also of those in functions; not of those for type checkers alone."""
    if isinstance(tree, ast.If) and ast.unparse(tree.test).endswith("TYPE_CHECKING"):
        children = tree.orelse
    else:
        children = list(ast.iter_child_nodes(tree))
    if isinstance(tree, ast.Import):
        yield from ((alias.name, "") for alias in tree.names)
    if isinstance(tree, ast.ImportFrom):
        assert tree.level == 0, "imports are absolute"
        yield from ((tree.module or "", alias.name) for alias in tree.names)
    for child in children:
        yield from imports(child)


def import_graph(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """Which module of these needs which: `from a import b` needs a.b where that is a module, else a."""
    graph: dict[str, set[str]] = {}
    for module, tree in trees.items():
        wanted = {f"{a}.{b}" if f"{a}.{b}" in trees else a for a, b in imports(tree)}
        graph[module] = {name for name in wanted if name in trees and name != module}
    return graph


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Modules that need each other, circle by circle (strongly connected components of more than one)."""
    reached = {module: _reached(graph, module) for module in graph}
    together = {frozenset(b for b in reached[a] if a in reached[b]) for a in graph if a in reached[a]}
    return sorted(sorted(circle) for circle in together)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    """Every module that one needs, itself only where it is on a circle."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += graph[module]
    return found
