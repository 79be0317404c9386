"""Place items on a plane so that alike sounds lie together: PCA, then an embedding of the nearest neighbours.

The objective is that of UMAP (McInnes, Healy, Melville, 2018): neighbours in feature space attract each other, random
pairs repel. All edges move in every step, which numpy does in whole arrays; the seed is fixed, so a bank looks the
same every time.
"""

import numpy as np

#: Standardised features beyond this are outliers, and count as this far.
OUTLIER = 4.0
COMPONENTS = 20
NEIGHBOURS = 12
REPELLING = 24
STEPS = 300
#: Shape of attraction, 1 / (1 + A d^2B): UMAP's for a spacing of 0.3.
A, B = 0.993, 1.112
_ROWS = 1024


def standardise(features: np.ndarray) -> np.ndarray:
    """Bring every feature to mean 0 and deviation 1; those that never change become 0.

    Parameters
    ----------
    features : numpy.ndarray
        Float [items, features].

    Returns
    -------
    numpy.ndarray
        Float32, same shape, within ±`OUTLIER`.
    """
    x = np.asarray(features, np.float64)
    deviation = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(deviation > 1e-9, deviation, np.inf)
    return np.asarray(np.clip(x, -OUTLIER, OUTLIER), np.float32)


def principal_components(x: np.ndarray, count: int) -> np.ndarray:
    """Project on the directions of largest variance, signs chosen so that the largest weight is positive.

    Parameters
    ----------
    x : numpy.ndarray
        Float [items, features], centred.
    count : int
        Components wanted; fewer come back where there are fewer.

    Returns
    -------
    numpy.ndarray
        Float32 [items, components].
    """
    values, vectors = np.linalg.eigh(np.asarray(x.T @ x, np.float64))
    vectors = vectors[:, np.argsort(values)[::-1][:count]]
    vectors *= np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    return np.asarray(x @ vectors, np.float32)


def neighbours(x: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Find the nearest other items of each item.

    Parameters
    ----------
    x : numpy.ndarray
        Float32 [items, dimensions].
    count : int
        Neighbours wanted, less than the number of items.

    Returns
    -------
    indices, distances : numpy.ndarray
        Int64 and float32 [items, count], nearest first.
    """
    squares = np.square(x).sum(axis=1)
    indices = np.empty((len(x), count), np.int64)
    distances = np.empty((len(x), count), np.float32)
    for start in range(0, len(x), _ROWS):
        rows = slice(start, min(start + _ROWS, len(x)))
        d = squares[rows, None] + squares - 2 * (x[rows] @ x.T)
        d[np.arange(len(d)), np.arange(rows.start, rows.stop)] = np.inf
        near = np.argpartition(d, count - 1, axis=1)[:, :count]
        near_d = np.take_along_axis(d, near, axis=1)
        order = np.argsort(near_d, axis=1, kind="stable")
        indices[rows] = np.take_along_axis(near, order, axis=1)
        distances[rows] = np.sqrt(np.maximum(np.take_along_axis(near_d, order, axis=1), 0))
    return indices, distances


def edge_weights(distances: np.ndarray) -> np.ndarray:
    """Turn distances into how much two items belong together: 1 for the nearest, log2(k) for all k together.

    Parameters
    ----------
    distances : numpy.ndarray
        Float [items, k], nearest first.

    Returns
    -------
    numpy.ndarray
        Float64, same shape.
    """
    beyond = np.asarray(distances - distances[:, :1], np.float64)
    target = np.log2(max(distances.shape[1], 2))
    low, high = np.full(len(beyond), 1e-6), np.full(len(beyond), 1e3)
    for _ in range(50):
        middle = np.sqrt(low * high)
        too_much = np.exp(-beyond / middle[:, None]).sum(axis=1) > target
        high = np.where(too_much, middle, high)
        low = np.where(too_much, low, middle)
    return np.asarray(np.exp(-beyond / np.sqrt(low * high)[:, None]))


def embed(features: np.ndarray) -> np.ndarray:
    """Place items on a plane.

    Parameters
    ----------
    features : numpy.ndarray
        Float [items, features].

    Returns
    -------
    numpy.ndarray
        Float64 [items, 2], centred, the wider axis first.
    """
    x = principal_components(standardise(features), COMPONENTS)
    count = len(x)
    plane = np.zeros((count, 2))
    plane[:, : min(2, x.shape[1])] = x[:, :2]
    if count > NEIGHBOURS:
        plane *= 10 / max(float(np.abs(plane).max()), 1e-9)
        rng = np.random.default_rng(0)
        plane += rng.normal(0, 0.01, plane.shape)  # items that are the same need a way apart
        indices, distances = neighbours(x, NEIGHBOURS)
        tails, heads = np.repeat(np.arange(count), NEIGHBOURS), indices.reshape(-1)
        weights = edge_weights(distances).reshape(-1)
        for step in range(STEPS):
            plane += (1 - step / STEPS) * _forces(plane, tails, heads, weights, rng)
    plane -= plane.mean(axis=0)
    return np.asarray(plane @ np.linalg.svd(plane, full_matrices=False)[2].T)


def _forces(
    plane: np.ndarray, tails: np.ndarray, heads: np.ndarray, weights: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    count = len(plane)
    away = plane[tails] - plane[heads]
    d2 = np.square(away).sum(axis=1) + 1e-9
    pull = np.clip((-2 * A * B * d2 ** (B - 1) / (1 + A * d2**B))[:, None] * away, -4, 4) * weights[:, None]
    others = rng.integers(0, count, (count, REPELLING))
    apart = plane[:, None] - plane[others]
    d2 = np.square(apart).sum(axis=2)
    push = np.clip((2 * B / ((0.001 + d2) * (1 + A * d2**B)))[..., None] * apart, -4, 4).sum(axis=1)
    force = push * (NEIGHBOURS * 0.5 / REPELLING)
    for axis in range(2):
        force[:, axis] += np.bincount(tails, pull[:, axis], count) - np.bincount(heads, pull[:, axis], count)
    return np.asarray(force * 0.1)
