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


def heard(rows, frame=1024, hop=128):
    """Samples that the frame of each row holds: it grows in steps, from about one hop to all of it."""
    steps = min(2 ** int(np.log2(frame // hop)), 64)
    ages = np.minimum((np.arange(rows) + 1) * hop, frame)
    return np.maximum(ages * steps // frame, 1) * (frame // steps)


def means(values, frame=1024, hop=128):
    """Mean over what the frame of each row holds."""
    rows = frames(values, frame, hop)
    return np.array([row[-size:].mean() for row, size in zip(rows, heard(len(rows), frame, hop), strict=True)])


def windows(rows, frame=1024, hop=128):
    """The window of each row: it does not fade in until the frame is whole, and falls over its second half."""
    out = np.zeros((rows, frame))
    for row, size in zip(out, heard(rows, frame, hop), strict=True):
        if size == frame:
            row[:] = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frame) / frame)
        else:
            row[-size:] = 1
            row[-(size // 2) :] = 0.5 + 0.5 * np.cos(np.pi * np.arange(size // 2) / (size // 2))
    return out


def magnitudes(samples, frame=1024, hop=128):
    """Magnitudes of the bins, [bins, frames]; librosa's, where frames are whole."""
    rows = frames(samples, frame, hop)
    ours = np.abs(np.fft.rfft(rows * windows(len(rows), frame, hop))).T
    padded = np.concatenate([np.zeros(frame - hop), np.asarray(samples, float)])
    whole = heard(len(rows), frame, hop) == frame
    theirs = np.abs(librosa.stft(padded, n_fft=frame, hop_length=hop, window="hann", center=False))
    np.testing.assert_allclose(ours[:, whole], theirs[:, whole], atol=1e-9)
    return ours


def powers(samples, frame=1024, hop=128):
    """Powers whose sum is the mean square of the windowed frame over that of the window; DC counts double."""
    found = magnitudes(samples, frame, hop)
    return found**2 * 2 / (frame * np.sum(windows(found.shape[1], frame, hop) ** 2, axis=1))
