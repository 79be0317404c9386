"""The memory of a session as C functions: each is a `STEP2` entry (address of a `MEMORY` record, argument)."""

from livehost.players.memory.query import memory_scores
from livehost.players.memory.state import (
    memory_at,
    memory_forget,
    memory_hear,
    memory_learn_order,
    memory_peek,
    memory_played,
)
from livehost.rt.native import STEP2, entry, i64


@entry(STEP2)
def hear(state_address, place_address):
    """Remember a heard segment that is over; its place is float32 [DIMENSIONS]. RT: worker."""
    memory_hear(memory_at(state_address), place_address)
    return 0


@entry(STEP2)
def peek(state_address, place_address):
    """Take note of a segment that still sounds; its place is float32 [DIMENSIONS]. RT: worker."""
    memory_peek(memory_at(state_address), place_address)
    return 0


@entry(STEP2)
def played(state_address, item):
    """Remember an item that was put out. RT: worker."""
    memory_played(memory_at(state_address), item)
    return 0


@entry(STEP2)
def forget(state_address, _):
    """Forget all that was heard and played. RT: worker."""
    memory_forget(memory_at(state_address))
    return 0


@entry(STEP2)
def scores(state_address, provisional_address):
    """Say what comes next, by `heard_share`: `item`, `logp`, and `count`, which it returns. RT: worker."""
    state = memory_at(state_address)
    state.count, _ = memory_scores(state, state.heard_share, provisional_address, state.item, state.logp)
    return state.count


@entry(STEP2)
def learn_order(state_address, order_address):
    """Put the items of the bank's sources into their line: int64 [1 + n], n and then the items. RT: never."""
    memory_learn_order(memory_at(state_address), order_address + 8, i64(order_address, 1)[0])
    return 0


#: Address fields of a `MEMORY`, and who fills them.
ENTRIES = {"hear": hear, "peek": peek, "played": played, "forget": forget, "scores": scores}
