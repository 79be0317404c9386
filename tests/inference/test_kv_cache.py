import ctypes

import numpy as np
from numba import njit

from livehost.inference.kv_cache import EMPTY, KeyValueRing, finish, forget, prepare
from livehost.inference.manifest import Shape

SHAPE = Shape(layers=2, heads=3, head_size=4, capacity=5, token_size=7, item_size=6, embedding=2)


@njit
def prepare_(address):
    return prepare(address)


@njit
def finish_(address, commit):
    return finish(address, commit)


def test_angles_are_as_exact_after_a_year():
    ring = KeyValueRing(SHAPE)
    ring.count[0] = 1_000_000_007
    prepare_(ring.address)
    angles = 1_000_000_007 * np.array([1.0, 10_000.0**-0.5])
    np.testing.assert_array_equal(ring.inputs["cos"], np.cos(angles).astype("f4"))
    np.testing.assert_array_equal(ring.inputs["sin"], np.sin(angles).astype("f4"))


def test_mask_is_the_bias_where_there_is_a_token():
    ring = KeyValueRing(SHAPE)
    ring.bias[:] = [1, 2, 3, 4, 5]
    for count, filled in ((0, 0), (3, 3), (5, 5), (999, 5)):
        ring.count[0] = count
        prepare_(ring.address)
        assert ring.inputs["mask"].tolist() == [1, 2, 3, 4, 5][:filled] + [EMPTY] * (5 - filled)


def test_one_slot_is_written_and_nothing_else():
    ring = KeyValueRing(SHAPE)
    rng = np.random.default_rng(0)
    k, v = np.zeros_like(ring.k), np.zeros_like(ring.v)
    for n in range(13):
        ring.outputs["k_new"][:] = rng.standard_normal(ring.outputs["k_new"].shape)
        ring.outputs["v_new"][:] = rng.standard_normal(ring.outputs["v_new"].shape)
        assert finish_(ring.address, 0) == 0
        assert np.array_equal(ring.k, k)
        assert finish_(ring.address, 1) == 0
        k[:, :, :, n % 5], v[:, :, n % 5, :] = ring.outputs["k_new"], ring.outputs["v_new"]
        assert np.array_equal(ring.k, k)
        assert np.array_equal(ring.v, v)
        assert ring.count[0] == n + 1


def test_what_is_not_finite_is_not_kept():
    ring = KeyValueRing(SHAPE)
    for name in ("query", "k_new", "v_new"):
        for bad in (np.nan, np.inf, -np.inf):
            ring.outputs[name].flat[1] = bad
            assert finish_(ring.address, 1) == 2
            ring.outputs[name].flat[1] = 0
    assert ring.count[0] == 0
    assert finish_(ring.address, 1) == 0


def test_inputs_are_views_of_the_ring():
    ring = KeyValueRing(SHAPE)
    assert {n: a.shape for n, a in ring.inputs.items()} == SHAPE.inputs()
    assert {n: a.shape for n, a in ring.outputs.items()} == SHAPE.outputs()
    ring.v[1, 2, 3, 1] = 9
    assert ring.inputs["v1"][2, 3, 1] == 9
    assert all(a.flags.c_contiguous for a in ring.inputs.values())


def test_forget():
    ring = KeyValueRing(SHAPE)
    ring.count[0], ring.bias[:] = 9, 1
    ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(forget.address)(ring.address, 0)
    assert ring.count[0] == 0
    assert not ring.bias.any()
