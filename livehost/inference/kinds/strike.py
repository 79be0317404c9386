"""The ear for strokes: what drum was struck, and where, from the first samples behind an onset. No torch.

    [strike]               rate, frames, shapes, size_m and position (lowest and highest that were learnt)
    [inputs], [outputs]    shape of each tensor: sound; size, position, shapes

The input is mono sound at `rate`, of any level and polarity: `frames` samples, the first of them the onset's frame as
livehost's detector gives it. The model brings them to one level itself. An ear that is opened at another rate is given
the same span of time, and resamples it.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.kinds import Kind
from livehost.inference.manifest import SteppedManifest
from livehost.inference.onnx_graph import OnnxGraph
from livehost.inference.ort_python import PROVIDERS

NAME = "strike"
#: What the family is trained on: sample rate in Hz, and samples of a window.
RATE, FRAMES = 48_000, 1024
#: Larger numbers are an accident.
_MOST_FRAMES, _MOST_SHAPES = 1 << 16, 1000


@dataclass(kw_only=True)
class StrikeManifest(SteppedManifest):
    """Manifest of an ear for strokes.

    Attributes
    ----------
    rate : int
        Hz.
    frames : int
        Samples of a window.
    shapes : list of str
        Names of the shapes, in the order of the model's output.
    size_m, position : tuple of float
        Lowest and highest that were learnt: acoustic size in metres, and 0 (centre) to 1 (rim).
    """

    rate: int
    frames: int
    shapes: list[str]
    size_m: tuple[float, float]
    position: tuple[float, float]


@dataclass(frozen=True)
class Strike:
    """What an ear tells of a stroke.

    Attributes
    ----------
    size_m : float
        Diameter of the circle of the drum's area, if waves on it ran at 100 m/s.
    position : float
        Where it was struck: 0 at the centre, 1 at the rim.
    shape : str
        The likeliest.
    probabilities : dict of str to float
        Of every shape.
    """

    size_m: float
    position: float
    shape: str
    probabilities: dict[str, float]


def tensors(frames: int, shapes: int) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Give the shapes of inputs and outputs, by name and in order."""
    return {"sound": (1, frames)}, {"size": (1,), "position": (1,), "shapes": (1, shapes)}


def to_tables(
    shapes: list[str],
    size_m: tuple[float, float],
    position: tuple[float, float],
    rate: int = RATE,
    frames: int = FRAMES,
) -> dict[str, Any]:
    """Put the kind's tables together, as they stand in the manifest."""
    inputs, outputs = tensors(frames, len(shapes))
    about = {
        "rate": rate, "frames": frames, "shapes": list(shapes), "size_m": list(size_m), "position": list(position)
    }  # fmt: skip
    return {"strike": about, "inputs": inputs, "outputs": outputs}


class StrikeEar:
    """Runs a model; not on a real-time thread.

    Parameters
    ----------
    manifest : StrikeManifest
    provider : str
        "cpu" or "cuda".
    rate : float, optional
        Hz, of the sound that it is to hear; the model's where it is left out.

    Attributes
    ----------
    frames : int
        Samples of a window at that rate.

    Raises
    ------
    LivehostError
        Where the model cannot be run, or has other tensors than its manifest says.
    """

    def __init__(self, manifest: StrikeManifest, provider: str = "cpu", rate: float | None = None) -> None:
        self.manifest = manifest
        self._rate = float(rate or manifest.rate)
        self.frames = math.ceil(manifest.frames * self._rate / manifest.rate)
        self._graph = OnnxGraph(manifest.folder / manifest.model, manifest.inputs, manifest.outputs, provider)
        self.hear(np.zeros(self.frames, np.float32))

    def hear(self, samples: np.ndarray) -> Strike:
        """Tell what was struck, and where.

        Parameters
        ----------
        samples : ndarray of float32, shape [frames]
            From the onset's frame on.

        Raises
        ------
        LivehostError
            For another number of samples, or where the model gives numbers that are not finite.
        """
        if samples.shape != (self.frames,):
            raise LivehostError(f"The export {self.manifest.name} hears {self.frames} samples, not {samples.shape}.")
        window = np.asarray(samples, np.float32)
        if self._rate != self.manifest.rate:
            import soxr

            window = soxr.resample(window, self._rate, self.manifest.rate, "HQ")[: self.manifest.frames]
        size, position, shapes = self._graph(window[None])
        if not (np.isfinite(size).all() and np.isfinite(position).all() and np.isfinite(shapes).all()):
            raise LivehostError(f"The export {self.manifest.name} gives numbers that are not finite.")
        likely = {name: float(p) for name, p in zip(self.manifest.shapes, shapes[0], strict=True)}
        return Strike(float(size[0]), float(position[0]), max(likely, key=likely.__getitem__), likely)


class StrikeKind(Kind):
    """Parses, checks and opens exports of ears for strokes; see `Kind`."""

    anew = "livehost train strike && livehost export strike training/strike/best.pt --out exports/NAME"

    def parse(self, header: Any) -> StrikeManifest:
        """Parse the window, the shapes and the tensors."""
        table = header.tables["strike"]
        size_m, position = (tuple(float(value) for value in table[name]) for name in ("size_m", "position"))
        return header.extended(
            StrikeManifest, rate=int(table["rate"]), frames=int(table["frames"]),
            shapes=[str(name) for name in table["shapes"]], size_m=(size_m[0], size_m[-1]),
            position=(position[0], position[-1]),
            inputs={name: tuple(int(n) for n in shape) for name, shape in header.tables["inputs"].items()},
            outputs={name: tuple(int(n) for n in shape) for name, shape in header.tables["outputs"].items()},
        )  # fmt: skip

    def check(self, manifest: StrikeManifest) -> None:
        """Refuse windows and shapes that no ear has, and tensors that do not follow from them."""
        name, shapes = manifest.name, manifest.shapes
        if not (8000 <= manifest.rate <= 192_000 and 0 < manifest.frames <= _MOST_FRAMES):
            raise LivehostError(
                f"The export {name} hears {manifest.frames} samples at {manifest.rate} Hz, as none does."
            )
        if not 0 < len(shapes) <= _MOST_SHAPES or len(set(shapes)) < len(shapes):
            raise LivehostError(f"The export {name} names {len(shapes)} shapes, none of them or one of them twice.")
        if not (
            0 < manifest.size_m[0] <= manifest.size_m[1] and 0 <= manifest.position[0] <= manifest.position[1] <= 1
        ):
            raise LivehostError(f"The export {name} says that it learnt sizes and places that no drum has.")
        inputs, outputs = tensors(manifest.frames, len(shapes))
        difference(f"The manifest of {name}", "input", inputs, manifest.inputs)
        difference(f"The manifest of {name}", "output", outputs, manifest.outputs)

    def open(self, manifest: StrikeManifest, **setup: Any) -> StrikeEar:
        """Make the ear; it hears at any sample rate."""
        provider = setup["provider"] if setup["provider"] in PROVIDERS else "cpu"
        return StrikeEar(manifest, provider, setup["rate"])


KIND = StrikeKind()
