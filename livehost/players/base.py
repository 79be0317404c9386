"""What a session asks of a player in Python; what the worker asks of it is in `livehost.engine.player_abi`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from livehost.engine.player_abi import PLAYER, io_at
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry


@entry(STEP2)
def pass_over(state_address, io_address):  # noqa: ARG001
    """Do nothing with what is told. RT: worker."""
    return 0


@entry(STEP2)
def no_thought(state_address, io_address):  # noqa: ARG001
    """Have nothing to think about. RT: worker."""
    io_at(io_address).think = 0
    return 0


class Player:
    """A player. Whoever makes one sets `name` and fills `table`, and overrides what its defaults do not fit.

    The functions of a table do nothing, until they are others; only `step` must be given.

    Every method is called from ordinary Python threads, never from a real-time one.

    Attributes
    ----------
    name : str
        What `player.name` calls it.
    names : tuple of str
        Values of `player.name` at which it plays: its own name, and that of a stand-in that it brings along.
    table : np.ndarray
        One `PLAYER` record, for the worker; the player owns everything that it points to.
    model : str
        Where its model came from, empty for none.
    model_digest : str
        SHA-256 of the file that plays, empty for none.
    description : str
        Who answers, in words: the model and what runs it, or the player's name.
    notes : sequence of str
        Sentences for the person at the desk.
    attention : AttentionMemory or None
        What its newest steps looked at; None where it has no attention.
    context_kind : str
        What kind of context it has, that can be kept, and be told to another player with the same; empty for none.
    """

    name = ""
    names: tuple[str, ...] = ()
    model = ""
    model_digest = ""
    description = ""
    notes: Sequence[str] = ()
    attention: Any = None
    context_kind = ""

    def __init__(self) -> None:
        self.table = zeros(1, PLAYER)
        self.table["think"] = no_thought.address
        for name in ("hear_segment", "hear_note", "command"):
            self.table[name] = pass_over.address

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self.table]

    def warm_up(self) -> None:
        """Make the first call as fast as the others; called before it plays."""

    @property
    def has_context(self) -> bool:
        """Whether it has a context. The methods below are only called where it has."""
        return bool(self.context_kind)

    def context(self) -> Any:
        """Copy what it remembers, which has a length; may be asked while it plays."""
        raise NotImplementedError

    @property
    def context_length(self) -> int:
        """Sounds, or events, of its context."""
        return len(self.context()) if self.has_context else 0

    def feed(self, context: Any) -> None:
        """Tell it a context, before it plays."""
        raise NotImplementedError

    def without_items(self, context: Any) -> Any:
        """Give a context as it is to a player on another bank."""
        return context

    def save_context(self, path: Path, context: Any, rate: float) -> None:
        """Write a context to a file, whole or not at all; `rate` is the stage's, Hz.

        Raises
        ------
        LivehostError
            Where it cannot be written.
        """
        raise NotImplementedError

    def load_context(self, path: Path, rate: float, frame: int) -> Any:
        """Read a context as one that ends at a frame.

        Raises
        ------
        LivehostError
            Where there is none, or it does not fit.
        """
        raise NotImplementedError

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item of its bank (-1: all) be chosen, or not, before it plays; nothing where it plays no items."""

    def verdicts(self) -> np.ndarray:
        """Copy what may be chosen of its bank, uint8 [items], 1 where an item may be; empty where it plays no items."""
        return np.zeros(0, np.uint8)

    def use_verdicts(self, verdicts: np.ndarray) -> None:
        """Take over, before it plays, what was rejected and denied: `verdicts` of a player on the same bank."""

    def keep_verdicts(self, other: "Player") -> None:
        """Take over, before it plays, what was rejected and denied with another player on the same bank."""
        self.use_verdicts(other.verdicts())

    def close(self) -> None:
        """Free what it holds; nobody asks it any more."""
