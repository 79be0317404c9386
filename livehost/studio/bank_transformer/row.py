"""The bank transformer's row in the table of families."""

from pathlib import Path

from livehost.studio.family import Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

_DATA = Option("data", list[Path] | None, None, "Folder of sounds or MIDI; may be repeated.")

BANK = Family(
    name="bank",
    kind="bank-transformer",
    title="a bank transformer",
    module="livehost.studio.bank_transformer.family",
    usual=TrainingRecipe(minutes=30.0, rate=1.5e-3, evaluations=25, patience=25),
    further=TrainingRecipe(minutes=8.0, rate=3e-4, evaluations=16, patience=6),
    about="Tells which sound of a bank comes next, by what was heard and played before; the player bank answers by it.",
    material="Folders of music or of one-shots, rendered scores of the public domain, one's own sessions and verdicts.",
    presets=(Preset("usual", "", "Four layers of attention over the last 256 sounds, heard and played."),),
    shipped="bank-transformer",
    train=Command(
        "Train on folders of music, or further on one's own sounds and sessions; what exists is resumed.",
        needs=("torch", "lightning_fabric", "onnx", "audiomentations", "tensorboard"),
        before=(
            _DATA,
            Option("session", list[Path] | None, None, "Session folder, with --from: what was played and judged."),
        ),
        options=(
            Option("hours", float | None, None, "Music to render and compose; 8, with --from 0.", minimum=0),
            Option("scores", str, "music21", "Works of the public domain to render: music21, or none."),
            Option("cache", Path | None, None, "Folder of prepared recordings; OUT/data."),
            Option("batch", int | None, None, "Tokens of a batch; 2048, of sessions alone 512.", minimum=16),
        ),
    ),
    export=Command(
        "Write a model as ONNX with its manifest; refused where its formats do not agree.",
        needs=("torch", "onnx", "onnxscript"),
        options=(
            Option("torchscript", bool, False, "Also as TorchScript.", "--torchscript"),
            Option("int8", bool, False, "Also with weights of 8 bits.", "--int8"),
            Option("play_int8", bool, False, "The 8-bit form is what plays.", "--play-int8"),
        ),
    ),
    evaluate=Command(
        "Seek the right sound among all sounds of a recording, as on stage, then with the truth in the context.",
        before=(
            Option("model", Path | None, None, "Export; none: the baselines alone."),
            _DATA,
            Option("cache", Path | None, None, "Folder of prepared recordings."),
            Option("split", str, "test", "Of prepared recordings: test, valid, train or all."),
        ),
        options=(
            Option("limit", int, 0, "Recordings of each domain at most, 0: all.", minimum=0),
            Option("events", int, 200, "Events of a recording at most, as on stage.", minimum=8),
            Option("open_loop", bool, True, "Ask the open loop, too.", "--open-loop/--stage-only"),
            Option("backend", str, "auto", "auto, native, python or torchscript."),
        ),
    ),
)
