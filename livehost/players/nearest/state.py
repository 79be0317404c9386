"""What the nearest player holds, and how it weighs: its record, its query, its successor."""

import numpy as np

from livehost.players.nearest.cuts import CUT_FIELDS
from livehost.players.nearest.space import CLIP
from livehost.players.play_history import HISTORY_FIELDS, last_played
from livehost.players.sampling import SAMPLING_FIELDS
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.native import f32, f64, i64, kernel

#: Heard segments after which their own centre and scale have half of their final weight.
ADAPT_SEGMENTS = 8.0
#: That final weight, against the bank's.
ADAPT_MOST = 0.5
#: Heard segments that count for their centre and scale.
ADAPT_MEMORY = 64.0
#: A musician who repeats one sound is not magnified beyond this share of the bank's scale.
ADAPT_LEAST_SCALE = 0.25

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
    """Place a heard segment in the bank's space, and learn from it how the musician's sounds lie.

    Each standardised value z is moved by a mixture of the bank's centre and scale (0 and 1) and the musician's own,
    z' = (z − λ·mean) / ((1 − λ) + λ·deviation), λ growing from 0 to `ADAPT_MOST`: the first sound is taken as it is; a
    musician whose sounds all lie outside the bank's range soon reaches more of the bank than its one nearest edge.

    RT: worker
    """
    size = state.features
    x = f32(features, size)
    center, inverse_scale = f32(state.center, size), f32(state.inverse_scale, size)
    mean, variance = f64(state.heard_mean, size), f64(state.heard_variance, size)
    origin = f32(state.origin, DIMENSIONS)
    mix = ADAPT_MOST * state.heard_segments / (state.heard_segments + ADAPT_SEGMENTS)
    rate = 1.0 / min(state.heard_segments + 1.0, ADAPT_MEMORY)
    for k in range(DIMENSIONS):
        state.heard_place[k] = -origin[k]
    for j in range(size):
        z = (np.float64(x[j]) - center[j]) * inverse_scale[j]
        if not np.isfinite(z):
            z = 0.0
        z = min(max(z, -2.0 * CLIP), 2.0 * CLIP)
        spread = max(np.sqrt(variance[j]), ADAPT_LEAST_SCALE)
        moved = (z - mix * mean[j]) / ((1.0 - mix) + mix * spread)
        moved = np.float32(min(max(moved, -CLIP), CLIP))
        if learn:
            step = z - mean[j]
            mean[j] += rate * step
            variance[j] = (1.0 - rate) * (variance[j] + rate * step * step)
        row = f32(state.projection + j * ROW_BYTES, DIMENSIONS)
        for k in range(DIMENSIONS):
            state.heard_place[k] += moved * row[k]
    if learn:
        state.heard_segments += 1.0
    state.heard = 1


@kernel
def place_plainly(state, features):
    """Place a heard segment in the bank's space as it is, whoever plays: `plain_place`, as `Space.project` does.

    RT: worker
    """
    size = state.features
    x, center, inverse_scale = f32(features, size), f32(state.center, size), f32(state.inverse_scale, size)
    origin = f32(state.origin, DIMENSIONS)
    for k in range(DIMENSIONS):
        state.plain_place[k] = -origin[k]
    for j in range(size):
        z = (np.float64(x[j]) - center[j]) * inverse_scale[j]
        if not np.isfinite(z):
            z = 0.0
        z = min(max(z, -CLIP), CLIP)
        row = f32(state.projection + j * ROW_BYTES, DIMENSIONS)
        for k in range(DIMENSIONS):
            state.plain_place[k] += np.float32(z) * row[k]


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
