"""A blow: where, how hard, how wide, and how long stick and skin touch.

Contact goes by Hertz: the harder a blow, the shorter it lasts (speed to the power −1/5) and the wider it is (2/5).
(Fletcher and Rossing, The Physics of Musical Instruments, 2nd edition, section 19.2; Johnson, Contact Mechanics, 4.2.)
"""

from dataclasses import dataclass

import numpy as np

from livehost.errors import LivehostError

#: Impulse of a blow of full force, N·s.
FULL_IMPULSE = 0.05


@dataclass(frozen=True)
class Place:
    """A point of a membrane, whatever its shape.

    Parameters
    ----------
    r : float
        0 at the centre, 1 at the rim in that direction.
    angle : float
        Direction, radians from the x axis.
    """

    r: float
    angle: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.r < 1.0:
            raise LivehostError(f"A place on a skin is from 0 (centre) to below 1 (rim), not at {self.r:g}.", 2)


@dataclass(frozen=True)
class Stroke:
    """One blow.

    Parameters
    ----------
    place : Place
        Its middle.
    force : float
        Above 0, to 1: its share of the impulse of a full blow.
    width_m : float
        Radius of the contact at full force.
    contact_ms : float
        Length of the contact at full force.
    """

    place: Place
    force: float = 1.0
    width_m: float = 0.008
    contact_ms: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 < self.force <= 1.0:
            raise LivehostError(f"A blow has a force above 0, to 1, not {self.force:g}.", 2)
        if not 0.0 <= self.width_m <= 0.2 or not 0.05 <= self.contact_ms <= 50.0:
            raise LivehostError(
                f"A blow is 0 to 0.2 m wide and touches for 0.05 to 50 ms, not {self.width_m:g} m and "
                f"{self.contact_ms:g} ms.", 2,
            )  # fmt: skip

    @property
    def radius_m(self) -> float:
        """Radius of the contact, at this force."""
        return float(self.width_m * self.force**0.4)

    @property
    def seconds(self) -> float:
        """Length of the contact, at this force."""
        return float(1e-3 * self.contact_ms * self.force**-0.2)


def force_pulse(stroke: Stroke, rate: float) -> np.ndarray:
    """Sample the force of a blow over time: a raised cosine.

    Parameters
    ----------
    stroke : Stroke
    rate : float
        Hz.

    Returns
    -------
    ndarray of float64, shape [n]
        N; its sum over `rate` is the impulse, N·s.
    """
    count = max(round(stroke.seconds * rate), 1)
    shape = 1.0 - np.cos(2.0 * np.pi * (np.arange(count) + 0.5) / count)
    return np.asarray(shape * (stroke.force * FULL_IMPULSE * rate / shape.sum()))


def highest_frequency(stroke: Stroke, floor_db: float) -> float:
    """Give the frequency (Hz) above which a blow leaves less than a level (dB, against 0 Hz).

    The spectrum of a raised cosine falls as 1 / (π (f τ)³).
    """
    return float((10.0 ** (-floor_db / 20.0) / np.pi) ** (1.0 / 3.0) / stroke.seconds)


def patch_spectrum(wavenumber: np.ndarray, radius_m: float) -> np.ndarray:
    """Give what a patch of contact leaves of a mode, against a blow at one point.

    The pressure of a Hertzian contact is √(1 − (r/w)²). Its mean over a mode, which solves ∇²φ = −κ²φ, is φ in the
    middle times 3 (sin x − x cos x) / x³ with x = κw, wherever the patch is inside of the membrane.

    Parameters
    ----------
    wavenumber : ndarray of float64
        κ, 1/m.
    radius_m : float
        w.

    Returns
    -------
    ndarray of float64, shape of `wavenumber`
    """
    x = np.maximum(np.asarray(wavenumber, np.float64) * radius_m, 1e-2)  # below, it is 1 to 1e-5
    return np.asarray(3.0 * (np.sin(x) - x * np.cos(x)) / x**3)
