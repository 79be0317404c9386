"""Sounds and slow, obvious versions of what the kernels do."""

import librosa
import numpy as np

RATES = (8_000, 44_100, 48_000, 96_000)


def tone(hz, rate, seconds=0.3, level=0.5, phase=0.3):
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate + phase)).astype(np.float32)


def noise(size, seed=0, level=0.1):
    return (level * np.random.default_rng(seed).standard_normal(size)).astype(np.float32)


def mixture(rate, seconds=0.25, seed=0):
    """Three partials, a little noise, no DC, a slow swell: a spectrum with a shape that changes."""
    n = round(rate * seconds)
    swell = 0.3 + 0.7 * np.linspace(0, 1, n) ** 2
    partials = sum(tone(f, rate, seconds, a) for f, a in ((311.0, 0.3), (933.0, 0.2), (2504.0, 0.1)))
    return (swell * (partials + noise(n, seed, 0.02))).astype(np.float32)


def frames(samples, frame=1024, hop=128):
    """Rows of samples as the analyzer sees them: row i ends at sample (i + 1) · hop, silence before the first."""
    padded = np.concatenate([np.zeros(frame), np.asarray(samples, float)])
    starts = np.arange(len(samples) // hop)[:, None] * hop + hop
    return padded[starts + np.arange(frame)]


def magnitudes(samples, frame=1024, hop=128):
    """Magnitudes of the bins, [bins, frames], by librosa."""
    padded = np.concatenate([np.zeros(frame - hop), np.asarray(samples, float)])
    return np.abs(librosa.stft(padded, n_fft=frame, hop_length=hop, window="hann", center=False))


def powers(samples, frame=1024, hop=128):
    """Powers whose sum is the mean square of the windowed frame over that of the window; DC counts double."""
    window = np.hanning(frame + 1)[:-1]
    return magnitudes(samples, frame, hop) ** 2 * 2 / (frame * np.sum(window**2))
