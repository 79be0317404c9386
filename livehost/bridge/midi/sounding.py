"""What sounds, and which of its notes are held: several voices may share one note of a channel."""

import time
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

Note = tuple[int, int]
"""Channel (0 … 15) and note."""


@dataclass(frozen=True)
class Sound:
    """One thing that sounds.

    Parameters
    ----------
    decision : int
        Number of the decision that it carries out.
    note : (int, int)
        Its channel and note.
    since : float
        When it began, s of the monotonic clock.
    """

    decision: int
    note: Note
    since: float


class Sounding:
    """What sounds, by what it is: a voice, a pitch of a part, a note that is passed on."""

    def __init__(self) -> None:
        self._sounds: dict[Hashable, Sound] = {}
        self._held: Counter[Note] = Counter()

    def begin(self, what: Hashable, decision: int, note: Note) -> bool:
        """Remember that something sounds; tells whether its note is held already, by something else."""
        held = self._held[note] > 0
        self._held[note] += 1
        self._sounds[what] = Sound(decision, note, time.monotonic())
        return held

    def end(self, what: Hashable) -> Note | None:
        """Forget something that sounds; gives its note where nothing else holds it."""
        sound = self._sounds.pop(what, None)
        if sound is None:
            return None
        self._held[sound.note] -= 1
        if self._held[sound.note]:
            return None
        del self._held[sound.note]
        return sound.note

    def get(self, what: Hashable) -> Sound | None:
        """Give what sounds there."""
        return self._sounds.get(what)

    def all(self) -> list[tuple[Hashable, Sound]]:
        """List all that sounds, as it began."""
        return list(self._sounds.items())

    def clear(self) -> None:
        """Forget everything."""
        self._sounds.clear()
        self._held.clear()
