"""Modes of circle, rectangle and equilateral triangle in closed form, in unit coordinates.

Each function takes the largest wavenumber wanted, the point that is struck and the point that is heard, and gives every
mode up to there once: wavenumbers κ (the frequency is c κ / 2π size), and weights φ(struck) φ(heard) / ∫φ². Of modes
that share a wavenumber (degenerate ones) each counts; where their sum is known, as of a circle's cosine and sine, one
row stands for both.
"""

from functools import lru_cache

import numpy as np
from scipy import special

from livehost.synthesis.membranes.outline import AREA

#: A point, x and y.
Point = tuple[float, float]
#: κ [m] and weights [m].
WavesAndWeights = tuple[np.ndarray, np.ndarray]


def circle(highest: float, struck: Point, heard: Point) -> WavesAndWeights:
    """Give the modes Jₙ(jₙₛ r / a) {cos, sin}(nθ), radius a = ½, cosine and sine together.

    References
    ----------
    Rayleigh, The Theory of Sound, 2nd edition, volume 1, § 201.
    """
    radius = 0.5
    order, zero = _bessel_zeros(float(2.0 ** np.ceil(np.log2(max(highest * radius, 8.0)))))
    inside = zero <= highest * radius
    order, zero = order[inside], zero[inside]
    (r1, a1), (r2, a2) = (_polar(point) for point in (struck, heard))
    norm = np.pi * radius**2 * special.jv(order + 1, zero) ** 2 * np.where(order == 0, 1.0, 0.5)
    weight = special.jv(order, zero * r1 / radius) * special.jv(order, zero * r2 / radius)
    return zero / radius, weight * np.cos(order * (a1 - a2)) / norm


def rectangle(highest: float, struck: Point, heard: Point, aspect: float) -> WavesAndWeights:
    """Give the modes sin(mπx / w) sin(nπy / h), w = aspect · h; of a square (m, n) and (n, m) are two modes.

    References
    ----------
    Rayleigh, § 195.
    """
    height = float(np.sqrt(AREA / aspect))
    sides = (aspect * height, height)
    m, n = (np.arange(1, max(int(highest * side / np.pi), 0) + 1) for side in sides)
    kappa = np.pi * np.hypot(m[:, None] / sides[0], n[None] / sides[1])
    shape = [
        np.sin(m * np.pi * (x / sides[0] + 0.5))[:, None] * np.sin(n * np.pi * (y / sides[1] + 0.5))
        for x, y in (struck, heard)
    ]
    inside = kappa <= highest
    return kappa[inside], (shape[0] * shape[1] * 4.0 / AREA)[inside]


def triangle(highest: float, struck: Point, heard: Point) -> WavesAndWeights:
    """Give the modes of an equilateral triangle, whose base is parallel to the x axis.

    A mode is a sum of six plane waves, one for each way to reflect (m, n), with the sign of that reflection. Its κ² is
    (4π / 3L)² (m² + mn + n²). For m < n real and imaginary part are two modes, in one row; for m = n the real part is
    nothing.

    References
    ----------
    Lamé, Leçons sur la théorie mathématique de l'élasticité, 1852, § 57. McCartin, “Eigenstructure of the equilateral
    triangle, part I: the Dirichlet problem”, SIAM Review 45, 2003. Pinsky, SIAM J. Math. Anal. 11, 1980.
    """
    side = float(np.sqrt(4.0 * AREA / np.sqrt(3.0)))
    most = int(highest * 3.0 * side / (4.0 * np.pi)) + 1
    m, n = (index.ravel() for index in np.meshgrid(np.arange(1, most + 1), np.arange(1, most + 1)))
    kappa = 4.0 * np.pi / (3.0 * side) * np.sqrt(m * m + m * n + n * n)
    inside = (m <= n) & (kappa <= highest)
    m, n, kappa = m[inside], n[inside], kappa[inside]
    one, other = (_plane_waves(m, n, point, side) for point in (struck, heard))
    both = one.real * other.real + one.imag * other.imag  # of m < n, each part has the mean square 3
    weight = np.where(m < n, both / 3.0, one.imag * other.imag / 6.0)
    return kappa, weight / AREA


def _plane_waves(m: np.ndarray, n: np.ndarray, point: Point, side: float) -> np.ndarray:
    """Sum up six plane waves at a point, complex [modes]."""
    height = side * 0.75**0.5
    up = point[1] / height + 1.0 / 3.0  # barycentric: 1 at the upper corner
    right = point[0] / side + 0.5 - 0.5 * up
    total = np.zeros(len(m), np.complex128)
    for sign, p, q in ((1, m, n), (-1, -m, m + n), (-1, m + n, -n), (1, -m - n, m), (1, n, -m - n), (-1, -n, -m)):
        total += sign * np.exp(2j * np.pi / 3.0 * ((2 * p + q) * right + (p + 2 * q) * up))
    return total


def _polar(point: Point) -> Point:
    return float(np.hypot(*point)), float(np.arctan2(point[1], point[0]))


@lru_cache(maxsize=4)
def _bessel_zeros(highest: float) -> tuple[np.ndarray, np.ndarray]:
    """List orders n and zeros jₙₛ up to a number: int64 and float64 [modes], read-only."""
    orders, zeros, order = [], [], 0
    while True:
        count = int((highest - order) / np.pi) + 2  # zeros of order n begin above n, and lie π apart or more
        found = special.jn_zeros(order, count)
        found = found[found <= highest]
        if not len(found):
            break
        orders.append(np.full(len(found), order))
        zeros.append(found)
        order += 1
    both = np.concatenate(orders), np.concatenate(zeros)
    for table in both:
        table.flags.writeable = False
    return both
