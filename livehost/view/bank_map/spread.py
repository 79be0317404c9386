"""Move boxes apart until none covers another, keeping their arrangement."""

import numpy as np

_ROUNDS = 400


def spread(centres: np.ndarray, sizes: np.ndarray, rounds: int = _ROUNDS) -> np.ndarray:
    """Separate overlapping boxes.

    Each overlapping pair moves apart along the axis on which less is needed, all pairs at once, again and again.

    Parameters
    ----------
    centres : numpy.ndarray
        Float [boxes, 2].
    sizes : numpy.ndarray
        Float [boxes, 2], widths and heights.
    rounds : int
        Rounds at most.

    Returns
    -------
    numpy.ndarray
        New centres; hardly any overlap is left where there is room.
    """
    at = np.array(centres, np.float64)
    need = (sizes[:, None] + sizes) / 2
    others = ~np.eye(len(at), dtype=bool)
    order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at)) + 0.5)  # for boxes at the same place
    for _ in range(rounds):
        apart = at[:, None] - at
        overlap = need - np.abs(apart)
        pairs = (overlap > 1e-6).all(axis=2) & others
        if not pairs.any():
            break
        axis = overlap.argmin(axis=2)
        for k in range(2):
            way = np.where(apart[..., k] == 0, order, np.sign(apart[..., k]))
            push = np.where(pairs & (axis == k), overlap[..., k] * way, 0.0)
            at[:, k] += 0.5 * push.sum(axis=1) / np.maximum(pairs.sum(axis=1), 1)
    return at
