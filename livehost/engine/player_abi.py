"""How the worker and a player speak: a table of C functions and one record for arguments and results.

The worker's compiled loop calls a player by address, so a new player changes nothing in the engine, and a running stage
may swap its player between two decisions by swapping one table.
"""

from typing import Protocol

import numpy as np
from numba import carray

from livehost.rt.native import kernel, pointer

#: Choices that a plan may hold.
CHOICES = 8

#: What `arm` returns: the plan is final; nothing has changed, ask again at the next hop; a plan stands for the time
#: being, ask again at the next hop.
ARMED, ASK_AGAIN, STAND_IN = 0, 1, 2

#: What a player is, to the worker: its state and its functions (`STEP2` entries: state address, `PLAYER_IO` address).
PLAYER = np.dtype(
    [
        ("state", "i8"),
        ("hear", "i8"),  # a heard segment: features, frames, gap, level_db; provisional while it still sounds
        ("played", "i8"),  # an item was sent out: played, start, layer
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
        ("start", "i8"),  # frame at which it starts
        ("layer", "i8"),  # 0, or its number among those that sound together with the first
        ("verdict", "i8"),
        ("item", "i8"),
        ("allowed", "i8"),
        ("temperature", "f8"),
        ("top_k", "i8"),
        ("top_p", "f8"),
        ("repeat", "f8"),
        ("follow", "f8"),
        ("plain", "i8"),  # 1: the player without a network is to answer
        ("urgent", "i8"),  # 1: something is played now, `arm` must leave a plan
        ("behind", "i8"),  # frames that the worker is behind, beyond what is usual
        ("late", "i8"),  # frames after which a decision comes too late
        ("wait", "i8"),  # 1: offline, a decision may take its time
        ("plan", "i8"),  # number of the plan that `arm` makes
        ("events", "i8"),  # ring that the player tells of its attention in, 0 for none
        ("count", "i8"),  # out: choices filled in
        ("fallback", "i8"),  # out: 1 where another player stood in
        ("index", "i8", (CHOICES,)),  # out
        ("probability", "f8", (CHOICES,)),  # out
    ],
    align=True,
)


@kernel
def io_at(address):
    """View the `PLAYER_IO` record at an address. RT: worker."""
    return carray(pointer(address), (1,), PLAYER_IO)[0]


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
