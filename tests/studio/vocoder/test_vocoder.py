"""Small vocoders through all commands: trained, exported, asked, and let to make sounds."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile
import torch
from PIL import Image

from livehost.dsp.mel_contract import STANDARD
from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.inference.kinds.vocoder import Pieces
from livehost.inference.manifest import MANIFEST
from livehost.inference.vocoder_sounds import VocoderExport, open_vocoder
from livehost.studio.audio.cache import read_sounds
from livehost.studio.audio.generate import make_and_write
from livehost.studio.audio.voice import voice_of
from livehost.studio.evaluation.command import evaluate
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.options import complete, generate_options
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint
from livehost.studio.training.launch import train
from livehost.studio.vocoder.crops import CropSampler
from livehost.studio.vocoder.losses import stft_distance
from livehost.studio.vocoder.sounds import open_sounds
from livehost.view.console import make_console
from tests.studio.audio.conftest import CONTRACT, bank, ping  # noqa: F401  a fixture

FAMILY = FAMILIES["vocoder"]
SMALL = {"width": 16, "depth": 1, "rounds": 2, "critic_width": 4}


def quiet(_line):
    """Say nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory, bank):  # noqa: F811
    """A checkpoint of a few steps, the last ones against critics, and its export."""
    root = tmp_path_factory.mktemp("vocoder")
    options = {
        "data": [bank], "cache": root / "cache", "out": root / "run", "steps": 4, "batch": 2, "frames": 12,
        "threads": 1, "accelerator": "cpu", "first": 0.25, "critics": 0.5,
    }  # fmt: skip
    train(FAMILY, options, hyperparameters=SMALL, console=make_console())
    export(FAMILY, root / "run" / BEST, root / "export", {"torchscript": True, "licence": "CC0"}, say=quiet)
    return root


def steps_of(checkpoint):
    """Give how many steps each optimiser has taken."""
    return [int(next(iter(kept["state"].values()))["step"]) for kept in checkpoint["training"]["optimizers"]]


def test_generator_and_critics_have_an_optimiser_each_and_go_on(made, bank, tmp_path):  # noqa: F811
    last = load_checkpoint(made / "run" / LAST)
    assert steps_of(last) == [4, 2]
    (tmp_path / "run").mkdir()
    for name in (BEST, LAST):
        (tmp_path / "run" / name).write_bytes((made / "run" / name).read_bytes())
    options = {
        "data": [bank], "cache": made / "cache", "out": tmp_path / "run", "steps": 6, "batch": 2, "frames": 12,
        "threads": 1, "accelerator": "cpu", "first": 0.25, "critics": 0.5,
    }  # fmt: skip
    train(FAMILY, options, console=make_console())
    more = load_checkpoint(tmp_path / "run" / LAST)
    assert steps_of(more) == [6, 4]
    assert more["hyperparameters"] == last["hyperparameters"]
    moved = {name.split(".")[0] for name, value in more["training"]["model"].items()
             if not torch.equal(value, last["training"]["model"][name])}  # fmt: skip
    assert moved == {"generator", "critics"}


