"""Where a sound lies in a space of a bank, as it is or as the musician's sounds lie."""

import numpy as np

from livehost.players.nearest.space import CLIP
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.native import f32, f64, kernel

#: Sounds after which the musician's own centre and scale have half of their final weight.
ADAPT_SEGMENTS = 8.0
#: That final weight, against the bank's.
ADAPT_MOST = 0.5
#: Sounds that count for the musician's centre and scale.
ADAPT_MEMORY = 64.0
#: A musician who repeats one sound is not magnified beyond this share of the bank's scale.
ADAPT_LEAST_SCALE = 0.25


@kernel
def adaptation(heard):
    """Give the weight of the musician's own centre and scale after so many sounds, and how fast they learn.

    RT: worker
    """
    return ADAPT_MOST * heard / (heard + ADAPT_SEGMENTS), 1.0 / min(heard + 1.0, ADAPT_MEMORY)


@kernel
def place_in(space, place, features, size, mean_address, variance_address, mix, rate):
    """Place a sound in a space (a record with the addresses of a `Space`), and learn from it how they lie.

    Each standardised value z is moved by a mixture of the bank's centre and scale (0 and 1) and the musician's own,
    z' = (z − mix·mean) / ((1 − mix) + mix·deviation): a musician whose sounds all lie outside the bank's range soon
    reaches more of the bank than its one nearest edge. With a mix of 0 it is `Space.project`; with a rate of 0 nothing
    is learnt.

    RT: worker
    """
    x, origin = f32(features, size), f32(space.origin, DIMENSIONS)
    center, inverse_scale = f32(space.center, size), f32(space.inverse_scale, size)
    mean, variance = f64(mean_address, size), f64(variance_address, size)
    for k in range(DIMENSIONS):
        place[k] = -origin[k]
    for j in range(size):
        z = (np.float64(x[j]) - center[j]) * inverse_scale[j]
        if not np.isfinite(z):
            z = 0.0
        z = min(max(z, -2.0 * CLIP), 2.0 * CLIP)
        spread = max(np.sqrt(variance[j]), ADAPT_LEAST_SCALE)
        moved = (z - mix * mean[j]) / ((1.0 - mix) + mix * spread)
        moved = np.float32(min(max(moved, -CLIP), CLIP))
        step = z - mean[j]
        mean[j] += rate * step
        variance[j] = (1.0 - rate) * (variance[j] + rate * step * step)
        row = f32(space.projection + j * ROW_BYTES, DIMENSIONS)
        for k in range(DIMENSIONS):
            place[k] += moved * row[k]


@kernel
def forget_places(mean_address, variance_address, size):
    """Forget how the musician's sounds lie. RT: worker."""
    mean, variance = f64(mean_address, size), f64(variance_address, size)
    for j in range(size):
        mean[j], variance[j] = 0.0, 0.0
