"""Polygons: geometry, drawing by chance, and what is no polygon."""

import math

import numpy as np
import pytest
import shapely

from livehost.errors import LivehostError
from livehost.synthesis.membranes import polygons
from livehost.synthesis.membranes.outline import AREA, outline_of
from livehost.synthesis.membranes.shapes import SHAPES, make_shape


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([(0, 0), (1, 1), (1, 0), (0, 1)], r"crosses or touches itself at \(0\.5, 0\.5\): give its corners in order\."),
        ([(0, 0), (2, 0), (2, 2), (1, 0), (0, 2)], r"crosses or touches itself at .*"),
        ([(0, 0), (1, 0)], "has 2 corners; it takes three or more."),
        ([(0, 0), (1, 0), (1, 0), (0, 0)], "has 2 corners; it takes three or more."),
        ([], "is not a list of finite pairs x,y."),
        ([(0, 0), (1, 1), (2, 2)], "has no area: its corners lie on one line."),
        ([(0, 0), (1, 0), (1, 1e-7), (0, 1e-7)], "has no area: its corners lie on one line."),
        ([(0, 0), (1, 0), (math.nan, 1)], "is not a list of finite pairs x,y."),
        ([(0, 0, 0), (1, 0, 0), (1, 1, 0)], "is not a list of finite pairs x,y."),
        (np.zeros((30_000, 2)), "has 30,000 corners; 20,000 are the most."),
    ],
)
def test_what_is_no_polygon_is_one_sentence(points, sentence):
    with pytest.raises(LivehostError, match=f"^The polygon {sentence}$") as refused:
        outline_of(points)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("turn", [1, -1])
def test_an_outline_has_its_centre_at_the_origin_and_the_unit_area(turn):
    outline = outline_of([(10, 5), (12, 5), (12, 6), (10, 6)][::turn])
    ring = shapely.LinearRing(outline.points)
    assert ring.is_ccw
    assert shapely.Polygon(ring).area == pytest.approx(AREA)
    assert outline.centre == (11.0, 5.5)
    assert outline.scale == pytest.approx(math.sqrt(AREA / 2))
    width = 2 * outline.scale
    assert outline.reach(0.0) == pytest.approx(width / 2)
    assert outline.reach(math.pi / 2) == pytest.approx(width / 4)
    assert outline.reach(math.pi / 4) == pytest.approx(width / 4 * math.sqrt(2))
    assert outline.at(0.5, math.pi) == pytest.approx((-width / 4, 0))
    assert outline.contains(np.array([(0.4, 0.0), (0.4, 0.4)])).tolist() == [True, False]


def test_where_the_centroid_is_outside_the_centre_is_inside():
    horseshoe = [(0, 0), (4, 0), (4, 4), (3, 4), (3, 1), (1, 1), (1, 4), (0, 4)]
    outline = outline_of(horseshoe)
    assert outline.contains(np.zeros((1, 2)))[0]
    assert not outline.contains((np.array([[2.0, 1.6]]) - outline.centre) * outline.scale)[0]  # its centroid


def test_the_way_to_the_rim_ends_where_the_rim_is_first_met():
    spiral = make_shape("star", np.random.default_rng(2)).outline
    for angle in np.linspace(0, 2 * np.pi, 17):
        end = spiral.at(0.999, angle)
        path = shapely.LineString([(0, 0), end])
        assert shapely.Polygon(spiral.points).contains(path)


@pytest.mark.parametrize("draw", [polygons.convex, polygons.random, polygons.star])
def test_polygons_by_chance_are_simple_and_repeat(draw):
    drawn = [draw(count, np.random.default_rng([7, count])) for count in range(4, 12)]
    for count, points in zip(range(4, 12), drawn, strict=True):
        polygon = shapely.Polygon(points)
        assert polygon.is_valid
        assert len(points) == (2 * count if draw is polygons.star else count)
        if draw is polygons.convex:
            assert polygon.convex_hull.area == pytest.approx(polygon.area)
    again = draw(6, np.random.default_rng([7, 6]))
    assert (again == drawn[2]).all()
    assert not np.array_equal(again, draw(6, np.random.default_rng([8, 6])))


def test_drawn_polygons_without_a_closed_form_are_not_all_alike():
    rng = np.random.default_rng(0)
    reaches = {name: {round(make_shape(name, rng).outline.reach(0.3), 6) for _ in range(4)} for name in SHAPES}
    assert {name for name, found in reaches.items() if len(found) == 1} == {"circle", "triangle", "l-shape"}
