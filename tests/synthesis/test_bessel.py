import numpy as np
from scipy import special

from livehost.synthesis.bessel import bessel_j, bessel_zeros


def test_values_equal_scipy():
    x = np.linspace(0.0, 60.0, 241)
    for order in (0, 1, 2, 7, 16):
        np.testing.assert_allclose(bessel_j(order, x), special.jv(order, x), atol=2e-15)


def test_zeros_equal_scipy():
    table = bessel_zeros(16, 12)
    for order in range(16):
        np.testing.assert_allclose(table[order], special.jn_zeros(order, 12), rtol=1e-13)
