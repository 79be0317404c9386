"""Sound from a mel spectrogram without a network: powers by Richardson and Lucy, phases by Griffin and Lim.

The baseline of every vocoder, and the preview where there is none. Sources: Griffin & Lim 1984; Perraudin, Balazs &
Søndergaard 2013 (the fast variant, with momentum); Lucy 1974, as Lee & Seung 2001 use it for non-negative matrices.
"""

import numpy as np

from livehost.dsp.mel_contract import MelContract, filterbank, hann, power_scale

ITERATIONS = 60
#: Of the fast variant.
MOMENTUM = 0.99
#: Steps by which powers are found that have the bands asked for.
POWER_STEPS = 24
_TINY = 1e-12


def powers_of_mel(mel_db: np.ndarray, contract: MelContract) -> np.ndarray:
    """Find powers, none negative, whose mel bands are those asked for.

    Bands are matched in proportion, so that quiet ones count as much as loud ones.

    Parameters
    ----------
    mel_db : numpy.ndarray
        Float [bands, frames], dB.
    contract : MelContract

    Returns
    -------
    numpy.ndarray
        Float32 [bins, frames], squares of a spectrum.
    """
    weights = filterbank(contract).astype(np.float32)
    wanted = 10 ** (np.asarray(mel_db, np.float32) / 10)
    wanted[mel_db <= contract.floor_db] = 0
    covered = weights.sum(axis=0)[:, None]
    power = weights.T @ (wanted / weights.sum(axis=1)[:, None])
    for _ in range(POWER_STEPS):
        ratio = wanted / (weights @ power + np.float32(_TINY))
        power *= (weights.T @ ratio) / (covered + np.float32(_TINY))
    return power / np.float32(power_scale(contract))


def griffin_lim(
    mel_db: np.ndarray, contract: MelContract, *, iterations: int = ITERATIONS, seed: int = 0
) -> np.ndarray:
    """Make a sound that has a mel spectrogram, as nearly as can be.

    Parameters
    ----------
    mel_db : numpy.ndarray
        Float [bands, frames], dB.
    contract : MelContract
    iterations : int
    seed : int
        Of the first phases: the same gives the same samples.

    Returns
    -------
    numpy.ndarray
        Float32 [frames · hop], mono.
    """
    magnitude = np.sqrt(powers_of_mel(mel_db, contract)).T
    turns = np.random.default_rng(seed).random(magnitude.shape, np.float32) * np.float32(2 * np.pi)
    return sound_of(magnitude, (magnitude * np.exp(1j * turns)).astype(np.complex64), contract, iterations)


def sound_of(
    magnitude: np.ndarray, first: np.ndarray, contract: MelContract, rounds: int, soft: float = 0.0
) -> np.ndarray:
    """Make a sound whose spectrum has given magnitudes, as nearly as can be: the fast variant of Griffin-Lim.

    Parameters
    ----------
    magnitude : numpy.ndarray
        Float32 [frames, bins].
    first : numpy.ndarray
        Complex64 [frames, bins], the spectrum that is begun with.
    contract : MelContract
    rounds : int
    soft : float
        Share of a magnitude below which a number is not quite brought to it.

    Returns
    -------
    numpy.ndarray
        Float32 [frames · hop], mono.
    """
    estimate, before, weights = first, np.zeros_like(first), _weights(len(first), contract)
    for _ in range(rounds):
        consistent = _spectrum(_sound(estimate, contract, weights), contract)
        estimate = consistent + np.float32(MOMENTUM) * (consistent - before)
        before = consistent
        length = np.hypot(np.abs(estimate), np.float32(soft) * magnitude) if soft else np.abs(estimate)
        estimate *= magnitude / np.maximum(length, np.float32(_TINY))
    sound = _sound(estimate, contract, weights)
    return sound[contract.padding : contract.padding + len(estimate) * contract.hop_samples]


def _sound(spectrum: np.ndarray, contract: MelContract, weights: np.ndarray) -> np.ndarray:
    """Overlap-add frames whose spectra are given, least squares: float32, with the padding on either side."""
    frames = np.fft.irfft(spectrum, contract.fft_samples).astype(np.float32, copy=False)
    frames *= hann(contract.fft_samples).astype(np.float32)
    return _overlapped(frames, contract.hop_samples) / weights


def _weights(frames: int, contract: MelContract) -> np.ndarray:
    """Add up the squares of the windows of so many frames, which `_sound` divides by."""
    squares = hann(contract.fft_samples).astype(np.float32) ** 2
    overlapped = _overlapped(np.broadcast_to(squares, (frames, contract.fft_samples)), contract.hop_samples)
    return np.maximum(overlapped, np.float32(1e-3))


def _overlapped(frames: np.ndarray, hop: int) -> np.ndarray:
    """Add up frames [frames, size] that begin a hop after one another."""
    count, size = frames.shape
    pieces = -(-size // hop)
    padded = np.zeros((count, pieces * hop), np.float32)
    padded[:, :size] = frames
    total = np.zeros((count + pieces - 1, hop), np.float32)
    for piece in range(pieces):
        total[piece : piece + count] += padded[:, piece * hop : (piece + 1) * hop]
    return total.reshape(-1)[: (count - 1) * hop + size]


def _spectrum(sound: np.ndarray, contract: MelContract) -> np.ndarray:
    """Transform a padded sound, complex64 [frames, bins]."""
    size, hop = contract.fft_samples, contract.hop_samples
    windows = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
    return np.fft.rfft(windows * hann(size).astype(np.float32)).astype(np.complex64)
