"""Compares a replay with its session: what was decided, and what was played."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Events that are decisions: what was armed, and what sounded of it.
DECISIONS = ("next", "sample", "note")
#: Fields that tell how long something took, or how it was sent on.
_PASSED_OVER = frozenset({"decide_ms", "name", "channel", "duration_ms"})


@dataclass
class Comparison:
    """How alike a replay and its session are.

    Attributes
    ----------
    decisions : int
        Of the session.
    first_decision : int
        Frame of the first that differs, -1 for none.
    difference : str
        In what it differs.
    frames : int
        Of sound, compared.
    first_frame : int
        The first that differs, -1 for none.
    """

    decisions: int = 0
    first_decision: int = -1
    difference: str = ""
    frames: int = 0
    first_frame: int = -1

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.first_decision < 0 and self.first_frame < 0

    def sound(self, at: int, then: np.ndarray, now: np.ndarray) -> None:
        """Compare a piece of what was played then with what is played now, float32 [frames, 2], from frame `at` on."""
        count = min(len(then), len(now))
        self.frames += count
        if self.first_frame < 0 and not np.array_equal(then[:count], now[:count]):
            self.first_frame = at + int(np.flatnonzero((then[:count] != now[:count]).any(axis=1))[0])

    def events(self, then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]], until: int) -> None:
        """Compare all decisions before a frame."""
        before, after = decisions(then, until), decisions(now, until)
        self.decisions = len(before)
        for k in range(max(len(before), len(after))):
            a, b = (rows[k] if k < len(rows) else {} for rows in (before, after))
            if a != b:
                self.first_decision = int((a or b)["frame"])
                fields = [key for key in a.keys() | b.keys() if a.get(key) != b.get(key)]
                self.difference = "; ".join(
                    f"{key} {a.get(key, 'none')} then, {b.get(key, 'none')} now" for key in sorted(fields)[:3]
                )
                return


def decisions(rows: Iterable[Mapping[str, Any]], until: int) -> Sequence[dict[str, Any]]:
    """List what was decided before a frame, without what depends on the machine, in one order."""
    kept = [
        {key: _rounded(value) for key, value in row.items() if key not in _PASSED_OVER}
        for row in rows
        if row.get("kind") in DECISIONS and row["frame"] < until
    ]
    order = {kind: k for k, kind in enumerate(DECISIONS)}
    return sorted(kept, key=lambda row: (row["frame"], order[row["kind"]], row.get("part", 0), row.get("decision", 0)))


def _rounded(value: Any) -> Any:
    """Give a number as it comes out of a file of float32, and lists of such."""
    if isinstance(value, list):
        return [_rounded(v) for v in value]
    return float(f"{float(np.float32(value)):.7g}") if isinstance(value, float) else value
