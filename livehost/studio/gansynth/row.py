"""GANSynth's row in the table of families."""

from pathlib import Path

from livehost.studio.audio.options import EXPORT
from livehost.studio.family import REQUIRED, Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

_PITCHED = (
    Option("notes", int, 1400, "Notes of a soundfont to learn from.", minimum=0),
    Option("models", int, 200, "Notes of physical models to learn from.", minimum=0),
)

GANSYNTH = Family(
    name="gansynth",
    kind="gansynth",
    title="a GANSynth",
    shipped="gansynth",
    module="livehost.studio.gansynth.family",
    about="Plays notes of any pitch and length, in timbres drawn by chance or like that of a given sound.",
    material="Pitched notes, a file each: those of a soundfont and of physical models, and one's own.",
    presets=(
        Preset("small", "", "1.6 M parameters."),
        Preset("large", "--preset large", "Twice as wide, for a machine with more than two cores."),
    ),
    usual=TrainingRecipe(minutes=90.0, rate=2e-3, weight_decay=0.01, ema_decay=0.995, evaluations=16, patience=16),
    further=TrainingRecipe(minutes=10.0, rate=5e-4, weight_decay=0.01, ema_decay=0.995, evaluations=8, patience=8),
    train=Command(
        "Train on notes of a soundfont, of physical models, and on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard", "sklearn"),
        before=(
            Option("data", list[Path] | None, None, "Folder of notes, a file each, named by pitch or not."),
            *_PITCHED,
            Option("cache", Path | None, None, "Folder of what was made and read; OUT/data."),
        ),
        options=(
            Option("preset", str, "small", "small or large."),
            Option("first", float, 0.5, "Share of the budget without the critic."),
            Option("batch", int, 8, "Notes of a batch.", minimum=1),
        ),
    ),
    export=EXPORT,
    evaluate=Command(
        "Ask which pitches are heard in the notes that it plays, and whether they are like real ones.",
        needs=("torch", "sklearn", "librosa"),
        before=(
            Option("model", Path, REQUIRED, "Export or checkpoint."),
            Option("data", list[Path] | None, None, "Folder of notes; may be repeated."),
            *_PITCHED,
            Option("cache", Path | None, None, "Folder of what was made and read."),
            Option("split", str, "test", "Instruments: test, valid, train or all."),
        ),
        options=(Option("count", int, 147, "Notes of each method.", minimum=8),),
        picture=False,
    ),
    generate=Command(
        "Play notes of given pitches.",
        before=(
            Option("model", Path, REQUIRED, "Export or checkpoint."),
            Option("pitch", list[float] | None, None, "MIDI pitch, 60 is C4; may be repeated."),
        ),
        options=(
            Option("seconds", float, 1.0, "Of a note."),
            Option("count", int, 1, "Timbres, in each of which all pitches are played.", minimum=1),
            Option("temperature", float, 1.0, "Of the timbres."),
            Option("like", list[Path] | None, None, "Sound whose timbre they are to have; may be repeated."),
            Option("spread", float, 0.3, "How far from --like; 1 is any timbre."),
        ),
    ),
)
