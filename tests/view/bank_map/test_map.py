import numpy as np
import pytest

from livehost.bank.synthetic import make_synthetic_bank
from livehost.errors import LivehostError
from livehost.view.bank_map.embedding import (
    COMPONENTS,
    edge_weights,
    embed,
    neighbours,
    principal_components,
    standardise,
)
from livehost.view.bank_map.map import MOST_ENVELOPES, draw_map, envelope
from livehost.view.bank_map.spread import spread


def clusters(each=40, kinds=3, dimensions=12, apart=6.0):
    rng = np.random.default_rng(1)
    kind = np.repeat(np.arange(kinds), each)
    return rng.normal(0, 1, (kinds, dimensions))[kind] * apart + rng.normal(0, 1, (len(kind), dimensions)), kind


def test_standardise():
    x = standardise(np.array([[1.0, 5.0, 0.0], [3.0, 5.0, 0.0], [5.0, 5.0, 0.0]]))
    assert x[:, 0] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])
    assert not x[:, 1:].any()


def test_principal_components_are_uncorrelated_and_ordered():
    x = np.random.default_rng(0).normal(size=(200, 6)) @ np.random.default_rng(1).normal(size=(6, 6))
    x -= x.mean(axis=0)
    y = principal_components(x, 4)
    covariance = y.T @ y / 200
    assert y.shape == (200, 4)
    assert np.abs(covariance - np.diag(np.diag(covariance))).max() < 1e-4
    assert (np.diff(np.diag(covariance)) < 0).all()
    assert np.square(principal_components(x, COMPONENTS)).sum() == pytest.approx(np.square(x).sum(), rel=1e-5)


def test_neighbours_are_those_of_brute_force():
    x = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    exact = np.linalg.norm(x[:, None] - x, axis=2)
    np.fill_diagonal(exact, np.inf)
    indices, distances = neighbours(x, 5)
    assert np.array_equal(indices, np.argsort(exact, axis=1)[:, :5])
    assert distances == pytest.approx(np.sort(exact, axis=1)[:, :5], abs=1e-4)


def test_edge_weights_add_up_to_log2_k():
    distances = np.sort(np.random.default_rng(0).uniform(1, 2, (20, 8)), axis=1)
    weights = edge_weights(distances)
    assert weights[:, 0].tolist() == [1.0] * 20
    assert weights.sum(axis=1) == pytest.approx([3.0] * 20, abs=1e-3)


def test_alike_sounds_lie_together_and_the_map_repeats():
    features, kind = clusters()
    plane = embed(features)
    nearest, _ = neighbours(plane.astype(np.float32), 5)
    assert (kind[nearest] == kind[:, None]).mean() > 0.99
    assert np.array_equal(plane, embed(features))
    assert plane.var(axis=0)[0] >= plane.var(axis=0)[1]


@pytest.mark.parametrize("count", [1, 2, 5, 13, 30])
def test_few_or_equal_items_can_be_placed(count):
    assert np.isfinite(embed(np.ones((count, 7)))).all()
    assert np.isfinite(embed(np.random.default_rng(0).normal(size=(count, 7)))).all()


def test_spread_leaves_no_overlap_and_nothing_else_moves():
    at = np.array([[0.0, 0.0], [0.5, 0.1], [0.0, 0.0], [9.0, 9.0]])
    sizes = np.full((4, 2), 1.0)
    moved = spread(at, sizes)
    gaps = np.abs(moved[:, None] - moved).max(axis=2) + np.eye(4) * 9
    assert gaps.min() > 0.999
    assert moved[3].tolist() == [9.0, 9.0]


def test_envelope_follows_the_sound():
    sound = np.zeros((4800, 2), np.float32)
    sound[:2400, 1] = 0.25
    assert envelope(sound, 4) == pytest.approx([1, 1, 0, 0])
    assert len(envelope(np.ones((3, 1), np.float32), 48)) == 48


@pytest.mark.parametrize("items", [1, 3, 30, MOST_ENVELOPES + 1])
def test_a_picture_comes_out(tmp_path, items):
    image = pytest.importorskip("matplotlib.image")
    path = draw_map(make_synthetic_bank(items, 500, 48_000), tmp_path / "map.png")
    picture = image.imread(path)
    assert picture.shape[:2] == (1200, 1920)
    assert picture[:, :, :3].max(axis=2).std() > 0.03


@pytest.mark.parametrize(
    ("name", "why"), [("map.xyz", "A map ends in .png, .pdf, .svg"), ("taken/map.png", "map.png could not be written")]
)
def test_a_picture_that_cannot_be_written(tmp_path, name, why):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(LivehostError, match=why):
        draw_map(make_synthetic_bank(3, 500, 48_000), tmp_path / name)
