"""``livehost evaluate vocoder``: held-out sounds made again from their mels, beside Griffin-Lim."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import torch
from rich.console import Console, RenderableType

from livehost.dsp.griffin_lim import griffin_lim
from livehost.inference.vocoder_sounds import Vocoder
from livehost.studio.audio.batches import some
from livehost.studio.audio.evaluation.command import about, read_asked
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.vocoder.losses import stft_distance
from livehost.studio.vocoder.sounds import open_sounds
from livehost.studio.vocoder.task import LONGEST_FRAMES
from livehost.view.progress import progress_bar

#: How often the time of a second of sound is taken; the shortest counts.
_TIMES = 5


@dataclass(frozen=True)
class VocoderRow:
    """How far what one method makes is from the sounds.

    Attributes
    ----------
    method : str
    distance : float
        Multi-resolution STFT distance, mean of the sounds.
    low, high : float
        95 % interval, by the bootstrap over files.
    nearer : float
        Share of the sounds that are nearer than by Griffin-Lim.
    nearer_low, nearer_high : float
        Of that.
    second_ms : float
        To make one second of sound, on one thread.
    """

    method: str
    distance: float
    low: float
    high: float
    nearer: float
    nearer_low: float
    nearer_high: float
    second_ms: float


@dataclass(frozen=True)
class VocoderEvaluation(Evaluation):
    """Results; see `Evaluation`.

    Attributes
    ----------
    rows : list of VocoderRow
        The model, and Griffin-Lim.
    look_ahead_ms : float
        Of a stream.
    sounds : list of dict
        Name and both distances of each.
    about : dict
        What was asked about, for the JSON.
    """

    rows: list[VocoderRow]
    look_ahead_ms: float
    sounds: list[dict[str, Any]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the table."""
        return [
            make_table(self.rows, [
                Column("held-out sounds again", lambda r: r.method, left=True),
                Column("STFT distance", lambda r: f"{r.distance:.3f}"),
                Column("95 %", lambda r: f"{r.low:.3f}…{r.high:.3f}"),
                Column("nearer than by Griffin-Lim", lambda r: f"{r.nearer:.0%}"),
                Column("95 %", lambda r: f"{r.nearer_low:.0%}…{r.nearer_high:.0%}"),
                Column("1 s takes", lambda r: f"{r.second_ms:.0f} ms"),
            ]),
            f"{len(self.sounds)} sounds; played as they come in, they are {self.look_ahead_ms:.0f} ms late.",
        ]  # fmt: skip

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return self.about | {
            "rows": [asdict(row) for row in self.rows],
            "look_ahead_ms": self.look_ahead_ms,
            "sounds": self.sounds,
        }


def evaluate_vocoder(options: Mapping[str, Any], console: Console) -> VocoderEvaluation:
    """Measure a model on held-out sounds; see `livehost evaluate vocoder -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    torch.set_num_threads(1)
    vocoder = open_sounds(options["model"])
    contract, iterations = vocoder.contract, options["iterations"]
    material, asked = read_asked(options, contract, LONGEST_FRAMES * contract.frame_s, console)
    asked = some(asked, options["limit"] or len(asked))
    methods: list[tuple[str, Callable[[np.ndarray], np.ndarray]]] = [
        (vocoder.name, vocoder.sound),
        (f"Griffin-Lim, {iterations} iterations", lambda mel: griffin_lim(mel, contract, iterations=iterations)),
    ]
    found = np.zeros((len(methods), len(asked)))
    with progress_bar(console, "Making sounds") as progress:
        for column, clip in enumerate(asked):
            progress(column, len(asked), clip.name)
            real = clip.audio()
            mel = contract.analyse(real)
            for row, (_, make) in enumerate(methods):
                found[row, column] = _distance(make(mel)[: len(real)], real, contract.floor_db)
    second = contract.analyse(np.random.default_rng(0).normal(0, 0.1, contract.rate))
    files = {source: at for at, source in enumerate(dict.fromkeys(clip.source for clip in asked))}
    of = np.array([files[clip.source] for clip in asked])
    rows = []
    for (name, make), apart in zip(methods, found, strict=True):
        nearer = (apart < found[-1]).astype(float)
        rows.append(VocoderRow(
            name, float(apart.mean()), *_interval(apart, of), float(nearer.mean()), *_interval(nearer, of),
            _time_ms(make, second),
        ))  # fmt: skip
    sounds = [{"name": clip.name, "model": a, "griffin_lim": b}
              for clip, a, b in zip(asked, *found.tolist(), strict=True)]  # fmt: skip
    return VocoderEvaluation(rows, 1000 * vocoder.look_ahead_s, sounds, _about(options, vocoder, material, asked))


def _about(options: Mapping[str, Any], vocoder: Vocoder, material: Any, asked: Any) -> dict[str, Any]:
    said = about(options, vocoder.name, material, asked)
    del said["compared"]
    return said


def _distance(made: np.ndarray, real: np.ndarray, floor_db: float) -> float:
    """Compute the STFT distance of one sound."""
    a, b = (torch.from_numpy(np.asarray(sound, np.float32))[None] for sound in (made, real))
    return float(stft_distance(a, b, floor_db)[0])


def _interval(values: np.ndarray, of: np.ndarray) -> tuple[float, float]:
    """Give the 95 % interval of a mean, by the bootstrap over files."""
    sums, counts = np.bincount(of, values), np.bincount(of)
    return bootstrap_interval(lambda drawn: (drawn @ sums) / (drawn @ counts), len(counts))


def _time_ms(make: Any, mel: np.ndarray) -> float:
    """Take the time of making a sound."""
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        make(mel)
        taken.append(time.perf_counter() - began)
    return 1000 * min(taken)
