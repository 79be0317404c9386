"""What every synthetic sound has in common: clean ends, no DC, a known peak; and noise of a given colour."""

import numpy as np

#: Peak of a sound at full velocity.
FULL_PEAK_DB = -3.5
#: Frequency below which `finish` leaves nothing (microphones and speakers do not either).
_RUMBLE_HZ = 18.0


def finish(
    samples: np.ndarray, rate: float, peak_db: float = FULL_PEAK_DB, fade_in_ms: float = 0.3, fade_out_ms: float = 40.0
) -> np.ndarray:
    """Give a sound silent ends, a zero mean and a peak.

    Parameters
    ----------
    samples : ndarray of float, shape [n]
        Raw sound.
    rate : float
        Hz.
    peak_db : float
        Peak of the result, dBFS.
    fade_in_ms, fade_out_ms : float
        Raised-cosine fades; shortened to half of a very short sound.

    Returns
    -------
    ndarray of float32, shape [n]
    """
    window = fade_window(len(samples), rate, fade_in_ms, fade_out_ms)
    shaped: np.ndarray = high_pass(samples, rate, _RUMBLE_HZ) * window
    # Subtract the mean in the shape of the window, so that the ends stay at zero.
    shaped -= window * (shaped.sum() / max(window.sum(), 1e-9))
    return (shaped * (10.0 ** (peak_db / 20.0) / max(np.abs(shaped).max(initial=0.0), 1e-12))).astype(np.float32)


def fade_window(frames: int, rate: float, fade_in_ms: float, fade_out_ms: float) -> np.ndarray:
    """Give a window [frames] that rises from 0 and falls to 0 in raised cosines."""
    window = np.ones(frames)
    for ms, side in ((fade_in_ms, slice(None)), (fade_out_ms, slice(None, None, -1))):
        n = min(round(ms * 1e-3 * rate), frames // 2)
        window[side][:n] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(n) / max(n, 1))
    return window


def velocity_peak_db(velocity: float) -> float:
    """Give the peak (dBFS) of a sound played with a velocity of 0..1: 9 dB less for each halving."""
    return FULL_PEAK_DB + 30.0 * float(np.log10(max(velocity, 0.01)))


def high_pass(samples: np.ndarray, rate: float, cutoff_hz: float) -> np.ndarray:
    """Filter out what lies under `cutoff_hz`, 12 dB an octave, zero phase (float64 [n])."""
    n = len(samples)
    size = fast_size(n + round(rate / cutoff_hz))
    ratio = np.fft.rfftfreq(size, 1.0 / rate) / cutoff_hz
    square = ratio * ratio
    return np.fft.irfft(np.fft.rfft(samples, size) * (square / (1.0 + square)), size)[:n]


def coloured_noise(
    frames: int, rate: float, low_hz: float, high_hz: float, rng: np.random.Generator, order: float = 2.0
) -> np.ndarray:
    """Make noise between two corner frequencies, with an RMS of 1.

    Parameters
    ----------
    frames : int
        Length.
    rate : float
        Hz.
    low_hz, high_hz : float
        Corners; 6·order dB an octave outside.
    rng : Generator
        Where chance comes from.
    order : float
        Steepness.

    Returns
    -------
    ndarray of float64, shape [frames]
    """
    noise = band_pass(rng.standard_normal(frames), rate, low_hz, high_hz, order)
    return noise / max(float(np.sqrt(np.mean(noise**2))), 1e-12)


def band_pass(samples: np.ndarray, rate: float, low_hz: float, high_hz: float, order: float = 2.0) -> np.ndarray:
    """Keep a band, zero phase, circular; corners and order as in `coloured_noise` (float64 [n])."""
    size = fast_size(len(samples))
    f = np.fft.rfftfreq(size, 1.0 / rate) + 1e-9
    shape = 1.0 / np.sqrt((1.0 + (low_hz / f) ** (2 * order)) * (1.0 + (f / high_hz) ** (2 * order)))
    return np.fft.irfft(np.fft.rfft(samples, size) * shape, size)[: len(samples)]


def convolve(samples: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Convolve with an impulse response by FFT, keeping the length of `samples` (float64 [n])."""
    size = fast_size(len(samples) + len(response))
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)[: len(samples)]


def fast_size(frames: int) -> int:
    """Give the next length that an FFT likes: 2ᵏ or 3·2ᵏ."""
    power = 1 << max(frames - 1, 1).bit_length()
    return 3 * power // 4 if 3 * power // 4 >= frames else power
