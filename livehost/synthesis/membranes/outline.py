"""Outlines: polygons in unit coordinates (the origin at the centre, the area of a circle of diameter 1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from livehost.errors import LivehostError

#: Area of a unit outline.
AREA = np.pi / 4.0
#: A polygon of less area than this, against the square of its width, has none.
_LEAST_AREA = 1e-4
_MOST_CORNERS = 20_000


@dataclass(frozen=True)
class Outline:
    """A simple polygon, counter-clockwise, in unit coordinates; made by `outline_of`.

    Attributes
    ----------
    points : ndarray of float64, shape [n, 2]
    scale : float
        What lengths were multiplied with on the way to unit coordinates.
    centre : tuple of float
        What lies at the origin, in the coordinates from which it was made.
    """

    points: np.ndarray
    scale: float
    centre: tuple[float, float]

    def reach(self, angle: float) -> float:
        """Give the distance from the centre to the rim in a direction, where the rim is first met."""
        x, y = np.cos(angle), np.sin(angle)
        a, b = self.points, np.roll(self.points, -1, axis=0)
        # how far each corner lies to the left of the ray, and along it
        left_a, left_b = x * a[:, 1] - y * a[:, 0], x * b[:, 1] - y * b[:, 0]
        along_a, along_b = a @ (x, y), b @ (x, y)
        crossed = (left_a <= 0.0) != (left_b <= 0.0)
        share = left_a[crossed] / (left_a[crossed] - left_b[crossed])
        distance = along_a[crossed] + share * (along_b[crossed] - along_a[crossed])
        return float(distance[distance > 0.0].min())

    def at(self, r: float, angle: float) -> tuple[float, float]:
        """Give the point at a share of the way from the centre to the rim."""
        distance = r * self.reach(angle)
        return distance * float(np.cos(angle)), distance * float(np.sin(angle))

    def contains(self, points: np.ndarray) -> np.ndarray:
        """Tell which points [n, 2] are inside."""
        return np.asarray(shapely.contains_xy(shapely.Polygon(self.points), points[:, 0], points[:, 1]))


def outline_of(points: Sequence[Sequence[float]] | np.ndarray, what: str = "The polygon") -> Outline:
    """Make an outline of the corners of a polygon, in order, either way round.

    The centre is the centroid, or where that lies outside, the point farthest from the rim.

    Parameters
    ----------
    points : array_like of float, shape [n, 2]
    what : str
        Begins the sentence of an error.

    Raises
    ------
    LivehostError
        One sentence: too few corners, numbers that are not finite, no area, or sides that cross or touch.

    Examples
    --------
    >>> outline = outline_of([(0, 0), (2, 0), (2, 1), (0, 1)])
    >>> round(outline.reach(0.0), 4), outline.centre
    (0.6267, (1.0, 0.5))
    """
    given = np.asarray(points, np.float64)
    if given.ndim != 2 or given.shape[1:] != (2,) or not np.isfinite(given).all():
        raise LivehostError(f"{what} is not a list of finite pairs x,y.", 2)
    if len(given) > _MOST_CORNERS:
        raise LivehostError(f"{what} has {len(given):,} corners; {_MOST_CORNERS:,} are the most.", 2)
    if len(given) and (given[0] == given[-1]).all():
        given = given[:-1]
    distinct = len(np.unique(given, axis=0))
    if distinct < 3:
        raise LivehostError(f"{what} has {distinct} corner{'s' * (distinct != 1)}; it takes three or more.", 2)
    polygon = shapely.Polygon(given)
    extent = float(np.ptp(given, axis=0).max())
    if shapely.convex_hull(polygon).area < _LEAST_AREA * extent**2:
        raise LivehostError(f"{what} has no area: its corners lie on one line.", 2)
    if not polygon.is_valid:
        place = shapely.is_valid_reason(polygon).partition("[")[2].rstrip("]").replace(" ", ", ")
        raise LivehostError(f"{what} crosses or touches itself at ({place}): give its corners in order.", 2)
    if polygon.area < _LEAST_AREA * extent**2:
        raise LivehostError(f"{what} has hardly any area: it is thinner than a hundredth of its length.", 2)
    middle = polygon.centroid
    if not polygon.contains(middle):
        middle = shapely.get_point(shapely.maximum_inscribed_circle(polygon, 1e-3 * extent), 0)
    scale = float(np.sqrt(AREA / polygon.area))
    placed = (given - (middle.x, middle.y)) * scale
    return Outline(placed if polygon.exterior.is_ccw else placed[::-1].copy(), scale, (middle.x, middle.y))
