"""How the worker and a player speak: a table of C functions and one record for arguments and results.

The worker's compiled loop calls a player by address, so a new player changes nothing in the engine, and a running stage
may swap its player between two decisions by swapping one table.
"""

from typing import Protocol

import numpy as np

#: Choices that a plan may hold.
CHOICES = 8

#: What a player is, to the worker: its state and its functions (`STEP2` entries: state address, `PLAYER_IO` address).
PLAYER = np.dtype(
    [
        ("state", "i8"),
        ("hear", "i8"),  # a heard segment: features, frames, gap, level_db; provisional while it still sounds
        ("played", "i8"),  # an item was sent out: index
        ("arm", "i8"),  # fill in count, index, probability: what to play next, in order of preference
        ("reset", "i8"),  # forget what was heard and played
        ("steer", "i8"),  # verdict: 0 approve, 1 reject, 2 change, on the item last played
        ("allow", "i8"),  # index (-1: all), allowed
    ],
    align=True,
)

#: Arguments and results; each function reads and writes only what its comment above names.
PLAYER_IO = np.dtype(
    [
        ("frame", "i8"),  # now
        ("features", "i8"),  # address of the segment's float32 summary
        ("frames", "i8"),  # length of the segment so far
        ("gap", "i8"),  # frames between its onset and the one before, 0 for the first
        ("level_db", "f8"),
        ("provisional", "i8"),  # 1 while the segment still sounds: a later `hear` replaces this one
        ("played", "i8"),  # item that was sent out
        ("verdict", "i8"),
        ("item", "i8"),
        ("allowed", "i8"),
        ("temperature", "f8"),
        ("top_k", "i8"),
        ("top_p", "f8"),
        ("repeat", "f8"),
        ("follow", "f8"),
        ("count", "i8"),  # out: choices filled in
        ("fallback", "i8"),  # out: 1 where another player stood in
        ("index", "i8", (CHOICES,)),  # out
        ("probability", "f8", (CHOICES,)),  # out
    ],
    align=True,
)


class Player(Protocol):
    """A player as the stage sees it.

    Attributes
    ----------
    name : str
        What `--player` calls it.
    table : np.ndarray
        One `PLAYER` record; the player owns everything that it points to.
    """

    name: str
    table: np.ndarray
