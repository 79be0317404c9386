"""The mel VAE's row in the table of families."""

from pathlib import Path

from livehost.studio.audio.options import ASKED, CODEC_PRESETS, EXPORT, MAKE, MATERIAL, MEASURED, SOUNDS
from livehost.studio.family import REQUIRED, Command, Family, Option
from livehost.studio.training.recipe import TrainingRecipe

MEL_VAE = Family(
    name="mel-vae",
    kind="mel-vae",
    title="a mel VAE",
    module="livehost.studio.mel_vae.family",
    about="Makes sounds from points of a normal distribution, and everything that lies between two sounds.",
    material=MATERIAL,
    presets=CODEC_PRESETS,
    usual=TrainingRecipe(minutes=60.0, rate=1e-3, weight_decay=0.01, ema_decay=0.995, evaluations=20, patience=20),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=6),
    train=Command(
        "Train on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard"),
        before=SOUNDS,
        options=(
            Option("preset", str, "residual", "residual or convolutional."),
            Option("latent", int, 64, "Numbers of a code.", minimum=1),
            Option("width", int, 16, "Channels of the first level.", minimum=8),
            Option("beta", float, 0.02, "Of the prior."),
            Option("schedule", str, "linear", "Of beta: constant, linear or cyclic."),
            Option("free_bits", float, 0.0, "Of each number of the code."),
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
        "Let a model make sounds.",
        before=(Option("model", Path, REQUIRED, "Export or checkpoint."),),
        options=(
            *MAKE,
            Option("between", bool, False, "Between the sounds of --like.", "--between"),
            Option("spread", float, 0.5, "How far from --like; 1 is the prior's own."),
            Option("temperature", float, 1.0, "Of the prior."),
        ),
    ),
)
