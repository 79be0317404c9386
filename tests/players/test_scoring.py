"""The best rows of a matrix against numpy."""

import numpy as np
import pytest
from numba import carray

from livehost.players.scoring import best_rows
from livehost.rt.native import STEP, entry, f32, i64, pointer, run1, u8

_JOB = np.dtype([(name, "i8") for name in ("matrix", "rows", "columns", "query", "allowed", "wanted", "out", "index")])


@entry(STEP)
def _scan(address):
    s = carray(pointer(address), (1,), _JOB)[0]
    return best_rows(
        s.matrix, s.rows, s.columns, f32(s.query, s.columns), u8(s.allowed, s.rows), s.wanted, f32(s.out, 300),
        i64(s.index, 300),
    )  # fmt: skip


def scan(matrix, query, wanted, allowed=None):
    allowed = np.ones(len(matrix), np.uint8) if allowed is None else allowed
    out, index = np.zeros(300, np.float32), np.zeros(300, np.int64)
    job = np.zeros(1, _JOB)
    job[0] = (
        matrix.ctypes.data, *matrix.shape, query.ctypes.data, allowed.ctypes.data, wanted, out.ctypes.data,
        index.ctypes.data,
    )  # fmt: skip
    count = run1(_scan)(job.ctypes.data)
    return dict(zip(index[:count].tolist(), (-out[:count]).tolist(), strict=True))


@pytest.mark.parametrize(("rows", "columns", "wanted"), [(1, 16, 1), (20, 7, 25), (5000, 64, 25), (5000, 64, 273)])
def test_they_are_those_with_the_largest_products(rows, columns, wanted):
    rng = np.random.default_rng(rows)
    matrix, query = rng.standard_normal((rows, columns)).astype("f4"), rng.standard_normal(columns).astype("f4")
    found, products = scan(matrix, query, wanted), matrix @ query
    assert set(found) == set(np.argsort(-products)[:wanted].tolist())
    np.testing.assert_allclose(list(found.values()), products[list(found)], atol=2e-5)


def test_rows_that_are_barred_or_no_numbers_stay_out():
    matrix = np.arange(10, dtype="f4")[:, None] * np.ones((1, 4), "f4")
    matrix[9] = np.nan
    allowed = np.ones(10, np.uint8)
    allowed[[7, 8]] = 3, 0
    assert sorted(scan(matrix, np.ones(4, "f4"), 3, allowed)) == [4, 5, 6]
    assert scan(matrix, np.ones(4, "f4"), 3, np.zeros(10, np.uint8)) == {}
