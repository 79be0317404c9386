"""Distances of sets of sounds, copies, and codes without a network."""

import numpy as np
import pytest

from livehost.studio.audio.evaluation.baselines import from_tiles, kmeans_again, pca_again, to_tiles
from livehost.studio.audio.evaluation.command import again_row
from livehost.studio.audio.evaluation.distances import find_copies, frechet_distance, nearest
from livehost.studio.audio.evaluation.feature_space import FeatureSpace, features_of
from livehost.studio.audio.evaluation.made import shuffled
from tests.studio.audio.conftest import CONTRACT, ping


def test_the_frechet_distance_of_normal_distributions():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(200_000, 2))
    assert frechet_distance(points[::2], points[1::2]) < 1e-3
    # |μ|² + Σ (σ − τ)² where the axes are the same
    assert frechet_distance(points * [1, 2] + [3, 0], points * [2, 5]) == pytest.approx(9 + 1 + 9, rel=0.02)
    turned = points * [1, 4] @ np.array([[0.6, 0.8], [-0.8, 0.6]])
    assert frechet_distance(turned, points * [1, 4]) > 2


def test_what_is_a_copy():
    learnt = np.random.default_rng(0).normal(size=(60, 3))
    made = np.concatenate([learnt[:2] + 1e-3, [[30.0, 0, 0]]])
    found = find_copies(made, learnt, np.concatenate([learnt[:4], [[0.0, 50.0, 0]]]))
    assert (found.copies, found.count) == (2, 3)
    assert (found.made_within, found.held_within) == (pytest.approx(2 / 3), 0.8)
    assert 0.01 < found.limit < found.pair_limit < 1
    assert found.nearest == pytest.approx(1e-3 * 3**0.5, rel=1e-3)
    np.testing.assert_allclose(nearest(learnt, learnt), 0, atol=1e-6)


def test_sounds_that_are_alike_are_near():
    pitches = np.geomspace(200, 2000, 24)
    rows = features_of([ping(p, 0.3) for p in pitches], 8000)
    space = FeatureSpace(rows)
    places = space(rows)
    assert places.shape[1] == 12
    again = space(features_of([ping(p, 0.3, seed=5) for p in pitches], 8000))
    far = np.linalg.norm(places[:, None] - again, axis=2)
    assert (far.argmin(axis=1) == np.arange(24)).mean() > 0.8
    assert np.isfinite(features_of([np.zeros(10, np.float32)], 8000)).all()


def test_shuffled_noise_keeps_the_values():
    mel = CONTRACT.analyse(ping(440))
    other = shuffled(mel, np.random.default_rng(0))
    assert other.shape == mel.shape
    np.testing.assert_array_equal(np.sort(other, axis=None), np.sort(mel, axis=None))
    assert np.abs(other - mel).mean() > 5


def test_principal_components_lose_nothing_where_there_are_enough():
    rng = np.random.default_rng(0)
    basis = rng.random((3, 4, 8), np.float32)
    mels = np.einsum("nk,kbf->nbf", rng.random((20, 3), np.float32), basis)
    np.testing.assert_allclose(pca_again(mels, mels[:5] * 1.1, 3), mels[:5] * 1.1, atol=1e-4)
    assert np.abs(pca_again(mels, mels[:5], 1) - mels[:5]).max() > 0.01


def test_tiles_go_back_to_their_places():
    mels = np.arange(2 * 4 * 6, dtype=np.float32).reshape(2, 4, 6)
    tiles = to_tiles(mels, (2, 3))
    assert tiles[1].tolist() == [3, 4, 5, 9, 10, 11]
    np.testing.assert_array_equal(from_tiles(tiles, mels.shape, (2, 3)), mels)


def test_kmeans_loses_nothing_where_there_are_as_many_codes_as_tiles():
    rng = np.random.default_rng(0)
    tiles = rng.random((3, 2 * 4), np.float32)
    mels = from_tiles(tiles[rng.integers(0, 3, 12 * 4)], (12, 4, 8), (2, 4))
    again, use = kmeans_again(mels[:8], mels[8:], 6, (2, 4))
    np.testing.assert_allclose(again, mels[8:], atol=1e-4)
    assert use == 0.5


class Of:
    """A clip of a file."""

    def __init__(self, source):
        self.source = source


def test_errors_are_in_decibels_and_drawn_by_file():
    asked = np.zeros((4, 2, 2), np.float32)
    again = asked + np.array([0.1, 0.1, 0.3, 0.3], np.float32)[:, None, None]
    row = again_row("m", "s", asked, again, [Of("a"), Of("a"), Of("b"), Of("b")], CONTRACT)
    assert row.error_db == pytest.approx(90 * np.sqrt(0.05), rel=1e-4)
    assert (row.low, row.high) == (pytest.approx(9, rel=1e-3), pytest.approx(27, rel=1e-3))
