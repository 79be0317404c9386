"""Results of mutants as lines of JSON, each on disk before the next mutant begins."""

import json
import threading
from pathlib import Path
from typing import Any


class Results:
    """The results of one state of a tree in a file that may hold those of others, too.

    Parameters
    ----------
    path : Path
        Of the file; need not exist.
    tree : str
        Digest of the tree: results of another tree do not count.
    """

    def __init__(self, path: Path, tree: str) -> None:
        self._path, self._tree, self._lock = path, tree, threading.Lock()
        self._done: dict[str, dict[str, Any]] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            try:
                row = json.loads(line)
            except ValueError:
                continue  # cut off where the computer went down
            if row["tree"] == tree:
                self._done[row["key"]] = row

    def __contains__(self, key: str) -> bool:
        return key in self._done

    def get(self, key: str) -> dict[str, Any]:
        """Give a result, empty where there is none."""
        return self._done.get(key, {})

    def add(self, key: str, result: dict[str, Any]) -> None:
        """Keep a result."""
        row = {"tree": self._tree, "key": key, **result}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            if file.tell() and not self._path.read_bytes().endswith(b"\n"):
                file.write("\n")
            file.write(json.dumps(row) + "\n")
            self._done[key] = row
