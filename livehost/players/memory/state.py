"""What a session remembers, natively: lines of sounds, heard and played, and the order of the bank's own sources.

A bank that was cut from recordings knows how these go: the items of each source stand one after the other in a line of
their own, with a gap between two sources. What comes next is asked of the lines in `query`.

What a call may take is bounded by constants, however long a session and however large its bank.
"""

import numpy as np

from livehost.players.memory.codebook import CODEBOOK_FIELDS, NEAR, find_near, rank_codes
from livehost.players.memory.line import LINE, ORDERS, append, line_at
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.native import f32, i64, kernel, record_at

#: Items that it proposes at most.
PROPOSED = 64
#: Earlier places that are looked at along one chain of links.
VISITS = 32
#: Chains: by the newest sound's code, by its second nearest code, by the sound before it.
CHAINS = 3 * len(ORDERS)
#: What followed in two lines at most is put together.
MATCHES = 2 * CHAINS * VISITS
_TOUCHED = 2 * MATCHES * NEAR
#: Lines.
HEARD_LINE, PLAYED_LINE, BANK_LINE = 0, 1, 2
LINES = 3
#: Symbol of a gap between two sources: no sound has it.
GAP = -2
_LINE_BYTES = LINE.itemsize

MEMORY = np.dtype(
    [
        *CODEBOOK_FIELDS,
        ("lines", "i8"),  # LINE [LINES]
        ("tolerance", "f8"),  # distance at which two sounds count as alike by 1/e
        ("question", "i8"),  # number of the question under way
        ("mass", "i8"),  # float64 [items]: probability of an item beyond the floor …
        ("asked", "i8"),  # int64 [items]: … where this is the question
        ("floor", "f8"),  # probability of all others
        ("match", "i8", (MATCHES,)),  # number of a sound where it was like now, then the address of what followed
        ("match_line", "i8", (MATCHES,)),
        ("weight", "f8", (MATCHES,)),
        ("touched", "i8", (_TOUCHED,)),
        ("lightness", "f4", (PROPOSED,)),
        ("best", "i8", (PROPOSED,)),
        # addresses of its entries (`entries`), for a chooser
        *((name, "i8") for name in ("hear", "peek", "played", "forget", "scores")),
        ("sounding", "i8"),  # 1: there is a segment that still sounds
        ("sounding_place", "f4", (DIMENSIONS,)),
        # arguments and answers of `scores`
        ("heard_share", "f8"),
        ("count", "i8"),
        ("item", "i8", (PROPOSED,)),
        ("logp", "f8", (PROPOSED,)),
    ],
    align=True,
)
SOUNDING_AT = MEMORY.fields["sounding_place"][1]  # type: ignore[index]


@kernel
def memory_at(address):
    """View the `MEMORY` record at an address. RT: worker."""
    return record_at(address, MEMORY)


@kernel
def line_of(state, which):
    """View one of the `LINES`. RT: worker."""
    return line_at(state.lines + which * _LINE_BYTES)


@kernel
def memory_forget(state):
    """Forget all that was heard and played; the order of the bank stays. RT: worker."""
    state.sounding = 0
    for which in (HEARD_LINE, PLAYED_LINE):
        line = line_of(state, which)
        line.begin = line.count


@kernel
def memory_hear(state, place):
    """Remember a heard segment that is over.

    Parameters
    ----------
    place : int64
        Address of float32 [DIMENSIONS], where it lies in the bank's space.

    RT: worker
    """
    state.sounding = 0
    symbol, _ = rank_codes(state, place)
    find_near(state, place)
    moment = append(line_of(state, HEARD_LINE), place, symbol)
    nearest, total = np.sqrt(np.float64(state.near_distance[0])), 0.0
    for k in range(NEAR):
        share = 0.0
        if state.near_item[k] >= 0:
            share = np.exp(state.sharpness * (nearest - np.sqrt(np.float64(state.near_distance[k]))))
        moment.item[k], moment.share[k] = state.near_item[k], np.float32(share)
        total += share
    for k in range(NEAR):
        moment.share[k] = np.float32(moment.share[k] / max(total, 1e-9))


@kernel
def memory_peek(state, place):
    """Take note of a segment that still sounds, to be remembered when it is over; `place` as above. RT: worker."""
    given = f32(place, DIMENSIONS)
    for j in range(DIMENSIONS):
        state.sounding_place[j] = given[j]
    state.sounding = 1


@kernel
def memory_played(state, item):
    """Remember an item that was put out; one that the bank has not is passed over. RT: worker."""
    if not 0 <= item < state.items:
        return
    _append_item(state, line_of(state, PLAYED_LINE), item)


@kernel
def _append_item(state, line, item):
    """Put an item of the bank at a line's end. RT: worker."""
    moment = append(line, state.matrix + item * ROW_BYTES, i64(state.code, state.items)[item])
    for k in range(NEAR):
        moment.item[k], moment.share[k] = -1, np.float32(0.0)
    moment.item[0], moment.share[0] = item, np.float32(1.0)


@kernel
def memory_learn_order(state, order, count):
    """Put the items of the bank's sources into their line, once, before it is asked.

    Parameters
    ----------
    order : int64
        Address of int64 [count]: items, one source after the other; −1 for the gap between two.

    RT: never (at the start)
    """
    line, given = line_of(state, BANK_LINE), i64(order, count)
    for n in range(count):
        if given[n] >= 0:
            _append_item(state, line, given[n])
            continue
        moment = append(line, state.matrix, GAP)
        for k in range(NEAR):
            moment.item[k], moment.share[k] = -1, np.float32(0.0)
        for k in range(DIMENSIONS):
            moment.place[k] = np.float32(np.inf)
