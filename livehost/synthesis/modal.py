"""Modal synthesis: anything struck is a sum of decaying sines."""

from dataclasses import dataclass

import numpy as np

from livehost.rt.native import fast_compiled

#: A mode is over when it is this far (linear) under the loudest one.
_SILENCE = 1e-5


@dataclass(frozen=True)
class Modes:
    """Modes of a body, struck and heard at two points.

    Parameters
    ----------
    frequency : ndarray of float64, shape [m]
        Hz.
    damping : ndarray of float64, shape [m]
        Decay rates, 1/s; the time to −60 dB is 6.91 / damping.
    amplitude : ndarray of float64, shape [m]
        Signed, for an ideally short blow.
    """

    frequency: np.ndarray
    damping: np.ndarray
    amplitude: np.ndarray

    def scaled(self, gain: np.ndarray | float) -> "Modes":
        """Give the same modes with their amplitudes multiplied."""
        return Modes(self.frequency, self.damping, self.amplitude * gain)


def contact_spectrum(frequency: np.ndarray, contact_ms: float) -> np.ndarray:
    """Give how much of a blow reaches each frequency when stick and skin touch for a while.

    The force is half a period of a sine; its spectrum falls 12 dB an octave above 1 / contact time.

    Parameters
    ----------
    frequency : ndarray of float64
        Hz.
    contact_ms : float
        Length of the contact.

    Returns
    -------
    ndarray of float64
        Magnitudes, 1 at 0 Hz.

    References
    ----------
    Fletcher and Rossing, The Physics of Musical Instruments, 2nd edition, section 20.2.
    """
    x = 2.0 * frequency * contact_ms * 1e-3
    regular = np.where(np.abs(x - 1.0) < 1e-6, 2.0, x)  # at x = 1 the quotient tends to π/4
    exact = np.where(regular == x, np.abs(np.cos(0.5 * np.pi * regular) / (1.0 - regular**2)), 0.25 * np.pi)
    # A real blow is no perfect half-sine: its spectrum has no zeros.
    return np.maximum(exact, 0.35 / (1.0 + x**2))


def strike(
    modes: Modes,
    seconds: float,
    rate: float,
    *,
    velocity: float = 1.0,
    contact_ms: float = 1.0,
    glide: float = 0.0,
    glide_ms: float = 60.0,
) -> np.ndarray:
    """Strike a body once.

    Parameters
    ----------
    modes : Modes
        What is struck.
    seconds : float
        Length.
    rate : float
        Hz; modes above 0.45 · rate are left out.
    velocity : float
        0..1: level, and brightness by a shorter contact.
    contact_ms : float
        Contact at full velocity.
    glide : float
        Tension modulation: a hard blow stretches the skin, every mode starts sharp by about `glide`/2 (relative)
        and sinks back as the energy leaves.
    glide_ms : float
        Time constant of that.

    Returns
    -------
    ndarray of float64, shape [round(seconds · rate)]
    """
    frames = round(seconds * rate)
    heard = modes.frequency < 0.45 * rate
    frequency = modes.frequency[heard]
    amplitude = modes.amplitude[heard] * contact_spectrum(frequency, contact_ms * velocity**-0.4) * velocity
    stretch = glide * velocity**2 * np.exp(-np.arange(frames) / (rate * glide_ms * 1e-3))
    out = np.zeros(frames)
    warped = np.concatenate(([0.0], np.cumsum(np.sqrt(1.0 + stretch[:-1])))) if frames else out
    if amplitude.size:
        floor = _SILENCE * float(np.abs(amplitude).max())
        _ring(out, frequency / rate, np.exp(-modes.damping[heard] / rate), amplitude, warped, floor)
    return out


@fast_compiled
def _ring(out, frequency, decay, amplitude, warped, floor):
    """Add the modes; frequencies in cycles a sample, decay a sample, time already warped. RT: never."""
    for m in range(frequency.shape[0]):
        level = amplitude[m]
        for i in range(out.shape[0]):
            if abs(level) < floor:
                break
            out[i] += level * np.sin(2.0 * np.pi * frequency[m] * warped[i])
            level *= decay[m]
