"""The vocoder's row in the table of families."""

from pathlib import Path

from livehost.studio.audio.options import ASKED, EXPORT, MATERIAL, SOUNDS
from livehost.studio.family import REQUIRED, Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

VOCODER = Family(
    name="vocoder",
    kind="vocoder",
    title="a vocoder",
    module="livehost.studio.vocoder.family",
    about="Makes the sounds of mels, and a sound file again from its own; other models sound by it with --vocoder.",
    material=MATERIAL,
    presets=(
        Preset("spectral", "", "Magnitudes and steps of the phase by a network: begins at Griffin-Lim, and is fast."),
        Preset("melgan", "--preset melgan", "Writes samples, as MelGAN does; begins from noise, wants a GPU and days."),
    ),
    usual=TrainingRecipe(minutes=60.0, rate=1e-3, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=12),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=6, patience=6),
    shipped="vocoder",
    train=Command(
        "Train on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard"),
        before=SOUNDS,
        options=(
            Option("preset", str, "spectral", "spectral or melgan."),
            Option("width", int | None, None, "Channels; 192, of melgan's first level 512.", minimum=16),
            Option("rounds", int | None, None, "Of Griffin-Lim behind it; 24.", minimum=1),
            Option("first", float, 0.6, "Share of the budget without sounds, by spectra alone; melgan has none."),
            Option("critics", float, 0.1, "Share of it, the last one, against critics."),
            Option("frames", int, 40, "Of a mel.", minimum=1),
            Option("batch", int, 12, "Sounds of a batch.", minimum=1),
        ),
    ),
    export=EXPORT,
    evaluate=Command(
        "Let a model make held-out sounds again from their mels, beside Griffin-Lim.",
        needs=("torch",),
        before=ASKED,
        options=(
            Option("limit", int, 0, "Sounds at most, 0: all.", minimum=0),
            Option("iterations", int, 60, "Of Griffin-Lim.", minimum=1),
        ),
        picture=False,
    ),
    generate=Command(
        "Send a sound file through mel and vocoder.",
        before=(
            Option("sound", Path, REQUIRED, "Sound file.", metavar="SOUND"),
            Option("model", Path, REQUIRED, "Export or checkpoint."),
        ),
    ),
)
