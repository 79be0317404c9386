"""The space in which sounds are near or far: features standardised by the bank, weighted, and turned into 32 numbers.

Centre and scale are robust (median, median absolute deviation), so a few odd items do not squeeze all others together.
Each slot counts as `WEIGHTS` says. The first 32 principal axes keep nearly all of the distance and make a row two cache
lines long.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from livehost.dsp.standardise import standardise
from livehost.players.top_rows import DIMENSIONS

#: Standardised values beyond this count as this: one wild feature must not decide alone.
CLIP = 4.0
#: Items that centre, scale and axes are learnt from at most; evenly spread over the bank.
LEARN_ITEMS = 8192
#: Items whose neighbourhood is measured for `Space.spacing`.
PROBES = 64
NEIGHBOURS = 8

#: What each slot of a feature counts, 1 where nothing is said. Measured: how much it differs between sounds, against
#: how much it changes where the same sound is heard shorter, softer and in noise; rounded. How long and how loud the
#: musician plays hardly says what.
WEIGHTS: dict[str, float] = {
    "log_duration": 0.0,
    "loudness_mean": 0.1,
    "loudness_peak": 0.1,
    "rms_mean": 0.1,
    "peak_level": 0.1,
    "start_loudness": 0.1,
    "centroid_slope": 0.1,
    "temporal_centroid": 0.25,
    "loudness_std": 0.5,
    "rms_std": 0.5,
    "decay_slope": 0.5,
    "spread_mean": 0.5,
    "rolloff_mean": 0.5,
    "flatness_mean": 0.5,
    "flatness_std": 0.5,
    "flux_peak": 0.5,
    "mel_mean": 0.5,
    "zero_crossings_mean": 1.5,
    "log_attack_time": 1.5,
    "attack_slope": 1.5,
    "pitch_mean": 2.0,
    "chroma_mean": 2.0,
    "mfcc_mean": 2.0,
    "start_mfcc": 3.0,
    "entropy_mean": 3.0,
    "f0_confidence_mean": 3.0,
    "voiced": 3.0,
}


@dataclass(eq=False)
class Space:
    """A bank's space.

    Attributes
    ----------
    center, inverse_scale : np.ndarray
        Float32 [features]: standardised = (value − center) · inverse_scale, clipped to ±`CLIP`; what is not finite is
        0, the bank's middle.
    projection : np.ndarray
        Float32 [features, DIMENSIONS].
    origin : np.ndarray
        Float32 [DIMENSIONS], taken off after projecting: the bank's middle is the zero vector.
    matrix : np.ndarray
        Float32 [items, DIMENSIONS], its first byte on a cache line.
    spacing : float
        Median over items of how much farther the eighth nearest item is than the nearest: the unit of cost, so that at
        temperature 1 the eighth nearest is e times less likely than the nearest, in any bank.
    """

    center: np.ndarray
    inverse_scale: np.ndarray
    projection: np.ndarray
    origin: np.ndarray
    matrix: np.ndarray
    spacing: float

    def standardise(self, features: np.ndarray) -> np.ndarray:
        """Standardise rows of features, float32 [n, features]. RT: never."""
        z = (features.astype(np.float64) - self.center) * self.inverse_scale
        z[~np.isfinite(z)] = 0.0
        clipped: np.ndarray = np.clip(z, -CLIP, CLIP).astype(np.float32)
        return clipped

    def project(self, features: np.ndarray) -> np.ndarray:
        """Place rows of features in the space, float32 [n, DIMENSIONS]. RT: never."""
        places: np.ndarray = self.standardise(features) @ self.projection - self.origin
        return places


def column_weights(slices: Mapping[str, slice], size: int) -> np.ndarray:
    """Give the weight of each column.

    Parameters
    ----------
    slices : mapping of str to slice
        Columns of each feature.
    size : int
        Number of columns.

    Returns
    -------
    np.ndarray
        Float64 [size], of `WEIGHTS`; 1 for columns of no feature.
    """
    weights = np.ones(size)
    for name, columns in slices.items():
        weights[columns] = WEIGHTS.get(name, 1.0)
    return weights


def fit(features: np.ndarray, weights: np.ndarray) -> Space:
    """Learn the space of a bank and place its items in it.

    Parameters
    ----------
    features : np.ndarray
        Float32 [items, features], at least one item; values that are not finite count as the middle.
    weights : np.ndarray
        Float64 [features], of `column_weights`.

    Returns
    -------
    Space
    """
    items, size = features.shape
    sample = features[:: -(-items // LEARN_ITEMS)].astype(np.float64)
    center, scale = standardise(sample if np.isfinite(sample).all(1).any() else np.nan_to_num(sample))
    space = Space(
        center,
        1.0 / scale,
        np.zeros((size, DIMENSIONS), np.float32),
        np.zeros(DIMENSIONS, np.float32),
        aligned((items, DIMENSIONS)),
        1.0,
    )
    z = space.standardise(sample) * weights
    middle = z.mean(0)
    power, axes = np.linalg.eigh((z - middle).T @ (z - middle))
    # an axis along which the bank does not vary tells no item from another
    axes = axes[:, power > 1e-9 * power[-1]][:, ::-1][:, :DIMENSIONS]
    space.projection[:, : axes.shape[1]] = weights[:, None] * axes
    space.origin[: axes.shape[1]] = middle @ axes
    for start in range(0, items, LEARN_ITEMS):
        space.matrix[start : start + LEARN_ITEMS] = space.project(features[start : start + LEARN_ITEMS])
    space.spacing = _spacing(space.matrix)
    return space


def aligned(shape: tuple[int, ...], dtype: type = np.float32) -> np.ndarray:
    """Give a zeroed array whose first byte stands on a cache line."""
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    raw = np.zeros(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(dtype).reshape(shape)


def _spacing(matrix: np.ndarray) -> float:
    items = len(matrix)
    near, gaps, all_distances = min(NEIGHBOURS, items - 1), [], []
    if near < 1:
        return 1.0
    squares = np.einsum("ij,ij->i", matrix, matrix)
    for i in range(0, items, -(-items // PROBES)):
        distances = np.sqrt(np.maximum(squares - 2.0 * (matrix @ matrix[i]) + squares[i], 0.0))
        distances[i] = np.inf
        nearest = np.partition(distances, near - 1)[:near]
        gaps.append(nearest.max() - nearest.min())
        distances[i] = 0.0
        all_distances.append(np.median(distances))
    # twins all over a bank must not make the unit vanish
    return float(max(np.median(gaps), 0.02 * np.median(all_distances))) or 1.0
