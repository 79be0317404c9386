"""`livehost evaluate NAME`, for any family: the family measures; results are shown and written here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console, RenderableType

from livehost.errors import LivehostError
from livehost.studio.evaluation.json_file import write_json
from livehost.studio.family import Family
from livehost.studio.options import complete, evaluate_options


class Evaluation(Protocol):
    """What `FamilyCode.evaluate` gives: results, and how they are shown. All three are called at most once.

    - `tables(console)`: for the terminal, as wide as the console is. Must be there.
    - `document()`: all results as JSON can hold them (see `livehost.studio.evaluation.json_file.plain`). Must be there.
    - `draw(path)`: draw them as a PNG file; raises `LivehostError` where it cannot be written. Only for a family whose
      row says that it draws (`Command.picture`); by default a sentence refuses.
    """

    def tables(self, console: Console) -> Sequence[RenderableType]:
        """Make the tables."""
        ...

    def document(self) -> dict[str, Any]:
        """Give the results as JSON can hold them."""
        ...

    def draw(self, path: Path) -> None:
        """Draw the results."""
        raise LivehostError(f"There is no picture of this evaluation to write to {path}.", 2)


def evaluate(family: Family, options: Mapping[str, Any], *, console: Console) -> Any:
    """Evaluate a model of a family, show the results, and write them.

    Parameters
    ----------
    family : Family
    options : mapping of str to object
        By name, as `livehost evaluate NAME -h` lists them; those that are left out have their defaults.
    console : rich.console.Console

    Returns
    -------
    Evaluation
        Of the family's own class.

    Raises
    ------
    LivehostError
        For what cannot be read or written, or where there is nothing to ask about.
    """
    given = complete(options, evaluate_options(family))
    files = files_to_write(given)
    found = family.code().evaluate(given, console)
    show(found, files, console)
    return found


def files_to_write(options: Mapping[str, Any]) -> dict[str, Path]:
    """Give the files that options ask for: the "json", the "picture", or none.

    Raises
    ------
    LivehostError
        Where one is a folder.
    """
    files: dict[str, Path] = {name: options[name] for name in ("json", "picture") if options.get(name) is not None}
    for path in files.values():
        if path.is_dir():
            raise LivehostError(f"{path} is a folder; give the name of a file.", 2)
    return files


def show(found: Evaluation, files: Mapping[str, Path], console: Console) -> None:
    """Print the tables of an evaluation, and write its files (see `files_to_write`)."""
    for part in found.tables(console):
        console.print(part)
    for name, path in files.items():
        if name == "json":
            write_json(path, found.document())
        else:
            found.draw(path)
        console.print(f"Wrote {path}.", markup=False, highlight=False)
