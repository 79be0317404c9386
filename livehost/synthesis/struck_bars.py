"""Bars, tongues, bells, cymbals and shakers: what is struck and is not a drum."""

from dataclasses import dataclass

import numpy as np

from livehost.synthesis.modal import Modes, strike
from livehost.synthesis.sound import band_pass, coloured_noise

#: βL of the first modes of a bar: free at both ends (cos·cosh = 1), or clamped at one (cos·cosh = −1).
FREE_BAR = np.array([4.730041, 7.853205, 10.995608, 14.137165, 17.278760])
CLAMPED_BAR = np.array([1.875104, 4.694091, 7.854757, 10.995541, 14.137168])
#: Partials of a minor-third church bell, relative to the prime: hum, prime, tierce, quint, nominal, …
BELL = np.array([0.5, 1.0, 1.19, 1.5, 2.0, 2.52, 2.66, 3.0, 4.0, 5.33])


@dataclass(frozen=True)
class Bar:
    """A tuned piece of wood or metal.

    Parameters
    ----------
    ends : {"free", "clamped", "bell"}
        How it is held, which gives its mode shapes.
    ratios : tuple of float
        Overtones of a bar that was carved to tune them (a marimba's 1, 3.9, 9.2, …); empty: those of a plain bar.
    decay_s : float
        Time to −60 dB of the lowest mode at 440 Hz; lower bars ring longer.
    brightness_loss : float
        How much faster each higher mode dies: damping ∝ ratio ** brightness_loss.
    contact_ms : float
        Contact of the mallet at full velocity.
    knock : float
        Level of the mallet's own noise.
    """

    ends: str = "free"
    ratios: tuple[float, ...] = ()
    decay_s: float = 1.0
    brightness_loss: float = 1.2
    contact_ms: float = 0.8
    knock: float = 0.05


def bar_modes(bar: Bar, pitch_hz: float, place: float, rng: np.random.Generator) -> Modes:
    """Give the modes of a bar struck at `place` (0..1 of its length; a bell's rim has no such place)."""
    if bar.ends == "bell":
        ratio = np.repeat(BELL, 2) * np.tile([0.9993, 1.0007], len(BELL))  # each partial is a pair that beats
        weight = rng.uniform(0.5, 1.0, ratio.size) / (0.6 + 0.4 * ratio)
    else:
        beta = CLAMPED_BAR if bar.ends == "clamped" else FREE_BAR
        weight = np.array([_shape(b, place, clamped=bar.ends == "clamped") for b in beta])
        ratio = np.array(bar.ratios) if bar.ratios else (beta / beta[0]) ** 2
        weight = weight[: len(ratio)]
    decay_s = bar.decay_s * (440.0 / pitch_hz) ** 0.6
    return Modes(pitch_hz * ratio, 6.91 / decay_s * np.maximum(ratio, 0.5) ** bar.brightness_loss, weight)


def _shape(beta: float, place: float, *, clamped: bool) -> float:
    """Give the shape of one mode of a bar at a place, scaled to 1 at its free end (Euler–Bernoulli)."""
    x, sign = beta * place, -1.0 if clamped else 1.0
    sigma = (np.cosh(beta) - sign * np.cos(beta)) / (np.sinh(beta) - sign * np.sin(beta))
    value = np.cosh(x) + sign * np.cos(x) - sigma * (np.sinh(x) + sign * np.sin(x))
    return float(value / 2.0)


def tap(
    bar: Bar,
    pitch_hz: float,
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    *,
    velocity: float = 1.0,
    place: float = 0.42,
) -> np.ndarray:
    """Strike a bar or bell with a mallet (float64 [round(seconds · rate)]); parameters as in `bar_modes`."""
    body = strike(bar_modes(bar, pitch_hz, place, rng), seconds, rate, velocity=velocity, contact_ms=bar.contact_ms)
    t = np.arange(len(body)) / rate
    knock = coloured_noise(len(body), rate, 300.0, 3500.0, rng) * np.exp(-t / 0.006) * (1.0 - np.exp(-t / 0.0003))
    return body + bar.knock * velocity * float(np.abs(body).max(initial=0.0)) * knock


def cymbal(
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    *,
    velocity: float = 1.0,
    low_hz: float = 320.0,
    decay_s: float = 2.5,
    sizzle: float = 0.25,
    contact_ms: float = 0.15,
) -> np.ndarray:
    """Strike a thin plate: so many modes, so evenly spread, that only their statistics are heard.

    Parameters
    ----------
    seconds, rate
        Length and Hz.
    rng : Generator
        Gives this cymbal its modes.
    velocity : float
        0..1.
    low_hz : float
        Lowest mode: 100 for a gong, 3,000 for a hi-hat.
    decay_s : float
        Time to −60 dB of the lowest modes.
    sizzle : float
        Level of noise where modes lie too dense to be counted.
    contact_ms : float
        Contact of the stick or beater at full velocity.

    Returns
    -------
    ndarray of float64, shape [round(seconds · rate)]
    """
    frequency = np.sort(low_hz * (15000.0 / low_hz) ** rng.uniform(0.0, 1.0, 160) ** 0.8)
    damping = 6.91 / decay_s * (1.0 + (frequency / 5000.0) ** 1.2)
    amplitude = rng.standard_normal(frequency.size) * (low_hz / frequency) ** 0.25
    plate = strike(Modes(frequency, damping, amplitude), seconds, rate, velocity=velocity, contact_ms=contact_ms)
    t = np.arange(len(plate)) / rate
    hiss = coloured_noise(len(plate), rate, max(low_hz * 4.0, 4000.0), 14000.0, rng) * np.exp(-t * 5.0 / decay_s)
    peak = float(np.abs(plate).max(initial=0.0))
    return (plate + sizzle * velocity * peak * hiss) * (1.0 - np.exp(-t / 0.0006))


def shaker(
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    *,
    velocity: float = 1.0,
    beans: float = 1400.0,
    band_hz: tuple[float, float] = (3000.0, 7500.0),
) -> np.ndarray:
    """Shake once: beans collide at random, as often as the shake's energy lets them (after Cook's PhISEM).

    Parameters
    ----------
    seconds, rate
        Length and Hz.
    rng : Generator
        Every collision.
    velocity : float
        0..1.
    beans : float
        Collisions a second at full energy.
    band_hz : tuple of float
        What the shell lets through.

    Returns
    -------
    ndarray of float64, shape [round(seconds · rate)]
    """
    frames = round(seconds * rate)
    t = np.arange(frames) / rate
    energy = (1.0 - np.exp(-t / 0.012)) * np.exp(-t / (0.035 + 0.02 * velocity))
    hits = rng.uniform(size=frames) < beans / rate
    collisions = hits * rng.exponential(size=frames) * rng.choice([-1.0, 1.0], frames)
    return band_pass(collisions * energy, rate, *band_hz, 1.5) * velocity
