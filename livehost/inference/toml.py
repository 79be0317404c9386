"""Writes TOML of tables that hold numbers of numpy, and None, too."""

from typing import Any

import numpy as np
import tomli_w


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
