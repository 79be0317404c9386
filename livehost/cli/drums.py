"""``livehost drums``: drums of any shape, from physics: one sound, a labelled set of sounds, a picture of modes."""

import math
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from livehost.cli.command_line import App
from livehost.errors import LivehostError
from livehost.extras import needs_studio
from livehost.view.console import make_console

drums_app = App("Drums of any shape, from physics: sounds, labelled sets of sounds, pictures of modes.")

_SHAPE = "circle, rectangle, triangle, ellipse, star, l-shape, convex or random."
ShapeName = Annotated[str, typer.Option("--shape", help=_SHAPE)]
Points = Annotated[str | None, typer.Option(help="Corners of a polygon of one's own: “0,0 2,0 2,1”.")]
Aspect = Annotated[float | None, typer.Option(help="Width over height, of a rectangle or an ellipse.")]
Corners = Annotated[int | None, typer.Option(help="Of a polygon by chance; points of a star.")]
Size = Annotated[float, typer.Option("--size", help="Diameter of the circle of its area, m.")]
Tension = Annotated[float, typer.Option(help="N/m.")]
Density = Annotated[float, typer.Option(help="kg/m².")]
Seed = Annotated[int, typer.Option(help="Of every random choice.", min=0)]
Rate = Annotated[int, typer.Option(help="Sample rate, Hz.", min=8000, max=192_000)]


@drums_app.command("render")
@needs_studio("livehost drums render", "scipy", "shapely")
def render(
    output: Annotated[Path, typer.Option("-o", "--output", help="Sound (.wav or .flac) to write.")] = Path("drum.wav"),
    shape: ShapeName = "circle",
    points: Points = None,
    aspect: Aspect = None,
    corners: Corners = None,
    size: Size = 0.35,
    tension: Tension = 2000.0,
    density: Density = 0.2,
    decay: Annotated[float, typer.Option(help="Seconds to −60 dB, of the lowest modes.")] = 2.0,
    decay_1khz: Annotated[float, typer.Option("--decay-1khz", help="The same at 1 kHz.")] = 0.5,
    strike_r: Annotated[float, typer.Option(help="Where it is struck: 0 centre, 1 rim.")] = 0.4,
    strike_angle: Annotated[float, typer.Option(help="In what direction from the centre, degrees.")] = 60.0,
    force: Annotated[float, typer.Option(help="Above 0, to 1: harder is louder and brighter.")] = 1.0,
    width_mm: Annotated[float, typer.Option(help="Radius of the contact of stick and skin.")] = 8.0,
    contact_ms: Annotated[float, typer.Option(help="How long they touch.")] = 1.0,
    pickup_r: Annotated[float, typer.Option(help="Where it is heard: 0 centre, 1 rim.")] = 0.75,
    pickup_angle: Annotated[float, typer.Option(help="In what direction, degrees.")] = 23.0,
    method: Annotated[str, typer.Option(help="auto, modal or fdtd.")] = "auto",
    seconds: Annotated[float, typer.Option(help="Length.", min=0.01, max=60.0)] = 2.0,
    rate: Rate = 48_000,
    seed: Seed = 0,
) -> None:
    """Render one stroke on one drum."""
    from livehost.synthesis.membranes.drum import Drum, full_scale, hit
    from livehost.synthesis.membranes.labelled_set import sound_format, write_sound
    from livehost.synthesis.membranes.skin import Skin
    from livehost.synthesis.membranes.stroke import Place, Stroke

    sound_format(output)
    skin, heard = Skin(tension, density, decay, decay_1khz), Place(pickup_r, math.radians(pickup_angle))
    drum = Drum(_shape(shape, points, aspect, corners, seed), size, skin, heard)
    stroke = Stroke(Place(strike_r, math.radians(strike_angle)), force, 1e-3 * width_mm, contact_ms)
    sound = full_scale(hit(drum, stroke, seconds, rate, method=method))
    try:
        write_sound(output, sound, rate)
    except OSError as error:
        raise LivehostError(f"{output} cannot be written: {error.strerror or error}.") from None
    _wrote(output, f", lowest mode {drum.fundamental_hz:.1f} Hz")


@drums_app.command("set")
@needs_studio("livehost drums set", "scipy", "shapely")
def make_set(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder; one that was begun is gone on with.")],
    count: Annotated[int, typer.Option(help="Sounds.", min=1)] = 1000,
    strokes: Annotated[int, typer.Option(help="Sounds of each drum.", min=1)] = 4,
    shape: Annotated[list[str] | None, typer.Option(help=f"May be repeated; none: all. {_SHAPE}")] = None,
    smallest: Annotated[float, typer.Option(help="Least size, m, at waves of 100 m/s.")] = 0.15,
    largest: Annotated[float, typer.Option(help="Largest.")] = 0.75,
    seconds: Annotated[float, typer.Option(help="Length of each.")] = 1.0,
    rate: Rate = 48_000,
    seed: Seed = 0,
    threads: Annotated[int, typer.Option(help="0: one per core.", min=0)] = 0,
) -> None:
    """Make a folder of sounds by chance, with a CSV that says all about each."""
    from livehost.synthesis.membranes.labelled_set import LABELS, SetSettings
    from livehost.synthesis.membranes.labelled_set import make_set as work
    from livehost.synthesis.membranes.labels import Ranges
    from livehost.view.progress import progress_bar

    shapes: dict[str, Any] = {"shapes": tuple(shape)} if shape else {}
    ranges = Ranges(size_m=(smallest, largest), **shapes)
    settings = SetSettings(count, seed, ranges, strokes, seconds, rate)
    console = make_console()
    with progress_bar(console, "Rendering") as progress:
        made = work(settings, output, progress, threads or os.cpu_count() or 1)
    _wrote(output / LABELS, f": {count} sounds, {made} of them now")


@drums_app.command("picture")
@needs_studio("livehost drums picture", "scipy", "shapely")
def picture(
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (PNG) to write.")] = Path("modes.png"),
    shape: ShapeName = "circle",
    points: Points = None,
    aspect: Aspect = None,
    corners: Corners = None,
    size: Size = 0.35,
    tension: Tension = 2000.0,
    density: Density = 0.2,
    modes: Annotated[int, typer.Option(help="How many.")] = 12,
    seed: Seed = 0,
) -> None:
    """Draw the lowest modes of a drum with their nodal lines, and as Chladni figures."""
    from livehost.synthesis.membranes.drum import Drum
    from livehost.synthesis.membranes.skin import Skin
    from livehost.view.drum_modes import draw_modes

    drum = Drum(_shape(shape, points, aspect, corners, seed), size, Skin(tension, density))
    _wrote(draw_modes(drum, output, modes))


def _shape(name: str, points: str | None, aspect: float | None, corners: int | None, seed: int) -> Any:
    """Make the shape that was asked for."""
    import numpy as np

    from livehost.synthesis.membranes.shapes import make_shape, polygon_shape

    if points is None:
        return make_shape(name, np.random.default_rng(seed), aspect, corners)
    try:
        return polygon_shape([[float(number) for number in pair.split(",")] for pair in points.split()])
    except ValueError:
        raise LivehostError(f"--points takes pairs of numbers, as “0,0 2,0 2,1”, not {points!r}.", 2) from None


def _wrote(path: Path, more: str = "") -> None:
    make_console().print(f"Wrote {path}{more}.", markup=False, highlight=False)
