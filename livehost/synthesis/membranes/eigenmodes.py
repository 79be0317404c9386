"""Eigenvalues and shapes of the lowest modes of any outline, on a grid: for pictures, labels and tests."""

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from livehost.errors import LivehostError
from livehost.synthesis.membranes.grid import Grid, make_grid
from livehost.synthesis.membranes.outline import Outline


def laplacian(grid: Grid) -> sparse.csc_matrix:
    """Make the matrix −L / h² of the nodes inside, in unit coordinates; see `livehost.synthesis.membranes.grid`."""
    number = np.full(grid.inside.shape, -1)
    number[grid.inside] = np.arange(int(grid.inside.sum()))
    rows, columns, values = [], [], []
    for near, far in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        both = grid.inside[near] & grid.inside[far]
        a, b = number[near][both], number[far][both]
        rows += [a, b]
        columns += [b, a]
        values += [np.full(2 * len(a), -1.0)]
    diagonal = number[grid.inside]
    rows.append(diagonal)
    columns.append(diagonal)
    values.append(4.0 + grid.cut[grid.inside])
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.csc_matrix(entries, shape=(len(diagonal), len(diagonal))) / grid.spacing**2


def eigenmodes(outline: Outline, count: int, nodes: int = 80) -> tuple[np.ndarray, np.ndarray, Grid]:
    """Compute the lowest modes of a membrane that is held at its rim.

    Parameters
    ----------
    outline : Outline
    count : int
    nodes : int
        Steps of the grid along the longer side of the outline's box.

    Returns
    -------
    wavenumber : ndarray of float64, shape [count]
        κ in unit coordinates, rising; that of a drum is κ / size.
    shape : ndarray of float64, shape [count, rows, columns]
        Displacement, largest 1; NaN outside.
    grid : Grid

    Raises
    ------
    LivehostError
        Where the grid has too few nodes for so many modes.
    """
    grid = make_grid(outline, float(np.ptp(outline.points, axis=0).max()) / nodes)
    inside = int(grid.inside.sum())
    if inside <= 4 * count:
        raise LivehostError(f"{inside} nodes are too few for {count} modes: take a finer grid, or fewer modes.", 2)
    start = np.random.default_rng(0).standard_normal(inside)  # else it is drawn anew each time
    value, vector = linalg.eigsh(laplacian(grid), count, sigma=0.0, v0=start)
    shape = np.full((count, *grid.inside.shape), np.nan)
    order = np.argsort(value)
    for row, which in zip(shape, order, strict=True):
        column = vector[:, which]
        row[grid.inside] = column / column[np.argmax(np.abs(column))]
    return np.sqrt(value[order]), shape, grid


def lowest_wavenumber(outline: Outline) -> float:
    """Compute the wavenumber of the lowest mode, in unit coordinates."""
    return float(eigenmodes(outline, 1)[0][0])
