"""Codes of mels without a network, of the same size: principal components, and k-means of tiles."""

import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import PCA

#: Tiles that k-means is fitted to, at most.
_TILES = 250_000
#: One of so many of them is silent, as of those that teach a mel VQ-VAE.
_SILENT = 50


def pca_again(train: np.ndarray, asked: np.ndarray, numbers: int) -> np.ndarray:
    """Let mels go through principal components of others.

    Parameters
    ----------
    train, asked : numpy.ndarray
        Float32 [n, bands, frames], unit scale.
    numbers : int
        Of a code; fewer where fewer mels were given.

    Returns
    -------
    numpy.ndarray
        Float32, as `asked`.
    """
    components = min(numbers, len(train) - 1, train[0].size)
    fitted = PCA(components, svd_solver="randomized", random_state=0).fit(train.reshape(len(train), -1))
    flat = fitted.inverse_transform(fitted.transform(asked.reshape(len(asked), -1)))
    return np.maximum(flat.reshape(asked.shape), 0).astype(np.float32)


def kmeans_again(train: np.ndarray, asked: np.ndarray, codes: int, tile: tuple[int, int]) -> tuple[np.ndarray, float]:
    """Let mels go through the nearest of so many tiles.

    Parameters
    ----------
    train, asked : numpy.ndarray
        Float32 [n, bands, frames], unit scale.
    codes : int
        Of the codebook.
    tile : (int, int)
        Bands and frames for which a code stands.

    Returns
    -------
    again : numpy.ndarray
        Float32, as `asked`.
    use : float
        Share of the codes that the asked mels use.
    """
    tiles = to_tiles(train, tile)
    rng = np.random.default_rng(0)
    heard = tiles.max(axis=1) > 0
    chosen = rng.permutation(tiles[heard])[:_TILES]
    chosen = np.concatenate([chosen, tiles[~heard][: len(chosen) // _SILENT]])  # silence wants one code, not many
    different = len(np.unique(chosen[: 20 * codes], axis=0))
    fitted = MiniBatchKMeans(min(codes, different), batch_size=4096, n_init=1, max_iter=30, random_state=0).fit(chosen)
    found = fitted.predict(to_tiles(asked, tile))
    again = from_tiles(fitted.cluster_centers_[found].astype(np.float32), asked.shape, tile)
    return np.maximum(again, 0), len(np.unique(found)) / codes


def to_tiles(mels: np.ndarray, tile: tuple[int, int]) -> np.ndarray:
    """Cut mels [n, bands, frames] into tiles [n · rows · columns, numbers]."""
    count, bands, frames = mels.shape
    high, wide = tile
    cut = mels.reshape(count, bands // high, high, frames // wide, wide)
    return np.ascontiguousarray(cut.transpose(0, 1, 3, 2, 4)).reshape(-1, high * wide)


def from_tiles(tiles: np.ndarray, shape: tuple[int, ...], tile: tuple[int, int]) -> np.ndarray:
    """Put together what `to_tiles` has cut."""
    count, bands, frames = shape
    high, wide = tile
    return tiles.reshape(count, bands // high, frames // wide, high, wide).transpose(0, 1, 3, 2, 4).reshape(shape)
