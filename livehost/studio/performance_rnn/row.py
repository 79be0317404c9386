"""The performance RNN's row in the table of families."""

from pathlib import Path

from livehost.studio.family import Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

PERFORMANCE = Family(
    name="performance",
    kind="performance-rnn",
    title="a performance RNN",
    module="livehost.studio.performance_rnn.family",
    usual=TrainingRecipe(minutes=120.0, rate=2e-3, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=12),
    further=TrainingRecipe(minutes=15.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=16, patience=6),
    about="Plays notes of its own, alone or with a musician: the next note event, its time and velocity; the player "
    "performance plays by it.",
    material="Folders of MIDI files of performances, played in free time.",
    presets=(
        Preset("plain", "", "Recurrent layers alone."),
        Preset("attentive", "--window 256", "Looks back at its last 256 events besides."),
    ),
    shipped="performance-rnn",
    train=Command(
        "Train on folders of MIDI files, or further on one's own playing; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard"),
        before=(Option("data", list[Path] | None, None, "Folder of MIDI files; may be repeated."),),
        options=(
            Option("cache", Path | None, None, "Folder of what was read; OUT/data."),
            Option("window", int, 0, "Events that attention looks back at; 0: the plain network.", minimum=0),
            Option("dropout", float, 0.0, "Between layers.", minimum=0),
            Option("batch", int, 4096, "Events of a batch.", minimum=16),
            Option("length", int, 256, "Events of a sequence.", minimum=16),
        ),
    ),
    export=Command(
        "Write a model as ONNX with weights of 8 bits; refused where it does not agree with the network.",
        needs=("torch", "onnx", "onnxscript"),
        options=(
            Option("float32", bool, False, "With weights of 32 bits in place of 8.", "--float32"),
            Option("torchscript", bool, False, "Also as TorchScript.", "--torchscript"),
        ),
    ),
    evaluate=Command(
        "Ask a model about held-out pieces, let it answer, and see whether it does what is asked of it.",
        before=(
            Option("model", Path | None, None, "Export or checkpoint; none: the n-grams alone."),
            Option("data", list[Path] | None, None, "Folder of MIDI files; may be repeated."),
            Option("cache", Path | None, None, "Folder of what was read."),
            Option("split", str, "test", "Pieces: test, valid, train or all."),
        ),
        options=(
            Option("beside", list[Path] | None, None, "Another model to compare with; may be repeated."),
            Option("limit", int, 0, "Performances at most, 0: all.", minimum=0),
            Option("events", int, 1024, "Events of a performance at most, 0: all.", minimum=0),
            Option("answer", bool, True, "Ask for answers by likelihood, too.", "--answer/--no-answer"),
            Option("closed_loop", bool, True, "Let it play, too.", "--closed-loop/--no-closed-loop"),
            Option("temperature", float, 1.0, "Of what it plays."),
            Option("top_p", float, 1.0, "Of what it plays."),
        ),
        picture=False,
    ),
    generate=Command(
        "Let a model play into a MIDI file.",
        before=(Option("model", Path, Path("performance-rnn"), "Export or checkpoint."),),
        options=(
            Option("seconds", float, 30.0, "How long."),
            Option("prime", Path | None, None, "MIDI file that it goes on from."),
            Option("histogram", str | None, None, "Pitch classes: 12 numbers from C on, or C,E,G."),
            Option("density", float | None, None, "Notes a second."),
            Option("temperature", float, 1.0, "0: always the likeliest event."),
            Option("top_k", int, 0, "Choose among so many events; 0: all.", minimum=0),
            Option("top_p", float, 1.0, "Choose among the likeliest that have this share together."),
            Option("beam", int, 1, "Beam search of this width in place of sampling.", minimum=1),
        ),
    ),
)
