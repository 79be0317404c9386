import ctypes

import numpy as np

from livehost.inference.kv_cache import EMPTY, KVCache, Shape, clear_cache, finish_step, prepare_step
from livehost.rt.native import run1, run2

SHAPE = Shape(layers=2, heads=3, head_size=4, capacity=5, token_size=7, item_size=6, embedding=2)


prepare_, finish_ = run1(prepare_step), run2(finish_step)


def test_angles_are_as_exact_after_a_year():
    cache = KVCache(SHAPE)
    cache.count[0] = 1_000_000_007
    prepare_(cache.address)
    angles = 1_000_000_007 * np.array([1.0, 10_000.0**-0.5])
    np.testing.assert_array_equal(cache.inputs["cos"], np.cos(angles).astype("f4"))
    np.testing.assert_array_equal(cache.inputs["sin"], np.sin(angles).astype("f4"))


def test_mask_is_the_bias_where_there_is_a_token():
    cache = KVCache(SHAPE)
    cache.bias[:] = [1, 2, 3, 4, 5]
    for count, filled in ((0, 0), (3, 3), (5, 5), (999, 5)):
        cache.count[0] = count
        prepare_(cache.address)
        assert cache.inputs["mask"].tolist() == [1, 2, 3, 4, 5][:filled] + [EMPTY] * (5 - filled)


def test_one_slot_is_written_and_nothing_else():
    cache = KVCache(SHAPE)
    rng = np.random.default_rng(0)
    k, v = np.zeros_like(cache.k), np.zeros_like(cache.v)
    for n in range(13):
        cache.outputs["k_new"][:] = rng.standard_normal(cache.outputs["k_new"].shape)
        cache.outputs["v_new"][:] = rng.standard_normal(cache.outputs["v_new"].shape)
        assert finish_(cache.address, 0) == 0
        assert np.array_equal(cache.k, k)
        assert finish_(cache.address, 1) == 0
        k[:, :, :, n % 5], v[:, :, n % 5, :] = cache.outputs["k_new"], cache.outputs["v_new"]
        assert np.array_equal(cache.k, k)
        assert np.array_equal(cache.v, v)
        assert cache.count[0] == n + 1


def test_what_is_not_finite_is_not_kept():
    cache = KVCache(SHAPE)
    for name in ("query", "k_new", "v_new"):
        for bad in (np.nan, np.inf, -np.inf):
            cache.outputs[name].flat[1] = bad
            assert finish_(cache.address, 1) == 2
            cache.outputs[name].flat[1] = 0
    assert cache.count[0] == 0
    assert finish_(cache.address, 1) == 0


def test_inputs_are_views_of_the_ring():
    cache = KVCache(SHAPE)
    assert {n: a.shape for n, a in cache.inputs.items()} == SHAPE.inputs()
    assert {n: a.shape for n, a in cache.outputs.items()} == SHAPE.outputs()
    cache.v[1, 2, 3, 1] = 9
    assert cache.inputs["v1"][2, 3, 1] == 9
    assert all(a.flags.c_contiguous for a in cache.inputs.values())


def test_clearing():
    cache = KVCache(SHAPE)
    cache.count[0], cache.bias[:] = 9, 1
    ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(clear_cache.address)(cache.address, 0)
    assert cache.count[0] == 0
    assert not cache.bias.any()
