"""A small mel VAE through all commands: trained, exported, asked, and let to make sounds."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile
import torch

from livehost.dsp.mel_contract import STANDARD
from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.inference.manifest import MANIFEST
from livehost.inference.mel_vae_sounds import VAEExport, VAESounds, slerp, until_silence
from livehost.studio.evaluation.command import evaluate
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.mel_vae.schedule import schedule_of
from livehost.studio.mel_vae.sounds import open_sounds
from livehost.studio.mel_vae.task import divergence
from livehost.studio.models.mel_vae import Hyperparameters, MelVAE
from livehost.studio.options import complete, generate_options
from livehost.studio.training.checkpoint import BEST, load_checkpoint
from livehost.studio.training.launch import train
from livehost.view.console import make_console
from tests.studio.audio.conftest import bank  # noqa: F401  a fixture

FAMILY = FAMILIES["mel-vae"]
SMALL = {"frames": 64, "latent": 6, "width": 8, "blocks": 1}


def quiet(_line):
    """Say nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory, bank):  # noqa: F811
    """A checkpoint of a few steps, and its export."""
    root = tmp_path_factory.mktemp("vae")
    options = {
        "data": [bank], "cache": root / "cache", "out": root / "vae", "steps": 12, "batch": 4, "threads": 1,
        "accelerator": "cpu", "schedule": "cyclic", "free_bits": 0.1, "rate": 3e-3, "change": False,
    }  # fmt: skip
    state = train(FAMILY, options, hyperparameters=SMALL, console=make_console())
    assert state.best["held out"]["error_db"] <= state.start["held out"]["error_db"]
    export(FAMILY, root / "vae" / BEST, root / "export", {"torchscript": True, "licence": "CC0"}, say=quiet)
    return root


def test_it_begins_as_principal_components():
    mels = torch.rand(5, 16, 16, generator=torch.Generator().manual_seed(0))
    network = MelVAE(Hyperparameters(bands=16, frames=16, latent=8, width=8, blocks=1)).eval()
    network.fit(mels)
    codes, _ = network.encode(mels)
    torch.testing.assert_close(network.decode(codes), mels, atol=1e-4, rtol=0)  # five mels have four components
    torch.testing.assert_close(codes[:, :4].square().mean(0), torch.ones(4), atol=1e-3, rtol=0)
    assert codes[:, 4:].abs().max() == 0


def test_divergence_is_that_of_normal_distributions():
    mean, deviation = torch.tensor([0.3, -2.0]), torch.tensor([0.5, 1.5])
    oracle = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, deviation), torch.distributions.Normal(0.0, 1.0)
    )
    torch.testing.assert_close(divergence(mean, 2 * deviation.log()), oracle)


def test_schedules():
    assert [schedule_of("linear")(p) for p in (0.0, 0.2, 0.4, 1.0)] == [0.0, 0.5, 1.0, 1.0]
    assert schedule_of("constant")(0.0) == 1.0
    with pytest.raises(LivehostError, match="There is no schedule 'steep'; choose constant, linear, cyclic"):
        schedule_of("steep")


def test_its_export_says_what_it_is_and_agrees(made):
    manifest = read_manifest(made / "export", "mel-vae")
    assert (manifest.mel, manifest.frames, manifest.latent) == (STANDARD, 64, 6)
    assert set(manifest.files) == {"encoder.onnx", "decoder.onnx", "encoder.ts", "decoder.ts"}
    assert set(manifest.parity) == {f"{how}_{what}" for how in ("onnx", "torchscript")
                                    for what in ("mean", "log_variance", "mels")}  # fmt: skip
    assert max(manifest.parity.values()) < 1e-3


def test_an_export_makes_what_its_network_makes(made):
    one, two = (open_sounds(path) for path in (made / "export", made / "vae" / BEST))
    a, b = (sounds.sample(3, np.random.default_rng(0)) for sounds in (one, two))
    for x, y in zip(a, b, strict=True):
        assert x.shape[0] == 80
        np.testing.assert_allclose(x, y, atol=0.05)


def test_what_is_like_a_sound_is_nearer_to_it_the_smaller_the_spread(made):
    sounds = open_sounds(made / "export")
    mels = [clip_mel(k) for k in range(2)]
    again = sounds.again(mels)
    off = [np.mean([mean_distance(a, b) for a, b in zip(sounds.like(mels, 2, np.random.default_rng(1), s), again,
                                                        strict=True)]) for s in (0.0, 0.3, 1.0)]  # fmt: skip
    assert off[0] < 0.1 < off[1] < off[2]


def test_between_goes_from_one_to_the_other(made):
    sounds = open_sounds(made / "export")
    mels = [clip_mel(k) for k in range(2)]
    first, _, last = sounds.between(mels, 3, np.random.default_rng(0))
    ends = sounds.like(mels, 2, np.random.default_rng(0), 0.0)
    np.testing.assert_allclose(first, ends[0], atol=0.05)
    np.testing.assert_allclose(last, ends[1], atol=0.05)


def clip_mel(number):
    """A short mel of two bands."""
    mel = np.full((80, 30), -90.0, np.float32)
    mel[20 + 20 * number] = np.linspace(-10, -60, 30)
    return mel


def mean_distance(a, b):
    frames = min(a.shape[1], b.shape[1])
    return np.abs(a[:, :frames] - b[:, :frames]).mean()


