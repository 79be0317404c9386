"""Commands of the studio that are no family's: what is measured through the whole stage, and what is trained aside."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from livehost.extras import needs_studio
from livehost.view.console import make_console


def _evaluate_stage(
    tests: Annotated[list[str] | None, typer.Argument(help="Tests to play; none: all.", metavar="TEST")] = None,
    model: Annotated[Path | None, typer.Option(help="Export, or nearest; none: the one that run plays.")] = None,
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds to answer with.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of one-shots that kits are drawn from.")] = None,
    takes: Annotated[Path | None, typer.Option(help="Folder of music to answer to.")] = None,
    kits: Annotated[int, typer.Option(help="Kits.", min=1)] = 2,
    strokes: Annotated[int, typer.Option(help="Strokes of each kit.", min=9)] = 300,
    count: Annotated[int, typer.Option(help="Takes at most.", min=1)] = 3,
    seconds: Annotated[float, typer.Option(help="Of each take at most.", min=2.0)] = 40.0,
    set_: Annotated[list[str] | None, typer.Option("--set", help="A setting of all sessions, key=value.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Play tests through the whole stage, offline, to tell whether it hears what it answers.

    What is not given is made by synthesis.
    """
    from livehost.studio.stage_evaluation.command import evaluate_stage

    options = {
        "tests": tests, "model": model, "bank": bank, "data": data, "takes": takes, "kits": kits, "strokes": strokes,
        "count": count, "seconds": seconds, "set": set_, "json": json,
    }  # fmt: skip
    evaluate_stage(options, make_console())


def _evaluate_beat(
    tests: Annotated[
        list[str] | None, typer.Argument(help="phase, tempo, beats or strokes; none: all.", metavar="TEST")
    ] = None,
    takes: Annotated[Path | None, typer.Option(help="Folder of loops to follow; none: no takes.")] = None,
    pieces: Annotated[int, typer.Option(help="Scores that are played and followed.", min=1)] = 24,
    seed: Annotated[int, typer.Option(help="Which scores, instruments and tempi.")] = 1,
    soundfont: Annotated[Path | None, typer.Option(help="What they are played with.")] = None,
    others: Annotated[bool, typer.Option(help="Ask librosa and aubio, too.")] = True,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Tell whether the beat is found, kept and foretold, on music with a known beat, beside other trackers.

    Scores are those of music21's corpus, played by FluidSynth at a tempo that is kept.
    """
    from livehost.studio.beat_evaluation.command import evaluate_beat

    options = {
        "tests": tests, "takes": takes, "pieces": pieces, "seed": seed,
        "soundfont": "" if soundfont is None else str(soundfont), "others": others, "json": json,
    }  # fmt: skip
    evaluate_beat(options, make_console())


def _evaluate_session(
    takes: Annotated[list[Path] | None, typer.Option(help="Folder of takes: an evening; may be repeated.")] = None,
    model: Annotated[Path | None, typer.Option(help="Export to train further; none: the one that run plays.")] = None,
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds to answer with.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Budget of each training.", min=0.01)] = None,
    steps: Annotated[int | None, typer.Option(help="Budget in steps instead.", min=1)] = None,
    seconds: Annotated[float, typer.Option(help="Of each take at most.", min=2.0)] = 40.0,
    count: Annotated[int, typer.Option(help="Takes of an evening at most.", min=1)] = 5,
    threads: Annotated[int, typer.Option(help="Of the processor; 0: one per core.", min=0)] = 0,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Play evenings, learn from the first half of each, and see whether the second half goes better.

    What is not given is made by synthesis.
    """
    from livehost.studio.session_evaluation.command import evaluate_session

    options = {
        "takes": takes, "model": model, "bank": bank, "minutes": minutes, "steps": steps, "seconds": seconds,
        "count": count, "threads": threads, "json": json,
    }  # fmt: skip
    evaluate_session(options, make_console())


def _train_strokes(
    data: Annotated[list[Path] | None, typer.Option(help="Folder of sounds or MIDI; may be repeated.")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Export; none: the one that run plays.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of the export that is written.")] = Path("exports/with-strokes"),
    minutes: Annotated[float, typer.Option(help="Budget, once the data is prepared.", min=0.01)] = 15.0,
    hours: Annotated[float, typer.Option(help="Music to render and compose.", min=0)] = 1.0,
    scores: Annotated[str, typer.Option(help="Works of the public domain to render: music21, or none.")] = "music21",
    cache: Annotated[Path, typer.Option(help="Folder of prepared recordings.")] = Path("training/strokes-data"),
    test: Annotated[list[Path] | None, typer.Option(help="Prepared recordings to ask about only.")] = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 0,
    threads: Annotated[int, typer.Option(help="Of the processor; 0: one per core.", min=0)] = 0,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Teach a bank transformer when the musician's next stroke comes; what it chooses stays the same to the bit."""
    from livehost.studio.bank_transformer.strokes.command import train_strokes

    options = {
        "data": data, "from_": from_, "out": out, "minutes": minutes, "hours": hours, "scores": scores, "cache": cache,
        "test": test, "seed": seed, "threads": threads, "json": json,
    }  # fmt: skip
    train_strokes(options, make_console())


def _evaluate_partner(
    tests: Annotated[list[str] | None, typer.Argument(help="Tests to play; none: all.", metavar="TEST")] = None,
    model: Annotated[Path | None, typer.Option(help="Export, or nearest; none: the one that run plays.")] = None,
    bank: Annotated[Path | None, typer.Option(help="Folder of sounds to answer with.")] = None,
    takes: Annotated[Path | None, typer.Option(help="Folder of music to play beside.")] = None,
    count: Annotated[int, typer.Option(help="Takes at most.", min=1)] = 10,
    seconds: Annotated[float, typer.Option(help="Of each session.", min=10.0)] = 60.0,
    phrases: Annotated[int, typer.Option(help="Phrases to reply to.", min=4)] = 24,
    set_: Annotated[list[str] | None, typer.Option("--set", help="A setting of all sessions, key=value.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Play beside a musician, offline, to tell whether it is in time, makes room, rests and gives way.

    What is not given is made by synthesis.
    """
    from livehost.studio.partner_evaluation.command import evaluate_partner

    options = {
        "tests": tests, "model": model, "bank": bank, "takes": takes, "count": count, "seconds": seconds,
        "phrases": phrases, "set": set_, "json": json,
    }  # fmt: skip
    evaluate_partner(options, make_console())


#: Commands of a verb that are no family's.
OTHERS: dict[str, dict[str, Callable[..., None]]] = {
    "train": {"strokes": needs_studio("livehost train strokes", "torch", "onnx", "audiomentations")(_train_strokes)},
    "evaluate": {
        "stage": _evaluate_stage, "partner": _evaluate_partner, "beat": _evaluate_beat, "session": _evaluate_session,
    },
}  # fmt: skip
