"""Modal synthesis: frequencies as the closed forms say, and what place, force, width, size and skin do."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from livehost.errors import LivehostError
from livehost.synthesis.membranes import closed_forms
from livehost.synthesis.membranes.drum import FULL_SCALE, Drum, full_scale, hit, loudest
from livehost.synthesis.membranes.eigenmodes import eigenmodes
from livehost.synthesis.membranes.labels import Ranges, random_drum, random_stroke
from livehost.synthesis.membranes.modal import ring
from livehost.synthesis.membranes.outline import AREA
from livehost.synthesis.membranes.shapes import SHAPES, make_shape
from livehost.synthesis.membranes.skin import Skin
from livehost.synthesis.membranes.stroke import FULL_IMPULSE, Place, Stroke, force_pulse, patch_spectrum
from tests.synthesis.membranes.partials import cents, partial_hz

RATE = 16_000.0
RINGING = Skin(decay_s=20.0, decay_1khz_s=20.0)
OFF_CENTRE = Stroke(Place(0.43, 0.9))
CLOSED = [name for name, kind in SHAPES.items() if kind.modes]


def wavenumbers(name):
    """Wavenumbers of the lowest modes by textbook, in unit coordinates: each as often as it is degenerate."""
    if name == "circle":
        return 2 * np.array([special.jn_zeros(n, 1)[0] for n in (0, 1, 2)] + [special.jn_zeros(0, 2)[1]])
    if name == "rectangle":
        height = math.sqrt(AREA / 1.5)
        return np.pi * np.sqrt([(m / (1.5 * height)) ** 2 + (n / height) ** 2 for m, n in ((1, 1), (2, 1), (1, 2))])
    side = math.sqrt(4 * AREA / math.sqrt(3))
    return 4 * np.pi / 3 / side * np.sqrt([m * m + m * n + n * n for m, n in ((1, 1), (1, 2), (2, 2), (1, 3))])


def drum_of(name, size_m=0.3, **changes):
    return Drum(make_shape(name, aspect=1.5 if name == "rectangle" else None), size_m, RINGING, **changes)


@pytest.mark.parametrize("name", CLOSED)
def test_partials_of_the_sound_are_within_a_cent_of_the_closed_form(name):
    drum = drum_of(name)
    sound = hit(drum, OFF_CENTRE, 1.0, RATE)
    for kappa in wavenumbers(name):
        wanted = kappa * math.sqrt(2000.0 / 0.2) / (2 * math.pi * 0.3)
        assert abs(cents(partial_hz(sound, RATE, wanted, 15.0), wanted)) < 0.1
    assert drum.fundamental_hz == pytest.approx(wavenumbers(name)[0] * 100 / (2 * math.pi * 0.3), rel=1e-12)


@pytest.mark.parametrize(("size_m", "tension", "density"), [(0.15, 2000.0, 0.2), (0.6, 2000.0, 0.2), (0.3, 500.0, 0.4)])
def test_size_tension_and_density_set_the_pitch(size_m, tension, density):
    drum = replace(drum_of("circle", size_m), skin=replace(RINGING, tension=tension, density=density))
    wanted = 2.404825557695773 * math.sqrt(tension / density) / (math.pi * size_m)
    assert abs(cents(partial_hz(hit(drum, OFF_CENTRE, 1.0, RATE), RATE, wanted, 0.1 * wanted), wanted)) < 0.1


def test_the_lowest_mode_is_found_however_narrow_a_drum_is():
    for aspect in (1.0, 3.0, 20.0):
        drum = Drum(make_shape("rectangle", aspect=aspect), 0.3)
        height = math.sqrt(AREA / aspect) * 0.3
        assert drum.fundamental_hz == pytest.approx(50 * math.hypot(1 / height, 1 / (aspect * height)), rel=1e-12)


def test_degenerate_modes_are_all_there():
    """As many of each wavenumber as the rank of their shapes, over points by chance, says."""
    square = make_shape("rectangle", aspect=1.0)
    points = np.random.default_rng(0).uniform(-0.3, 0.3, (12, 2))
    unit = np.pi / math.sqrt(AREA)
    triangle = 4 * np.pi / 3 / math.sqrt(4 * AREA / math.sqrt(3))
    for modes, kappa, count in (
        (square.modes, unit * math.sqrt(2), 1), (square.modes, unit * math.sqrt(5), 2),
        (square.modes, unit * math.sqrt(50), 3),  # (1, 7), (7, 1), (5, 5)
        (closed_forms.triangle, triangle * math.sqrt(3), 1), (closed_forms.triangle, triangle * math.sqrt(7), 2),
        (closed_forms.triangle, triangle * math.sqrt(91), 4),  # (1, 9) and (5, 6), two of each
        (closed_forms.circle, 2 * special.jn_zeros(0, 2)[1], 1),
        (closed_forms.circle, 2 * special.jn_zeros(2, 1)[0], 2),
    ):  # fmt: skip
        products = np.empty((len(points), len(points)))
        for i, j in np.ndindex(products.shape):
            found, weight = modes(kappa + 0.01, tuple(points[i]), tuple(points[j]))
            products[i, j] = weight[np.abs(found - kappa) < 1e-9].sum()
        np.testing.assert_allclose(products, products.T, atol=1e-9)
        assert np.linalg.matrix_rank(products, tol=1e-6) == count


@pytest.mark.parametrize("name", CLOSED)
def test_no_mode_is_missing(name):
    """As many below a wavenumber as Weyl's law says: area κ² / 4π − rim κ / 4π, and a little."""
    shape = make_shape(name, aspect=1.5 if name == "rectangle" else None)
    rim = np.hypot(*np.diff(shape.outline.points, axis=0, append=shape.outline.points[:1]).T).sum()
    inner, outer = (0.013, 0.021), (0.2, 0.11)
    for highest in (150.0, 300.0):
        kappa, weight = shape.modes(highest, inner, outer)
        count = len(kappa)
        if name == "circle":  # a row of order 1 and more is a cosine and a sine
            count += int((~np.isin(np.round(kappa, 6), np.round(2 * special.jn_zeros(0, 100), 6))).sum())
        if name == "triangle":  # of m = n there is one, of m < n there are two
            side = math.sqrt(4 * AREA / math.sqrt(3))
            count += int((~np.isin(np.round((kappa * 3 * side / 4 / np.pi) ** 2), 3 * np.arange(200) ** 2)).sum())
        weyl = AREA * highest**2 / (4 * np.pi) - rim * highest / (4 * np.pi)
        assert count == pytest.approx(weyl, rel=0.006)
        assert kappa.max() <= highest
        assert np.isfinite(weight).all()


