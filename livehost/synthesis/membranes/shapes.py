"""The shapes of drums: a table. Each is an outline, and where there is one, its modes in closed form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from livehost.errors import LivehostError
from livehost.synthesis.membranes import closed_forms, polygons
from livehost.synthesis.membranes.closed_forms import Point, WavesAndWeights
from livehost.synthesis.membranes.outline import Outline, outline_of


@dataclass(frozen=True)
class Shape:
    """One shape, of no size.

    Attributes
    ----------
    name : str
    outline : Outline
    aspect : float
        Width over height, where it has one; else 1.
    modes : callable, optional
        Largest κ, point struck, point heard → wavenumbers and weights (`closed_forms`); None: there is no closed form.
    """

    name: str
    outline: Outline
    aspect: float = 1.0
    modes: Callable[[float, Point, Point], WavesAndWeights] | None = None


@dataclass(frozen=True)
class ShapeKind:
    """A row of `SHAPES`.

    Attributes
    ----------
    help : str
    corners : callable
        Aspect, number of corners or points, generator → float64 [n, 2].
    aspects : tuple of float
        Between which an aspect is drawn; (1, 1): it has none.
    counts : tuple of int
        Between which the number of corners is drawn; (0, 0): it is fixed.
    modes : callable, optional
        As of `Shape`, with the aspect as its last argument.
    """

    help: str
    corners: Callable[[float, int, np.random.Generator], np.ndarray]
    aspects: tuple[float, float] = (1.0, 1.0)
    counts: tuple[int, int] = (0, 0)
    modes: Callable[..., WavesAndWeights] | None = None


#: Name → what it is.
SHAPES: dict[str, ShapeKind] = {
    "circle": ShapeKind(
        "Bessel functions.", lambda _a, _n, _rng: polygons.ellipse(1.0),
        modes=lambda highest, struck, heard, _aspect: closed_forms.circle(highest, struck, heard),
    ),
    "rectangle": ShapeKind(
        "Sines.", lambda a, _n, _rng: polygons.rectangle(a), aspects=(1.0, 2.5), modes=closed_forms.rectangle
    ),
    "triangle": ShapeKind(
        "Equilateral; plane waves.", lambda _a, _n, _rng: polygons.triangle(),
        modes=lambda highest, struck, heard, _aspect: closed_forms.triangle(highest, struck, heard),
    ),
    "ellipse": ShapeKind("Finite differences.", lambda a, _n, _rng: polygons.ellipse(a), aspects=(1.3, 2.5)),
    "star": ShapeKind(
        "Irregular; finite differences.", lambda _a, n, rng: polygons.star(n, rng), counts=(4, 8)
    ),
    "l-shape": ShapeKind("Three squares; finite differences.", lambda _a, _n, _rng: polygons.l_shape()),
    "convex": ShapeKind(
        "A convex polygon by chance; finite differences.", lambda _a, n, rng: polygons.convex(n, rng), counts=(4, 10)
    ),
    "random": ShapeKind(
        "Any polygon by chance; finite differences.", lambda _a, n, rng: polygons.random(n, rng), counts=(5, 12)
    ),
}  # fmt: skip
#: What a shape of one's own is called.
POLYGON = "polygon"


def make_shape(
    name: str, rng: np.random.Generator | None = None, aspect: float | None = None, corners: int | None = None
) -> Shape:
    """Make a shape of the table.

    Parameters
    ----------
    name : str
        A key of `SHAPES`.
    rng : Generator, optional
        Draws what is not given; without one, it is seed 0.
    aspect : float, optional
        1 or more.
    corners : int, optional
        Of a polygon by chance, or the points of a star.

    Raises
    ------
    LivehostError
        For a name, aspect or number that is none.
    """
    if name not in SHAPES:
        raise LivehostError(f"There is no shape {name!r}; choose {', '.join(SHAPES)}, or give --points.", 2)
    kind, rng = SHAPES[name], rng or np.random.default_rng(0)
    drawn = float(np.exp(rng.uniform(*np.log(kind.aspects))))
    count = int(rng.integers(kind.counts[0], kind.counts[1] + 1))
    if aspect is not None and kind.aspects == (1.0, 1.0) and aspect != 1.0:
        raise LivehostError(f"The shape {name} has no aspect; leave it out.", 2)
    if aspect is not None and not 1.0 <= aspect <= 20.0:
        raise LivehostError(f"An aspect is 1 to 20 (width over height), not {aspect:g}.", 2)
    if corners is not None and kind.counts == (0, 0):
        raise LivehostError(f"The number of corners of the shape {name} is fixed; leave it out.", 2)
    if corners is not None and not (3 if name != "random" else 4) <= corners <= 40:
        raise LivehostError(f"A polygon by chance has 4 to 40 corners, not {corners}.", 2)
    aspect, count = drawn if aspect is None else aspect, count if corners is None else corners
    outline = outline_of(kind.corners(aspect, count, rng), f"The {name}")
    return Shape(name, outline, aspect, kind.modes and partial(_with_aspect, kind.modes, aspect))


def polygon_shape(points: Sequence[Sequence[float]] | np.ndarray) -> Shape:
    """Make a shape of the corners of a polygon; raises `LivehostError` as `outline_of` does."""
    return Shape(POLYGON, outline_of(points))


def _with_aspect(
    modes: Callable[..., WavesAndWeights], aspect: float, highest: float, struck: Point, heard: Point
) -> WavesAndWeights:
    return modes(highest, struck, heard, aspect)
