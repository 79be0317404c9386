"""The nearest rows of a matrix: one pass over memory, squared distance fused with a heap of the best so far.

A row is 32 float32, two cache lines; the pass is bound by memory bandwidth and grows linearly with the rows. Nothing is
sorted but the few that were kept.
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
        Squared distances, ascending.
    index : int64 [>= wanted], out
        Their rows.

    Returns
    -------
    int64
        How many were found.

    RT: worker
    """
    count = 0
    worst = np.float32(np.inf)
    for i in range(rows):
        d = squared_distance(f32(matrix + i * ROW_BYTES, DIMENSIONS), query, columns)
        # written so that a NaN, which no comparison likes, stays out
        if d < worst and allowed[i] == 1:
            if count < wanted:
                distance[count], index[count] = d, i
                count += 1
                if count == wanted:
                    for j in range(wanted // 2 - 1, -1, -1):
                        _sift_down(distance, index, j, wanted)
                    worst = distance[0]
            else:
                distance[0], index[0] = d, i
                _sift_down(distance, index, 0, wanted)
                worst = distance[0]
    _sort(distance, index, count)
    return count


@kernel
def _sort(distance, index, count):
    """Sort ascending; equal distances by index, so that the heap's inner life does not show. RT: callback."""
    gap = count // 2
    while gap > 0:
        for i in range(gap, count):
            d, k = distance[i], index[i]
            j = i
            while j >= gap and (distance[j - gap] > d or (distance[j - gap] == d and index[j - gap] > k)):
                distance[j], index[j] = distance[j - gap], index[j - gap]
                j -= gap
            distance[j], index[j] = d, k
        gap //= 2
