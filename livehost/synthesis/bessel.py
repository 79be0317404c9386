"""Bessel functions of the first kind and their zeros: the overtones of a drum."""

from functools import lru_cache

import numpy as np

#: Nodes of the trapezoidal rule; enough for order + argument up to 100.
_NODES = 192


def bessel_j(order: int, x: np.ndarray | float) -> np.ndarray:
    """Evaluate Jₙ(x).

    The integral (1/2π) ∫ cos(nτ − x sin τ) dτ over one period, by the trapezoidal rule, which converges
    geometrically for periodic functions: to machine precision while order + |x| stays under 100.

    Parameters
    ----------
    order : int
        n ≥ 0.
    x : array_like of float
        Argument.

    Returns
    -------
    ndarray of float64, shape of `x`

    References
    ----------
    NIST Digital Library of Mathematical Functions, 10.9.2. Trefethen and Weideman, SIAM Review 56, 2014.
    """
    tau = 2.0 * np.pi * np.arange(_NODES) / _NODES
    return np.cos(order * tau - np.asarray(x, np.float64)[..., None] * np.sin(tau)).mean(axis=-1)


@lru_cache(maxsize=8)
def bessel_zeros(orders: int, count: int) -> np.ndarray:
    """Find the first positive zeros jₙₛ of J₀ … Jₙ.

    Zeros of neighbouring orders interlace, so each order brackets the next one.

    Parameters
    ----------
    orders : int
        Number of orders, from 0.
    count : int
        Zeros of each.

    Returns
    -------
    ndarray of float64, shape [orders, count]
        Read-only.
    """
    bracket = np.pi * (np.arange(1, count + orders + 1) - 0.5)  # J₀ changes sign once between (s − ½)π and sπ
    low, high = bracket, bracket + 0.5 * np.pi
    table = np.empty((orders, count))
    for order in range(orders):
        zeros = _bisect(order, low, high)
        table[order] = zeros[:count]
        low, high = zeros[:-1], zeros[1:]
    table.flags.writeable = False
    return table


def _bisect(order: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Halve each bracket eight times, then polish by Newton's method."""
    sign = np.sign(bessel_j(order, low))
    for _ in range(8):
        middle = 0.5 * (low + high)
        left = np.sign(bessel_j(order, middle)) == sign
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    x = 0.5 * (low + high)
    for _ in range(3):
        x = x - bessel_j(order, x) / (order / x * bessel_j(order, x) - bessel_j(order + 1, x))
    return x
