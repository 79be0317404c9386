"""What a bank is: one block of float32 sound, a table of items, a table of sources, features per item."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

#: Version of everything below and of how it is computed; a new number builds every bank afresh.
FORMAT = 2

#: Zeros before the first and after every item, so that an interpolator may read a little past either end.
GUARD_SAMPLES = 16

#: One playable sound. Stereo is interleaved, left first.
ITEM = np.dtype(
    [
        ("offset", "i8"),  # first sample in the block, a multiple of 16 (a cache line)
        ("frames", "i8"),
        ("channels", "i4"),  # 1 or 2
        ("source", "i4"),  # row in the table of sources
        ("successor", "i4"),  # the next item of the same source, -1 after the last
        ("onset", "i8"),  # where the attack stands, frames into the item
        ("gain", "f4"),  # linear, matches loudness; 1 where that is off
        ("root", "f4"),  # MIDI pitch, nan where there is none
        ("loudness_db", "f4"),  # loudest 100 ms, K-weighted, before the gain
    ],
    align=True,
)

#: One file that gave at least one item.
SOURCE = np.dtype(
    [
        ("rate", "i4"),  # as recorded, Hz
        ("channels", "i4"),
        ("frames", "i8"),
        ("bytes", "i8"),
        ("digest", "S64"),  # sha256 of the file, hex
    ]
)


@dataclass(frozen=True)
class BankRecipe:
    """How a bank is prepared; see `livehost.bank.load.open_bank`.

    `features` is the schema of the features, `onsets` names the detector that cut the slices (empty without slicing).
    """

    rate: int
    slice_onsets: bool
    match_loudness: bool
    features: str
    onsets: str
    format: int = FORMAT

    def text(self) -> str:
        """Write it out, the same for the same recipe."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(eq=False)
class Bank:
    """A folder of sounds, ready to play.

    Attributes
    ----------
    directory : Path
        The folder it was made from.
    rate : int
        Engine rate in Hz; every item has it.
    hash : str
        Digest of the sounds' content and of how they were prepared; the same sounds in another folder have the same.
    items : numpy.ndarray
        `ITEM` records, in natural order of the files' relative paths.
    block : numpy.ndarray
        Float32 [samples], usually mapped read-only from the cache; `GUARD_SAMPLES` zeros around every item.
    features : numpy.ndarray
        Float32 [items, SEGMENT_SIZE], of what sounds: under the item's gain.
    cuts : numpy.ndarray, optional
        Float32 [items, len(measure.CUT_ROWS), SEGMENT_SIZE]: the same of each item's first rows alone.
    names : list of str
        Relative path of each item, `path#k` (k from 1) for slices; always printable.
    sources : numpy.ndarray
        `SOURCE` records.
    source_names : list of str
        Relative path of each source, in the file system's own spelling.
    skipped : list of (str, str)
        Files that were left out, and why.
    notes : list of str
        What a person should know, such as that the bank could not be cached.
    companions : int
        Files beside the sounds that nobody takes for sounds, such as texts and pictures.
    cached : bool
        Whether this bank came from the cache or stands there now.
    """

    directory: Path
    rate: int
    hash: str
    items: np.ndarray
    block: np.ndarray
    features: np.ndarray
    names: list[str]
    sources: np.ndarray
    source_names: list[str]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    companions: int = 0
    cached: bool = False
    cuts: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.items)

    @property
    def seconds(self) -> float:
        """Length of all items together."""
        return float(self.items["frames"].sum()) / self.rate

    def samples(self, index: int) -> np.ndarray:
        """View one item.

        Parameters
        ----------
        index : int
            Item.

        Returns
        -------
        numpy.ndarray
            Float32 [frames, channels], a view of the block.
        """
        item = self.items[index]
        count = int(item["frames"]) * int(item["channels"])
        start = int(item["offset"])
        return self.block[start : start + count].reshape(-1, int(item["channels"]))


def padded(samples: int) -> int:
    """Count the samples that an item takes in the block: its own, the guard, the rest of the last cache line."""
    return -(-(samples + GUARD_SAMPLES) // GUARD_SAMPLES) * GUARD_SAMPLES
