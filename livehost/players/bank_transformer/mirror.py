"""What is to mirror a sound that has just begun is drawn to the items that begin like it (`players.nearest.cuts`).

The model says what fits; how alike two beginnings are is measured better than it is learnt. Of a choice that is to
sound with what is heard now, likeness has the share 2 · `follow` − 1, the model the rest.
"""

import numpy as np

from livehost.players.nearest.cuts import cut_at
from livehost.players.nearest.state import NEAREST
from livehost.players.sampling import ALIKE
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES, nearest_rows, squared_distance
from livehost.rt.native import f32, kernel, record_at, u8

#: How much less likely an item is that is farther by the spacing of its space.
SHARPNESS = 2.0
_PLACE_AT = NEAREST.fields["cut_place"][1]  # type: ignore[index]


@kernel
def mirror_share(state, io, p):
    """Give the share of likeness in a choice, 0 … 1. RT: worker."""
    if state.near == 0 or io.now == 0 or record_at(state.near, NEAREST).cut < 0:
        return 0.0
    return min(max(2.0 * p.follow - 1.0, 0.0), 1.0)


@kernel
def add_alike(state, share, count):
    """Put the items that begin most like what sounds behind the candidates in `index`; the new count. RT: worker."""
    if share <= 0.0:
        return count
    near = record_at(state.near, NEAREST)
    place, wanted = f32(state.near + _PLACE_AT, DIMENSIONS), min(ALIKE, state.items)
    found = nearest_rows(
        cut_at(near, near.cut).matrix, state.items, near.columns, place, u8(state.allowed, state.items), wanted,
        near.distance, near.index,
    )  # fmt: skip
    own = count
    for k in range(found):
        new = True
        for i in range(own):
            new = new and state.index[i] != near.index[k]
        if new:
            state.index[count] = near.index[k]
            count += 1
    return count


@kernel
def mirrored(state, share, item, cost):
    """Give the cost of an item with the share of likeness in it. RT: worker."""
    if share <= 0.0:
        return cost
    near = record_at(state.near, NEAREST)
    cut, place = cut_at(near, near.cut), f32(state.near + _PLACE_AT, DIMENSIONS)
    row = f32(cut.matrix + item * ROW_BYTES, DIMENSIONS)
    distance = np.sqrt(np.float64(squared_distance(row, place, near.columns))) / cut.spacing
    return (1.0 - share) * cost + share * SHARPNESS * distance
