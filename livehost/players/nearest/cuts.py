"""What has just begun is compared with how each item of the bank begins: like with like, one space for each cut.

A peek of a few milliseconds looks like no whole sound. So a bank is measured over its items' first rows, too
(`livehost.bank.measure.CUT_ROWS`), and a peek is placed in the space of the longest cut that it has reached.
"""

from typing import Any

import numpy as np

from livehost.bank.measure import CUT_ROWS, HOP_SAMPLES
from livehost.dsp.tables import LEVEL_SLOTS, SEGMENT_SIZE, SEGMENT_SLICES
from livehost.players.nearest.space import CLIP, fit
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.memory import zeros
from livehost.rt.native import array_at, f32, f64, kernel

#: As for whole sounds (`nearest.state`): peeks until the musician's own centre and scale have half of their weight,
#: that weight, peeks that count, and the least scale.
ADAPT_PEEKS, ADAPT_MOST, ADAPT_MEMORY, ADAPT_LEAST_SCALE = 8.0, 0.5, 64.0, 0.25

#: Slots that say, in one way or another, how loud a sound is: that is not what it is.
LEVELS = [
    *LEVEL_SLOTS,
    *range(*SEGMENT_SLICES["mel_mean"].indices(SEGMENT_SIZE)),
    SEGMENT_SLICES["mfcc_mean"].start,
    SEGMENT_SLICES["start_mfcc"].start,
]

CUT = np.dtype(
    [
        ("frames", "i8"),  # from which a peek is placed here
        ("center", "i8"),  # as in `nearest.space.Space`
        ("inverse_scale", "i8"),
        ("projection", "i8"),
        ("origin", "i8"),
        ("matrix", "i8"),
        ("spacing", "f8"),
        ("mean", "i8"),  # float64 [features], of what was heard, in units of the bank's standardisation
        ("variance", "i8"),
        ("peeks", "f8"),
    ],
    align=True,
)

#: What a player's record holds of it.
CUT_FIELDS = (
    ("cuts", "i8"),  # address of CUT [cut_count]
    ("cut_count", "i8"),  # 0: the bank does not say how its items begin
    ("cut", "i8"),  # cut that what sounds now is placed in, −1 where nothing does
    ("cut_place", "f4", (DIMENSIONS,)),
)


@kernel
def cut_at(state, k):
    """View a cut. RT: worker."""
    return array_at(state.cuts, k + 1, CUT)[k]


@kernel
def place_cut(state, features, frames):
    """Place a peek of so many frames in the space of its cut, and learn how the musician's sounds begin. RT: worker."""
    state.cut = -1
    for k in range(state.cut_count):
        if frames >= cut_at(state, k).frames:
            state.cut = k
    if state.cut < 0:
        return
    cut, size = cut_at(state, state.cut), state.features
    x, center, inverse_scale = f32(features, size), f32(cut.center, size), f32(cut.inverse_scale, size)
    mean, variance, origin = f64(cut.mean, size), f64(cut.variance, size), f32(cut.origin, DIMENSIONS)
    mix = ADAPT_MOST * cut.peeks / (cut.peeks + ADAPT_PEEKS)
    rate = 1.0 / min(cut.peeks + 1.0, ADAPT_MEMORY)
    for k in range(DIMENSIONS):
        state.cut_place[k] = -origin[k]
    for j in range(size):
        z = (np.float64(x[j]) - center[j]) * inverse_scale[j]
        if not np.isfinite(z):
            z = 0.0
        z = min(max(z, -2.0 * CLIP), 2.0 * CLIP)
        moved = (z - mix * mean[j]) / ((1.0 - mix) + mix * max(np.sqrt(variance[j]), ADAPT_LEAST_SCALE))
        moved = np.float32(min(max(moved, -CLIP), CLIP))
        step = z - mean[j]
        mean[j] += rate * step
        variance[j] = (1.0 - rate) * (variance[j] + rate * step * step)
        row = f32(cut.projection + j * ROW_BYTES, DIMENSIONS)
        for k in range(DIMENSIONS):
            state.cut_place[k] += moved * row[k]
    cut.peeks += 1.0


@kernel
def forget_cuts(state):
    """Forget how the musician's sounds begin. RT: worker."""
    state.cut = -1
    for k in range(state.cut_count):
        cut = cut_at(state, k)
        mean, variance = f64(cut.mean, state.features), f64(cut.variance, state.features)
        cut.peeks = 0.0
        for j in range(state.features):
            mean[j], variance[j] = 0.0, 0.0


class CutSpaces:
    """The spaces of a bank's cuts. RT: never.

    Parameters
    ----------
    cuts : float32 [items, cuts, features], optional
        Of the bank; None where it does not know them.
    weights : float64 [features]
        Of `nearest.space.column_weights`.
    """

    def __init__(self, cuts: np.ndarray | None, weights: np.ndarray) -> None:
        count = 0 if cuts is None else cuts.shape[1]
        if count:
            weights = np.array(weights, np.float64)
            weights[LEVELS] = 0.0
        self.spaces = [] if cuts is None else [fit(np.ascontiguousarray(cuts[:, k]), weights) for k in range(count)]
        self.records = zeros(max(count, 1), CUT)
        self._heard = zeros(max(count, 1) * 2 * len(weights), np.float64).reshape(-1, 2, len(weights))
        for k, space in enumerate(self.spaces):
            r: Any = self.records[k]
            r["frames"], r["spacing"] = CUT_ROWS[k] * HOP_SAMPLES, space.spacing
            tables = {
                "center": space.center, "inverse_scale": space.inverse_scale, "projection": space.projection,
                "origin": space.origin, "matrix": space.matrix,
            }  # fmt: skip
            for name, table in tables.items():
                r[name] = table.ctypes.data
            r["mean"], r["variance"] = (row.ctypes.data for row in self._heard[k])

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self.records, self._heard, *(space.matrix for space in self.spaces)]
