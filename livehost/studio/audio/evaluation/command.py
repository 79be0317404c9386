"""What `livehost evaluate` of all families of sounds has in common: reads the sounds, shows the results."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console, RenderableType

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.cache import Clip, SoundMaterial
from livehost.studio.audio.evaluation.distances import COPY_PERCENTILE, Copies
from livehost.studio.audio.evaluation.made import LEARNT_SET, SetRow
from livehost.studio.audio.prepare import gather
from livehost.studio.audio.split import SPLITS
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.view.progress import progress_bar

#: Fewer sounds have no covariance that could be compared.
FEWEST = 8


@dataclass(frozen=True)
class AgainRow:
    """How far off sounds come back from their codes.

    Attributes
    ----------
    method : str
    size : str
        Of a code.
    error_db : float
        Root mean square, over all bands and frames.
    low, high : float
        95 % interval, by the bootstrap over files.
    """

    method: str
    size: str
    error_db: float
    low: float
    high: float


@dataclass(frozen=True)
class SoundEvaluation(Evaluation):
    """Results; see `Evaluation`.

    Attributes
    ----------
    again : list of AgainRow
    sets : list of SetRow
    copies : Copies
    facts : dict
        What else was measured of the family: name → number.
    about : dict
        What was asked about, for the JSON.
    """

    again: list[AgainRow]
    sets: list[SetRow]
    copies: Copies
    facts: dict[str, float] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the tables."""
        shown: list[RenderableType] = [
            make_table(self.again, [
                Column("held-out sounds again", lambda r: r.method, left=True), Column("a code", lambda r: r.size),
                Column("error dB", lambda r: f"{r.error_db:.2f}"),
                Column("95 %", lambda r: f"{r.low:.2f}…{r.high:.2f}"),
            ]),
            make_table(self.sets, [
                Column("to held-out sounds", lambda r: r.name, left=True),
                Column("Fréchet", lambda r: f"{r.distance:.1f}"), Column("sounds", lambda r: f"{r.count}"),
            ]),
        ]  # fmt: skip
        c = self.copies
        shown.append(
            f"Copies: {c.copies} of {c.count}; the nearest to a sound that was learnt from is {c.nearest:.2f} away, "
            f"and {COPY_PERCENTILE:g} % of real sounds have another one within {c.limit:.2f}. Of all pairs "
            f"{COPY_PERCENTILE:g} % are within {c.pair_limit:.2f}: so near are {c.made_within:.0%} of those that it "
            f"made, and {c.held_within:.0%} of the held-out ones."
        )
        shown += [f"{name}: {value:.3f}" for name, value in self.facts.items()]
        return shown

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return self.about | {
            "again": [asdict(row) for row in self.again],
            "sets": [asdict(row) for row in self.sets],
            "copies": asdict(self.copies),
            "facts": self.facts,
        }


def read_asked(
    options: Mapping[str, Any], contract: MelContract, longest_s: float, console: Console
) -> tuple[SoundMaterial, list[Clip]]:
    """Read all sounds, and those that are asked about.

    Raises
    ------
    LivehostError
        Where there are too few, or there is no such split.
    """
    if options["split"] not in SPLITS:
        raise LivehostError(f"There is no split {options['split']!r}; choose one of {', '.join(SPLITS)}.", 2)
    cache = Path(options["cache"] or Path(options["model"]).parent / "data")
    with progress_bar(console, "Reading the sounds") as progress:
        material = gather(options, contract, cache, longest_s, progress)
    asked = material.of(options["split"])
    if min(len(asked), len(material.of("train"))) < FEWEST:
        raise LivehostError(f"Asking wants {FEWEST} sounds that are held out: give more, or --split all.", 2)
    return material, asked


def again_row(
    method: str, size: str, asked: np.ndarray, again: np.ndarray, clips: Sequence[Clip], contract: MelContract
) -> AgainRow:
    """Measure what has come back.

    Parameters
    ----------
    method, size : str
    asked, again : numpy.ndarray
        Float32 [n, bands, frames], unit scale.
    clips : sequence of Clip
        Of the mels; those of one file are drawn together.
    contract : MelContract
    """
    squares = np.square(again - asked, dtype=np.float64).mean(axis=(1, 2))
    files = {source: at for at, source in enumerate(dict.fromkeys(clip.source for clip in clips))}
    of = np.array([files[clip.source] for clip in clips])
    sums, counts = np.bincount(of, squares), np.bincount(of)
    scale = -contract.floor_db
    low, high = bootstrap_interval(lambda drawn: scale * np.sqrt((drawn @ sums) / (drawn @ counts)), len(files))
    return AgainRow(method, size, float(scale * np.sqrt(squares.mean())), low, high)


def about(options: Mapping[str, Any], name: str, material: SoundMaterial, asked: Sequence[Clip]) -> dict[str, Any]:
    """Say what was asked about."""
    return {
        "model": name, "split": options["split"], "asked": len(asked), "sounds": len(material.clips),
        "compared": LEARNT_SET, "iterations": options["iterations"], "mel": material.contract.to_table(),
    }  # fmt: skip
