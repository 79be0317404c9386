"""Names that come from outside, and what they mean: exports, banks, contexts, scenes; none leads out of its folder."""

import re
from pathlib import Path

import platformdirs

from livehost.errors import LivehostError
from livehost.settings import Settings


def bare(name: str, what: str) -> str:
    """Refuse a name that could lead out of the folder that it is looked for in.

    Raises
    ------
    LivehostError
        Where it holds a path separator, a drive, or two dots, or is empty or hidden.
    """
    if not name or name.startswith(".") or ".." in name or any(c in name for c in '/\\:\0"') or not name.isprintable():
        raise LivehostError(f"A {what} is called by its bare name, not {name!r}.", 2)
    return name


def in_order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Give what names are sorted by, so that numbers in them count as numbers and capitals as their small letters."""
    pieces = re.split(r"(\d+)", name.casefold())
    return [(int(piece), "") if k % 2 else (0, piece) for k, piece in enumerate(pieces)], name


class Catalogue:
    """Finds things by their bare names.

    Parameters
    ----------
    values : Settings
        Where the folders are.
    bank : Path
        Folder of the bank that the session begins with; other banks stand beside it.

    Attributes
    ----------
    banks : Path
        Folder of all banks.
    """

    def __init__(self, values: Settings, bank: Path) -> None:
        self._values = values
        self.banks = bank.resolve().parent

    def export(self, name: str) -> Path:
        """Find an export beside the one that the session began with, or where exports are.

        Raises
        ------
        LivehostError
            Where there is none; the sentence names those that there are.
        """
        from livehost.inference.export import export_places
        from livehost.inference.manifest import MANIFEST

        begun = Path(self._values["player.model"]).expanduser()
        places = [begun.parent] if len(begun.parts) > 1 else []
        for place in [*places, *export_places()]:
            if (place / name / MANIFEST).is_file():
                return (place / name).resolve()
        known = sorted({m.parent.name for place in [*places, *export_places()] for m in place.glob(f"*/{MANIFEST}")})
        raise LivehostError(f"There is no export {name!r}; known are: {', '.join(known) or 'none'}.", 2)

    def bank(self, name: str) -> Path:
        """Find a bank: a folder beside the first one.

        Raises
        ------
        LivehostError
            Where there is none.
        """
        folder = self.banks / name
        if not folder.is_dir():
            raise LivehostError(f"There is no folder {name} beside the bank.", 2)
        return folder

    def context(self, name: str) -> Path:
        """Give the file of a context, which need not be there."""
        return self._folder("player.contexts", "contexts") / f"{bare(name, 'context')}.npz"

    def scene(self, name: str) -> Path:
        """Give the file of a scene, which need not be there."""
        return self._folder("run.scenes", "scenes") / f"{bare(name, 'scene')}.toml"

    def scenes(self) -> list[str]:
        """List the scenes by name, numbers in their order: "2 waltz" comes before "10 finale"."""
        found = self._folder("run.scenes", "scenes").glob("*.toml")
        return sorted((path.stem for path in found if not path.name.startswith(".") and path.is_file()), key=in_order)

    def _folder(self, key: str, name: str) -> Path:
        chosen = self._values[key]
        return Path(chosen) if chosen else platformdirs.user_data_path("livehost") / name
