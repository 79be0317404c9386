"""Where shapes are told right: by the size of the drum, by its aspect, and by when the detector told of the stroke."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import RenderableType

from livehost.inference.kinds.strike import RATE
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.strike.scores import Answers
from livehost.studio.strike.sounds import SHAPES, StrikeSounds, drum_of


@dataclass(frozen=True)
class Cut:
    """By what strokes are told apart.

    Attributes
    ----------
    name : str
        With its unit.
    edges : tuple of float
        Between which strokes are together.
    of : callable
        Strokes, frames of each from the blow to its onset, seed of the drums → number of each stroke.
    shapes : tuple of str
        For which that is asked.
    """

    name: str
    edges: tuple[float, ...]
    of: Callable[[StrikeSounds, np.ndarray, int], np.ndarray]
    shapes: tuple[str, ...] = SHAPES


def _aspects(sounds: StrikeSounds, _late: np.ndarray, seed: int) -> np.ndarray:
    drums, which = np.unique(sounds.drum, return_inverse=True)
    return np.array([drum_of(int(drum), seed)[0].shape.aspect for drum in drums])[which]


#: A circle of the acoustic size s has its lowest mode at 76.5 Hz m / s: 510 Hz at 15 cm, 128 Hz at 60 cm.
CUTS = (
    Cut("size, cm", (15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0), lambda sounds, _late, _seed: 100.0 * sounds.size_m),
    Cut("aspect", (1.0, 1.15, 1.3, 1.6, 2.0, 2.5), _aspects, ("ellipse", "rectangle")),
    Cut("onset behind the blow, ms", (-8.0, 0.0, 1.0, 2.0, 3.0, 8.0), lambda _sounds, late, _seed: 1e3 * late / RATE),
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Strokes on drums of one shape between two edges of a cut.

    Attributes
    ----------
    cut, shape : str
    low, high : float
    strokes, right : int
        How many there are, and of how many the shape was told.
    """

    cut: str
    shape: str
    low: float
    high: float
    strokes: int
    right: int


def parts_of(answers: Answers, sounds: StrikeSounds, late: np.ndarray, seed: int) -> list[Part]:
    """Count what is right within each part of every cut.

    Parameters
    ----------
    answers : Answers
    sounds : StrikeSounds
    late : ndarray of float64, shape [n]
        Frames from the blow to the onset.
    seed : int
        Of the drums.
    """
    right = answers.shape == sounds.shape
    found = []
    for cut in CUTS:
        place = np.digitize(cut.of(sounds, late, seed), cut.edges[1:-1])
        for shape in cut.shapes:
            for number, (low, high) in enumerate(zip(cut.edges, cut.edges[1:], strict=False)):
                which = (sounds.shape == SHAPES.index(shape)) & (place == number)
                found.append(Part(cut.name, shape, low, high, int(which.sum()), int(right[which].sum())))
    return found


def tables_of(parts: Sequence[Part]) -> list[RenderableType]:
    """Make a table of each cut: share of the shapes that are right, %."""
    shown: list[RenderableType] = []
    for cut in dict.fromkeys(part.cut for part in parts):
        by_shape = {
            shape: [part for part in parts if (part.cut, part.shape) == (cut, shape)]
            for shape in dict.fromkeys(part.shape for part in parts if part.cut == cut)
        }
        edges = [(part.low, part.high) for part in next(iter(by_shape.values()))]
        shown.append(make_table(list(by_shape.items()), [
            Column(f"right, by {cut}", lambda row: row[0], left=True),
            *(Column(f"{low:g}–{high:g}", lambda row, k=k: _share(row[1][k])) for k, (low, high) in enumerate(edges)),  # type: ignore[misc]
        ]))  # fmt: skip
    return shown


def _share(part: Part) -> str:
    return f"{100 * part.right / part.strokes:.0f}" if part.strokes else "–"
