import numpy as np
import pytest

from livehost.players.nearest.space import aligned
from livehost.players.scan import DIMENSIONS, nearest_rows


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
