"""Scores of a whole bank: one pass over its embeddings, scalar product fused with a heap of the best so far.

A row is the embedding of an item, float32; the pass is bound by memory bandwidth and grows linearly with the items.
"""

import numpy as np

from livehost.players.scan import keep
from livehost.rt.native import f32, fast_kernel, kernel


@fast_kernel
def _product(row, query, columns):
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
        d = -_product(f32(matrix + i * columns * 4, columns), query, columns)
        if d < worst and allowed[i] == 1:  # a NaN stays out
            count, worst = keep(distance, index, count, wanted, worst, d, i)
    return count
