"""What is asked for: from which sounds, with which model, how many, and near which of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError

#: Most sounds that are grown at once, and farthest that they may be from what they come from.
MOST, FARTHEST = 10_000, 1.0


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order for sounds.

    Parameters
    ----------
    samples : Path
        Folder of the sounds that they come from.
    model : str
        Export, or its name.
    out : Path
        Folder to be written.
    count : int
    like : tuple of str
        Items that they come from, in turn; none: all.
    between : tuple of str
        Two or more items, in whose middle they lie; none: they lie near one item each.
    free : bool
        They come from no item: the model's prior alone.
    spread : float
        How far from there they may be: 0 is the model's own rendering of it, 1 as far as its prior goes.
    vocoder : str
        Export that makes sound of the model's mels, or its name, or griffin-lim; none: the shipped one.
    seed : int
    slice_onsets : bool
        Sounds of the folder that are longer than a second are cut at their onsets.
    originals : bool
        The folder's own sounds stand in the new bank, too.

    Raises
    ------
    LivehostError
        For what contradicts itself.
    """

    samples: Path
    model: str
    out: Path
    count: int = 200
    like: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    free: bool = False
    spread: float = 0.5
    vocoder: str = ""
    seed: int = 0
    slice_onsets: bool = False
    originals: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST:
            raise LivehostError(f"A bank grows by 1 to {MOST:,} sounds, not by {self.count:,}.", 2)
        if not 0 <= self.spread <= FARTHEST:
            raise LivehostError(f"A spread is a number from 0 to {FARTHEST:g}, not {self.spread:g}.", 2)
        if bool(self.like) + bool(self.between) + self.free > 1:
            raise LivehostError("Sounds are like some, between some, or free: give one of the three.", 2)
        if len(self.between) == 1:
            raise LivehostError("Between which sounds? --between takes two or more.", 2)
        samples, out = self.samples.expanduser().resolve(), self.out.expanduser().resolve()
        if out == samples or samples in out.parents:
            raise LivehostError(f"{self.out} lies in the folder that it grows from: give one that does not.", 2)

    @property
    def way(self) -> str:
        """How they are made, in words."""
        if self.free:
            return "by the prior alone"
        spread = f"at a spread of {self.spread:g}"
        if self.between:
            return f"between {' and '.join(self.between)}, {spread}"
        return f"near {', '.join(self.like) if self.like else 'each of its sounds'}, {spread}"

    def terms(self) -> dict[str, Any]:
        """Give what decides which sounds come out, besides bank and model."""
        return {
            "like": list(self.like), "between": list(self.between), "free": self.free, "spread": self.spread,
            "seed": self.seed, "slice": self.slice_onsets,
        }  # fmt: skip
