"""A codebook of a bank's space: a few hundred places that stand for all others, and the items that lie around each.

With it a place becomes a symbol, and the items nearest to a place are found without a look at the whole bank.
"""

from dataclasses import dataclass

import numpy as np

from livehost.players.top_rows import DIMENSIONS, ROW_BYTES, squared_distance
from livehost.rt.memory import zeros
from livehost.rt.native import f32, f64, i64, kernel, u8

#: Places of a codebook at most.
MOST_CODES = 256
#: Items that the places are learnt from at most, and rounds of learning (Lloyd, 1982).
LEARN_ITEMS, ROUNDS = 8192, 12
#: Items that are looked at for those nearest to a place; a bank of no more is searched exactly.
SCAN = 2048
#: Nearest items that are kept of a place.
NEAR = 8

#: What a record that uses a codebook holds of it.
CODEBOOK_FIELDS = (
    ("columns", "i8"),  # DIMENSIONS, at run time: see `squared_distance`
    ("items", "i8"),
    ("matrix", "i8"),  # float32 [items, DIMENSIONS]
    ("allowed", "i8"),  # uint8 [items]: 1 where an item may be chosen
    ("codes", "i8"),  # how many places the codebook has
    ("book", "i8"),  # float32 [codes, DIMENSIONS]
    ("first", "i8"),  # int64 [codes + 1]: items of code c are member[first[c] : first[c + 1]]
    ("member", "i8"),  # int64 [items]
    ("code", "i8"),  # int64 [items]: code of each item
    ("sharpness", "f8"),  # items at a distance count exp(-sharpness · distance)
    ("far", "i8"),  # float64 [codes], scratch
    ("near_item", "i8", (NEAR,)),  # out
    ("near_distance", "f4", (NEAR,)),  # out
)


@dataclass(eq=False)
class Codebook:
    """Places that stand for all others.

    Attributes
    ----------
    book : np.ndarray
        Float32 [codes, DIMENSIONS].
    first : np.ndarray
        Int64 [codes + 1].
    member : np.ndarray
        Int64 [items]: the items of code c are ``member[first[c] : first[c + 1]]``, ascending.
    code : np.ndarray
        Int64 [items].
    typical : float
        Median distance of an item from the nearest other one that lies elsewhere: how far apart sounds are that differ
        least. 1 where all lie in one place.
    """

    book: np.ndarray
    first: np.ndarray
    member: np.ndarray
    code: np.ndarray
    typical: float


def _nearest_code(matrix: np.ndarray, book: np.ndarray) -> np.ndarray:
    """Give the code nearest to each row, int64 [rows]; the first of equal ones."""
    squares = np.einsum("ij,ij->i", book, book)
    parts = [np.argmin(squares - 2.0 * (matrix[i : i + 4096] @ book.T), 1) for i in range(0, len(matrix), 4096)]
    return np.concatenate(parts).astype(np.int64)


def _typical(matrix: np.ndarray) -> float:
    squares = np.einsum("ij,ij->i", matrix, matrix)
    found = []
    for i in range(0, len(matrix), max(1, len(matrix) // 256)):
        distance = np.sqrt(np.maximum(squares - 2.0 * (matrix @ matrix[i]) + squares[i], 0.0))
        elsewhere = distance[distance > 1e-3 * (1.0 + np.sqrt(squares[i]))]
        if len(elsewhere):
            found.append(elsewhere.min())
    return float(np.median(found)) if found else 1.0


def learn_codebook(matrix: np.ndarray) -> Codebook:
    """Learn about √items places of a bank's space by k-means; the same bank gives the same ones.

    Parameters
    ----------
    matrix : np.ndarray
        Float32 [items, DIMENSIONS], at least one item.
    """
    items = len(matrix)
    sample = matrix[:: -(-items // LEARN_ITEMS)].astype(np.float64)
    codes = int(np.clip(round(np.sqrt(items)), 1, MOST_CODES))
    # begin with places that lie far from one another (Gonzalez, 1985)
    chosen, distance = [0], ((sample - sample[0]) ** 2).sum(1)
    while len(chosen) < codes and distance.max() > 0.0:
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, ((sample - sample[chosen[-1]]) ** 2).sum(1))
    centers = sample[chosen]
    for _ in range(ROUNDS):
        nearest = _nearest_code(sample, centers)
        for c in np.unique(nearest):
            centers[c] = sample[nearest == c].mean(0)
    book = zeros(centers.size, np.float32).reshape(centers.shape)
    book[:] = centers
    code = _nearest_code(matrix, book)
    member = np.argsort(code, kind="stable").astype(np.int64)
    first = np.searchsorted(code[member], np.arange(len(book) + 1)).astype(np.int64)
    return Codebook(book, first, member, code, _typical(sample))


@kernel
def rank_codes(state, place):
    """Measure how far each code lies from a place (`far`, squared), and give the nearest and the second nearest.

    The second is the first where there is but one. RT: worker
    """
    far, query = f64(state.far, state.codes), f32(place, DIMENSIONS)
    best, second = 0, 0
    for c in range(state.codes):
        far[c] = squared_distance(f32(state.book + c * ROW_BYTES, DIMENSIONS), query, state.columns)
        if far[c] < far[best]:
            best, second = c, best
        elif c > 0 and (second == best or far[c] < far[second]):
            second = c
    return best, second


@kernel
def find_near(state, place):
    """Find the `NEAR` allowed items nearest to a place whose codes are ranked: `near_item`, `near_distance`.

    Looks around the nearest codes, until `SCAN` items were looked at; `far` is used up. −1 stands for no item.
    RT: worker
    """
    far, query = f64(state.far, state.codes), f32(place, DIMENSIONS)
    first, member = i64(state.first, state.codes + 1), i64(state.member, state.items)
    allowed = u8(state.allowed, state.items)
    for k in range(NEAR):
        state.near_item[k], state.near_distance[k] = -1, np.float32(np.inf)
    left = SCAN
    for _ in range(state.codes):
        code = 0
        for c in range(1, state.codes):
            if far[c] < far[code]:
                code = c
        far[code] = np.inf
        for i in range(first[code], min(first[code + 1], first[code] + left)):
            item = member[i]
            if allowed[item] != 1:
                continue
            d = squared_distance(f32(state.matrix + item * ROW_BYTES, DIMENSIONS), query, state.columns)
            if not d < state.near_distance[NEAR - 1]:
                continue
            k = NEAR - 1
            while k > 0 and state.near_distance[k - 1] > d:
                state.near_item[k], state.near_distance[k] = state.near_item[k - 1], state.near_distance[k - 1]
                k -= 1
            state.near_item[k], state.near_distance[k] = item, d
        left -= first[code + 1] - first[code]
        if left <= 0:
            break
