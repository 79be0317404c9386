"""A grid over an outline: which nodes are inside, and how far from each the rim cuts its four arms.

A staircase in place of a slanted rim makes everything first-order. Here an arm that the rim cuts at the share θ of a
step has the difference quotient −u / θ in place of (neighbour − u): the matrix stays symmetric, and eigenvalues
converge at second order for any smooth rim. (Gibou, Fedkiw, Cheng and Kang, “A second-order-accurate symmetric
discretization of the Poisson equation on irregular domains”, J. Comput. Phys. 176, 2002.)
"""

from dataclasses import dataclass

import numpy as np

from livehost.errors import LivehostError
from livehost.rt.native import compiled
from livehost.synthesis.membranes.outline import Outline

#: Nodes of a grid, counted row by row (int64 [n]), and the share of each (float64 [n]).
Nodes = tuple[np.ndarray, np.ndarray]
#: A rim that is nearer to a node than this share of a step counts as this near.
_NEAREST = 1e-6
_MOST_NODES = 4_000_000
_LEAST_NODES = 9


@dataclass(frozen=True)
class Grid:
    """Nodes over an outline, one row and column more on each side than are inside.

    Attributes
    ----------
    spacing : float
        Step h, in unit coordinates.
    origin : tuple of float
        Place of node [0, 0].
    inside : ndarray of bool, shape [rows, columns]
    cut : ndarray of float64, shape [rows, columns]
        Σ (1/θ − 1) over the cut arms of a node, 0 for whole ones.
    """

    spacing: float
    origin: tuple[float, float]
    inside: np.ndarray
    cut: np.ndarray

    def around(self, x: float, y: float) -> Nodes:
        """Give the four nodes around a point and what each has of it, bilinear."""
        column, row = (x - self.origin[0]) / self.spacing, (y - self.origin[1]) / self.spacing
        i, j = int(np.floor(column)), int(np.floor(row))
        a, b = column - i, row - j
        first = j * self.inside.shape[1] + i
        nodes = first + np.array([0, 1, self.inside.shape[1], self.inside.shape[1] + 1])
        return nodes, np.array([(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b])

    def patch(self, x: float, y: float, radius: float) -> Nodes:
        """Give the nodes under a Hertzian contact and their shares, which sum to 1; as `around` where it is small."""
        if radius < 1.5 * self.spacing:
            return self.around(x, y)
        rows, columns = self.inside.shape
        dx = self.origin[0] + self.spacing * np.arange(columns) - x
        dy = self.origin[1] + self.spacing * np.arange(rows) - y
        pressure = np.sqrt(np.clip(1.0 - (dx[None] ** 2 + dy[:, None] ** 2) / radius**2, 0.0, None)) * self.inside
        nodes = np.flatnonzero(pressure)
        share = pressure.ravel()[nodes]
        return nodes, share / share.sum()


def make_grid(outline: Outline, spacing: float) -> Grid:
    """Lay a grid over an outline, its first inner line one step from the least x and y.

    Parameters
    ----------
    outline : Outline
    spacing : float
        In unit coordinates.

    Raises
    ------
    LivehostError
        Where it has too many nodes, or too few to hold a wave.
    """
    low, high = outline.points.min(axis=0), outline.points.max(axis=0)
    columns, rows = (int(n) for n in np.ceil((high - low) / spacing - 1e-9) + 1)
    if rows * columns > _MOST_NODES:
        raise LivehostError(
            f"The drum takes a grid of {rows} × {columns} nodes, and {_MOST_NODES:,} are the most: make it smaller, "
            "its tension higher, or the sample rate lower.", 2,
        )  # fmt: skip
    inside, cut = np.zeros((rows, columns), np.bool_), np.zeros((rows, columns))
    points = (outline.points - low) / spacing
    _scan(points, inside, cut)
    across_inside, across_cut = np.zeros((columns, rows), np.bool_), np.zeros((columns, rows))
    _scan(points[:, ::-1].copy(), across_inside, across_cut)
    inside &= across_inside.T
    cut = np.where(inside, cut + across_cut.T, 0.0)
    if inside.sum() < _LEAST_NODES:
        raise LivehostError(
            f"The drum is too small for its tension: {int(inside.sum())} nodes lie inside of it. Make it larger, its "
            "tension lower, or the sample rate higher.", 2,
        )  # fmt: skip
    return Grid(spacing, (float(low[0]), float(low[1])), inside, cut)


@compiled
def _scan(points, inside, cut):
    """Find the nodes of every row between the crossings of the outline, and where the first and the last arm are cut.

    Of two stretches of a row between which no node lies outside, the nodes on both sides are cut as if it did.
    RT: never.
    """
    count, (rows, columns) = len(points), inside.shape
    crossings = np.empty(count)
    for row in range(rows):
        found = 0
        for k in range(count):
            x0, y0 = points[k]
            x1, y1 = points[(k + 1) % count]
            if (y0 <= row) != (y1 <= row):
                crossings[found] = x0 + (row - y0) / (y1 - y0) * (x1 - x0)
                found += 1
        ordered = np.sort(crossings[:found])
        for pair in range(found // 2):
            left, right = ordered[2 * pair], ordered[2 * pair + 1]
            first, last = int(np.floor(left)) + 1, int(np.ceil(right)) - 1
            first, last = max(first, 0), min(last, columns - 1)
            if first > last:
                continue
            for column in range(first, last + 1):
                inside[row, column] = True
            cut[row, first] += 1.0 / max(first - left, _NEAREST) - 1.0
            cut[row, last] += 1.0 / max(right - last, _NEAREST) - 1.0
            if first > 0 and inside[row, first - 1]:
                inside[row, first - 1] = False
