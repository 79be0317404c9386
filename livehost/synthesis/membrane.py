"""Drums: circular membranes, struck somewhere, in air.

Displacement is a sum of modes Jₙ(jₙₛ r/a) · {cos, sin}(nθ). A blow at one point and an ear at another give each mode
its weight; tension, density and size its frequency; the air its extra mass and damping. (Fletcher and Rossing, The
Physics of Musical Instruments, chapters 3 and 18; Avanzini and Marogna, IEEE TASLP 18, 2010, for the glide.)
"""

from dataclasses import dataclass

import numpy as np

from livehost.synthesis.bessel import bessel_j, bessel_zeros
from livehost.synthesis.modal import Modes, strike
from livehost.synthesis.sound import coloured_noise

#: Speed of sound, m/s, and density of air, kg/m³.
_SOUND_SPEED, _AIR_DENSITY = 343.0, 1.2
_ORDERS, _ZEROS = 16, 12
#: Where the ear (a close microphone) looks at the skin: radius (relative) and angle. Off every node line.
_EAR = (0.55, 0.4)


@dataclass(frozen=True)
class Drum:
    """A drum with one skin.

    Parameters
    ----------
    radius_m : float
        Radius of the skin.
    tension : float
        N/m.
    density : float
        kg/m² (0.26 for a single-ply head).
    loss : float
        Damping that all modes share, 1/s.
    loss_per_khz : float
        Damping that grows with frequency, 1/s per kHz.
    contact_ms : float
        Contact time at full velocity: 0.4 (stick, fingertip) to 5 (felt).
    glide : float
        Tension modulation at full velocity, see `modal.strike`.
    split : float
        Relative detuning of the two modes of each pair: an evenly tuned head has 0, a real one beats.
    noise : float
        Level of the stick's or hand's own noise.
    noise_hz : tuple of float
        Band of that noise.
    wires : float
        Level of snare wires under the drum.
    """

    radius_m: float
    tension: float
    density: float = 0.26
    loss: float = 5.0
    loss_per_khz: float = 14.0
    contact_ms: float = 1.2
    glide: float = 0.08
    split: float = 0.004
    noise: float = 0.06
    noise_hz: tuple[float, float] = (400.0, 5000.0)
    wires: float = 0.0

    @property
    def fundamental_hz(self) -> float:
        """Frequency of the lowest mode with its load of air."""
        return float(modes(self, 0.3, 0.0).frequency[0])


def modes(drum: Drum, strike_radius: float, strike_angle: float) -> Modes:
    """Give the modes of a drum that is struck at a point.

    Parameters
    ----------
    drum : Drum
        The drum.
    strike_radius : float
        0 (centre) to 1 (rim).
    strike_angle : float
        Radians.

    Returns
    -------
    Modes
        [16 · 12 · 2], the (0, 1) mode first. A centre stroke leaves all modes with node diameters silent.
    """
    zeros = bessel_zeros(_ORDERS, _ZEROS)
    ear_radius, ear_angle = _EAR
    frequency, damping, amplitude = [], [], []
    for n in range(_ORDERS):
        k = zeros[n] / drum.radius_m
        # Air moves with the skin: more of it the longer the wave on the skin.
        load = 1.0 + _AIR_DENSITY / (k * drum.density)
        f = np.sqrt(drum.tension / (drum.density * load)) * k / (2.0 * np.pi)
        norm = bessel_j(n + 1, zeros[n]) ** 2 * (1.0 if n == 0 else 0.5)
        weight = bessel_j(n, zeros[n] * strike_radius) * bessel_j(n, zeros[n] * ear_radius) / norm
        # Modes with node diameters radiate badly while the drum is small against the wavelength, and so ring on.
        compact = np.minimum(1.0, 2.0 * np.pi * f * drum.radius_m / _SOUND_SPEED) ** n
        loss = drum.loss * (0.45 + 0.55 * compact) + drum.loss_per_khz * f * 1e-3
        for side, angular in enumerate((np.cos, np.sin)):
            detune = 1.0 + (side - 0.5) * drum.split * (n > 0)
            frequency.append(f * detune)
            damping.append(loss)
            amplitude.append(weight * (0.4 + 0.6 * compact) * angular(n * strike_angle) * angular(n * ear_angle))
    return Modes(np.concatenate(frequency), np.concatenate(damping), np.concatenate(amplitude))


def hit(
    drum: Drum,
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    *,
    radius: float = 0.3,
    velocity: float = 1.0,
    damped: float = 1.0,
) -> np.ndarray:
    """Strike a drum.

    Parameters
    ----------
    drum : Drum
        The drum.
    seconds : float
        Length.
    rate : float
        Hz.
    rng : Generator
        Chance: the angle, a slightly different spot each time, the noise of the blow.
    radius : float
        0 (centre) to 1 (rim).
    velocity : float
        0..1.
    damped : float
        Factor on the damping: 1 rings freely, 4 is a hand left on the skin.

    Returns
    -------
    ndarray of float64, shape [round(seconds · rate)]
        The level follows the velocity; the scale is the drum's own (see `sound.finish`).
    """
    spot = float(np.clip(radius + 0.015 * rng.standard_normal(), 0.0, 0.97))
    struck = modes(drum, spot, rng.uniform(0.0, 2.0 * np.pi))
    struck = Modes(struck.frequency, struck.damping * damped, struck.amplitude)
    options = {"velocity": velocity, "contact_ms": drum.contact_ms}
    skin: np.ndarray = strike(struck, seconds, rate, glide=drum.glide, **options)
    peak = max(float(np.abs(skin).max(initial=0.0)), 1e-9)
    blow = coloured_noise(len(skin), rate, *drum.noise_hz, rng)
    t = np.arange(len(skin)) / rate
    blow *= (1.0 - np.exp(-t / 0.0004)) * np.exp(-t / (0.004 + 0.004 * drum.contact_ms))
    out = skin + drum.noise * velocity**0.7 * peak * blow
    if drum.wires:
        out += _wires(skin / peak, rate, rng) * drum.wires * peak * velocity
    return out


def _wires(skin: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Let snare wires rattle: noise as loud as the skin moves, over the time in which wires come to rest."""
    n = len(skin)
    t = np.arange(n) / rate
    memory = np.exp(-t[: round(0.06 * rate)] / 0.012)
    size = n + len(memory)
    motion = np.fft.irfft(np.fft.rfft(np.abs(skin), size) * np.fft.rfft(memory / memory.sum(), size), size)[:n]
    rattle = coloured_noise(n, rate, 1800.0, 9000.0, rng)
    return rattle * (1.4 * np.clip(motion, 0.0, None) + 0.3 * np.exp(-t / 0.045) * (1.0 - np.exp(-t / 0.002)))
