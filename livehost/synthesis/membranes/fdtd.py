"""Membranes of any outline, stepped in time: leap-frog in time, five points in space, held still at the rim.

    M δ²u = λ² L u − 2σ₀k M δ₀u + 2σ₁k/h² (L u − L u⁻) + k²/ρh² F

L is the Laplacian with cut arms of `grid`, whose diagonal may be as large as it likes: its part over four is averaged
over the steps before and after, which is the mass M = 1 + λ² cut / 2. That weighs only on nodes near the rim, where u
is nearly 0 (third order in h), and leaves the limit of stability where it is for whole arms, λ² ≤ ½ less the losses.
Source: Bilbao, Numerical Sound Synthesis, 2009, chapters 11.2 and 11.3.
"""

from collections.abc import Sequence

import numpy as np

from livehost.rt.native import fast_compiled
from livehost.synthesis.membranes.grid import Grid, Nodes, make_grid
from livehost.synthesis.membranes.shapes import Shape
from livehost.synthesis.membranes.skin import Skin

#: How much coarser than the limit of stability the grid is.
_MARGIN = 1.0 + 1e-6


def finest_spacing_m(skin: Skin, rate: float) -> float:
    """Give the finest step that is stable, m."""
    k = 1.0 / rate
    return float(np.sqrt(2.0 * (skin.speed * k) ** 2 + 8.0 * skin.losses[1] * k)) * _MARGIN


def grid_of(shape: Shape, size_m: float, skin: Skin, rate: float) -> Grid:
    """Lay the finest stable grid over a drum; raises `LivehostError` as `make_grid` does."""
    return make_grid(shape.outline, finest_spacing_m(skin, rate) / size_m)


def step_membrane(
    grid: Grid,
    size_m: float,
    skin: Skin,
    rate: float,
    struck: Nodes,
    heard: Sequence[Nodes],
    force: np.ndarray,
    frames: int,
) -> np.ndarray:
    """Strike a membrane at rest, and listen to some places.

    Parameters
    ----------
    grid : Grid
        Not finer than `finest_spacing_m`.
    size_m : float
        Diameter of the circle of the drum's area.
    skin : Skin
    rate : float
        Steps a second.
    struck : Nodes
    heard : sequence of Nodes
    force : ndarray of float64, shape [n]
        N, from the first step on.
    frames : int

    Returns
    -------
    ndarray of float64, shape [places, frames]
        Velocity of the skin, m/s.
    """
    k, h = 1.0 / rate, grid.spacing * size_m
    flat, rising = skin.losses
    courant = (skin.speed * k / h) ** 2
    after = 1.0 / (1.0 + flat * k)
    active = np.where(grid.inside, after / (1.0 + 0.5 * courant * grid.cut), 0.0)
    centre = np.where(grid.inside, 4.0 + grid.cut, 0.0)
    spans = np.array([[*np.flatnonzero(row)[[0, -1]]] if row.any() else [1, 0] for row in grid.inside])
    pushed = struck[1] * (k * k / (skin.density * h * h)) * active.ravel()[struck[0]]
    rows, columns = grid.inside.shape
    now, before, bend = (np.zeros((rows + 2, columns + 2)) for _ in range(3))
    out = np.empty((len(heard), frames))
    first = np.cumsum([0, *(len(nodes) for nodes, _ in heard)])
    ears, shares = (np.concatenate(part) for part in zip(*heard, strict=True))
    struck_at, heard_at = ((columns + 2) * (nodes // columns + 1) + nodes % columns + 1 for nodes in (struck[0], ears))
    _step(
        now, before, bend, active, centre, spans, courant, 2.0 * rising * k / h**2, after,
        (1.0 - flat * k) * after, struck_at, pushed, force, heard_at, shares / (2.0 * k), first, out,
    )  # fmt: skip
    return out


@fast_compiled
def _step(
    now, before, bend, active, centre, spans, courant, loss, after, held, struck, pushed, force, ears, shares, firsts,
    out,
):  # fmt: skip
    """Take as many steps as there are frames; arrays of u have a rim of zeros around the grid. RT: never."""
    rows, (places, frames) = len(spans), out.shape
    for frame in range(frames):
        for row in range(rows):
            first, last = spans[row, 0], spans[row, 1] + 1
            _step_row(
                now[row + 1, first:last], now[row + 1, first + 1 : last + 1], now[row + 1, first + 2 : last + 2],
                now[row, first + 1 : last + 1], now[row + 2, first + 1 : last + 1],
                before[row + 1, first + 1 : last + 1], bend[row + 1, first + 1 : last + 1],
                active[row, first:last], centre[row, first:last], courant + loss, loss, 2.0 * after, held,
            )  # fmt: skip
        flat = before.ravel()
        if frame < len(force):
            for k in range(len(struck)):
                flat[struck[k]] += pushed[k] * force[frame]
        for place in range(places):
            value = 0.0
            for k in range(firsts[place], firsts[place + 1]):
                value += shares[k] * flat[ears[k]]
            out[place, frame] = value
        now, before = before, now
    # what was read is u a step ahead; the velocity is the central difference
    for place in range(places):
        for frame in range(frames - 1, 1, -1):
            out[place, frame] -= out[place, frame - 2]


@fast_compiled
def _step_row(left, here, right, above, below, old, bend, weight, diagonal, courant, loss, after, held):
    """Put the next step of a row in the place of the one before, and keep L u; views of one length. RT: never."""
    for i in range(np.uint64(len(here))):
        curve = left[i] + right[i] + above[i] + below[i] - diagonal[i] * here[i]
        old[i] = after * here[i] - held * old[i] + weight[i] * (courant * curve - loss * bend[i])
        bend[i] = curve
