"""What a session starts with: settings by layers, resolved once.

The layers are, weakest first: the defaults, a TOML file, what the last session left (where it is asked for), flags of
the command line, and what a session had become that crashed.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.settings import DEFAULT, TABLE, Settings, lookup
from livehost.toml import TomlError, flatten, read_toml

#: What a session starts with, weakest first.
LAYERS = (DEFAULT, "file", "restored", "flag", "resumed")


class StartLayers:
    """What a session starts with, by layers; `resolve` gives the values, whatever order the layers came in."""

    def __init__(self) -> None:
        self._layers: dict[str, dict[str, Any]] = {name: {} for name in LAYERS}

    def update(self, values: Mapping[str, Any], layer: str) -> None:
        """Add values of a layer, by dotted key.

        Raises
        ------
        LivehostError
            For an unknown key or a value that does not fit.
        """
        self._layers[layer] |= {lookup(key).key: TABLE[key].parse(value) for key, value in values.items()}

    def load(self, path: str | Path) -> None:
        """Read a TOML file whose tables are the first parts of the keys, as layer "file".

        Raises
        ------
        LivehostError
            Where the file is missing, is no TOML, or holds an unknown key or a value that does not fit.
        """
        try:
            tree = read_toml(path)
        except TomlError as error:
            raise LivehostError(f"The settings file {path} {error}.", 2) from None
        try:
            self.update(dict(flatten(tree)), "file")
        except LivehostError as error:
            raise LivehostError(f"{path}: {error}", 2) from None

    def assign(self, assignments: Iterable[str], layer: str = "flag") -> None:
        """Add ``key=value`` texts, as ``--set`` gives them."""
        for text in assignments:
            key, equals, value = text.partition("=")
            if not equals:
                raise LivehostError(f"--set wants key=value, not {text!r}.", 2)
            self.update({key.strip(): value.strip()}, layer)

    def resolve(self) -> Settings:
        """Give the settings that a session starts with: of each key the strongest layer's value."""
        values = Settings()
        for name in LAYERS[1:]:
            values.update(self._layers[name], name)
        return values
