"""Writes TOML, which the standard library only reads."""

import json
import re
from typing import Any

import numpy as np

_BARE = re.compile(r"[A-Za-z0-9_-]+")


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
    return "\n".join(_lines(table, ())).strip() + "\n"


def _lines(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    flat, nested = [], []
    for key, value in table.items():
        if value is None:
            continue
        if isinstance(value, dict):
            nested += _headed("[{}]", (*path, key), value)
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            for row in value:
                nested += _headed("[[{}]]", (*path, key), row)
        else:
            flat.append(f"{_key(key)} = {_value(value)}")
    return flat + nested


def _headed(form: str, path: tuple[str, ...], table: dict[str, Any]) -> list[str]:
    return ["", form.format(".".join(_key(p) for p in path)), *_lines(table, path)]


def _key(key: Any) -> str:
    return str(key) if _BARE.fullmatch(str(key)) else json.dumps(str(key), ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return _number(value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None) + "}"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: Any) -> str:
    if not np.isfinite(value):
        return str(float(value))
    text = str(value)  # shortest that reads back as the same float of its own width
    return text if any(c in text for c in ".en") else text + ".0"