@pytest.mark.parametrize("name", CLOSED)
def test_weights_are_those_of_normalised_modes(name):
    """Σ over the membrane of φ(x)² / ∫φ² dx² is 1 for every mode, and φ is 0 at the rim."""
    shape = make_shape(name, aspect=1.5 if name == "rectangle" else None)
    low, high = shape.outline.points.min(0), shape.outline.points.max(0)
    cell = 0.02
    points = np.stack(np.meshgrid(*(np.arange(a + cell / 2, b, cell) for a, b in zip(low, high, strict=True))), -1)
    points = points.reshape(-1, 2)
    inside = points[shape.outline.contains(points)]
    total = sum(shape.modes(9.0, tuple(p), tuple(p))[1] for p in inside) * cell**2
    degenerate = 1 if name == "rectangle" else 2  # else a row may stand for two modes
    assert total[0] == pytest.approx(1, rel=0.03)
    assert total.max() == pytest.approx(degenerate, rel=0.03)
    corner = tuple(shape.outline.points[0] * (1 - 1e-12))
    assert np.abs(shape.modes(30.0, corner, (0.05, 0.02))[1]).max() < 1e-4


def test_the_triangle_has_the_modes_that_a_grid_finds():
    shape = make_shape("triangle")
    grid, _, _ = eigenmodes(shape.outline, 6, 60)
    closed = np.repeat(np.sort(wavenumbers("triangle")), (1, 2, 1, 2))
    np.testing.assert_allclose(grid, closed, rtol=3e-3)


def test_a_node_line_under_the_stick_or_the_pick_up_silences_its_mode():
    square = Drum(make_shape("rectangle", aspect=1.0), 0.3, RINGING, heard=Place(0.6, 0.3))
    second = math.sqrt(5) / math.sqrt(AREA) / 2 * 100 / 0.3
    wave = np.exp(-2j * np.pi * second / RATE * np.arange(16_000))
    level = [np.abs(hit(square, Stroke(Place(r, 0.4)), 1.0, RATE) @ (np.blackman(16_000) * wave)) for r in (0.0, 0.4)]
    assert level[0] < 1e-3 * level[1]


def test_a_harder_blow_is_louder_and_brighter():
    soft, hard = (hit(drum_of("circle"), replace(OFF_CENTRE, force=force), 0.3, RATE) for force in (0.1, 1.0))
    ratio = np.abs(np.fft.rfft(hard)) / np.abs(np.fft.rfft(soft))
    f = np.fft.rfftfreq(len(hard), 1 / RATE)
    assert np.median(ratio[(f > 200) & (f < 300)]) == pytest.approx(10, rel=0.1)  # as the impulses
    assert np.median(ratio[(f > 1100) & (f < 1400)]) > 25


def test_what_lasts_longer_or_is_wider_is_duller():
    def share(stroke):
        power = np.abs(np.fft.rfft(hit(drum_of("circle"), stroke, 0.3, RATE))) ** 2
        return power[300:].sum() / power.sum()

    plain = share(OFF_CENTRE)
    assert share(replace(OFF_CENTRE, width_m=0.05)) < 0.5 * plain
    assert share(replace(OFF_CENTRE, contact_ms=3.0)) < 0.5 * plain


