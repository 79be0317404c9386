"""The ear for strokes's row in the table of families."""

from pathlib import Path

from livehost.studio.family import Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

_DRUMS = Option("drums", int, 2000, "Drums by chance, of six shapes and 15 to 60 cm.", minimum=10)

_STROKES = Option("strokes", int, 16, "Strokes on each.", minimum=1)

STRIKE = Family(
    name="strike",
    kind="strike",
    title="an ear for strokes",
    module="livehost.studio.strike.family",
    usual=TrainingRecipe(minutes=20.0, rate=3.5e-3, weight_decay=0.02, ema_decay=0.995, evaluations=20, patience=20),
    further=TrainingRecipe(minutes=10.0, rate=5e-4, weight_decay=0.02, ema_decay=0.995, evaluations=10, patience=10),
    about="Tells the size and the shape of a struck drum, and where it was struck, by 21 ms behind the onset; on stage "
    "with listen.strike.",
    material="Nothing but drums from physics, rendered as it begins.",
    presets=(
        Preset("spectra", "", "Spectra moved by the drum's size; learns most in a training of minutes."),
        Preset("short", "--preset short", "As crepe, with short filters.", 20.0),
        Preset("small", "--preset small", "Twice the time of short for as many strokes.", 40.0),
        Preset("crepe", "--preset crepe", "The widths of CREPE; eight times the time of short.", 160.0),
    ),
    shipped="strike",
    train=Command(
        "Train on drums from physics to tell a struck drum's size and shape, and where it was struck.",
        needs=("torch", "lightning_fabric", "tensorboard", "scipy", "shapely"),
        before=(_DRUMS, _STROKES),
        options=(
            Option("cache", Path | None, None, "Folder of rendered strokes; OUT/data."),
            Option("preset", str, "spectra", "Network: spectra, or short, small or crepe (convolutions)."),
            Option("dropout", float, 0.1, "Behind each layer.", minimum=0),
            Option("batch", int, 512, "Strokes of a batch.", minimum=1),
        ),
    ),
    export=Command(
        "Write an ear for strokes as ONNX; refused where its formats do not agree.",
        needs=("torch", "onnx", "onnxscript"),
        options=(Option("torchscript", bool, False, "Also as TorchScript.", "--torchscript"),),
    ),
    evaluate=Command(
        "Ask about strokes on held-out drums, found by the onset detector, beside methods without a network.",
        needs=("scipy", "shapely"),
        before=(
            Option("model", Path | None, None, "Export or checkpoint; none: the methods without a network alone."),
            Option("cache", Path, Path("training/strike/data"), "Folder of rendered strokes, as train left it."),
            _DRUMS,
            _STROKES,
            Option("seed", int, 0, "Of the drums: that of the training."),
            Option("split", str, "test", "Drums: test, valid or train."),
        ),
        picture=False,
    ),
)
