"""The space in which sounds are near or far: features standardised by the bank, weighted, and turned into 32 numbers.

Centre and scale are robust (median, median absolute deviation), so a few odd items do not squeeze all others together.
Each feature counts alike however many columns it has, times its weight in `WEIGHTS`. The first 32 principal axes keep
nearly all of the distance and make a row two cache lines long.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from livehost.dsp.standardise import standardise
from livehost.players.scan import DIMENSIONS

#: Standardised values beyond this count as this: one wild feature must not decide alone.
CLIP = 4.0
#: Items that centre, scale and axes are learnt from at most; evenly spread over the bank.
LEARN_ITEMS = 8192
#: Items whose neighbourhood is measured for `Space.spacing`.
PROBES = 64
NEIGHBOURS = 8

#: How much a feature counts, by its name or by the part of it before an underscore; 1 where nothing is said.
WEIGHTS: dict[str, float] = {}


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
        z = (features - self.center) * self.inverse_scale
        z[~np.isfinite(z)] = 0.0
        return np.clip(z, -CLIP, CLIP)

    def project(self, features: np.ndarray) -> np.ndarray:
        """Place rows of features in the space, float32 [n, DIMENSIONS]. RT: never."""
        return self.standardise(features) @ self.projection - self.origin


def column_weights(slices: Mapping[str, slice], size: int) -> np.ndarray:
    """Give the weight of each column: its feature's weight / √(its number of columns).

    Parameters
    ----------
    slices : mapping of str to slice
        Columns of each feature.
    size : int
        Number of columns.

    Returns
    -------
    np.ndarray
        Float64 [size]; 1 for columns of no feature.
    """
    weights = np.ones(size)
    for name, columns in slices.items():
        width = len(range(*columns.indices(size)))
        if width:
            weights[columns] = WEIGHTS.get(name, WEIGHTS.get(name.split("_")[0], 1.0)) / np.sqrt(width)
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
    z = space.standardise(sample.astype(np.float32)).astype(np.float64) * weights
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
