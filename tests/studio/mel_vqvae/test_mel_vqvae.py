"""A small mel VQ-VAE through all commands, and how its prior's codes become sounds."""

import json
import subprocess
import sys

import numpy as np
import pytest

from livehost.dsp.mel_contract import STANDARD, MelContract
from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.inference.kinds.mel_vqvae import CodeShape
from livehost.inference.mel_vqvae_sounds import CodeExport, CodeSounds
from livehost.studio.evaluation.command import evaluate
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.mel_vqvae.sounds import open_sounds
from livehost.studio.options import complete, generate_options
from livehost.studio.training.checkpoint import BEST
from livehost.studio.training.launch import train
from livehost.view.console import make_console
from tests.studio.audio.conftest import bank  # noqa: F401  a fixture

FAMILY = FAMILIES["mel-vqvae"]
SMALL = {
    "frames": 64, "codes": 24, "size": 8, "width": 8, "blocks": 0, "prior_width": 16, "prior_depth": 2,
    "prior_heads": 2, "dropout": 0.0,
}  # fmt: skip


def quiet(_line):
    """Say nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory, bank):  # noqa: F811
    """A checkpoint of a few steps, and its export."""
    root = tmp_path_factory.mktemp("vq")
    options = {
        "data": [bank], "cache": root / "cache", "out": root / "vq", "steps": 20, "batch": 4, "threads": 1,
        "accelerator": "cpu", "first": 0.3, "rate": 1e-2, "change": False,
    }  # fmt: skip
    state = train(FAMILY, options, hyperparameters=SMALL, console=make_console())
    assert state.best["held out"]["nats"] < state.start["held out"]["nats"] - 0.3
    export(FAMILY, root / "vq" / BEST, root / "export", {"torchscript": True, "licence": "CC0"}, say=quiet)
    return root


def test_its_export_says_what_it_is_and_agrees(made):
    manifest = read_manifest(made / "export", "mel-vqvae")
    assert manifest.mel == STANDARD
    assert manifest.shape == CodeShape(frames=64, rows=5, columns=8, codes=24, size=8, depth=2, width=16)
    assert set(manifest.files) == {
        "encoder.onnx", "decoder.onnx", "prior.onnx", "encoder.ts", "decoder.ts", "prior.ts", "codebook.npy"
    }  # fmt: skip
    assert set(manifest.parity) == {
        "onnx_codes", "onnx_mels", "onnx_logits", "torchscript_codes", "torchscript_mels", "torchscript_logits",
        "torchscript_key", "torchscript_value",
    }  # fmt: skip


def test_an_export_makes_what_its_network_makes(made):
    one, two = (open_sounds(path) for path in (made / "export", made / "vq" / BEST))
    a, b = (sounds.sample(4, np.random.default_rng(0)) for sounds in (one, two))
    assert [x.shape for x in a] == [y.shape for y in b]
    for x, y in zip(a, b, strict=True):
        np.testing.assert_allclose(x, y, atol=0.05)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("codebook.npy", np.zeros((24, 8)), "holds float64 .24, 8., and its manifest says float32"),
        ("codebook.npy", np.zeros((24, 9), np.float32), "holds float32 .24, 9."),
    ],
)
def test_a_codebook_of_another_kind_is_refused(made, tmp_path, file, content, said):
    manifest = read_manifest(made / "export", "mel-vqvae")
    for path in (made / "export").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    np.save(tmp_path / file, content)
    manifest.folder = tmp_path
    with pytest.raises(LivehostError, match=said):
        CodeExport(manifest)


class Scripted:
    """Parts whose prior plays what it is told, and whose mels show their codes."""

    name, contract = "scripted", MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=4, high_hz=4000.0)
    shape = CodeShape(frames=8, rows=2, columns=4, codes=6, size=1, depth=1, width=1)
    codebook = np.arange(6, dtype=np.float32)[:, None] / 10

    def __init__(self, scripts):
        self.scripts, self.heard = scripts, []

    def encode(self, units):
        return np.round(units[:, ::2, ::2] * 10).astype(np.int64)

    def decode(self, grid):
        return np.repeat(np.repeat(grid[:, 0], 2, axis=1), 2, axis=2)

    def step(self, token, place, condition, keys, values):
        self.heard.append((int(place[0]), token.tolist(), keys[:, 0, :, 0].tolist()))
        at = int(place[0])
        logits = np.full((len(self.scripts), 7), -50.0, np.float32)
        for row, script in zip(logits, self.scripts, strict=True):
            row[script[at] if at < len(script) else 6] = 0.0
            row[0] = -10.0 if row[0] < 0 else row[0]
        row = np.full((len(self.scripts), 1, 1), at + 1.0, np.float32)
        return [logits, row, row]


def test_codes_are_drawn_column_by_column_until_the_end():
    parts = Scripted([[1, 2, 3, 4], [5, 4, 3, 2, 1, 2, 3, 4]])
    drawn = CodeSounds(parts).draw(np.zeros((2, 10), np.float32), np.random.default_rng(0), 0.0)
    assert drawn[0].tolist() == [[1, 3], [2, 4]]  # two rows, two columns
    assert drawn[1].tolist() == [[5, 3, 1, 3], [4, 2, 2, 4]]
    places, tokens, keys = zip(*parts.heard, strict=True)
    assert places == tuple(range(8))
    assert tokens[0] == [6, 6]  # the start
    assert [both[1] for both in tokens[1:]] == [5, 4, 3, 2, 1, 2, 3]
    assert keys[3][0] == [1.0, 2.0, 3.0, 0, 0, 0, 0, 0]


def test_a_sound_does_not_end_inside_a_column_or_before_the_first():
    drawn = CodeSounds(Scripted([[], [3]])).draw(np.zeros((2, 10), np.float32), np.random.default_rng(0), 0.0)
    assert [codes.tolist() for codes in drawn] == [[[0], [0]], [[3], [0]]]


def drawn_around(spread, places, scripts=([], [], [])):
    """Codes around three sounds of one, two and four columns, by a prior that writes what it is told."""
    columns = ([1], [2, 3], [5, 5, 5, 5])
    mels = [
        Scripted.contract.from_unit(np.repeat(np.tile(np.array(c, np.float32) / 10, (4, 1)), 2, 1)) for c in columns
    ]
    sounds, rng = CodeSounds(Scripted(scripts)), np.random.default_rng(0)
    made = sounds.around(mels, np.array(places), rng, spread, temperature=0.0)
    return [np.round(sounds.contract.to_unit(mel)[::2, ::2] * 10).astype(int).tolist() for mel in made]


def test_around_a_place_are_its_own_codes_and_the_priors():
    scripts = ([4] * 4, [], [3] * 8)
    own = [[[1], [1]], [[2, 3], [2, 3]], [[5, 5, 5, 5], [5, 5, 5, 5]]]
    assert drawn_around(0.0, [0, 1, 2], scripts) == own
    assert drawn_around(1.0, [0, 1, 2], scripts) == [[[4, 4], [4, 4]], [[0], [0]], [[3] * 4, [3] * 4]]
    some = np.array(drawn_around(0.5, [2, 2, 2], [[3] * 8] * 3))
    assert set(some.ravel()) == {3, 5}


def test_between_two_places_lie_mixtures_of_codes_and_lengths():
    assert drawn_around(0.0, [1.6, 0.4, 1.0]) == [[[4, 4, 3], [4, 4, 3]], [[1, 1], [1, 1]], [[2, 3], [2, 3]]]


def test_temperature_spreads_the_draws():
    logits = np.log(np.array([[0.5, 0.3, 0.2]]))
    from livehost.inference.mel_vqvae_sounds import _choose

    rows = np.repeat(logits, 20_000, axis=0)
    shares = np.bincount(_choose(rows, np.random.default_rng(0), 1.0)) / len(rows)
    np.testing.assert_allclose(shares, [0.5, 0.3, 0.2], atol=0.015)
    cold = np.bincount(_choose(rows, np.random.default_rng(0), 0.5)) / len(rows)
    np.testing.assert_allclose(cold, np.array([25, 9, 4]) / 38, atol=0.015)


def test_mels_are_as_long_as_their_codes_and_silent_behind_them():
    sounds = CodeSounds(Scripted([]))
    first, second = sounds.from_codes([np.array([[1, 2], [3, 4]]), np.array([[5], [5]])])
    assert (first.shape, second.shape) == ((4, 4), (4, 2))
    np.testing.assert_allclose(sounds.contract.to_unit(first)[::2, ::2], [[0.1, 0.2], [0.3, 0.4]], atol=1e-6)


def test_style_brings_its_statistics():
    sounds, contract = CodeSounds(Scripted([])), Scripted.contract
    content, style = (
        contract.from_unit(np.repeat(np.repeat(np.array(x, np.float32), 2, 0), 2, 1))
        for x in ([[0.1, 0.3, 0.1, 0.3]] * 2, [[0.2, 0.2, 0.4, 0.4], [0.5, 0.5, 0.5, 0.5]])
    )
    moved = contract.to_unit(sounds.transfer(content, style))[::2, ::2]
    # the movement of the content, with mean and deviation of the style, row by row
    np.testing.assert_allclose(moved[0], [0.2, 0.4, 0.2, 0.4], atol=0.01)
    np.testing.assert_allclose(moved[1], 0.5, atol=0.01)
    same = sounds.transfer(content, content)
    np.testing.assert_allclose(same, sounds.again([content])[0], atol=0.5)


def test_it_is_asked_beside_kmeans(made, bank, tmp_path):  # noqa: F811
    options = {
        "model": made / "export", "data": [bank], "cache": made / "cache", "split": "all", "count": 8,
        "iterations": 2, "json": tmp_path / "e.json",
    }  # fmt: skip
    evaluate(FAMILY, options, console=make_console())
    said = json.loads((tmp_path / "e.json").read_text())
    assert [row["method"] for row in said["again"]] == ["export", "k-means of tiles"]
    assert said["again"][0]["error_db"] < 1.5 * said["again"][1]["error_db"]
    assert 0 < said["facts"]["use of the codebook"] <= 1
    assert len(said["sets"]) == 5


def generate(options):
    return FAMILY.code().generate(complete(options, generate_options(FAMILY)), make_console())


def test_it_makes_files(made, bank, tmp_path):  # noqa: F811
    common = {"model": made / "export", "iterations": 2}
    paths = generate({**common, "out": tmp_path / "some", "count": 2, "like": [bank / "ping 0.wav"]})
    assert [path.name for path in paths] == ["some-1.wav", "some-2.wav"]
    moved = generate({
        **common, "out": tmp_path / "moved.wav", "content": bank / "ping 0.wav", "style": bank / "ping 3.wav"
    })  # fmt: skip
    assert moved == [tmp_path / "moved.wav"]


def test_an_export_makes_sounds_without_torch(made, tmp_path):
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = f"livehost generate mel-vqvae --model {made / 'export'} -o {tmp_path / 'x.wav'} --iterations 1"
    done = subprocess.run([sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True)
    assert "by export and vocoder" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"temperature": -1.0}, "--temperature lies between 0 and 4"),
        ({"content": "a.wav"}, "--content and --style go together"),
        ({"model": "nowhere"}, "There is no export 'nowhere'"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(made, tmp_path, options, said):
    with pytest.raises(LivehostError, match=said):
        generate({"model": made / "export", "out": tmp_path / "x.wav", **options})
