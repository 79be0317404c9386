"""What a membrane is made of: tension, density and losses."""

from dataclasses import dataclass

import numpy as np

from livehost.errors import LivehostError

#: Neper for 60 dB.
_T60 = float(np.log(1000.0))


@dataclass(frozen=True)
class Skin:
    """Material of a membrane.

    Every mode decays at the rate σ₀ + σ₁ (2πf / c)², the loss that the finite differences have, too.

    Parameters
    ----------
    tension : float
        N/m.
    density : float
        kg/m².
    decay_s : float
        Time to −60 dB at 0 Hz.
    decay_1khz_s : float
        The same at 1 kHz; not longer than `decay_s`.

    Raises
    ------
    LivehostError
        For a number that no skin has.

    References
    ----------
    Bilbao, Numerical Sound Synthesis, 2009, chapters 7.3 and 11.3.
    """

    tension: float = 2000.0
    density: float = 0.2
    decay_s: float = 2.0
    decay_1khz_s: float = 0.5

    def __post_init__(self) -> None:
        for what, value in (
            ("tension", self.tension), ("density", self.density), ("decay", self.decay_s),
            ("decay at 1 kHz", self.decay_1khz_s),
        ):  # fmt: skip
            if not (np.isfinite(value) and value > 0):
                raise LivehostError(f"The {what} of a skin is a number above 0, not {value:g}.", 2)
        if self.decay_1khz_s > self.decay_s:
            raise LivehostError(
                f"A skin does not ring longer at 1 kHz ({self.decay_1khz_s:g} s) than below ({self.decay_s:g} s).", 2
            )

    @property
    def speed(self) -> float:
        """Speed of waves c, m/s."""
        return float(np.sqrt(self.tension / self.density))

    @property
    def losses(self) -> tuple[float, float]:
        """Losses σ₀ (1/s) and σ₁ (m²/s)."""
        flat = _T60 / self.decay_s
        return flat, (_T60 / self.decay_1khz_s - flat) * (self.speed / (2000.0 * np.pi)) ** 2
