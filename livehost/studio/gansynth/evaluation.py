"""``livehost evaluate gansynth``: which pitch is heard in its notes, and whether they are like real ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console, RenderableType

from livehost.dsp.griffin_lim import griffin_lim
from livehost.dsp.note_spectrum import analyse, synthesise
from livehost.errors import LivehostError
from livehost.inference.gansynth_sounds import NoteSounds
from livehost.studio.audio.batches import some
from livehost.studio.audio.cache import Clip
from livehost.studio.audio.evaluation.command import FEWEST
from livehost.studio.audio.evaluation.distances import Copies, find_copies
from livehost.studio.audio.evaluation.made import LEARNT, LEARNT_SET, SetRow
from livehost.studio.audio.split import SPLITS
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.gansynth.likeness import Likeness
from livehost.studio.gansynth.pitched import prepare_notes
from livehost.studio.gansynth.sounds import open_sounds
from livehost.studio.gansynth.tracked import tracked_pitch
from livehost.view.progress import progress_bar

#: MIDI pitches that are asked for: C2 to C6.
ASKED = (36, 84)
#: A note is right within this, semitones.
RIGHT = 0.5


@dataclass(frozen=True)
class PitchRow:
    """How many notes of one method have the pitch that was asked for.

    Attributes
    ----------
    method : str
    notes : int
    right : float
        Share within 50 cents.
    low, high : float
        95 % interval, by the bootstrap.
    cents : float
        Median of the distances of those notes that have a pitch at all.
    octaves : float
        Share that is right but for an octave.
    """

    method: str
    notes: int
    right: float
    low: float
    high: float
    cents: float
    octaves: float


@dataclass(frozen=True)
class NoteEvaluation(Evaluation):
    """Results; see `Evaluation`.

    Attributes
    ----------
    pitches : list of PitchRow
    sets : list of SetRow
    copies : Copies
    about : dict
        What was asked about, for the JSON.
    """

    pitches: list[PitchRow]
    sets: list[SetRow]
    copies: Copies
    about: dict[str, Any] = field(default_factory=dict)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the tables."""
        c = self.copies
        return [
            make_table(self.pitches, [
                Column("pitch, told by pYIN", lambda r: r.method, left=True), Column("notes", lambda r: f"{r.notes}"),
                Column("within 50 cents", lambda r: f"{r.right:.0%}"),
                Column("95 %", lambda r: f"{r.low:.0%}…{r.high:.0%}"),
                Column("median cents", lambda r: f"{r.cents:.0f}"),
                Column("an octave off", lambda r: f"{r.octaves:.0%}"),
            ]),
            make_table(self.sets, [
                Column("to held-out notes", lambda r: r.name, left=True),
                Column("Fréchet", lambda r: f"{r.distance:.1f}"), Column("notes", lambda r: f"{r.count}"),
            ]),
            f"Copies: {c.copies} of {c.count}; the nearest to a note that was learnt from is {c.nearest:.2f} away, "
            f"real ones are within {c.limit:.2f}.",
        ]  # fmt: skip

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return self.about | {
            "pitches": [asdict(row) for row in self.pitches], "sets": [asdict(row) for row in self.sets],
            "copies": asdict(self.copies),
        }  # fmt: skip


