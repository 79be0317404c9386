"""Results as JSON: numbers that are not finite become null, and the file is written atomically."""

import json
import math
from pathlib import Path
from typing import Any

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError


def plain(value: Any) -> Any:
    """Make floats (also inside dicts and lists) fit for JSON: six digits, None for what is not finite."""
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    if isinstance(value, list):
        return [plain(v) for v in value]
    return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    try:
        with atomic_write(path) as new:
            new.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise LivehostError(f"{path} cannot be written: {error.strerror or error}.") from None
