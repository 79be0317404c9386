"""The families of models that livehost trains, exports and evaluates: a table, one row a family.

To add a family: a folder (or one file) with its code, see `livehost.studio.family.FamilyCode`; a row here, from which
the command line makes its commands; and, for its exports, a row in `livehost.inference.kinds.KINDS`.
"""

from pathlib import Path

from livehost.studio.family import REQUIRED, Command, Family, Option, Preset
from livehost.studio.training.recipe import TrainingRecipe

_DATA = Option("data", list[Path] | None, None, "Folder of sounds or MIDI; may be repeated.")

_BANK = Family(
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

_PERFORMANCE = Family(
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

_DRUMS = Option("drums", int, 2000, "Drums by chance, of six shapes and 15 to 60 cm.", minimum=10)
_STROKES = Option("strokes", int, 16, "Strokes on each.", minimum=1)

_STRIKE = Family(
    name="strike",
    kind="strike",
    title="an ear for strokes",
    module="livehost.studio.strike.family",
    usual=TrainingRecipe(minutes=20.0, rate=2e-3, weight_decay=0.02, ema_decay=0.995, evaluations=20, patience=20),
    further=TrainingRecipe(minutes=10.0, rate=5e-4, weight_decay=0.02, ema_decay=0.995, evaluations=10, patience=10),
    about="Tells the size and the shape of a struck drum, and where it was struck, by 21 ms behind the onset; on stage "
    "with listen.strike.",
    material="Nothing but drums from physics, rendered as it begins.",
    presets=(
        Preset("short", "", "Learns most in a training of minutes; 0.1 ms a stroke."),
        Preset("small", "--preset small", "Twice the time of short for as many strokes.", 40.0),
        Preset("crepe", "--preset crepe", "The widths of CREPE; eight times the time of short.", 160.0),
    ),
    train=Command(
        "Train on drums from physics to tell a struck drum's size and shape, and where it was struck.",
        needs=("torch", "lightning_fabric", "tensorboard", "scipy", "shapely"),
        before=(_DRUMS, _STROKES),
        options=(
            Option("cache", Path | None, None, "Folder of rendered strokes; OUT/data."),
            Option("preset", str, "short", "Network: short, small, or crepe with CREPE's widths."),
            Option("dropout", float, 0.1, "Behind each layer.", minimum=0),
            Option("batch", int, 64, "Strokes of a batch.", minimum=1),
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

_SOUNDS = (
    Option("data", list[Path] | None, None, "Folder of sounds; may be repeated."),
    Option("notes", int, 0, "Notes of a soundfont to learn from besides.", minimum=0),
    Option("models", int, 0, "Sounds of physical models to learn from besides.", minimum=0),
    Option("cache", Path | None, None, "Folder of what was made and read; OUT/data."),
)
_ASKED = (
    Option("model", Path, REQUIRED, "Export or checkpoint."),
    *_SOUNDS[:3],
    Option("cache", Path | None, None, "Folder of what was made and read."),
    Option("split", str, "test", "Sounds: test, valid, train or all."),
)
_MEASURED = (
    Option("count", int, 100, "Sounds that it makes.", minimum=8),
    Option("iterations", int, 60, "Of Griffin-Lim.", minimum=1),
)
_MAKE = (
    Option("count", int, 1, "Sounds; with more than one, OUT is a folder.", minimum=1),
    Option("like", list[Path] | None, None, "Sound that they are to be like; may be repeated."),
    Option("vocoder", Path | None, None, "Export or checkpoint of a vocoder, in place of Griffin-Lim."),
    Option("iterations", int, 60, "Of Griffin-Lim.", minimum=1),
)
_EXPORT_SOUNDS = Command(
    "Write a model as ONNX with its manifest; refused where it does not agree with the network.",
    needs=("torch", "onnx", "onnxscript"),
    options=(Option("torchscript", bool, False, "Also as TorchScript.", "--torchscript"),),
)

_SOUNDS_WORDS = "Folders of sounds, one at a time; notes of a soundfont and physical models besides, where asked for."
_CODEC_PRESETS = (
    Preset("residual", "", "A residual block at each level."),
    Preset("convolutional", "--preset convolutional", "Plain convolutions, for a quick try."),
)

_MEL_VAE = Family(
    name="mel-vae",
    kind="mel-vae",
    title="a mel VAE",
    module="livehost.studio.mel_vae.family",
    about="Makes sounds from points of a normal distribution, and everything that lies between two sounds.",
    material=_SOUNDS_WORDS,
    presets=_CODEC_PRESETS,
    usual=TrainingRecipe(minutes=60.0, rate=1e-3, weight_decay=0.01, ema_decay=0.995, evaluations=20, patience=20),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=6),
    train=Command(
        "Train on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard"),
        before=_SOUNDS,
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
    export=_EXPORT_SOUNDS,
    evaluate=Command(
        "Ask a model about sounds that it has not heard, and whether what it makes is like them.",
        needs=("sklearn",),
        before=_ASKED,
        options=_MEASURED,
        picture=False,
    ),
    generate=Command(
        "Let a model make sounds.",
        before=(Option("model", Path, REQUIRED, "Export or checkpoint."),),
        options=(
            *_MAKE,
            Option("between", bool, False, "Between the sounds of --like.", "--between"),
            Option("spread", float, 0.5, "How far from --like; 1 is the prior's own."),
            Option("temperature", float, 1.0, "Of the prior."),
        ),
    ),
)

_MEL_VQVAE = Family(
    name="mel-vqvae",
    kind="mel-vqvae",
    title="a mel VQ-VAE",
    module="livehost.studio.mel_vqvae.family",
    about="Makes sounds as grids of codes that a prior writes, from nothing or like given ones; gives one sound the "
    "manner of another.",
    material=_SOUNDS_WORDS,
    presets=_CODEC_PRESETS,
    usual=TrainingRecipe(minutes=90.0, rate=1e-3, weight_decay=0.01, ema_decay=0.99, evaluations=16, patience=16),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=12),
    train=Command(
        "Train codec and prior on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard", "vector_quantize_pytorch"),
        before=_SOUNDS,
        options=(
            Option("preset", str, "residual", "residual or convolutional."),
            Option("codes", int, 512, "Of the codebook.", minimum=2),
            Option("width", int, 16, "Channels of the first level.", minimum=8),
            Option("first", float, 0.6, "Share of the budget in which the codec learns, then the prior."),
            Option("change", bool, True, "Change sounds a little.", "--change/--unchanged"),
            Option("batch", int, 32, "Sounds of a batch.", minimum=1),
        ),
    ),
    export=_EXPORT_SOUNDS,
    evaluate=Command(
        "Ask a model about sounds that it has not heard, and whether what it makes is like them.",
        needs=("sklearn",),
        before=_ASKED,
        options=_MEASURED,
        picture=False,
    ),
    generate=Command(
        "Let a model make sounds, or give one sound the manner of another.",
        before=(Option("model", Path, REQUIRED, "Export or checkpoint."),),
        options=(
            *_MAKE,
            Option("temperature", float, 1.0, "Of the prior; 0: always the likeliest code."),
            Option("content", Path | None, None, "Sound whose codes are decoded …"),
            Option("style", Path | None, None, "… with the statistics of this one."),
        ),
    ),
)

_VOCODER = Family(
    name="vocoder",
    kind="vocoder",
    title="a vocoder",
    module="livehost.studio.vocoder.family",
    about="Makes the sounds of mels, and a sound file again from its own; mel-vae and mel-vqvae sound by it with "
    "--vocoder.",
    material=_SOUNDS_WORDS,
    presets=(
        Preset("spectral", "", "Magnitudes by a network, phases by Griffin-Lim: begins where that is, and is fast."),
        Preset("melgan", "--preset melgan", "Writes samples, as MelGAN does; for days of training on a GPU.", 10_000.0),
    ),
    usual=TrainingRecipe(minutes=60.0, rate=1e-3, weight_decay=0.01, ema_decay=0.99, evaluations=12, patience=12),
    further=TrainingRecipe(minutes=10.0, rate=3e-4, weight_decay=0.01, ema_decay=0.99, evaluations=6, patience=6),
    train=Command(
        "Train on folders of sounds, or further on one's own; what exists is resumed.",
        needs=("torch", "lightning_fabric", "tensorboard"),
        before=_SOUNDS,
        options=(
            Option("preset", str, "spectral", "spectral or melgan."),
            Option("width", int | None, None, "Channels; 192, of melgan's first level 512.", minimum=16),
            Option("rounds", int | None, None, "Of Griffin-Lim behind it; 16.", minimum=1),
            Option("first", float, 0.8, "Share of the budget without critics."),
            Option("frames", int, 40, "Of a mel.", minimum=1),
            Option("batch", int, 12, "Sounds of a batch.", minimum=1),
        ),
    ),
    export=_EXPORT_SOUNDS,
    evaluate=Command(
        "Let a model make held-out sounds again from their mels, beside Griffin-Lim.",
        needs=("torch",),
        before=_ASKED,
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

#: Name on the command line → row.
#: Name on the command line → row.
FAMILIES: dict[str, Family] = {
    family.name: family for family in (_BANK, _PERFORMANCE, _STRIKE, _MEL_VAE, _MEL_VQVAE, _VOCODER)
}


def family_of(kind: str) -> Family | None:
    """Find the family whose checkpoints and exports are of a kind; None for none."""
    return next((family for family in FAMILIES.values() if family.kind == kind), None)
