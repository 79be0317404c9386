"""Phases of a spectrum whose magnitudes are known, frame by frame: what Griffin-Lim begins with in a vocoder.

With a window that is nearly Gaussian, how the phase turns from frame to frame follows from how the log magnitude
changes from bin to bin, and how it turns from bin to bin follows from how that changes from frame to frame. Here both
are asked for at once: of each frame the unit numbers z are found that minimise

    Σ w(k) |z(k) − before(k) · e^(i·on(k))|² + Σ v(k) |z(k + 1) − z(k) · e^(i·up(k))|²

with weights that are powers of the magnitudes that each step begins and ends at, so that what is loud tells what is
soft. That is one tridiagonal system a frame; its answer changes little where magnitudes do, so that a sound that is
made piece by piece is the same as at once (the usual way, along a heap from the loudest bin on, jumps).

Sources: Průša, Balazs & Søndergaard 2016 (PGHI: the gradients, and Hann's γ); Průša & Rajmic 2017 (frame by frame, with
a look-ahead of one); Masuyama, Yatabe & Oikawa 2020 (least squares of both differences).
"""

import numba
import numpy as np

from livehost.dsp.mel_contract import MelContract

#: Of a Hann window of n samples: the Gaussian exp(−π t² / γ) that is nearest to it has γ = HANN_GAMMA · n².
HANN_GAMMA = 0.25645
#: Weights go with the magnitudes to this power, and along a frame they count that much more.
POWER, ALONG = 4.0, 2.0
#: Least weight, of the loudest bin's, and what the phases of the very first frame count.
_LEAST, _FIRST = 1e-12, 1e-3


def phases(logs: np.ndarray, contract: MelContract, before: tuple[np.ndarray, np.ndarray] | None = None) -> np.ndarray:
    """Find the phases of frames.

    Parameters
    ----------
    logs : numpy.ndarray
        Float32 [frames, bins], natural logarithms of magnitudes. A frame's phases hang on the next frame's, too.
    contract : MelContract
    before : tuple of numpy.ndarray, optional
        Logs [bins] and phases complex64 [bins] of the frame before the first one.

    Returns
    -------
    numpy.ndarray
        Complex64 [frames, bins], of length 1; of a window's own first sample, as a Fourier transform gives them.
    """
    frames, bins = logs.shape
    rows = np.ascontiguousarray(np.concatenate([before[0][None], logs]) if before is not None else logs, np.float32)
    found = np.empty((max(len(rows), 1), bins), np.complex64)
    found[0] = before[1] if before is not None else _by_chance(bins)
    step = contract.hop_samples / contract.fft_samples
    if frames:
        _integrate(rows, found, before is not None, step, HANN_GAMMA / step)
    return found[len(found) - frames :]


def _by_chance(bins: int) -> np.ndarray:
    """Give phases to begin with, the same each time."""
    turns: np.ndarray = np.exp(2j * np.pi * np.random.default_rng(0).random(bins)).astype(np.complex64)
    return turns


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _integrate(logs: np.ndarray, found: np.ndarray, begun: bool, step: float, slope: float) -> None:
    """Fill in the phases of frames [frames, bins], those of the first being known where it has begun.

    Parameters
    ----------
    logs, found : numpy.ndarray
    begun : bool
    step : float
        Hop over transform.
    slope : float
        γ / (transform · hop): radians from bin to bin for a neper from frame to frame; its inverse, the other way.
    """
    frames, bins = logs.shape
    on, was = np.zeros(bins), np.zeros(bins)
    diagonal, known, z = np.empty(bins), np.empty(bins, np.complex128), np.empty(bins, np.complex128)
    beside = np.empty(bins, np.complex128)
    for n in range(frames):
        top = logs[n].max()
        for m in range(bins):
            bend = (logs[n, m + 1] - logs[n, m - 1]) / 2 if 0 < m < bins - 1 else 0.0
            on[m] = 2 * np.pi * step * m + bend / slope
        if n > 0 or not begun:
            last, following = max(n - 1, 0), min(n + 1, frames - 1)
            below, tilt = 0.0, -slope / 2  # at the ends half of what it is: the frame beyond is unknown
            up = tilt * (logs[following, 0] - logs[last, 0]) - np.pi
            for m in range(bins):
                if n:
                    weight = np.exp(POWER * (logs[n - 1, m] - top)) + _LEAST
                    turn = (was[m] + on[m]) / 2
                    known[m] = weight * found[n - 1, m] * complex(np.cos(turn), np.sin(turn))
                else:
                    weight = _FIRST * np.exp(POWER * (logs[n, m] - top)) + _LEAST
                    known[m] = weight * found[0, m]
                above = 0.0
                if m + 1 < bins:
                    above = ALONG * np.exp(POWER * (0.5 * (logs[n, m] + logs[n, m + 1]) - top)) + _LEAST
                    next_up = tilt * (logs[following, m + 1] - logs[last, m + 1]) - np.pi
                    turn = (up + next_up) / 2
                    beside[m] = above * complex(np.cos(turn), np.sin(turn))
                    up = next_up
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
        was, on = on, was


class PhaseStream:
    """Phases of frames that come in pieces: those of the whole, one frame late.

    Parameters
    ----------
    contract : MelContract
    """

    late = 1

    def __init__(self, contract: MelContract) -> None:
        self._contract = contract
        self._kept = np.zeros((0, contract.fft_samples // 2 + 1), np.float32)
        self._before: tuple[np.ndarray, np.ndarray] | None = None

    def push(self, logs: np.ndarray, last: bool = False) -> np.ndarray:
        """Take in logs [any, bins], and give the spectrum complex64 [any, bins] of the frames whose next is known."""
        if len(logs):
            self._kept = np.concatenate([self._kept, logs])
        ready = len(self._kept) - (0 if last else self.late)
        if ready <= 0:
            return np.zeros((0, 0), np.complex64)
        given, turns = self._kept[:ready], phases(self._kept, self._contract, self._before)[:ready]
        self._kept, self._before = self._kept[ready:], (given[-1], turns[-1])
        return np.exp(given) * turns
