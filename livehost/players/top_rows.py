"""The best rows of a matrix: one pass over memory, the score of a row fused with a heap of the best so far.

Two scores: the squared distance from a query (rows of 32 float32, two cache lines), and the scalar product with one
(rows of any length). Both passes are bound by memory bandwidth and grow linearly with the rows.
"""

import numpy as np

from livehost.rt.native import f32, fast_kernel, kernel

#: Columns of a matrix.
DIMENSIONS = 32
ROW_BYTES = 4 * DIMENSIONS


@fast_kernel
def squared_distance(row, query, columns):
    """Squared Euclidean distance of two float32 vectors.

    `columns` comes at run time although it is known: a loop of constant length is unrolled before it can be vectorised,
    and takes six times as long. RT: callback
    """
    total = np.float32(0.0)
    for j in range(columns):
        d = row[j] - query[j]
        total += d * d
    return total


@kernel
def _sift_down(distance, index, i, count):
    """Let entry i sink in a heap whose largest stands first. RT: callback."""
    d, k = distance[i], index[i]
    child = 2 * i + 1
    while child < count:
        if child + 1 < count and distance[child + 1] > distance[child]:
            child += 1
        if distance[child] <= d:
            break
        distance[i], index[i] = distance[child], index[child]
        i = child
        child = 2 * i + 1
    distance[i], index[i] = d, k


@kernel
def keep(distance, index, count, wanted, worst, d, i):
    """Put row i at distance d among the `wanted` best; the worst of a full heap, its first, gives way.

    Gives the new count, and the distance of the worst: `worst` as it came in until there are `wanted`, who till then
    stand in no order. RT: worker
    """
    at = 0
    if count < wanted:
        at = count
        count += 1
    distance[at], index[at] = d, i
    if count == wanted:
        # the first time all of it becomes a heap, later only its top is new
        first = wanted // 2 - 1 if at == wanted - 1 else 0
        for j in range(first, -1, -1):
            _sift_down(distance, index, j, wanted)
        worst = distance[0]
    return count, worst


@kernel
def nearest_rows(matrix, rows, columns, query, allowed, wanted, distance, index):
    """Find the `wanted` allowed rows nearest to a query.

    Parameters
    ----------
    matrix : int64
        Address of float32 [rows, DIMENSIONS].
    columns : int64
        `DIMENSIONS`.
    query : float32 [DIMENSIONS]
    allowed : uint8 [rows]
        Rows with 0 are passed over.
    distance : float32 [>= wanted], out
        Squared distances, in no order.
    index : int64 [>= wanted], out
        Their rows.

    Returns
    -------
    int64
        How many were found.

    RT: worker
    """
    count, worst = 0, np.float32(np.inf)
    for i in range(rows):
        d = squared_distance(f32(matrix + i * ROW_BYTES, DIMENSIONS), query, columns)
        # written so that a NaN, which no comparison likes, stays out
        if d < worst and allowed[i] == 1:
            count, worst = keep(distance, index, count, wanted, worst, d, i)
    return count


@fast_kernel
def product(row, query, columns):
    """Scalar product of two float32 vectors. RT: worker."""
    total = np.float32(0.0)
    for j in range(columns):
        total += row[j] * query[j]
    return total


@kernel
def best_rows(matrix, rows, columns, query, allowed, wanted, distance, index):
    """Find the `wanted` allowed rows with the largest scalar product with a query.

    Parameters
    ----------
    matrix : int64
        Address of float32 [rows, columns].
    query : float32 [columns]
    allowed : uint8 [rows]
        Rows with anything but 1 are passed over.
    distance : float32 [>= wanted], out
        Products, negative, in no order.
    index : int64 [>= wanted], out
        Their rows.

    Returns
    -------
    int64
        How many were found.

    RT: worker
    """
    count, worst = 0, np.float32(np.inf)
    for i in range(rows):
        d = -product(f32(matrix + i * columns * 4, columns), query, columns)
        if d < worst and allowed[i] == 1:  # a NaN stays out
            count, worst = keep(distance, index, count, wanted, worst, d, i)
    return count
