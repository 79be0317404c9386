"""Wide stereo sounds: long ones, whose left and right side have a known correlation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from livehost.synthesis.sound import coloured_noise, fade_window

Side = NDArray[np.float64]
#: Draws a sound twice: same notes, same shape, other phases and other noise.
Maker = Callable[[np.random.Generator, float, float], tuple[Side, Side]]

#: Shortest and longest sound (s), least and most correlation between its sides.
SECONDS, CORRELATION = (0.5, 8.0), (0.1, 0.7)
_PEAK = 0.5


def chorus(rng: np.random.Generator, rate: float, seconds: float) -> tuple[Side, Side]:
    """Chord of detuned voices that comes in within 5 to 200 ms and waxes and wanes."""
    t = np.arange(round(seconds * rate)) / rate
    f0, attack_s, waver_hz = rng.uniform(80, 330), rng.uniform(0.005, 0.2), rng.uniform(0.3, 3)
    shape = np.minimum(t / attack_s, 1) * np.exp(-t / (0.6 * seconds)) * (1 + 0.3 * np.sin(2 * np.pi * waver_hz * t))
    sides = np.zeros((2, t.size))
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0):
        for voice in range(4):
            hz, phase = ratio * f0 * (1 + rng.normal(0, 0.003)), rng.uniform(0, 2 * np.pi)
            sides[voice // 2] += np.sin(2 * np.pi * hz * t + phase) / ratio
    return shape * sides[0], shape * sides[1]


def wash(rng: np.random.Generator, rate: float, seconds: float) -> tuple[Side, Side]:
    """Noise of one colour that swells and dies."""
    frames = round(seconds * rate)
    t, low_hz = np.arange(frames) / frames, rng.uniform(80, 1500)
    top = rng.uniform(0.02, 0.5)
    shape = np.minimum(t / top, 1) ** 1.5 * np.minimum((1 - t) / (1 - top), 1) ** 2
    high_hz = low_hz * rng.uniform(3, 12)
    one, other = (shape * coloured_noise(frames, rate, low_hz, high_hz, rng, order=1.5) for _ in range(2))
    return one, other


def chimes(rng: np.random.Generator, rate: float, seconds: float) -> tuple[Side, Side]:
    """Soft bells that ring into one another, struck again and again."""
    frames = round(seconds * rate)
    one, other, at = np.zeros(frames), np.zeros(frames), 0
    while at < frames - 0.1 * rate:
        t = np.arange(frames - at) / rate
        hz, decay_s, velocity = rng.uniform(300, 1800), rng.uniform(0.2, 0.9), rng.uniform(0.3, 1)
        for ratio, gain in ((1.0, 1.0), (2.76, 0.4), (5.4, 0.2)):
            shape = gain * velocity * np.minimum(t / 0.004, 1) * np.exp(-t * ratio / decay_s)
            one[at:] += shape * np.sin(2 * np.pi * ratio * hz * t)
            other[at:] += shape * np.sin(2 * np.pi * 1.002 * ratio * hz * t + rng.uniform(0, 2 * np.pi))
        at += round(rng.uniform(0.15, 0.6) * rate)
    return one, other


def crash(rng: np.random.Generator, rate: float, seconds: float) -> tuple[Side, Side]:
    """Sharp stroke with a long tail of noise."""
    frames = round(seconds * rate)
    t, low_hz = np.arange(frames) / rate, rng.uniform(100, 2500)
    shape = np.exp(-t / (0.03 + 0.02 * seconds)) + 0.3 * np.exp(-t / (0.25 * seconds))
    one, other = (shape * coloured_noise(frames, rate, low_hz, 9000, rng, order=1.0) for _ in range(2))
    return one, other


def ping_pong(rng: np.random.Generator, rate: float, seconds: float) -> tuple[Side, Side]:
    """Dry strokes that go from side to side, quieter and quieter."""
    frames, step_s = round(seconds * rate), rng.uniform(0.09, 0.2)
    sides = np.zeros((2, frames))
    for k, at in enumerate(range(0, frames - round(0.05 * rate), round(step_s * rate))):
        t = np.arange(min(frames - at, round(0.08 * rate))) / rate
        low_hz = rng.uniform(150, 2000)
        stroke = np.exp(-t / 0.015) * coloured_noise(t.size, rate, low_hz, 4 * low_hz, rng, order=1.0)
        sides[k % 2, at : at + t.size] += 0.85**k * stroke / np.abs(stroke).max()
    return sides[0], sides[1]


_MAKERS: tuple[Maker, ...] = (chorus, wash, chimes, crash, ping_pong)


def spread(one: Side, other: Side, correlation: float) -> NDArray[np.float64]:
    """Make two sides of equal energy and exactly this correlation from two sounds, float64 [frames, 2]."""
    other = other - one * (one @ other) / (one @ one)
    mid, side = one / np.sqrt(one @ one), other / np.sqrt(other @ other)
    half = 0.5 * np.arccos(correlation)
    left, right = np.cos(half) * mid + np.sin(half) * side, np.cos(half) * mid - np.sin(half) * side
    return np.stack([left, right], axis=1)


def wide_sounds(rate: float, count: int = 12, seed: int = 1) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Make sounds of `SECONDS` and `CORRELATION`, both spread evenly over the bank.

    Parameters
    ----------
    rate : float
        Hz.
    count : int
        Sounds, at least 2.
    seed : int
        Same seed, same sounds.

    Yields
    ------
    name : str
    sound : float32 [frames, 2]
        Peak 0.5.

    RT: never
    """
    rng = np.random.default_rng(seed)
    seconds = np.geomspace(*SECONDS, count)
    correlations = rng.permutation(np.linspace(*CORRELATION, count))
    for k in range(count):
        make = _MAKERS[k % len(_MAKERS)]
        one, other = make(rng, rate, float(seconds[k]))
        window = fade_window(one.size, rate, 0.3, 40.0)
        sound = spread(one * window, other * window, float(correlations[k]))
        yield f"{make.__name__}-{k:02d}", (_PEAK * sound / np.abs(sound).max()).astype(np.float32)


def write_wide_bank(folder: Path, rate: int, count: int = 12, seed: int = 1) -> Path:
    """Write a bank of `wide_sounds`; the folder. RT: never."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sound in wide_sounds(rate, count, seed):
        soundfile.write(folder / f"{name}.wav", sound, rate, "PCM_24")
    return folder
