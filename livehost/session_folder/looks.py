"""Which steps of attention are kept: a sound is looked at again and again while it sounds, and few looks decide.

Kept is the look that each sound or event of the player's own was chosen by (the one before it), and the last look at
each sound that was heard.
"""

from collections.abc import Iterator
from typing import Any

Step = dict[str, Any]
#: Source of a position that was heard.
HEARD = 0


class Looks:
    """Lets the steps through that are kept, each when the next one of its part has come."""

    def __init__(self) -> None:
        self._newest: dict[int, Step] = {}

    def take(self, step: Step) -> Step | None:
        """Take in a step, an ``attention`` event with what `AttentionMemory.read` gives; give the last, if kept."""
        before = self._newest.get(step["part"])
        self._newest[step["part"]] = step
        return before if before is not None and _decides(before, step) else None

    def rest(self) -> Iterator[Step]:
        """Give the newest step of each part, behind the last of all."""
        yield from self._newest.values()
        self._newest.clear()


def _decides(step: Step, following: Step) -> bool:
    """Tell whether something was chosen by a step, or it was the last look at a sound that was heard."""
    if following["source"][-1] != HEARD:
        return True
    return bool(step["source"][-1] == HEARD and step["frames"][-1] != following["frames"][-1])
