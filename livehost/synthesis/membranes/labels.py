"""Drums and strokes by chance, and the labels of their sounds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from livehost.errors import LivehostError
from livehost.synthesis.membranes.drum import FULL_SCALE, Drum, loudest
from livehost.synthesis.membranes.shapes import SHAPES, make_shape
from livehost.synthesis.membranes.skin import Skin
from livehost.synthesis.membranes.stroke import Place, Stroke

#: Speed of waves to which `acoustic size` refers, m/s: that of a `Skin` by default.
SPEED = Skin().speed


@dataclass(frozen=True)
class Ranges:
    """Between what numbers are drawn: places and angles uniformly, all others uniformly in their logarithms.

    Parameters
    ----------
    shapes : tuple of str
        Keys of `SHAPES`, each as likely as the others.
    size_m : tuple of float
        Acoustic size: the size that would sound the same with waves of 100 m/s.
    speed : tuple of float
        Of waves on the skin, m/s.
    density : tuple of float
        kg/m².
    decay_s : tuple of float
        To −60 dB at 0 Hz.
    decay_1khz_share : tuple of float
        Of `decay_s`, at 1 kHz.
    strike_r, pickup_r : tuple of float
        0 at the centre, 1 at the rim.
    force, width_m, contact_ms : tuple of float
        Of strokes.
    """

    shapes: tuple[str, ...] = tuple(SHAPES)
    size_m: tuple[float, float] = (0.15, 0.75)
    speed: tuple[float, float] = (70.0, 140.0)
    density: tuple[float, float] = (0.15, 0.35)
    decay_s: tuple[float, float] = (0.5, 3.0)
    decay_1khz_share: tuple[float, float] = (0.1, 0.5)
    strike_r: tuple[float, float] = (0.0, 0.9)
    pickup_r: tuple[float, float] = (0.7, 0.8)
    force: tuple[float, float] = (0.1, 1.0)
    width_m: tuple[float, float] = (0.004, 0.015)
    contact_ms: tuple[float, float] = (0.5, 2.5)

    def __post_init__(self) -> None:
        if not self.shapes or (unknown := [name for name in self.shapes if name not in SHAPES]):
            what = f"no shape {unknown[0]!r}" if self.shapes else "no shape given"
            raise LivehostError(f"There is {what}; choose of {', '.join(SHAPES)}.", 2)
        for name, value in asdict(self).items():
            if name != "shapes" and not (len(value) == 2 and np.isfinite(value).all() and value[0] <= value[1]):
                raise LivehostError(f"The range of {name} is not two rising numbers: {value}.", 2)


def random_drum(ranges: Ranges, rng: np.random.Generator) -> Drum:
    """Draw a drum.

    Parameters
    ----------
    ranges : Ranges
    rng : Generator
    """
    shape = make_shape(str(rng.choice(ranges.shapes)), rng)
    size, speed, density, decay, share = (
        _log_uniform(rng, row)
        for row in (ranges.size_m, ranges.speed, ranges.density, ranges.decay_s, ranges.decay_1khz_share)
    )
    skin = Skin(density * speed**2, density, decay, decay * share)
    heard = Place(rng.uniform(*ranges.pickup_r), rng.uniform(0.0, 2.0 * np.pi))
    return Drum(shape, size * speed / SPEED, skin, heard)


def random_stroke(ranges: Ranges, drum: Drum, rng: np.random.Generator) -> Stroke:
    """Draw a stroke on a drum; the force of one that could be beyond full scale is lowered to what is not."""
    place = Place(rng.uniform(*ranges.strike_r), rng.uniform(0.0, 2.0 * np.pi))
    force, width, contact = (_log_uniform(rng, row) for row in (ranges.force, ranges.width_m, ranges.contact_ms))
    stroke = Stroke(place, force, width, contact)
    over = loudest(drum, stroke) / FULL_SCALE
    return replace(stroke, force=force * over ** (-1 / 1.4)) if over > 1.0 else stroke  # it goes as force^1.4


def acoustic_size_m(drum: Drum) -> float:
    """Give the size with which a drum whose waves run at `SPEED` has the same frequencies, m."""
    return drum.size_m * SPEED / drum.skin.speed


def labels_of(drum: Drum, stroke: Stroke) -> Mapping[str, float | str]:
    """Say all about a stroke on a drum, but its fundamental frequency, which may take a while to compute."""
    return {
        "shape": drum.shape.name,
        "aspect": drum.shape.aspect,
        "corners": len(drum.shape.outline.points) if len(drum.shape.outline.points) < 100 else 0,
        "size_m": drum.size_m,
        "acoustic_size_m": acoustic_size_m(drum),
        "strike_r": stroke.place.r,
        "strike_angle": stroke.place.angle,
        "force": stroke.force,
        "width_m": stroke.width_m,
        "contact_ms": stroke.contact_ms,
        "pickup_r": drum.heard.r,
        "pickup_angle": drum.heard.angle,
        "tension": drum.skin.tension,
        "density": drum.skin.density,
        "decay_s": drum.skin.decay_s,
        "decay_1khz_s": drum.skin.decay_1khz_s,
    }


def _log_uniform(rng: np.random.Generator, row: tuple[float, float]) -> float:
    return float(np.exp(rng.uniform(*np.log(row))))
