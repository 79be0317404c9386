"""A stand-in: a chooser around a chooser. Where the first is late or fails, the second chooses in its place.

Both hear and remember the same, so that the second can step in at any moment.
"""

from typing import Any

import numpy as np

from livehost.engine.player_abi import part_at
from livehost.players.chooser import (
    ARMED,
    ASK_AGAIN,
    LATE,
    STAND_IN,
    ItemChooser,
    chooser_at,
    chooser_io_at,
)
from livehost.rt.native import STEP2, call2, entry, kernel, record_at
from livehost.settings import TABLE

FALLBACK = np.dtype(
    [
        ("items", "i8"),
        ("allowed", "i8"),
        ("seed", "u8"),
        ("first", "i8"),  # addresses of two CHOOSERs
        ("second", "i8"),
        ("name", "f8"),  # place of the first one's name in `player.name`: at any other the second chooses
    ],
    align=True,
)


@kernel
def _state(address):
    return record_at(address, FALLBACK)


@entry(STEP2)
def hear(state_address, io_address):
    """Tell both of a heard segment. RT: worker."""
    first, second = chooser_at(_state(state_address).first), chooser_at(_state(state_address).second)
    call2(second.hear, second.state, io_address)
    return call2(first.hear, first.state, io_address)


@entry(STEP2)
def played(state_address, io_address):
    """Tell both of an item that was put out. RT: worker."""
    first, second = chooser_at(_state(state_address).first), chooser_at(_state(state_address).second)
    call2(second.played, second.state, io_address)
    return call2(first.played, first.state, io_address)


@entry(STEP2)
def reset(state_address, io_address):
    """Have both forget. RT: worker."""
    first, second = chooser_at(_state(state_address).first), chooser_at(_state(state_address).second)
    call2(second.reset, second.state, io_address)
    return call2(first.reset, first.state, io_address)


@entry(STEP2)
def steer(state_address, io_address):
    """Tell both of a verdict. RT: worker."""
    first, second = chooser_at(_state(state_address).first), chooser_at(_state(state_address).second)
    call2(second.steer, second.state, io_address)
    return call2(first.steer, first.state, io_address)


@entry(STEP2)
def allow(state_address, io_address):
    """Tell both what may be chosen. RT: worker."""
    first, second = chooser_at(_state(state_address).first), chooser_at(_state(state_address).second)
    call2(second.allow, second.state, io_address)
    return call2(first.allow, first.state, io_address)


@entry(STEP2)
def choose(state_address, io_address):
    """Have the first choose; the second where that cannot be in time or is not wanted to (`fallback`), or not its turn.

    RT: worker
    """
    s, io = _state(state_address), chooser_io_at(io_address)
    second, p = chooser_at(s.second), part_at(io.parameters)
    if p.name != s.name or p.player_failsafe != 0.0:
        call2(second.choose, second.state, io_address)
        if p.name == s.name:
            io.fallback = 1
        return ARMED
    first = chooser_at(s.first)
    code = call2(first.choose, first.state, io_address)
    if code in (ARMED, ASK_AGAIN):
        return code
    call2(second.choose, second.state, io_address)
    io.fallback = 1
    return STAND_IN if code == LATE else ARMED


_ENTRIES = {"hear": hear, "played": played, "choose": choose, "reset": reset, "steer": steer, "allow": allow}


class FallbackChooser(ItemChooser):
    """Two choosers as one. RT: never (its entries run in the worker).

    Parameters
    ----------
    first, second : ItemChooser
        On one bank; the second one's `allowed_bits` are those of both.
    name : str
        At this value of `player.name` the first chooses; at any other, the second.
    """

    def __init__(self, first: Any, second: ItemChooser, name: str) -> None:
        super().__init__(FALLBACK, _ENTRIES, second.allowed_bits, first.size, 0)
        self.first, self.second, self.neutral_follow = first, second, first.neutral_follow
        state = self._state[0]
        state["first"], state["second"] = first.table.ctypes.data, second.table.ctypes.data
        state["name"] = TABLE["player.name"].number(name)

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [*super().arrays, *self.first.arrays, *self.second.arrays]
