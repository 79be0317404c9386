"""``livehost evaluate gansynth``: which pitch is heard in its notes, and how like real ones they are."""

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
from livehost.studio.audio.evaluation.made import LEARNT, LEARNT_SET
from livehost.studio.audio.split import SPLITS
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.gansynth.likeness import Likeness
from livehost.studio.gansynth.pitched import prepare_notes
from livehost.studio.gansynth.sounds import open_sounds, open_untrained
from livehost.studio.gansynth.tracked import tracked_pitch
from livehost.view.progress import progress_bar

#: MIDI pitches that are asked for: C2 to C6.
ASKED = (36, 84)
#: A note is right within this, semitones.
RIGHT = 0.5
HELD_OUT = "held-out notes themselves"


@dataclass(frozen=True)
class MethodRow:
    """What one method's notes are worth.

    Attributes
    ----------
    method : str
    notes : int
    frechet : float, optional
        Distance to the held-out notes; None for these themselves.
    asked : int
        Those of the notes whose pitch is told: C2 to C6. The other numbers are nan where it is not.
    right : float
        Share of them within 50 cents.
    low, high : float
        95 % interval, by the bootstrap.
    cents : float
        Median of the distances of those notes that have a pitch at all.
    octaves : float
        Share that is right but for an octave.
    """

    method: str
    notes: int
    frechet: float | None
    asked: int
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
    methods : list of MethodRow
    copies : Copies
    about : dict
        What was asked about, for the JSON.
    """

    methods: list[MethodRow]
    copies: Copies
    about: dict[str, Any] = field(default_factory=dict)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the table."""
        c = self.copies
        return [
            make_table(self.methods, [
                Column("of the pitches of held-out notes", lambda r: r.method, left=True),
                Column("notes", lambda r: f"{r.notes}"),
                Column("Fréchet to these", lambda r: _told(r.frechet, ".1f")),
                Column("C2 to C6", lambda r: f"{r.asked or ''}"),
                Column("within 50 cents by pYIN", lambda r: _told(r.right, ".0%")),
                Column("95 %", lambda r: f"{r.low:.0%}…{r.high:.0%}" if r.asked else ""),
                Column("median cents", lambda r: _told(r.cents, ".0f")),
                Column("an octave off", lambda r: _told(r.octaves, ".0%")),
            ]),
            f"Copies: {c.copies} of {c.count}; the nearest to a note that was learnt from is {c.nearest:.2f} away, "
            f"real ones are within {c.limit:.2f}.",
        ]  # fmt: skip

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return self.about | {"methods": [asdict(row) for row in self.methods], "copies": asdict(self.copies)}


def _told(value: float | None, how: str) -> str:
    return "" if value is None or np.isnan(value) else format(value, how)


def evaluate_notes(options: Mapping[str, Any], console: Console) -> NoteEvaluation:
    """Measure a model beside held-out instruments; see `livehost evaluate gansynth -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    if options["split"] not in SPLITS:
        raise LivehostError(f"There is no split {options['split']!r}; choose one of {', '.join(SPLITS)}.", 2)
    sounds, untrained = open_sounds(options["model"]), open_untrained(options["model"])
    cache = Path(options["cache"] or Path(options["model"]).parent / "data")
    with progress_bar(console, "Reading the notes") as progress:
        material, known = prepare_notes(options, sounds.contract, sounds.spectrum, cache, progress)
    held, learnt = some(material.of(options["split"]), options["count"]), some(material.of("train"), LEARNT)
    if min(len(held), len(learnt)) < FEWEST:
        raise LivehostError(f"Asking wants {FEWEST} notes that are held out: give more, or --split all.", 2)
    wanted, rng = np.array([known[clip.name] for clip in held]), np.random.default_rng(0)
    real, pitches = [clip.audio() for clip in held], sounds.reachable(wanted)
    codes, _ = sounds.hear([clip.mel.astype(np.float32) for clip in held])
    makers: dict[str, Callable[[], Sequence[np.ndarray]]] = {
        sounds.name: lambda: sounds.play(sounds.timbres(len(held), rng), pitches, rng),
        f"{sounds.name}, in their timbres": lambda: sounds.play(codes, pitches, rng),
        "an untrained network of its size": lambda: untrained.play(sounds.timbres(len(held), rng), pitches, rng),
        HELD_OUT: lambda: real,
        "… from mels by Griffin-Lim": lambda: [_by_griffin_lim(sounds, clip) for clip in held],
        "… with phases locked to peaks": lambda: [_locked(sounds, sound, rng) for sound in real],
        "noise with their envelopes": lambda: [
            rng.standard_normal(len(sound)).astype(np.float32) * np.abs(sound) for sound in real
        ],
    }
    likeness = Likeness([clip.audio() for clip in learnt], real, sounds.contract.rate)
    rows, places = [], dict[str, np.ndarray]()
    within = np.flatnonzero((wanted >= ASKED[0]) & (wanted <= ASKED[1]))
    with progress_bar(console, "Tracking") as progress:
        for number, (name, make) in enumerate(makers.items()):
            progress(number, len(makers), name)
            notes = make()
            places[name] = likeness.places(notes)
            found = [tracked_pitch(notes[int(k)], sounds.contract.rate) for k in within]
            far = None if name == HELD_OUT else likeness.distance(places[name])
            rows.append(MethodRow(name, len(notes), far, len(within), *_told_pitches(found, wanted[within])))
    nothing = [float("nan")] * 5
    rows.append(MethodRow(LEARNT_SET, len(learnt), likeness.distance(likeness.learnt), 0, *nothing))
    about = {
        "model": sounds.name, "split": options["split"], "notes": len(material.clips),
        "spectrum": sounds.spectrum.to_table(), "mel": sounds.contract.to_table(),
    }  # fmt: skip
    return NoteEvaluation(rows, find_copies(places[sounds.name], likeness.learnt, likeness.held), about)


def _by_griffin_lim(sounds: NoteSounds, clip: Clip) -> np.ndarray:
    return griffin_lim(clip.mel.astype(np.float32), sounds.contract)


def _locked(sounds: NoteSounds, sound: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Let a sound go through levels and turns as a made one does."""
    level, turn = analyse(sound, sounds.spectrum)
    turn[:, :1] = turn[:, 1:2]
    return synthesise(level, turn, sounds.spectrum, rng)


def _told_pitches(found: Sequence[float], wanted: np.ndarray) -> tuple[float, float, float, float, float]:
    """Sum up what was tracked: `right`, `low`, `high`, `cents`, `octaves` of a row; what has no pitch is wrong."""
    if not len(found):
        return (float("nan"),) * 5
    off = np.asarray(found) - wanted
    right = (np.abs(off) <= RIGHT).astype(float)
    octaves = (np.abs(off) > RIGHT) & (np.abs(off - 12 * np.rint(off / 12)) <= RIGHT)
    mean: Callable[[np.ndarray], np.ndarray] = lambda drawn: (drawn @ right) / drawn.sum(axis=-1)  # noqa: E731
    cents = float(100 * np.nanmedian(np.abs(off))) if np.isfinite(off).any() else float("nan")
    low, high = bootstrap_interval(mean, len(off))
    return float(right.mean()), low, high, cents, float(octaves.mean())
