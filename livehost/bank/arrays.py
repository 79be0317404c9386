"""Joining big arrays without holding them twice."""

import numpy as np


def join(parts: list[np.ndarray]) -> np.ndarray:
    """Concatenate arrays along the first axis and empty the list, holding hardly more than the result in memory.

    Pages of the result are only taken as they are written, while each part is freed once it is copied.

    Parameters
    ----------
    parts : list of numpy.ndarray
        At least one; equal in type and in all axes but the first.

    Returns
    -------
    numpy.ndarray
    """
    if len(parts) == 1:
        return parts.pop()
    whole = np.empty((sum(len(part) for part in parts), *parts[0].shape[1:]), parts[0].dtype)
    parts.reverse()
    at = 0
    while parts:
        part = parts.pop()
        whole[at : at + len(part)] = part
        at += len(part)
    return whole
