"""What the nearest player holds, and how it weighs: its record, its query, its successor."""

import numpy as np

from livehost.players.nearest.cuts import CUT_FIELDS
from livehost.players.nearest.place import adaptation, place_in
from livehost.players.play_history import HISTORY_FIELDS, last_played
from livehost.players.sampling import SAMPLING_FIELDS
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.native import f32, i64, kernel

#: State of a player; addresses are those of arrays that `NearestPlayer` owns.
NEAREST = np.dtype(
    [
        ("items", "i8"),
        ("features", "i8"),  # columns of a segment's features
        ("center", "i8"),  # float32 [features]
        ("inverse_scale", "i8"),  # float32 [features]
        ("projection", "i8"),  # float32 [features, DIMENSIONS]
        ("origin", "i8"),  # float32 [DIMENSIONS]
        ("matrix", "i8"),  # float32 [items, DIMENSIONS]
        ("columns", "i8"),  # DIMENSIONS
        ("spacing", "f8"),
        ("successor", "i8"),  # int64 [items]
        ("allowed", "i8"),  # uint8 [items]: 1 allowed, else 0 (or'ed bits below) never chosen
        ("heard_mean", "i8"),  # float64 [features], in units of the bank's standardisation
        ("heard_variance", "i8"),
        ("heard_segments", "f8"),
        ("heard", "i8"),  # 1: there is a place that was heard
        ("heard_place", "f4", (DIMENSIONS,)),
        ("plain_place", "f4", (DIMENSIONS,)),  # as `Space.project` has it
        ("session", "i8"),  # address of the session's MEMORY, 0 for none
        *CUT_FIELDS,
        ("query", "f4", (DIMENSIONS,)),
        ("preference", "f4", (DIMENSIONS,)),
        *HISTORY_FIELDS,
        *SAMPLING_FIELDS,
    ],
    align=True,
)
PLAIN_AT = NEAREST.fields["plain_place"][1]  # type: ignore[index]


@kernel
def place_heard(state, features, learn):
    """Place a heard segment as the musician's sounds lie, and learn from it how they do: the first is taken as it is.

    RT: worker
    """
    mix, rate = adaptation(state.heard_segments)
    if not learn:
        rate = 0.0
    place_in(
        state, state.heard_place, features, state.features, state.heard_mean, state.heard_variance, mix, rate
    )  # fmt: skip
    if learn:
        state.heard_segments += 1.0
    state.heard = 1


@kernel
def place_plainly(state, features):
    """Place a heard segment in the bank's space as it is, whoever plays: `plain_place`, as `Space.project` does.

    RT: worker
    """
    place_in(state, state.plain_place, features, state.features, state.heard_mean, state.heard_variance, 0.0, 0.0)


@kernel
def make_query(state, follow):
    """Set the place to look around: what was heard, the player's own last item at `follow` 0, else the bank's middle.

    What was approved lately pulls it over. RT: worker
    """
    last = last_played(state)
    own = last >= 0 and follow <= 0.0
    row = f32(state.matrix + max(last, 0) * ROW_BYTES, DIMENSIONS)
    pull = np.float32(state.preference_strength)
    for k in range(DIMENSIONS):
        place = np.float32(0.0)
        if own:
            place = row[k]
        elif state.heard == 1:
            place = state.heard_place[k]
        state.query[k] = place + pull * (state.preference[k] - place)


@kernel
def successor_of_last(state, allowed):
    """Item that follows the one played last in its source, -1 where there is none or it is not allowed. RT: worker."""
    last = last_played(state)
    if last < 0:
        return -1
    successor = i64(state.successor, state.items)[last]
    if successor < 0 or allowed[successor] != 1:
        return -1
    return successor


@kernel
def add_successor(state, successor, weight, rest, count):
    """Mix the successor into the candidates, `weight` to their `rest`; gives the new count. RT: worker."""
    total = weight + rest
    if total <= 0.0:
        return count
    at = count
    for i in range(count):
        state.probability[i] *= rest / total
        if state.index[i] == successor:
            at = i
    if at == count:
        state.index[count], state.probability[count] = successor, 0.0
        count += 1
    state.probability[at] += weight / total
    return count
