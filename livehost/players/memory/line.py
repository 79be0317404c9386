"""A line of sounds that were heard, or played, in a ring; each knows where its context stood before.

A sound has a *suffix link* for each order of `ORDERS`: the newest earlier sound that ended the same symbols, that many
of them. From the newest sound the links lead to all earlier places like it, newest first, without a search. Links to
sounds that the ring has overwritten, or that were forgotten, are told by their number: nothing has to be cleared, and a
sound costs the same whether the ring is empty or full.
"""

import numpy as np

from livehost.players.memory.codebook import NEAR
from livehost.players.top_rows import DIMENSIONS
from livehost.rt.native import f32, i64, kernel, record_at

#: Lengths of the contexts that have links of their own: powers of two, see `order_of`.
ORDERS = (1, 2, 4)
_ORDERS = len(ORDERS)
#: Sounds of a line, a power of two; the older ones are forgotten one by one.
SOUNDS = 1 << 16
#: Slots of the table of newest sounds, for each order, a power of two.
HEADS = 1 << 16

MOMENT = np.dtype(
    [
        ("place", "f4", (DIMENSIONS,)),
        ("link", "i8", (_ORDERS,)),  # number + 1 of an earlier sound, 0 for none
        ("symbol", "i8"),
        ("seen", "i8"),  # number of the question that met it last
        ("item", "i8", (NEAR,)),  # items that are like it, -1 for none
        ("share", "f4", (NEAR,)),  # and how much each is, together 1
    ],
    align=True,
)
MOMENT_BYTES = MOMENT.itemsize
PLACE_AT = MOMENT.fields["place"][1]  # type: ignore[index]

LINE = np.dtype(
    [
        ("moments", "i8"),  # MOMENT [sounds]; sound n stands at n & (sounds - 1)
        ("sounds", "i8"),
        ("heads", "i8"),  # int64 [orders, HEADS]: number + 1 of the newest sound with a context, 0 for none
        ("begin", "i8"),  # older ones are forgotten
        ("count", "i8"),  # sounds so far, ever
    ],
    align=True,
)


@kernel
def line_at(address):
    """View the `LINE` record at an address. RT: worker."""
    return record_at(address, LINE)


@kernel
def moment_address(line, n):
    """Get the address of sound n. RT: worker."""
    return line.moments + (n & (line.sounds - 1)) * MOMENT_BYTES


@kernel
def moment_at(line, n):
    """View sound n. RT: worker."""
    return record_at(moment_address(line, n), MOMENT)


@kernel
def oldest(line):
    """Give the number of the oldest sound that is remembered. RT: worker."""
    return max(line.begin, line.count - line.sounds)


@kernel
def order_of(which):
    """Give the length of the contexts of the links with this number: `ORDERS`. RT: worker."""
    return 1 << which


@kernel
def head_address(line, which, symbol, context, end):
    """Get the address in a line of the head of a context: a symbol, and those of sounds up to `end` of another line.

    0 where that other line does not go back so far. RT: worker
    """
    order = order_of(which)
    if end - (order - 2) < oldest(context):
        return 0
    key = np.uint64(symbol + 1)
    for k in range(order - 1):
        key = (key ^ (key >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        key += np.uint64(moment_at(context, end - k).symbol + 1)
    key = (key ^ (key >> np.uint64(32))) * np.uint64(0x94D049BB133111EB)
    slot = np.int64(key >> np.uint64(40)) & (HEADS - 1)
    return line.heads + 8 * (which * HEADS + slot)


@kernel
def same_context(line, which, n, symbol, context, end):
    """Whether sound n of a line ends the context of `head_address`, which two contexts may share. RT: worker."""
    if n - order_of(which) + 1 < oldest(line) or moment_at(line, n).symbol != symbol:
        return False
    same = True
    for k in range(order_of(which) - 1):
        same = same and moment_at(line, n - 1 - k).symbol == moment_at(context, end - k).symbol
    return same


@kernel
def append(line, place, symbol):
    """Put a sound at the line's end, link it, and give its record; `item` and `share` are to be filled in.

    RT: worker
    """
    n = line.count
    moment, source = moment_at(line, n), f32(place, DIMENSIONS)
    for j in range(DIMENSIONS):
        moment.place[j] = source[j]
    # the oldest sound of a full ring has just given way
    line.count += 1
    moment.symbol, moment.seen = symbol, 0
    for which in range(_ORDERS):
        moment.link[which] = 0
        address = head_address(line, which, symbol, line, n - 1)
        if address != 0:
            head = i64(address, 1)
            moment.link[which], head[0] = head[0], n + 1
    return moment
