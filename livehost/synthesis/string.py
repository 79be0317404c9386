"""Plucked strings: the extended Karplus–Strong string with two polarisations and a body.

A delay line as long as one period, a one-pole loss filter that sets how fast low and high partials die, an allpass that
tunes what is left of the period, the comb of the picking position, and the body's resonances. (Jaffe and Smith,
Computer Music Journal 7(2), 1983; Välimäki, Huopaniemi, Karjalainen and Jánosy, JAES 44(5), 1996.)
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from livehost.rt.native import fast_compiled
from livehost.synthesis.modal import Modes, strike
from livehost.synthesis.sound import coloured_noise, convolve

#: Resonances of bodies: Hz, time to −60 dB in s, level against the string's own sound.
BODIES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "guitar": ((98, 0.22, 0.030), (194, 0.18, 0.026), (241, 0.12, 0.014), (392, 0.10, 0.012), (555, 0.07, 0.010)),
    "harp": ((142, 0.25, 0.020), (205, 0.18, 0.020), (318, 0.12, 0.014), (480, 0.10, 0.010), (760, 0.06, 0.008)),
    "bass": ((61, 0.25, 0.022), (102, 0.20, 0.020), (171, 0.12, 0.010), (260, 0.09, 0.008)),
    "ukulele": ((176, 0.12, 0.030), (287, 0.10, 0.026), (440, 0.07, 0.014), (690, 0.05, 0.012)),
}


@dataclass(frozen=True)
class String:
    """A kind of string and how it is plucked.

    Parameters
    ----------
    body : str
        Key of `BODIES`.
    low_decay_s, high_decay_s : float
        Time to −60 dB of the lowest partial and of one at 5 kHz, for A3 (220 Hz).
    pick : float
        Picking position, 0 (bridge) to 0.5 (middle).
    pick_hz : float
        Brightness of the pick at full velocity: corner of its low-pass.
    noise : float
        0 (a smooth pluck) to 1 (a scratchy one).
    detune : float
        Relative difference between the two polarisations: slow beating.
    """

    body: str
    low_decay_s: float = 4.0
    high_decay_s: float = 0.5
    pick: float = 0.13
    pick_hz: float = 5500.0
    noise: float = 0.4
    detune: float = 0.0007


def loop_filter(string: String, pitch_hz: float, rate: float) -> tuple[float, float]:
    """Design the loss filter g (1 − p) / (1 − p z⁻¹) of the loop.

    Returns
    -------
    gain, pole : float
        So that a partial near 0 Hz and one at 5 kHz die in the string's two decay times.
    """
    scale = (220.0 / pitch_hz) ** 0.5  # thick strings ring longer
    high_hz = min(5000.0, 0.4 * rate)
    low = 10.0 ** (-3.0 / (pitch_hz * string.low_decay_s * scale))
    high = 10.0 ** (-3.0 / (pitch_hz * min(string.high_decay_s, string.low_decay_s) * scale))
    square = min((high / low) ** 2, 1.0 - 1e-9)
    b = (1.0 - square * np.cos(2.0 * np.pi * high_hz / rate)) / (1.0 - square)
    return low, float(b - np.sqrt(b * b - 1.0))


def tuning(pitch_hz: float, rate: float, pole: float) -> tuple[int, float]:
    """Split the rest of a period into whole samples and an allpass coefficient, exact at the fundamental.

    Returns
    -------
    delay : int
        Whole samples.
    coefficient : float
        Of (c + z⁻¹) / (1 + c z⁻¹), whose phase delay lies between 0.3 and 1.3 samples.
    """
    w = 2.0 * np.pi * pitch_hz / rate
    filter_delay = np.arctan2(pole * np.sin(w), 1.0 - pole * np.cos(w)) / w
    rest = rate / pitch_hz - filter_delay
    delay = int(np.floor(rest - 0.3))
    fraction = rest - delay
    return delay, float(np.sin(0.5 * w * (1.0 - fraction)) / np.sin(0.5 * w * (1.0 + fraction)))


def pluck(
    string: String,
    pitch_hz: float,
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    *,
    velocity: float = 1.0,
    damped: float = 1.0,
) -> np.ndarray:
    """Pluck a string.

    Parameters
    ----------
    string : String
        The string.
    pitch_hz : float
        Fundamental.
    seconds : float
        Length.
    rate : float
        Hz.
    rng : Generator
        Chance: the finger's exact place, the noise of the pluck.
    velocity : float
        0..1: level and brightness.
    damped : float
        Decay times are divided by this; 1 rings freely, 8 is a palm on the bridge.

    Returns
    -------
    ndarray of float64, shape [round(seconds · rate)]
    """
    frames = round(seconds * rate)
    high_decay_s = string.high_decay_s / damped
    played = replace(string, low_decay_s=string.low_decay_s / damped, high_decay_s=high_decay_s)
    force = _force(played, pitch_hz, frames, rate, rng, velocity)
    out: np.ndarray = np.zeros(frames)
    # Across the bridge a string loses energy faster than along it: a quick and a slow decay.
    for detune, decay, level in ((0.0, 1.0, 0.55), (string.detune, 0.4, 0.45)):
        polar = replace(played, low_decay_s=played.low_decay_s * decay)
        pitch = pitch_hz * (1.0 + detune)
        gain, pole = loop_filter(polar, pitch, rate)
        delay, coefficient = tuning(pitch, rate, pole)
        _loop(out, force, np.zeros(delay), gain * (1.0 - pole), pole, coefficient, level)
    return out + convolve(out, body_response(string.body, rate))


def _force(
    string: String, pitch_hz: float, frames: int, rate: float, rng: np.random.Generator, velocity: float
) -> np.ndarray:
    """Give what the finger feeds into the loop: one period of pulse and noise, combed by the picking position."""
    period = rate / pitch_hz
    force = np.zeros(frames)
    n = min(round(period), frames)
    corner_hz = max(string.pick_hz * velocity**0.8, 1.5 * pitch_hz)
    width = max(round(0.5 * rate / corner_hz), 2)
    pulse = np.hanning(2 * width + 1)[: min(2 * width + 1, frames)]
    force[: len(pulse)] += (1.0 - string.noise) * pulse / pulse.sum() * np.sqrt(period)
    burst = coloured_noise(n, rate, 0.0, corner_hz, rng) * np.sin(np.pi * (np.arange(n) + 0.5) / n)
    force[:n] += string.noise * 1.2 * burst / np.sqrt(period)
    offset = max(round(period * (string.pick + 0.01 * rng.uniform(-1.0, 1.0))), 1)
    combed = force.copy()
    combed[offset:] -= force[:-offset]
    return combed * velocity


@fast_compiled
def _loop(out, force, line, gain, pole, coefficient, level):
    """Run the string: delay line → loss filter → tuning allpass → back. RT: never."""
    lost = 0.0
    before = 0.0
    tuned = 0.0
    at = 0
    for i in range(out.shape[0]):
        value = line[at]
        out[i] += level * value
        lost = gain * value + pole * lost
        tuned = coefficient * (lost - tuned) + before
        before = lost
        line[at] = force[i] + tuned
        at += 1
        if at == line.shape[0]:
            at = 0


@lru_cache(maxsize=16)
def body_response(body: str, rate: float) -> np.ndarray:
    """Give the impulse response of a body without the string's direct sound (read-only float64 [0.3 s])."""
    frequency, decay_s, level = np.array(BODIES[body]).T
    response = strike(Modes(frequency, 6.91 / decay_s, level * 48000.0 / rate), 0.3, rate, contact_ms=0.0)
    response.flags.writeable = False
    return response
