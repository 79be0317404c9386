"""Groups of like things: classes where nobody has named any."""

import numpy as np

#: Groups at most.
GROUPS = 8
_ROUNDS = 30


def group_places(rows: np.ndarray, count: int = GROUPS) -> np.ndarray:
    """Sort places into groups of like ones: k-means (Lloyd 1982) from starts that are spread, the same every time.

    Parameters
    ----------
    rows : np.ndarray
        Float [n, dimensions], at least one.
    count : int
        Groups at most.

    Returns
    -------
    np.ndarray
        Int64 [n].
    """
    places = np.asarray(rows, np.float64)
    first = int(((places - places.mean(0)) ** 2).sum(1).argmin())
    centres, distance = [places[first]], ((places - places[first]) ** 2).sum(1)
    while len(centres) < min(count, len(places)) and distance.max() > 0:
        # the median of the far half: an odd sound alone is no group
        far = np.argsort(distance)[-max(1, len(places) // (2 * count)) :]
        centres.append(places[far[0]])
        distance = np.minimum(distance, ((places - centres[-1]) ** 2).sum(1))
    middle = np.array(centres)
    group = np.zeros(len(places), np.int64)
    for _ in range(_ROUNDS):
        group = ((places[:, None] - middle[None]) ** 2).sum(2).argmin(1)
        moved = np.array([places[group == k].mean(0) if (group == k).any() else middle[k] for k in range(len(middle))])
        if np.allclose(moved, middle):
            break
        middle = moved
    return group.astype(np.int64)