def test_modes_decay_as_the_skin_says():
    drum = replace(drum_of("circle"), skin=Skin(decay_s=2.0, decay_1khz_s=0.25))
    sound = hit(drum, OFF_CENTRE, 1.0, RATE)
    for kappa in wavenumbers("circle")[:3]:
        f = drum.hertz(kappa)
        wanted = 6.908 / 2.0 + (6.908 / 0.25 - 6.908 / 2.0) * (f / 1000) ** 2
        window = np.blackman(4000) * np.exp(-2j * np.pi * f / RATE * np.arange(4000))
        early, late = (np.abs(sound[k : k + 4000] @ window) for k in (800, 8800))
        assert np.log(early / late) / 0.5 == pytest.approx(wanted, rel=0.05)


def test_the_force_is_an_impulse_whatever_the_rate():
    for rate in (8000.0, 48_000.0):
        assert force_pulse(replace(OFF_CENTRE, force=0.5), rate).sum() / rate == pytest.approx(0.5 * FULL_IMPULSE)


def test_a_patch_is_the_mean_of_a_mode_under_it():
    """Against the sum over a disc of √(1 − (r/w)²) J₀(κr)."""
    r = (np.arange(4000) + 0.5) / 4000
    for kappa in (0.5, 3.0, 9.0):
        mean = np.sum(np.sqrt(1 - r**2) * special.j0(kappa * r) * r) / np.sum(np.sqrt(1 - r**2) * r)
        assert patch_spectrum(np.array([kappa]), 1.0)[0] == pytest.approx(mean, abs=1e-4)


def test_the_factored_sum_is_the_plain_one():
    rng = np.random.default_rng(1)
    exponent = -rng.uniform(1, 50, 5000) + 2j * np.pi * rng.uniform(20, 900, 5000)
    amplitude = rng.normal(size=5000) + 1j * rng.normal(size=5000)
    t = np.arange(777) / 2000.0
    plain = (amplitude[:, None] * np.exp(exponent[:, None] * t)).real.sum(0)
    np.testing.assert_allclose(ring(exponent, amplitude, 777, 2000.0), plain, atol=1e-9)
    assert ring(exponent, amplitude, 0, 2000.0).shape == (0,)
    assert not ring(exponent[:0], amplitude[:0], 5, 2000.0).any()


def test_a_full_blow_stays_under_full_scale_and_any_blow_under_its_bound():
    for name in CLOSED:
        drum = Drum(make_shape(name), 0.35)
        assert 0.1 < np.abs(full_scale(hit(drum, Stroke(Place(0.4, 1.0)), 0.05, 48_000.0))).max() < 1.0
    rng, ranges = np.random.default_rng(0), Ranges(shapes=tuple(CLOSED))
    for _ in range(30):
        drum = random_drum(ranges, rng)
        stroke = random_stroke(ranges, drum, rng)
        at_the_pickup = replace(stroke, place=Place(drum.heard.r, drum.heard.angle), contact_ms=0.5)
        for blow in (stroke, at_the_pickup):
            sound = hit(drum, blow, 0.02, 48_000.0, floor_db=-40.0)
            assert np.abs(sound).max() < loudest(drum, blow)
        assert loudest(drum, stroke) < FULL_SCALE * (1 + 1e-9)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Skin(tension=0), "The tension of a skin is a number above 0, not 0."),
        (lambda: Skin(density=math.nan), "The density of a skin is a number above 0, not nan."),
        (lambda: Skin(decay_s=1, decay_1khz_s=2), r"A skin does not ring longer at 1 kHz \(2 s\) than below \(1 s\)."),
        (lambda: Place(1.0), r"A place on a skin is from 0 \(centre\) to below 1 \(rim\), not at 1."),
        (lambda: Stroke(Place(0.1), force=0), "A blow has a force above 0, to 1, not 0."),
        (lambda: Stroke(Place(0.1), contact_ms=0), "A blow is 0 to 0.2 m wide and touches for 0.05 to 50 ms, not .*"),
        (lambda: drum_of("circle", 0.0), "A drum is 0.01 to 10 m wide, not 0 m."),
        (lambda: hit(drum_of("circle"), OFF_CENTRE, 0.1, RATE, method="dream"), "There is no method 'dream'; .*"),
        (
            lambda: hit(drum_of("l-shape"), OFF_CENTRE, 0.1, RATE, method="modal"),
            "The shape l-shape has no modes in .*",
        ),
        (
            lambda: hit(Drum(make_shape("circle"), 5.0, Skin(0.1)), OFF_CENTRE, 0.1, RATE),
            "The drum has about [0-9,]+ modes below 7200 Hz, .*",
        ),
        (lambda: make_shape("heart"), "There is no shape 'heart'; choose circle, rectangle, .*"),
        (lambda: make_shape("circle", aspect=2.0), "The shape circle has no aspect; leave it out."),
        (lambda: make_shape("rectangle", aspect=0.5), r"An aspect is 1 to 20 .*, not 0.5."),
        (lambda: make_shape("star", corners=100), "A polygon by chance has 4 to 40 corners, not 100."),
        (
            lambda: make_shape("l-shape", corners=7),
            "The number of corners of the shape l-shape is fixed.*",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(make, sentence):
    with pytest.raises(LivehostError, match=f"^{sentence}$") as refused:
        make()
    assert refused.value.exit_code == 2
