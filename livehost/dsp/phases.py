"""Phases of a spectrum whose magnitudes are known, frame by frame: what Griffin-Lim begins with in a vocoder.

With a window that is nearly Gaussian, how the phase turns from frame to frame follows from how the log magnitude
changes from bin to bin, and how it turns from bin to bin follows from how that changes from frame to frame; a network
may know better (`livehost.studio.models.spectral_vocoder` tells both). `phases` asks for both kinds of steps at once:
of each frame the unit numbers z are found that minimise

    Σ w(k) |z(k) − before(k) · e^(i·on(k))|² + Σ v(k) |z(k + 1) − z(k) · e^(i·up(k))|²

with weights that are powers of the magnitudes that each step begins and ends at, so that what is loud tells what is
soft. That is one tridiagonal system a frame; its answer changes little where magnitudes do, so that a sound that is
made piece by piece is the same as at once (the usual way, along a heap from the loudest bin on, jumps).

Sources: Průša, Balazs & Søndergaard 2016 (PGHI: the gradients, and Hann's γ); Průša & Rajmic 2017 (frame by frame);
Masuyama, Yatabe & Oikawa 2020 (least squares of both differences, which a network tells).
"""

import numba
import numpy as np

from livehost.dsp.mel_contract import MelContract

#: Of a Hann window of n samples: the Gaussian exp(−π t² / γ) that is nearest to it has γ = HANN_GAMMA · n².
HANN_GAMMA = 0.25645
#: Weights go with the magnitudes to this power, and along a frame they count that much more.
POWER, ALONG = 4.0, 2.0
#: Least weight, of the loudest bin's, and what the phases of the very first frame count.
_LEAST, _FIRST = 1e-12, 1e-9


def slope_of(contract: MelContract) -> float:
    """Give the radians from bin to bin for a neper from frame to frame; its inverse, the other way."""
    return HANN_GAMMA * contract.fft_samples / contract.hop_samples


def own_turns(contract: MelContract) -> np.ndarray:
    """Give the turn of each bin's own frequency from frame to frame, float64 [bins], 0 … 2π."""
    bins = np.arange(contract.fft_samples // 2 + 1)
    return 2 * np.pi * (bins * contract.hop_samples % contract.fft_samples) / contract.fft_samples


def phases(logs: np.ndarray, steps: np.ndarray, before: tuple[np.ndarray, np.ndarray] | None = None) -> np.ndarray:
    """Find the phases of frames.

    Parameters
    ----------
    logs : numpy.ndarray
        Float32 [frames, bins], natural logarithms of magnitudes.
    steps : numpy.ndarray
        Float32 [frames, 2, bins], radians: from the frame before, and to the bin above (of no account for the last).
    before : tuple of numpy.ndarray, optional
        Logs [bins] and phases complex64 [bins] of the frame before the first one.

    Returns
    -------
    numpy.ndarray
        Complex64 [frames, bins], of length 1; of a window's own first sample, as a Fourier transform gives them.
    """
    found = np.empty(logs.shape, np.complex64)
    logs, steps = np.ascontiguousarray(logs, np.float32), np.ascontiguousarray(steps, np.float32)
    if before is not None:
        _integrate(logs, steps, found, before[0], before[1], 1.0)
    elif len(logs):
        chance = np.exp(2j * np.pi * np.random.default_rng(0).random(logs.shape[1])).astype(np.complex64)
        _integrate(logs, steps, found, logs[0] + np.float32(np.log(_FIRST) / POWER), chance, 0.0)
    return found


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _integrate(
    logs: np.ndarray, steps: np.ndarray, found: np.ndarray, last_logs: np.ndarray, last: np.ndarray, turned: float
) -> None:
    """Fill in the phases of frames [frames, bins].

    Parameters
    ----------
    logs, steps, found : numpy.ndarray
    last_logs, last : numpy.ndarray
        Of the frame before.
    turned : float
        0 where that is none, and its phases are taken as they are.
    """
    frames, bins = logs.shape
    diagonal, known, z = np.empty(bins), np.empty(bins, np.complex128), np.empty(bins, np.complex128)
    beside = np.empty(bins, np.complex128)
    for n in range(frames):
        top, below = logs[n].max(), 0.0
        for m in range(bins):
            weight, turn = np.exp(POWER * (last_logs[m] - top)) + _LEAST, turned * steps[n, 0, m]
            known[m] = weight * last[m] * complex(np.cos(turn), np.sin(turn))
            above = 0.0
            if m + 1 < bins:
                above = ALONG * np.exp(POWER * (0.5 * (logs[n, m] + logs[n, m + 1]) - top)) + _LEAST
                beside[m] = above * complex(np.cos(steps[n, 1, m]), np.sin(steps[n, 1, m]))
            diagonal[m] = weight + below + above
            below = above
        for m in range(1, bins):  # Thomas's algorithm of an Hermitian matrix
            share = beside[m - 1] / diagonal[m - 1]
            diagonal[m] -= (share * beside[m - 1].conjugate()).real
            known[m] += share * known[m - 1]
        z[bins - 1] = known[bins - 1] / diagonal[bins - 1]
        for m in range(bins - 2, -1, -1):
            z[m] = (known[m] + beside[m].conjugate() * z[m + 1]) / diagonal[m]
        for m in range(bins):
            length = abs(z[m])
            found[n, m] = z[m] / length if length > 0 else 1.0
        last_logs, last, turned = logs[n], found[n], 1.0


class PhaseStream:
    """Spectra of frames that come in pieces: those of the whole.

    Parameters
    ----------
    contract : MelContract
    """

    late = 0

    def __init__(self, contract: MelContract) -> None:
        self._bins = contract.fft_samples // 2 + 1
        self._before: tuple[np.ndarray, np.ndarray] | None = None

    def push(self, rows: np.ndarray, last: bool = False) -> np.ndarray:  # noqa: ARG002  it is late with nothing
        """Give the spectra complex64 [n, bins] of rows [n, 3 · bins]: log magnitudes, and both steps of each."""
        if not len(rows):
            return np.zeros((0, self._bins), np.complex64)
        logs, steps = rows[:, : self._bins], rows[:, self._bins :].reshape(len(rows), 2, self._bins)
        turns = phases(logs, steps, self._before)
        self._before = np.ascontiguousarray(logs[-1]), turns[-1]
        return np.exp(logs) * turns
