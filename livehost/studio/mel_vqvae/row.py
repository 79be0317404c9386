"""The mel VQ-VAE's row in the table of families."""

from pathlib import Path

from livehost.studio.audio.options import ASKED, CODEC_PRESETS, EXPORT, MAKE, MATERIAL, MEASURED, SOUNDS
from livehost.studio.family import REQUIRED, Command, Family, Option
from livehost.studio.training.recipe import TrainingRecipe

MEL_VQVAE = Family(
    name="mel-vqvae",
    kind="mel-vqvae",
    title="a mel VQ-VAE",
    module="livehost.studio.mel_vqvae.family",
    about="Makes sounds as grids of codes that a prior writes, from nothing or like given ones; gives one sound the "
    "manner of another.",
    material=MATERIAL,
    presets=CODEC_PRESETS,
    shipped="mel-vqvae",
    usual=TrainingRecipe(minutes=90.0, rate=1e-3, weight_decay=0.01, ema_decay=0.99, evaluations=16, patience=16),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=12),
    train=Command(
        "Train codec and prior on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard", "vector_quantize_pytorch"),
        before=SOUNDS,
        options=(
            Option("preset", str, "residual", "residual or convolutional."),
            Option("codes", int, 512, "Of the codebook.", minimum=2),
            Option("width", int, 16, "Channels of the decoder's last level.", minimum=8),
            Option("first", float, 0.4, "Share of the budget in which the codec learns, then the prior."),
            Option("change", bool, True, "Change sounds a little.", "--change/--unchanged"),
            Option("batch", int, 32, "Sounds of a batch.", minimum=1),
        ),
    ),
    export=EXPORT,
    evaluate=Command(
        "Ask a model about sounds that it has not heard, and whether what it makes is like them.",
        needs=("sklearn",),
        before=ASKED,
        options=MEASURED,
        picture=False,
    ),
    generate=Command(
        "Let a model make sounds, or give one sound the manner of another.",
        before=(Option("model", Path, REQUIRED, "Export or checkpoint."),),
        options=(
            *MAKE,
            Option("temperature", float, 1.0, "Of the prior; 0: always the likeliest code."),
            Option("content", Path | None, None, "Sound whose codes are decoded …"),
            Option("style", Path | None, None, "… with the statistics of this one."),
        ),
    ),
)
