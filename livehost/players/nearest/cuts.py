"""What has just begun is compared with how each item of the bank begins: like with like, one space for each cut.

A peek of a few milliseconds looks like no whole sound. So a bank is measured over its items' first rows, too
(`livehost.bank.measure.CUT_ROWS`), and a peek is placed in the space of the longest cut that it has reached.
"""

from typing import Any

import numpy as np

from livehost.bank.measure import CUT_ROWS, HOP_SAMPLES
from livehost.dsp.tables import LEVEL_SLOTS, SEGMENT_SIZE, SEGMENT_SLICES
from livehost.players.nearest.place import adaptation, forget_places, place_in
from livehost.players.nearest.space import fit
from livehost.players.top_rows import DIMENSIONS
from livehost.rt.memory import zeros
from livehost.rt.native import array_at, kernel

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
    cut = cut_at(state, state.cut)
    mix, rate = adaptation(cut.peeks)
    place_in(cut, state.cut_place, features, state.features, cut.mean, cut.variance, mix, rate)
    cut.peeks += 1.0


@kernel
def forget_cuts(state):
    """Forget how the musician's sounds begin. RT: worker."""
    state.cut = -1
    for k in range(state.cut_count):
        cut = cut_at(state, k)
        cut.peeks = 0.0
        forget_places(cut.mean, cut.variance, state.features)


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
