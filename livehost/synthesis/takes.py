"""Takes with known onsets: what a detector is measured on, and how it is scored.

One-shots of several sets stand at known frames of a take, with noise, a reverberant tail and any level. Every
one-shot starts to sound at its first sample, so the truth is exact to the sample.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livehost.errors import LivehostError

Sound = NDArray[np.float32]
Maker = Callable[[np.random.Generator, float], Sound]


def _time(rate: float, seconds: float) -> NDArray[np.float64]:
    return np.arange(int(rate * seconds)) / rate


def _noise(rng: np.random.Generator, rate: float, size: int, low_hz: float, high_hz: float) -> NDArray[np.float64]:
    """Band-limited white noise, RMS 1."""
    spectrum = np.fft.rfft(rng.standard_normal(size))
    hz = np.fft.rfftfreq(size, 1 / rate)
    spectrum[(hz < low_hz) | (hz > min(high_hz, 0.45 * rate))] = 0
    sound = np.fft.irfft(spectrum, size)
    return sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9)


def _finish(sound: NDArray[np.float64], rate: float) -> Sound:
    """Peak 1, and an end without a click."""
    fade = min(sound.size, int(0.02 * rate))
    sound[sound.size - fade :] *= np.linspace(1, 0, fade)
    return (sound / np.abs(sound).max()).astype(np.float32)


def kick(rng: np.random.Generator, rate: float) -> Sound:
    """Bass drum: a falling sine behind a short beater noise."""
    t = _time(rate, 0.35)
    low, high = rng.uniform(42, 65), rng.uniform(120, 260)
    phase = 2 * np.pi * (low * t + (high - low) * 0.03 * (1 - np.exp(-t / 0.03)))
    body = np.sin(phase + 0.3) * np.exp(-t / rng.uniform(0.06, 0.14))
    beater = _noise(rng, rate, t.size, 500, 5000) * np.exp(-t / 0.004)
    return _finish(body + rng.uniform(0.05, 0.3) * beater, rate)


def snare(rng: np.random.Generator, rate: float) -> Sound:
    """Snare drum: two modes and the wires."""
    t = _time(rate, 0.3)
    f0 = rng.uniform(160, 240)
    modes = np.sin(2 * np.pi * f0 * t) + 0.6 * np.sin(2 * np.pi * 1.59 * f0 * t)
    wires = _noise(rng, rate, t.size, 900, 12000) * np.exp(-t / rng.uniform(0.04, 0.1))
    return _finish(0.5 * modes * np.exp(-t / 0.05) + 0.5 * wires, rate)


def hat(rng: np.random.Generator, rate: float) -> Sound:
    """Hi-hat, closed or half open."""
    t = _time(rate, 0.25)
    metal = _noise(rng, rate, t.size, min(rng.uniform(4000, 7000), 0.25 * rate), 16000)
    return _finish(metal * np.exp(-t / rng.uniform(0.012, 0.06)), rate)


def tom(rng: np.random.Generator, rate: float) -> Sound:
    """Tom: the first modes of a circular membrane."""
    t = _time(rate, 0.5)
    f0 = rng.uniform(80, 190)
    sound = np.zeros(t.size)
    for ratio, gain in ((1.0, 1.0), (1.594, 0.5), (2.136, 0.3), (2.296, 0.25), (2.653, 0.2)):
        sound += gain * np.sin(2 * np.pi * f0 * ratio * t + 0.2) * np.exp(-t * ratio / rng.uniform(0.09, 0.18))
    return _finish(sound + 0.2 * _noise(rng, rate, t.size, 300, 6000) * np.exp(-t / 0.006), rate)


def pluck(rng: np.random.Generator, rate: float) -> Sound:
    """Plucked string, in modes: amplitudes of a pluck at one point, higher modes decaying faster, slightly stiff."""
    t = _time(rate, rng.uniform(0.8, 2.0))
    f0, point, decay = rng.uniform(82, 500), rng.uniform(0.08, 0.35), rng.uniform(0.3, 0.9)
    sound = np.zeros(t.size)
    for n in range(1, 25):
        hz = n * f0 * np.sqrt(1 + 1e-4 * n * n)
        if hz < min(8000.0, 0.45 * rate):
            sound += np.sin(n * np.pi * point) / n * np.sin(2 * np.pi * hz * t) * np.exp(-t * (1 + 0.15 * n) / decay)
    return _finish(sound + 0.02 * _noise(rng, rate, t.size, 800, 6000) * np.exp(-t / 0.005), rate)


def blip(rng: np.random.Generator, rate: float) -> Sound:
    """Tonal blip with a soft edge of a few ms, and sometimes a detuned second voice that beats."""
    t = _time(rate, rng.uniform(0.3, 1.2))
    f0, decay = 2 ** rng.uniform(np.log2(150), np.log2(1500)), rng.uniform(0.08, 0.4)
    tone = np.sin(2 * np.pi * f0 * t) + rng.uniform(0, 0.4) * np.sin(4 * np.pi * f0 * t)
    tone += rng.uniform(0, 0.5) * np.sin(2 * np.pi * (f0 + rng.uniform(2, 8)) * t)
    return _finish(tone * np.minimum(t / rng.uniform(0.001, 0.005), 1) * np.exp(-t / decay), rate)


def pad(rng: np.random.Generator, rate: float) -> Sound:
    """Chord of partials that takes 20 to 60 ms to come in."""
    t = _time(rate, rng.uniform(0.6, 1.5))
    f0, sound = rng.uniform(110, 400), np.zeros(t.size)
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0, 4.0):
        sound += np.sin(2 * np.pi * f0 * ratio * t + rng.uniform(0, 6)) / ratio
    attack = np.minimum(t / rng.uniform(0.02, 0.06), 1) ** 1.5
    return _finish(sound * attack * np.exp(-t / rng.uniform(0.3, 0.8)), rate)


_DRUMS: tuple[Maker, ...] = (kick, snare, hat, hat, tom)

#: Set of one-shots: (makers, shortest and longest time between two onsets in seconds).
KINDS: dict[str, tuple[tuple[Maker, ...], tuple[float, float]]] = {
    "drums": (_DRUMS, (0.07, 0.5)),
    "plucks": ((pluck,), (0.09, 0.7)),
    "blips": ((blip,), (0.09, 0.7)),
    "pads": ((pad,), (0.4, 1.2)),
    "mixed": ((*_DRUMS, pluck, pluck, blip), (0.08, 0.6)),
}
#: The sets whose attacks are sharp: what latency is measured on.
PERCUSSIVE = ("drums", "plucks")


def reverberate(samples: Sound, rate: float, amount: float, rng: np.random.Generator) -> Sound:
    """Add the tail of a room: noise that dies in 0.3 + 1.2 × `amount` s (T60), its energy `amount` × the sound's.

    The direct sound stays where it is. RT: never
    """
    if amount <= 0:
        return samples
    t60 = 0.3 + 1.2 * amount
    t = _time(rate, t60)
    tail = rng.standard_normal(t.size) * 10 ** (-3 * t / t60) * (t > 0.005)
    tail *= np.sqrt(amount / np.sum(tail**2))
    size = 1 << int(np.ceil(np.log2(samples.size + tail.size)))
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: samples.size]
    return (samples + wet).astype(np.float32)


def place(sounds: list[Sound], frames: ArrayLike, gains: ArrayLike, size: int) -> Sound:
    """Mix `sounds[i]` at `frames[i]` with the linear gain `gains[i]` into `size` frames. RT: never."""
    mix = np.zeros(size, np.float64)
    for sound, frame, gain in zip(sounds, np.asarray(frames), np.asarray(gains), strict=True):
        part = sound[: size - frame]
        mix[frame : frame + part.size] += gain * part
    return mix.astype(np.float32)


def onset_times(rng: np.random.Generator, rate: float, seconds: float, shortest: float, longest: float) -> list[int]:
    """Draw frames of onsets whose distances are log-uniform between two times in seconds. RT: never."""
    frames, now = [], rng.uniform(0.1, 0.2)
    while now < seconds - 0.15:
        frames.append(int(now * rate))
        now += float(np.exp(rng.uniform(np.log(shortest), np.log(longest))))
    return frames


def make_take(
    seed: int,
    rate: float = 48000.0,
    seconds: float = 10.0,
    kind: str = "drums",
    level_db: float = -6.0,
    noise_db: float | None = None,
    reverb: float = 0.0,
) -> tuple[Sound, NDArray[np.int64]]:
    """Make a take with known onsets.

    Parameters
    ----------
    seed : int
        Same seed, same take.
    rate, seconds : float
        Sample rate in Hz and length.
    kind : str
        One of `KINDS`.
    level_db : float
        Peak of the take without its noise, dBFS. Notes lie up to 12 dB below one another.
    noise_db : float or None
        RMS of the noise floor in dBFS.
    reverb : float
        0 to 1: energy of the room's tail against the direct sound; see `reverberate`.

    Returns
    -------
    samples : float32 [frames]
    onset_frames : int64 [onsets]
        First sample of each one-shot.

    Raises
    ------
    LivehostError
        Unknown kind.

    RT: never
    """
    if kind not in KINDS:
        raise LivehostError(f"There is no kind of take called “{kind}”; there are {', '.join(KINDS)}.", 2)
    rng = np.random.default_rng([seed, *kind.encode()])
    makers, (shortest, longest) = KINDS[kind]
    frames = onset_times(rng, rate, seconds, shortest, longest)
    sounds = [makers[rng.integers(len(makers))](rng, rate) for _ in frames]
    take = place(sounds, frames, 10 ** (-rng.uniform(0, 12, len(frames)) / 20), int(seconds * rate))
    take = reverberate(take, rate, reverb, rng)
    take = take * np.float32(10 ** (level_db / 20) / max(float(np.abs(take).max()), 1e-9))
    if noise_db is not None:
        hiss = _noise(rng, rate, take.size, 0, rate) + _noise(rng, rate, take.size, 30, 300)
        take = take + (10 ** (noise_db / 20) / np.sqrt(2) * hiss).astype(np.float32)
    return take.astype(np.float32), np.array(frames, np.int64)


@dataclass(frozen=True)
class Score:
    """How well detected onsets fit the truth; delays are reported frame − true frame, in ms."""

    f1: float
    precision: float
    recall: float
    median_delay_ms: float
    p99_delay_ms: float
    hits: int
    extra: int
    missed: int


def match(detected: ArrayLike, truth: ArrayLike, tolerance: float) -> list[tuple[int, int]]:
    """Pair two sorted series one to one, in order, each pair at most `tolerance` apart: (index detected, index truth).

    Walking both in order with the earliest partner gives the largest number of pairs. RT: never
    """
    a, b, pairs, i, j = np.asarray(detected), np.asarray(truth), [], 0, 0
    while i < a.size and j < b.size:
        if abs(a[i] - b[j]) <= tolerance:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return pairs


def score(
    detected: ArrayLike, truth: ArrayLike, rate: float, tolerance_ms: float = 25.0, reported: ArrayLike | None = None
) -> Score:
    """Score detected onset frames against true ones.

    Parameters
    ----------
    detected, truth : int [n], int [m]
        Frames, ascending.
    rate : float
        Hz.
    tolerance_ms : float
        A pair may be this far apart.
    reported : int [n], optional
        Frame at which each detection was known; the delays are measured from it (else from `detected`).

    Returns
    -------
    Score

    RT: never
    """
    detected, truth = np.asarray(detected, np.int64), np.asarray(truth, np.int64)
    pairs = match(detected, truth, tolerance_ms * rate / 1000)
    known = detected if reported is None else np.asarray(reported, np.int64)
    delays = np.array([known[i] - truth[j] for i, j in pairs]) * 1000 / rate if pairs else np.array([np.nan])
    hits = len(pairs)
    precision, recall = hits / max(detected.size, 1), hits / max(truth.size, 1)
    f1 = 2 * hits / max(detected.size + truth.size, 1)
    median, p99 = float(np.median(delays)), float(np.percentile(delays, 99))
    return Score(f1, precision, recall, median, p99, hits, detected.size - hits, truth.size - hits)