def test_what_it_sounds_like_is_kept_at_each_validation(made):
    folder = made / "run" / "shown"
    names = sorted(path.name for path in folder.iterdir())
    assert {name[7:] for name in names} <= {f"{number}.{kind}" for number in (1, 2, 3) for kind in ("wav", "png")}
    assert {int(name[:6]) for name in names} >= {0, 4}
    sound, rate = soundfile.read(folder / "000004-1.wav")
    assert rate == STANDARD.rate
    assert np.abs(sound).max() > 0
    with Image.open(folder / "000004-1.png") as picture:
        assert picture.size == (-(-len(sound) // STANDARD.hop_samples), STANDARD.bands)


def test_crops_follow_from_seed_and_number(bank, tmp_path):  # noqa: F811
    clips = read_sounds([bank], CONTRACT, tmp_path, 0.5).of("train")
    sampler = CropSampler(clips, 700, seed=1, rank=0, batch=40)
    one, again, other = sampler.batch(3).samples, sampler.batch(3).samples, sampler.batch(4).samples
    assert one.shape == (40, 700)
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
    peaks = one.abs().amax(1)
    assert peaks.max() <= 1
    assert one[:, -1].abs().max() == 0  # all go on, and are faded
    late = one[:, 0] == 0
    assert 5 < late.sum() < 35


def test_its_export_says_what_it_is_and_agrees(made):
    manifest = read_manifest(made / "export", "vocoder")
    assert manifest.mel == STANDARD
    assert manifest.pieces == Pieces(reach=10, fewest=1, rounds=2, soft=0.1)
    assert set(manifest.files) == {"vocoder.onnx", "vocoder.ts"}
    assert set(manifest.parity) == {"onnx_frames", "torchscript_frames", "onnx_sound"}
    one, two = open_vocoder(made / "export"), open_sounds(made / "run" / BEST)
    mel = STANDARD.analyse(ping(600, 0.2, 44_100))
    sounds = (torch.from_numpy(opened.sound(mel))[None] for opened in (one, two))
    assert stft_distance(*sounds, STANDARD.floor_db) < 0.1  # rounding grows in the rounds
    assert one.look_ahead_s == pytest.approx((10 + 8) * 256 / 44_100)


def test_melgan_is_exported_too(bank, made, tmp_path):  # noqa: F811
    options = {
        "data": [bank], "cache": made / "cache", "out": tmp_path / "run", "steps": 1, "batch": 1, "frames": 8,
        "threads": 1, "accelerator": "cpu", "preset": "melgan", "width": 16,
    }  # fmt: skip
    train(FAMILY, options, hyperparameters={"critic_width": 4}, console=make_console())
    export(FAMILY, tmp_path / "run" / BEST, tmp_path / "export", {}, say=quiet)
    one, two = open_vocoder(tmp_path / "export"), open_sounds(tmp_path / "run" / BEST)
    mel = STANDARD.analyse(ping(600, 0.1, 44_100))
    np.testing.assert_allclose(one.sound(mel), two.sound(mel), atol=1e-4)
    assert one.sound(mel[:, :1]).shape == (256,)


def test_it_is_asked_beside_griffin_lim(made, bank, tmp_path):  # noqa: F811
    options = {
        "model": made / "export", "data": [bank], "cache": made / "cache", "split": "all", "limit": 5,
        "iterations": 3, "json": tmp_path / "e.json",
    }  # fmt: skip
    evaluate(FAMILY, options, console=make_console())
    said = json.loads((tmp_path / "e.json").read_text())
    model, beside = said["rows"]
    assert [model["method"], beside["method"]] == ["export", "Griffin-Lim, 3 iterations"]
    assert beside["nearer"] == 0
    apart = np.array([[sound["model"], sound["griffin_lim"]] for sound in said["sounds"]])
    assert apart.shape == (5, 2)
    np.testing.assert_allclose([model["distance"], beside["distance"]], apart.mean(0))
    assert model["nearer"] == np.mean(apart[:, 0] < apart[:, 1])
    assert said["look_ahead_ms"] == pytest.approx((10 + 8) * 256 / 44.1)
    assert min(model["second_ms"], beside["second_ms"]) > 0


def generate(options):
    return FAMILY.code().generate(complete(options, generate_options(FAMILY)), make_console())


def test_a_file_comes_back_as_long_and_as_loud(made, tmp_path):
    sound = 0.25 * ping(500, 0.5, 48_000)
    soundfile.write(tmp_path / "in.wav", np.stack([sound, sound], 1), 48_000)
    path = generate({"model": made / "export", "sound": tmp_path / "in.wav", "out": tmp_path / "out.wav"})
    again, rate = soundfile.read(path)
    assert rate == 44_100
    assert len(again) == pytest.approx(0.5 * 44_100, abs=2)
    assert np.square(again).mean() == pytest.approx(np.square(sound).mean(), rel=0.3)


def test_an_export_makes_sounds_without_torch(made, bank, tmp_path):  # noqa: F811
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = ["generate", "vocoder", str(bank / "ping 0.wav"), "--model", str(made / "export"), "-o",
             str(tmp_path / "x.wav")]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program, "livehost", *typed], capture_output=True, text=True, check=True
    )
    assert "by export." in done.stdout
    assert done.stdout.endswith("[]\n")


def test_it_sounds_the_mels_of_other_models(made, tmp_path):
    mel = STANDARD.analyse(ping(600, 0.2, 44_100))
    options = {"out": tmp_path / "x.wav", "seed": 0, "iterations": 1, "vocoder": made / "export"}
    (path,) = make_and_write(lambda _: [mel], "some model", STANDARD, options, make_console())
    sound, _ = soundfile.read(path)
    assert np.abs(sound).max() == pytest.approx(10 ** (-1 / 20), rel=1e-3)
    wanted = open_vocoder(made / "export").sound(mel)[:4000]
    assert np.corrcoef(wanted, sound[:4000])[0, 1] > 0.999


def test_models_of_other_mels_are_refused(made):
    said = "export and some model do not fit together: export has a rate of 44100 Hz instead of a rate of 8000 Hz"
    with pytest.raises(LivehostError, match=said):
        voice_of("some model", CONTRACT, made / "export")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sound": "nowhere.wav"}, "nowhere.wav vanished"),
        ({"model": "nowhere"}, "There is no export 'nowhere'"),
        ({"out": "."}, r"\. is a folder"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(made, bank, tmp_path, options, said):  # noqa: F811
    asked = {"model": made / "export", "sound": bank / "ping 0.wav", "out": tmp_path / "x.wav", **options}
    with pytest.raises(LivehostError, match=said):
        generate(asked)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"preset": "wavenet"}, "There is no preset 'wavenet'; choose spectral or melgan"),
        ({"preset": "melgan", "width": 17}, "There is no such network"),
        ({"first": 2.0}, "--first is a share of the budget"),
        ({"critics": -1.0}, "--critics is a share of the budget"),
        ({"frames": 3}, "--frames is 8 or more"),
    ],
)
def test_what_cannot_be_trained_is_a_sentence(made, bank, tmp_path, options, said):  # noqa: F811
    given = {"data": [bank], "cache": made / "cache", "out": tmp_path / "run", "steps": 1, "accelerator": "cpu"}
    with pytest.raises(LivehostError, match=said):
        train(FAMILY, {**given, **options}, console=make_console())


def test_a_manifest_that_no_vocoder_has_is_refused(made, tmp_path):
    for path in (made / "export").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(text.replace("fewest = 1", "fewest = 0"))
    with pytest.raises(LivehostError, match="takes 0 or more"):
        read_manifest(tmp_path)
    (tmp_path / MANIFEST).write_text(text.replace("bands = 80\nlow_hz", "bands = 64\nlow_hz"))
    with pytest.raises(LivehostError, match="has the input 'mels' as"):
        VocoderExport(read_manifest(tmp_path, "vocoder"))
