import numpy as np
import pytest

from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.players.nearest.space import WEIGHTS, column_weights, fit


def test_distances_are_those_of_weighted_standardised_features():
    rng = np.random.default_rng(0)
    features = (rng.normal(size=(300, 20)) * np.geomspace(0.01, 100, 20) + 7).astype(np.float32)
    weights = np.linspace(0.5, 2, 20)
    space = fit(features, weights)
    z = features.astype(np.float64)
    z -= np.median(z, 0)
    z = np.clip(z / (1.4826 * np.median(np.abs(z), 0)), -4, 4) * weights
    expected = np.linalg.norm(z[:, None] - z[None], axis=2)
    got = np.linalg.norm(space.matrix[:, None].astype(np.float64) - space.matrix[None], axis=2)
    np.testing.assert_allclose(got, expected, atol=2e-3)
    np.testing.assert_allclose(space.project(features), space.matrix, atol=1e-4)
    np.testing.assert_allclose(space.matrix.mean(0), 0, atol=1e-4)


def test_rows_stand_on_cache_lines():
    matrix = fit(np.random.default_rng(0).normal(size=(7, 50)).astype(np.float32), np.ones(50)).matrix
    assert matrix.ctypes.data % 64 == 0
    assert matrix.strides == (128, 4)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38])
def test_wild_features_stay_finite_and_count_as_the_middle_or_the_edge(value):
    features = np.random.default_rng(1).normal(size=(30, 4)).astype(np.float32)
    features[3] = value
    space = fit(features, np.ones(4))
    assert np.isfinite(space.matrix).all()
    z = space.standardise(features)[3]
    assert np.abs(z).tolist() == [4.0 if value == 3e38 else 0.0] * 4


def test_no_finite_features_at_all():
    space = fit(np.full((5, 3), np.nan, np.float32), np.ones(3))
    assert not space.matrix.any()
    assert space.spacing == 1.0


def test_spacing_is_what_the_eighth_is_farther_than_the_nearest():
    # evenly spaced on a ring: the neighbours stand at 1, 1, 2, 2, 3, 3, 4, 4 steps
    angle = np.arange(100) * 2 * np.pi / 100
    space = fit(np.stack([np.cos(angle), np.sin(angle)], 1).astype(np.float32), np.ones(2))
    step = np.linalg.norm(space.matrix[1] - space.matrix[0])
    assert space.spacing == pytest.approx(3 * step, rel=0.01)


def test_a_constant_feature_tells_nothing():
    features = np.random.default_rng(2).normal(size=(20, 3)).astype(np.float32)
    features[:, 1] = 5.0
    space = fit(features, np.ones(3))
    heard = np.repeat(features[:1], 2, 0)
    heard[1, 1] = 1e6
    places = space.project(heard)
    np.testing.assert_array_equal(places[0], places[1])


def test_every_weight_names_a_feature():
    assert set(WEIGHTS) <= set(SEGMENT_SLICES)
    weights = column_weights(SEGMENT_SLICES, SEGMENT_SIZE)
    assert weights[SEGMENT_SLICES["start_mfcc"]].tolist() == [3.0] * 13
    assert weights[SEGMENT_SLICES["log_duration"]].tolist() == [0.0]
    assert weights[SEGMENT_SLICES["mfcc_std"]].tolist() == [1.0] * 13
