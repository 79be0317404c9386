"""Finite differences: order of convergence, published eigenvalues, agreement with the modes, stability."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from livehost.errors import LivehostError
from livehost.synthesis.membranes.drum import Drum, hit, hits
from livehost.synthesis.membranes.eigenmodes import eigenmodes, laplacian
from livehost.synthesis.membranes.fdtd import grid_of, step_membrane
from livehost.synthesis.membranes.grid import make_grid
from livehost.synthesis.membranes.outline import AREA, outline_of
from livehost.synthesis.membranes.shapes import make_shape, polygon_shape
from livehost.synthesis.membranes.skin import Skin
from livehost.synthesis.membranes.stroke import Place, Stroke, force_pulse
from tests.synthesis.membranes.partials import partial_hz

#: λ₁, λ₂, λ₃, λ₄ of the L of three unit squares: Fox, Henrici and Moler, SIAM J. Numer. Anal. 4, 1967; Trefethen and
#: Betcke, “Computed eigenmodes of planar regions”, 2006.
L_SHAPE = (9.6397238440219, 15.1972519266, 2 * np.pi**2, 29.5214811142)
STROKE = Stroke(Place(0.43, 0.9))
RINGING = Skin(decay_s=20.0, decay_1khz_s=20.0)


def orders(errors):
    """Order of convergence between grids of half the step."""
    return np.log2(np.abs(errors[:-1]) / np.abs(errors[1:]))


def test_a_rectangle_that_fits_the_grid_converges_at_second_order():
    outline = make_shape("rectangle", aspect=1.5).outline
    height = np.sqrt(AREA / 1.5)
    exact = np.pi * np.hypot(1 / (1.5 * height), 1 / height)
    errors = np.array([eigenmodes(outline, 1, nodes)[0][0] / exact - 1 for nodes in (12, 24, 48)])
    np.testing.assert_allclose(orders(errors), 2.0, atol=0.02)


def test_the_cut_arms_make_a_circle_converge_at_second_order():
    outline = make_shape("circle").outline
    exact = 2 * special.jn_zeros(1, 1)[0]
    cut, stairs = [], []
    for nodes in (16, 32, 64):
        cut.append(eigenmodes(outline, 2, nodes)[0][1] / exact - 1)
        grid = make_grid(outline, 1.0 / nodes)
        whole = laplacian(replace(grid, cut=np.zeros_like(grid.cut))).toarray() if nodes == 32 else None
        if whole is not None:
            stairs.append(np.sqrt(np.linalg.eigvalsh(whole)[1]) / exact - 1)
    assert (orders(np.array(cut)) > 1.8).all()
    assert abs(stairs[0]) > 10 * abs(cut[1])  # what the staircase would be off by


def test_a_sound_converges_at_second_order_too():
    """The lowest partial of a stepped square whose sides fit the grid, at three rates."""
    shape = make_shape("rectangle", aspect=1.0)
    side, speed = np.sqrt(AREA), 100.0
    exact = speed / (side * 0.3 * np.sqrt(2))
    errors = []
    for steps in (12, 24, 48):
        rate = speed * np.sqrt(2) * (1 + 1e-6) * steps / (side * 0.3)  # λ = √½: h = side / steps
        drum = Drum(shape, 0.3, Skin(decay_s=1e4, decay_1khz_s=1e4))
        sound = hit(drum, STROKE, 0.4, rate, method="fdtd")
        errors.append(partial_hz(sound, rate, exact, 20.0) / exact - 1)
    # where λ² = ½, errors of time and space cancel for waves along a diagonal, as those of the lowest mode are
    assert np.abs(errors).max() < 1e-5
    second = exact * np.sqrt(2.5)
    errors = []
    for steps in (12, 24, 48):
        rate = speed * np.sqrt(2) * (1 + 1e-6) * steps / (side * 0.3)
        sound = hit(Drum(shape, 0.3, Skin(decay_s=1e4, decay_1khz_s=1e4)), STROKE, 0.4, rate, method="fdtd")
        errors.append(partial_hz(sound, rate, second, 20.0) / second - 1)
    np.testing.assert_allclose(orders(np.array(errors)), 2.0, atol=0.1)


def test_the_l_has_its_published_eigenvalues_within_a_percent():
    shape = make_shape("l-shape")
    found = (eigenmodes(shape.outline, 4, 40)[0] * shape.outline.scale) ** 2
    np.testing.assert_allclose(found, L_SHAPE, rtol=0.005)
    # and in its sound
    drum = Drum(shape, 0.3, RINGING)
    sound = hit(drum, STROKE, 0.6, 24_000.0, method="fdtd")
    for value in L_SHAPE[:3]:
        wanted = drum.hertz(np.sqrt(value) / shape.outline.scale)
        f = partial_hz(sound, 24_000.0, wanted, 12.0)
        assert (f / wanted) ** 2 == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("name", "aspect"), [("circle", None), ("rectangle", 1.7), ("rectangle", 1.0), ("triangle", None)]
)
def test_both_methods_make_the_same_sound(name, aspect):
    drum = Drum(make_shape(name, aspect=aspect), 0.25, Skin(decay_s=1.0, decay_1khz_s=0.2))
    stroke = Stroke(Place(0.3, 2.0), force=0.6, width_m=0.02, contact_ms=3.0)
    one, other = (hit(drum, stroke, 0.03, 48_000.0, method=method) for method in ("modal", "fdtd"))
    assert np.corrcoef(one, other)[0, 1] > 0.999
    assert np.linalg.norm(other) == pytest.approx(np.linalg.norm(one), rel=0.02)


@pytest.mark.parametrize("name", ["circle", "star"])
def test_many_strokes_at_once_are_what_each_is_alone(name):
    """By reciprocity: stepped with the blow where the stick is, and heard where the pick-up is."""
    drum = Drum(make_shape(name), 0.2)
    strokes = [STROKE, Stroke(Place(0.1, 3.0), force=0.3, width_m=0.02), Stroke(Place(0.7, 5.0), contact_ms=2.0)]
    together = hits(drum, strokes, 0.02, 24_000.0, method="fdtd")
    grid = grid_of(drum.shape, 0.2, drum.skin, 24_000.0)
    pickup = [grid.around(*drum.shape.outline.at(0.75, 0.4))]
    for stroke, sound in zip(strokes, together, strict=True):
        struck = grid.patch(*drum.shape.outline.at(stroke.place.r, stroke.place.angle), stroke.radius_m / 0.2)
        alone = step_membrane(grid, 0.2, drum.skin, 24_000.0, struck, pickup, force_pulse(stroke, 24_000.0), 480)[0]
        np.testing.assert_allclose(sound, alone, atol=1e-9 * np.abs(alone).max())


@pytest.mark.parametrize("points", [
    [(0, 0), (1, 0.001), (1, 0.7), (0.001, 0.7)],  # arms of almost no length
    [(0, 0), (1, 0), (1, 1), (0.501, 0.2), (0.5, 1), (0.499, 0.2), (0, 1)],  # a notch between two nodes
    [(0, 0), (1, 0), (0.04, 0.04), (0, 1)],
])  # fmt: skip
def test_it_is_stable_wherever_the_rim_cuts(points):
    drum = Drum(polygon_shape(points), 0.2, Skin(decay_s=2.0, decay_1khz_s=0.05))
    sound = hit(drum, Stroke(Place(0.2, 1.0)), 0.5, 12_000.0)
    level = np.array([np.abs(part).max() for part in np.array_split(sound, 10)])
    assert level[0] > 0
    assert (level[5:] < level[0]).all()
    assert level[-1] < 0.5 * level[0]


def test_a_polygon_of_ones_own_is_the_shape_it_is():
    """The same square: given as a polygon, turned, scaled and moved."""
    turned = np.array([(0, 0), (2, 1), (1, 3), (-1, 2)]) * 7 + 3
    square = make_shape("rectangle", aspect=1.0).outline
    assert eigenmodes(outline_of(turned), 1, 60)[0][0] == pytest.approx(eigenmodes(square, 1, 60)[0][0], rel=1e-3)


def test_drums_that_no_grid_fits_are_one_sentence():
    for size_m, rate, sentence in (
        (8.0, 96_000.0, "takes a grid of .* make it smaller, its tension higher"),
        (0.012, 8000.0, "is too small for its tension: .* Make it larger"),
    ):
        with pytest.raises(LivehostError, match=f"^The drum {sentence}"):
            hit(Drum(make_shape("l-shape"), size_m), STROKE, 0.01, rate)
    with pytest.raises(LivehostError, match="nodes are too few for 300 modes"):
        eigenmodes(make_shape("l-shape").outline, 300, 20)
