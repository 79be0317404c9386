"""A chooser that answers with how much it has heard: item n is a stroke of which n rows were known."""

import numpy as np

from livehost.players.chooser import ItemChooser, chooser_io_at
from livehost.rt.native import STEP2, entry, record_at

ITEMS = 256
STATE = np.dtype([(n, "i8") for n in ("items", "allowed", "seed", "rows", "onset", "hop", "now")], align=True)


@entry(STEP2)
def _hear(state_address, io_address):
    s, io = record_at(state_address, STATE), chooser_io_at(io_address)
    s.rows = io.frames // s.hop if io.provisional != 0 else 0
    s.onset = io.onset
    return 0


@entry(STEP2)
def _choose(state_address, io_address):
    s, io = record_at(state_address, STATE), chooser_io_at(io_address)
    io.count, io.fallback = 1, 0
    io.index[0], io.probability[0] = min(s.rows, s.items - 1), 1.0
    return 0


@entry(STEP2)
def _nothing(state_address, io_address):
    return 0


_ENTRIES = {
    "hear": _hear, "choose": _choose, "played": _nothing, "reset": _nothing, "steer": _nothing, "allow": _nothing,
}  # fmt: skip


class Mirror(ItemChooser):
    """See above; 0 where the newest segment is over, or none was heard."""

    neutral_follow = 0.5

    def __init__(self, hop_samples=128):
        super().__init__(STATE, _ENTRIES, np.ones(ITEMS, "u1"), 3, 0)
        self._state["hop"] = hop_samples