def evaluate_notes(options: Mapping[str, Any], console: Console) -> NoteEvaluation:
    """Measure a model beside held-out instruments; see `livehost evaluate gansynth -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    if options["split"] not in SPLITS:
        raise LivehostError(f"There is no split {options['split']!r}; choose one of {', '.join(SPLITS)}.", 2)
    sounds = open_sounds(options["model"])
    cache = Path(options["cache"] or Path(options["model"]).parent / "data")
    with progress_bar(console, "Reading the notes") as progress:
        material, known = prepare_notes(options, sounds.contract, sounds.spectrum, cache, progress)
    held, learnt = material.of(options["split"]), some(material.of("train"), LEARNT)
    if min(len(held), len(learnt)) < FEWEST:
        raise LivehostError(f"Asking wants {FEWEST} notes that are held out: give more, or --split all.", 2)
    asked = [clip for clip in held if ASKED[0] <= known[clip.name] <= ASKED[1]]
    asked = some(asked, options["count"])
    rng = np.random.default_rng(0)
    low, high = max(ASKED[0], sounds.shape.lowest), min(ASKED[1], sounds.shape.highest)
    pitches = low + np.arange(options["count"]) % (high - low + 1)
    real, of_real = [clip.audio() for clip in asked], [known[clip.name] for clip in asked]
    timbres = sounds.timbres(len(pitches), rng)
    made = sounds.play(timbres, pitches, rng)
    methods: list[tuple[str, Sequence[np.ndarray], Sequence[float] | np.ndarray]] = [
        (sounds.name, made, pitches),
        (f"{sounds.name}, like held-out instruments", _alike(sounds, asked, of_real, rng), of_real),
        ("held-out instruments themselves", real, of_real),
        ("… from mels by Griffin-Lim", [_by_griffin_lim(sounds, clip) for clip in asked], of_real),
        ("… with phases locked to peaks", [_locked(sounds, sound, rng) for sound in real], of_real),
    ]
    rows = []
    with progress_bar(console, "Tracking") as progress:
        for number, (name, notes, wanted) in enumerate(methods):
            progress(number, len(methods), name)
            rows.append(_row(name, [tracked_pitch(note, sounds.contract.rate) for note in notes], wanted))
    noise = [rng.standard_normal(len(sound)).astype(np.float32) * np.abs(sound) for sound in real]
    likeness = Likeness([clip.audio() for clip in learnt], [clip.audio() for clip in held], sounds.contract.rate)
    sets, copies = _compare(
        likeness,
        {"made by the prior": made, "held out, with phases locked to peaks": methods[-1][1],
         "held out, from mels by Griffin-Lim": methods[-2][1], "of noise with their envelopes": noise},
    )  # fmt: skip
    about = {
        "model": sounds.name, "split": options["split"], "asked": len(asked), "notes": len(material.clips),
        "spectrum": sounds.spectrum.to_table(), "mel": sounds.contract.to_table(),
    }  # fmt: skip
    return NoteEvaluation(rows, sets, copies, about)


def _alike(
    sounds: NoteSounds, clips: Sequence[Clip], pitches: Sequence[float], rng: np.random.Generator
) -> list[np.ndarray]:
    """Play the notes of clips in the timbres that are heard in them."""
    codes, _ = sounds.hear([clip.mel.astype(np.float32) for clip in clips])
    return sounds.play(codes, np.clip(pitches, sounds.shape.lowest, sounds.shape.highest), rng)


def _by_griffin_lim(sounds: NoteSounds, clip: Clip) -> np.ndarray:
    return griffin_lim(clip.mel.astype(np.float32), sounds.contract)


def _locked(sounds: NoteSounds, sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Let a sound go through levels and turns as a made one does."""
    level, turn = analyse(sound, sounds.spectrum)
    turn[:, :1] = turn[:, 1:2]
    return synthesise(level, turn, sounds.spectrum, rng)


def _row(name: str, found: Sequence[float], wanted: Sequence[float] | np.ndarray) -> PitchRow:
    """Sum up what was tracked; what has no pitch is wrong."""
    off = np.asarray(found) - np.asarray(wanted)
    right = (np.abs(off) <= RIGHT).astype(float)
    octaves = (np.abs(off) > RIGHT) & (np.abs(off - 12 * np.rint(off / 12)) <= RIGHT)
    mean: Callable[[np.ndarray], np.ndarray] = lambda drawn: (drawn @ right) / drawn.sum(axis=-1)  # noqa: E731
    cents = float(100 * np.nanmedian(np.abs(off))) if np.isfinite(off).any() else float("nan")
    return PitchRow(
        name, len(off), float(right.mean()), *bootstrap_interval(mean, len(off)), cents, float(octaves.mean())
    )


def _compare(likeness: Likeness, sets: Mapping[str, Sequence[np.ndarray]]) -> tuple[list[SetRow], Copies]:
    """Compare sets of notes with those that are held out; the first set is what the model makes."""
    places = {LEARNT_SET: likeness.learnt} | {name: likeness.places(notes) for name, notes in sets.items()}
    rows = [SetRow(name, likeness.distance(there), len(there)) for name, there in places.items()]
    return rows, find_copies(places[next(iter(sets))], likeness.learnt, likeness.held)
