"""A drum: a shape, a size, a skin. `hit` makes the sound of a stroke on it, by modes or by finite differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from livehost.errors import LivehostError
from livehost.synthesis.membranes.eigenmodes import lowest_wavenumber
from livehost.synthesis.membranes.fdtd import grid_of, step_membrane
from livehost.synthesis.membranes.modal import ring
from livehost.synthesis.membranes.outline import AREA
from livehost.synthesis.membranes.shapes import Shape
from livehost.synthesis.membranes.skin import Skin
from livehost.synthesis.membranes.stroke import (
    FULL_IMPULSE,
    Place,
    Stroke,
    force_pulse,
    highest_frequency,
    patch_spectrum,
)

#: Velocity of the skin that is full scale of a rendered sound, m/s.
FULL_SCALE = 40.0
#: Modes this far under the strongest are left out, dB.
FLOOR_DB = -80.0
#: A little above the wavenumber of the lowest mode of the circle, in unit coordinates.
_LOWEST = 4.81
_MOST_MODES = 300_000
METHODS = ("auto", "modal", "fdtd")


@dataclass(frozen=True)
class Drum:
    """A membrane of some shape and size.

    Parameters
    ----------
    shape : Shape
    size_m : float
        Diameter of the circle of its area.
    skin : Skin
    heard : Place
        Where the pick-up is.
    """

    shape: Shape
    size_m: float
    skin: Skin = Skin()  # noqa: RUF009  frozen
    heard: Place = Place(0.75, 0.4)  # noqa: RUF009  frozen

    def __post_init__(self) -> None:
        if not 0.01 <= self.size_m <= 10.0:
            raise LivehostError(f"A drum is 0.01 to 10 m wide, not {self.size_m:g} m.", 2)

    def hertz(self, wavenumber: float) -> float:
        """Give the frequency of a wavenumber in unit coordinates, without losses, Hz."""
        return wavenumber * self.skin.speed / (2.0 * np.pi * self.size_m)

    @property
    def fundamental_hz(self) -> float:
        """Frequency of the lowest mode, Hz."""
        if self.shape.modes is None:
            return self.hertz(lowest_wavenumber(self.shape.outline))
        centre, highest = (0.0, 0.0), _LOWEST  # no membrane has a lower mode than the circle of its area
        while not len(wavenumber := self.shape.modes(highest, centre, centre)[0]):
            highest *= 1.5
        return self.hertz(float(wavenumber.min()))


def hit(
    drum: Drum, stroke: Stroke, seconds: float, rate: float, *, method: str = "auto", floor_db: float = FLOOR_DB
) -> np.ndarray:
    """Strike a drum once: see `hits`; float64 [round(seconds · rate)]."""
    sound: np.ndarray = hits(drum, [stroke], seconds, rate, method=method, floor_db=floor_db)[0]
    return sound


def hits(
    drum: Drum,
    strokes: Sequence[Stroke],
    seconds: float,
    rate: float,
    *,
    method: str = "auto",
    floor_db: float = FLOOR_DB,
) -> np.ndarray:
    """Strike a drum some times, each time from rest.

    Finite differences take as long for many strokes as for one: by reciprocity the drum is struck where the pick-up is,
    and heard wherever it is to be struck. (Rayleigh, The Theory of Sound, § 109.)

    Parameters
    ----------
    drum : Drum
    strokes : sequence of Stroke
    seconds : float
        Length of each sound, which begins with the blow.
    rate : float
        Hz.
    method : {"auto", "modal", "fdtd"}
        "auto": modes where they are known in closed form.
    floor_db : float
        Of modal synthesis: frequencies that the blow excites less than this are left out.

    Returns
    -------
    ndarray of float64, shape [strokes, round(seconds · rate)]
        Velocity of the skin under the pick-up, m/s.

    Raises
    ------
    LivehostError
        For a method that there is not, or not for this shape, and for a grid that cannot be.
    """
    if method not in METHODS:
        raise LivehostError(f"There is no method {method!r}; choose {', '.join(METHODS)}.", 2)
    if method == "modal" and drum.shape.modes is None:
        raise LivehostError(f"The shape {drum.shape.name} has no modes in closed form: take --method fdtd.", 2)
    frames = round(seconds * rate)
    if method == "fdtd" or drum.shape.modes is None:
        impulses = _stepped(drum, strokes, frames, rate)
    else:
        impulses = np.stack([_modal(drum, stroke, frames, rate, floor_db) for stroke in strokes])
    return np.stack([
        fftconvolve(impulse, force_pulse(stroke, rate) / rate)[:frames]
        for impulse, stroke in zip(impulses, strokes, strict=True)
    ])  # fmt: skip


def _stepped(drum: Drum, strokes: Sequence[Stroke], frames: int, rate: float) -> np.ndarray:
    """Step the drum on the finest grid that is stable: what a unit impulse at each place of a blow sounds like."""
    grid, outline = grid_of(drum.shape, drum.size_m, drum.skin, rate), drum.shape.outline
    pickup = grid.around(*outline.at(drum.heard.r, drum.heard.angle))
    places = [
        grid.patch(*outline.at(stroke.place.r, stroke.place.angle), stroke.radius_m / drum.size_m) for stroke in strokes
    ]
    return step_membrane(grid, drum.size_m, drum.skin, rate, pickup, places, np.array([rate]), frames)


def _modal(drum: Drum, stroke: Stroke, frames: int, rate: float, floor_db: float) -> np.ndarray:
    """Sum up the modes: what a unit impulse sounds like."""
    assert drum.shape.modes is not None  # noqa: S101
    outline, size, speed = drum.shape.outline, drum.size_m, drum.skin.speed
    top = min(highest_frequency(stroke, floor_db), 0.45 * rate)
    highest = 2.0 * np.pi * top * size / speed
    if (count := highest**2 * AREA / (4.0 * np.pi)) > _MOST_MODES:  # Weyl's law
        raise LivehostError(
            f"The drum has about {count:,.0f} modes below {top:.0f} Hz, and {_MOST_MODES:,} are the most: make it "
            "smaller, its tension higher, or the contact longer.", 2,
        )  # fmt: skip
    kappa, weight = drum.shape.modes(
        highest,
        outline.at(stroke.place.r, stroke.place.angle), outline.at(drum.heard.r, drum.heard.angle),
    )  # fmt: skip
    wavenumber = kappa / size
    flat, rising = drum.skin.losses
    damping = flat + rising * wavenumber**2
    omega = np.sqrt(np.maximum((speed * wavenumber) ** 2 - damping**2, 1e-6))
    strength = weight * patch_spectrum(wavenumber, stroke.radius_m) / (drum.skin.density * size**2)
    # velocity behind a unit impulse: e^(−dt) (cos ωt − d/ω sin ωt)
    return ring(-damping + 1j * omega, strength * (1.0 + 1j * damping / omega), frames, rate)


def full_scale(sound: np.ndarray) -> np.ndarray:
    """Give a sound in samples, 1 at full scale, from a velocity in m/s: strokes keep their level (float32)."""
    return (sound / FULL_SCALE).astype(np.float32)


def loudest(drum: Drum, stroke: Stroke) -> float:
    """Bound the velocity of the skin, wherever the stroke and the pick-up are, m/s.

    Until the stick leaves, the force has moved a disc of the radius c τ: v ≈ impulse / (T τ²). Of 1,500 drums by
    chance none was above 3.1 times that.
    """
    return 4.0 * stroke.force * FULL_IMPULSE / (drum.skin.tension * stroke.seconds**2)