def test_slerp_keeps_the_length():
    a, b = np.array([3.0, 0.0]), np.array([0.0, 3.0])
    np.testing.assert_allclose(slerp(a, b, 1 / 3), [3 * np.cos(np.pi / 6), 3 * np.sin(np.pi / 6)])
    np.testing.assert_allclose(slerp(a, 2 * a, 0.5), 1.5 * a)
    sharp = np.array([3 * np.cos(np.pi / 3), 3 * np.sin(np.pi / 3)])  # 60 degrees from the first
    np.testing.assert_allclose(slerp(a, sharp, 0.5), [3 * np.cos(np.pi / 6), 3 * np.sin(np.pi / 6)])


def test_a_mel_ends_where_the_sound_does():
    mel = np.full((4, 9), -90.0)
    assert until_silence(mel, STANDARD).shape == (4, 1)
    mel[2, :5] = -70
    assert until_silence(mel, STANDARD).shape == (4, 5)


def test_it_is_asked_beside_principal_components(made, bank, tmp_path):  # noqa: F811
    options = {
        "model": made / "export", "data": [bank], "cache": made / "cache", "split": "all", "count": 8,
        "iterations": 2, "json": tmp_path / "e.json",
    }  # fmt: skip
    found = evaluate(FAMILY, options, console=make_console())
    said = json.loads((tmp_path / "e.json").read_text())
    assert [row["method"] for row in said["again"]] == ["export", "principal components"]
    assert said["again"][0]["error_db"] < said["again"][1]["error_db"] + 1.0
    assert [row["name"] for row in said["sets"]] == [
        "sounds learnt from", "held out, by Griffin-Lim", "made by the prior", "of random codes", "of shuffled noise"
    ]  # fmt: skip
    by_name = {row["name"]: row["distance"] for row in said["sets"]}
    assert by_name["sounds learnt from"] < by_name["held out, by Griffin-Lim"] < by_name["of shuffled noise"]
    assert found.copies.count == 8
    with pytest.raises(LivehostError, match="Asking wants 8 sounds that are held out"):
        evaluate(FAMILY, options | {"split": "test"}, console=make_console())


def generate(options):
    return FAMILY.code().generate(complete(options, generate_options(FAMILY)), make_console())


def test_it_makes_files(made, bank, tmp_path):  # noqa: F811
    common = {"model": made / "export", "iterations": 2}
    paths = generate({**common, "out": tmp_path / "some", "count": 3, "like": [bank / "ping 0.wav"]})
    assert [path.name for path in paths] == ["some-1.wav", "some-2.wav", "some-3.wav"]
    sound, rate = soundfile.read(paths[0])
    assert rate == 44_100
    assert np.abs(sound).max() == pytest.approx(10 ** (-1 / 20), rel=1e-3)
    before = [path.read_bytes() for path in paths]
    generate({**common, "out": tmp_path / "some", "count": 3, "like": [bank / "ping 0.wav"]})
    assert [path.read_bytes() for path in paths] == before
    assert generate({**common, "out": tmp_path / "one.wav"}) == [tmp_path / "one.wav"]


def test_an_export_makes_sounds_without_torch(made, tmp_path):
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = f"livehost generate mel-vae --model {made / 'export'} -o {tmp_path / 'x.wav'} --iterations 1"
    done = subprocess.run([sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True)
    assert "by export and vocoder" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"between": True}, "--between wants two or more sounds"),
        ({"spread": -1.0}, "--spread and --temperature lie between 0 and 4"),
        ({"temperature": float("nan")}, "--spread and --temperature lie between 0 and 4"),
        ({"like": ["nowhere.wav"]}, "nowhere.wav vanished"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(made, tmp_path, options, said):
    with pytest.raises(LivehostError, match=said):
        generate({"model": made / "export", "out": tmp_path / "x.wav", **options})


def test_a_manifest_of_another_contract_is_refused(made, tmp_path):
    for path in (made / "export").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(text.replace("bands = 80\nlow_hz", "bands = 64\nlow_hz"))
    with pytest.raises(LivehostError, match="has the input 'mels' as"):
        VAESounds(VAEExport(read_manifest(tmp_path, "mel-vae")))
    (tmp_path / MANIFEST).write_text(text.replace('scale = "slaney', 'scale = "htk'))
    with pytest.raises(LivehostError, match="of the scale 'htk"):
        read_manifest(tmp_path)


def test_a_checkpoint_without_its_contract_is_refused(made, tmp_path):
    checkpoint = torch.load(made / "vae" / BEST, weights_only=True)
    del checkpoint["mel"]
    torch.save(checkpoint, tmp_path / "x.pt")
    with pytest.raises(LivehostError, match="lacks mel"):
        load_checkpoint(tmp_path / "x.pt")


def test_it_is_trained_further_on_other_sounds(made, bank, tmp_path):  # noqa: F811
    options = {
        "data": [bank], "cache": made / "cache", "out": tmp_path / "more", "steps": 2, "batch": 4, "threads": 1,
        "accelerator": "cpu", "from_": str(made / "vae" / BEST),
    }  # fmt: skip
    state = train(FAMILY, options, console=make_console())
    before = load_checkpoint(made / "vae" / BEST)["metrics"]["held out"]["error_db"]
    assert state.start["held out"]["error_db"] == pytest.approx(before, rel=1e-4)
