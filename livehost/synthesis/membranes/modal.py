"""Modal synthesis in closed form: sums of decaying sines as two small tables and a product of matrices."""

import numpy as np

#: Modes that are summed up at a time: bounds the memory.
_CHUNK = 2048


def ring(exponent: np.ndarray, amplitude: np.ndarray, frames: int, rate: float) -> np.ndarray:
    """Sum up Re(amplitude · e^(exponent · t)) over modes, at t = n / rate.

    With n = b q + r, e^(s n) is e^(s b q) e^(s r): about 2 √frames exponentials a mode, and a matrix product.

    Parameters
    ----------
    exponent : ndarray of complex128, shape [m]
        −decay rate + 2πi frequency, 1/s.
    amplitude : ndarray of complex128, shape [m]
    frames : int
    rate : float
        Hz.

    Returns
    -------
    ndarray of float64, shape [frames]
    """
    block = int(np.ceil(np.sqrt(max(frames, 1))))
    blocks = -(-frames // block)
    out = np.zeros((blocks, block))
    fine_s, coarse_s = np.arange(block) / rate, np.arange(blocks) * (block / rate)
    for first in range(0, len(exponent), _CHUNK):
        s, a = exponent[first : first + _CHUNK, None], amplitude[first : first + _CHUNK, None]
        fine, coarse = np.exp(s * fine_s), a * np.exp(s * coarse_s)
        out += coarse.real.T @ fine.real - coarse.imag.T @ fine.imag
    return out.ravel()[:frames]
