"""The best rows of a matrix against numpy: by distance, and by scalar product."""

import numpy as np
import pytest

from livehost.players import top_rows
from livehost.players.nearest.space import aligned
from livehost.players.top_rows import DIMENSIONS
from livehost.rt.native import STEP, entry, f32, i64, record_at, run1, u8
from tests.kernels import by_hand

best_rows, nearest_rows = map(by_hand, (top_rows.best_rows, top_rows.nearest_rows))

_JOB = np.dtype([(name, "i8") for name in ("matrix", "rows", "columns", "query", "allowed", "wanted", "out", "index")])


@entry(STEP)
def _scan(address):
    s = record_at(address, _JOB)
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


def search(matrix, query, wanted, allowed=None):
    allowed = np.ones(len(matrix), np.uint8) if allowed is None else allowed
    distance, index = np.zeros(max(wanted, 1), np.float32), np.zeros(max(wanted, 1), np.int64)
    count = nearest_rows(matrix.ctypes.data, len(matrix), DIMENSIONS, query, allowed, wanted, distance, index)
    order = np.lexsort((index[:count], distance[:count]))
    return distance[order], index[order]


@pytest.mark.parametrize("rows", [1, 2, 33, 5000])
@pytest.mark.parametrize("wanted", [1, 2, 25, 273])
def test_same_as_sorting_everything(rows, wanted):
    rng = np.random.default_rng(rows)
    matrix = aligned((rows, DIMENSIONS))
    matrix[:] = rng.normal(size=matrix.shape)
    query = rng.normal(size=DIMENSIONS).astype(np.float32)
    allowed = (rng.random(rows) < 0.8).astype(np.uint8)
    exact = ((matrix.astype(np.float64) - query) ** 2).sum(1)
    order = [i for i in np.argsort(exact, kind="stable") if allowed[i]][:wanted]
    distance, index = search(matrix, query, wanted, allowed)
    assert index.tolist() == order
    np.testing.assert_allclose(distance, exact[order], rtol=1e-5)


def test_twins_come_in_order():
    _, index = search(aligned((40, DIMENSIONS)), np.zeros(DIMENSIONS, np.float32), 5)
    assert index.tolist() == [0, 1, 2, 3, 4]


def test_rows_that_are_no_numbers_are_never_near():
    matrix = aligned((3, DIMENSIONS))
    matrix[1, 7] = np.nan
    _, index = search(matrix, np.zeros(DIMENSIONS, np.float32), 3)
    assert index.tolist() == [0, 2]


def test_nothing_allowed():
    _, index = search(aligned((3, DIMENSIONS)), np.zeros(DIMENSIONS, np.float32), 3, np.full(3, 2, np.uint8))
    assert index.tolist() == []
