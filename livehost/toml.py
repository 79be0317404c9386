"""TOML that a person or another program has written, read with limits; and written from numbers of numpy, too."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

#: Bytes, levels of tables and lists, and bits of a number: more is another kind of file.
MOST_BYTES, MOST_LEVELS, MOST_BITS = 1 << 20, 16, 64
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
#: A dotted key of more parts takes the parser a time that grows with their square.
_LONG_KEY = re.compile(rf"(?<![\w-])(?:{_PART}){{{MOST_LEVELS}}}")
_DEEP = f"nests deeper than {MOST_LEVELS} levels"
_LARGE = f"holds a number of more than {MOST_BITS} bits"


class TomlError(Exception):
    """Why a file gives no table: the end of a sentence that begins with its name."""


def read_toml(path: str | Path) -> dict[str, Any]:
    """Read a TOML file, or a pipe; a byte-order mark is passed over.

    Raises
    ------
    TomlError
        Where it cannot be read, is no TOML, is larger than `MOST_BYTES`, deeper than `MOST_LEVELS`, or holds a number
        of more than `MOST_BITS`.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TomlError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MOST_BYTES:
        raise TomlError(f"is larger than {MOST_BYTES >> 20} MiB, which no file of its kind is")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError("is not UTF-8 text: save it as UTF-8") from error
    if _LONG_KEY.search(text):
        raise TomlError(_DEEP)
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise TomlError(_DEEP) from error
    except tomllib.TOMLDecodeError as error:
        raise TomlError(f"is not valid TOML: {error}") from error
    except ValueError as error:  # Python refuses to read thousands of digits
        raise TomlError(_LARGE) from error
    level: list[Any] = [table]
    for _ in range(MOST_LEVELS):
        level = [inner for outer in level for inner in (outer.values() if isinstance(outer, dict) else outer)]
        if any(isinstance(value, int) and value.bit_length() > MOST_BITS for value in level):
            raise TomlError(_LARGE)
        level = [value for value in level if isinstance(value, (dict, list))]
        if not level:
            return table
    raise TomlError(_DEEP)


def to_toml(table: dict[str, Any]) -> str:
    """Format nested dicts of strings, numbers, lists and arrays; None is left out.

    Parameters
    ----------
    table : dict
        A list of dicts becomes an array of tables; float32 values keep as many digits as they need.

    Returns
    -------
    str
    """
    return tomli_w.dumps(_plain(table))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(v) for key, v in value.items() if v is not None}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(v) for v in value]
    if isinstance(value, np.floating):
        return float(str(value))  # the fewest digits that read back as the same float of its own width
    return value.item() if isinstance(value, np.generic) else value


def flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Give the values of nested tables by dotted key; a list of plain values as text with commas."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            plain = isinstance(value, list) and not any(isinstance(each, (Mapping, list)) for each in value)
            yield prefix + key, ",".join(map(str, value)) if plain else value
