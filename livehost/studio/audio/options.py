"""Options that the families of models of sounds share: what they learn from, are asked about, and make."""

from pathlib import Path

from livehost.studio.family import REQUIRED, Command, Option, Preset

SOUNDS = (
    Option("data", list[Path] | None, None, "Folder of sounds; may be repeated."),
    Option("notes", int, 0, "Notes of a soundfont to learn from besides.", minimum=0),
    Option("models", int, 0, "Sounds of physical models to learn from besides.", minimum=0),
    Option("cache", Path | None, None, "Folder of what was made and read; OUT/data."),
)

ASKED = (
    Option("model", Path, REQUIRED, "Export or checkpoint."),
    *SOUNDS[:3],
    Option("cache", Path | None, None, "Folder of what was made and read."),
    Option("split", str, "test", "Sounds: test, valid, train or all."),
)

MEASURED = (
    Option("count", int, 100, "Sounds that it makes.", minimum=8),
    Option("iterations", int, 60, "Of Griffin-Lim.", minimum=1),
)

MAKE = (
    Option("count", int, 1, "Sounds; with more than one, OUT is a folder.", minimum=1),
    Option("like", list[Path] | None, None, "Sound that they are to be like; may be repeated."),
    Option("vocoder", Path | None, None, "Export or checkpoint of a vocoder, or griffin-lim; the shipped one."),
    Option("iterations", int, 60, "Of Griffin-Lim.", minimum=1),
)

EXPORT = Command(
    "Write a model as ONNX with its manifest; refused where it does not agree with the network.",
    needs=("torch", "onnx", "onnxscript"),
    options=(Option("torchscript", bool, False, "Also as TorchScript.", "--torchscript"),),
)

MATERIAL = "Folders of sounds, one at a time; notes of a soundfont and physical models besides, where asked for."

CODEC_PRESETS = (
    Preset("residual", "", "A residual block at each level."),
    Preset("convolutional", "--preset convolutional", "Plain convolutions, for a quick try."),
)
