"""Corners of polygons: ellipse, L, and convex, star-shaped and random ones by chance. Any scale, any place."""

import numpy as np
import shapely

#: Corners by which a curve is drawn: its eigenvalues differ by less than 2e-6.
CURVE = 2048
#: Least compactness 4π area / perimeter² of a polygon by chance: thinner ones are drawn anew.
COMPACT = 0.25


def ellipse(aspect: float) -> np.ndarray:
    """Give an ellipse, `aspect` times as wide as high (float64 [2048, 2])."""
    angle = 2.0 * np.pi * np.arange(CURVE) / CURVE
    return np.stack([aspect * np.cos(angle), np.sin(angle)], axis=1)


def rectangle(aspect: float) -> np.ndarray:
    """Give a rectangle, `aspect` times as wide as high."""
    return np.array([(0.0, 0.0), (aspect, 0.0), (aspect, 1.0), (0.0, 1.0)])


def triangle() -> np.ndarray:
    """Give an equilateral triangle of side 1."""
    return np.array([(0.0, 0.0), (1.0, 0.0), (0.5, 0.75**0.5)])


def l_shape() -> np.ndarray:
    """Give the L of three unit squares."""
    return np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)])


def convex(corners: int, rng: np.random.Generator) -> np.ndarray:
    """Draw a convex polygon.

    References
    ----------
    Valtr, “Probability that n random points are in convex position”, Discrete & Computational Geometry 13, 1995.
    """
    while True:
        sides = np.stack([_steps(corners, rng), rng.permutation(_steps(corners, rng))], axis=1)
        sides = sides[np.argsort(np.arctan2(sides[:, 1], sides[:, 0]))]
        points = np.cumsum(sides, axis=0)
        if is_compact(points):
            return points


def _steps(count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw steps that go from the least of some numbers to the largest on two ways, and back: they sum to 0."""
    values = np.sort(rng.uniform(size=count))
    way = rng.integers(0, 2, count - 2).astype(bool)
    inner = values[1:-1]
    up = np.concatenate([values[:1], inner[way], values[-1:]])
    down = np.concatenate([values[:1], inner[~way], values[-1:]])
    return np.concatenate([np.diff(up), -np.diff(down)])


def star(points: int, rng: np.random.Generator) -> np.ndarray:
    """Draw an irregular star: corners far from and near to the middle in turn."""
    angle = np.pi * (np.arange(2 * points) + rng.uniform(-0.2, 0.2, 2 * points)) / points
    radius = np.where(np.arange(2 * points) % 2, rng.uniform(0.4, 0.6), rng.uniform(0.85, 1.0, 2 * points))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def random(corners: int, rng: np.random.Generator) -> np.ndarray:
    """Draw a polygon through random points: a short way around them, by exchanging sides that cross (2-opt).

    References
    ----------
    Auer and Held, “Heuristics for the generation of random polygons”, CCCG 1996.
    """
    while True:
        points = rng.uniform(size=(corners, 2))
        while (pair := _crossing(points)) is not None:
            first, last = pair
            points[first + 1 : last + 1] = points[first + 1 : last + 1][::-1].copy()
        if is_compact(points, 0.5 * COMPACT):
            return points


def _crossing(points: np.ndarray) -> tuple[int, int] | None:
    """Find two sides of a polygon that cross, by the numbers of their first corners; None for none."""
    count = len(points)
    sides = shapely.linestrings(np.stack([points, np.roll(points, -1, axis=0)], axis=1))
    for a in range(count):
        for b in range(a + 2, count - (a == 0)):
            if shapely.intersects(sides[a], sides[b]):
                return a, b
    return None


def is_compact(points: np.ndarray, least: float = COMPACT) -> bool:
    """Tell whether a polygon is simple, and 4π area / perimeter² is not under a number."""
    polygon = shapely.Polygon(points)
    return bool(polygon.is_valid and 4.0 * np.pi * polygon.area >= least * polygon.length**2)
