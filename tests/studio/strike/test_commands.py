"""`livehost train`, `export` and `evaluate strike`, as typed, and the ear that comes of it."""

import io
import json
import shutil
import subprocess
import sys
import tomllib

import numpy as np
import pytest
from rich.console import Console

from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.strike import sounds
from livehost.studio.strike.evaluation import open_model
from livehost.studio.training.checkpoint import load_checkpoint, save_checkpoint
from livehost.studio.training.launch import train
from livehost.toml import to_toml
from tests.studio.strike.conftest import DRUMS, SEED, STROKES

STAGE = {"rate": 48_000, "hop_samples": 128, "frame_samples": 1024}
DATA = f"--drums {DRUMS} --strokes {STROKES} --seed {SEED}"


@pytest.fixture(autouse=True)
def few_strokes_in_a_file(small_files):
    """Of all that is typed here."""


@pytest.fixture(scope="module")
def made(cache, tmp_path_factory):
    """A folder with a training (mine) and its export (ear)."""
    folder = tmp_path_factory.mktemp("made")
    options = {"drums": DRUMS, "strokes": STROKES, "seed": SEED, "cache": cache, "steps": 2, "batch": 8, "threads": 1,
               "accelerator": "cpu", "out": folder / "mine"}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sounds, "PER_FILE", 5)
        console = Console(file=io.StringIO(), width=200)
        train(FAMILIES["strike"], options, console=console)
    assert f"Learning from {8 * STROKES} strokes on 8 drums" in console.file.getvalue()
    export(FAMILIES["strike"], folder / "mine" / "best.pt", folder / "ear", {"torchscript": True}, say=lambda _: None)
    return folder


@pytest.fixture
def ear(made, typed, tmp_path):
    shutil.copytree(made / "ear", tmp_path / "ear")
    return "ear"


def test_it_is_exported_and_hears_what_the_network_hears(ear, made, tmp_path):
    table = tomllib.loads((tmp_path / "ear/manifest.toml").read_text())
    assert (table["strike"]["rate"], table["strike"]["frames"]) == (48_000, 1024)
    assert set(table["files"]) == {"model.onnx", "model.ts"}
    assert set(table["parity"]) == {"half_precision", "onnx", "torchscript"}
    assert max(table["parity"][name] for name in ("onnx", "torchscript")) < 1e-4
    assert table["data"][0]["licence"] == "CC0"
    assert sum(path.stat().st_size for path in (tmp_path / "ear").glob("*.onnx")) < 2_000_000
    heard = open_export("ear", **STAGE, kind="strike")
    window = load_checkpoint(made / "mine" / "best.pt", FAMILIES["strike"])["probe"].numpy()
    _, answers = open_model(made / "mine" / "best.pt")
    expected = answers(window)
    for row, sound in enumerate(window):
        found = heard.hear(sound)
        assert found.size_m == pytest.approx(float(expected.size_m[row]), abs=1e-3)
        assert found.position == pytest.approx(float(expected.position[row]), abs=1e-3)
        assert found.shape == heard.manifest.shapes[expected.shape[row]]
        assert sum(found.probabilities.values()) == pytest.approx(1, abs=1e-5)
    with pytest.raises(LivehostError, match=r"The export ear hears 1024 samples, not \(1023,\)\."):
        heard.hear(np.zeros(1023, np.float32))
    with pytest.raises(LivehostError, match="gives numbers that are not finite"):
        heard.hear(np.full(1024, np.nan, np.float32))
    other = open_export("ear", **{**STAGE, "rate": 44_100}, kind="strike")
    with pytest.raises(LivehostError, match=r"The export ear hears 941 samples, not \(1024,\)\."):
        other.hear(window[0])


def test_it_is_evaluated_beside_methods_without_a_network(typed, ear, cache, tmp_path):
    code, said, error = typed(f"evaluate strike --model ear --cache {cache} {DATA} --json e.json")
    assert (code, error) == (0, "")
    assert "3 strokes on 1 drums that taught nothing." in said
    found = json.loads((tmp_path / "e.json").read_text())
    methods = {row["method"] for row in found["rows"]}
    assert methods >= {"guess", "ridge: centroid, f0", "ridge: mel spectrum", "nearest: mel spectrum", "ear"}
    assert {row["condition"] for row in found["rows"]} == {
        "clean", "noise −30 dB", "noise −20 dB", "room, noise −30 dB"
    }  # fmt: skip
    assert sum(map(sum, found["confusion"])) <= 3
    parts = found["parts"]
    assert {part["cut"] for part in parts} == {"size, cm", "aspect", "onset behind the blow, ms"}
    for cut in ("size, cm", "onset behind the blow, ms"):
        mine = [part for part in parts if part["cut"] == cut]
        assert sum(part["strokes"] for part in mine) == sum(map(sum, found["confusion"]))
        assert sum(part["right"] for part in mine) == sum(found["confusion"][k][k] for k in range(6))
    assert set(found["missed"]) == {row["condition"] for row in found["rows"]}


def test_what_cannot_be_is_one_sentence(typed, made, cache, tmp_path):
    data = f"--cache {cache} {DATA}"
    assert typed(f"train strike {data} --preset huge --steps 1 --threads 1 --out other")[::2] == (
        2, "livehost: There is no such network: --preset is spectra or short or small or crepe, --dropout below 1.\n"
    )  # fmt: skip
    assert typed(f"evaluate strike {data} --split all")[::2] == (
        2, "livehost: There is no split 'all'; choose one of train, valid, test.\n"
    )  # fmt: skip
    checkpoint = load_checkpoint(made / "mine" / "best.pt", FAMILIES["strike"])
    save_checkpoint(tmp_path / "cut.pt", {**checkpoint, "probe": checkpoint["probe"][:, :100]})
    assert typed("export strike cut.pt --out other")[2] == (
        "livehost: The checkpoint cut.pt holds windows of other lengths than 1024: train anew.\n"
    )
    hyperparameters = {**checkpoint["hyperparameters"], "shapes": ["circle", "heart"]}
    save_checkpoint(tmp_path / "heart.pt", {**checkpoint, "hyperparameters": hyperparameters})
    assert typed(f"evaluate strike {data} --model heart.pt")[2] == (
        "livehost: heart.pt tells circle, heart, and is asked for circle, ellipse, rectangle, triangle, star, "
        "l-shape: train anew.\n"
    )


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("strike", "frames"), 0, "The export ear hears 0 samples at 48000 Hz, as none does."),
        (("strike", "rate"), 1, "The export ear hears 1024 samples at 1 Hz, as none does."),
        (("strike", "shapes"), ["l", "l"], "The export ear names 2 shapes, none of them or one of them twice."),
        (("strike", "size_m"), [0.5, 0.1], "The export ear says that it learnt sizes and places that no drum has."),
        (("inputs", "sound"), [1, 512], "The manifest of ear has the input 'sound' as [1, 512], wanted is [1, 1024]."),
        (("strike",), {}, "ear/manifest.toml does not say 'size_m'."),
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_fit_is_one_sentence(ear, place, value, sentence, tmp_path):
    path = tmp_path / "ear" / "manifest.toml"
    table = tomllib.loads(path.read_text())
    part = table
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    path.write_text(to_toml(table))
    with pytest.raises(LivehostError) as refused:
        open_export("ear", **STAGE, kind="strike")
    assert str(refused.value) == sentence


def test_the_ear_needs_no_torch():
    program = (
        "import sys, livehost.inference.kinds.strike; print({'torch', 'scipy.signal', 'shapely'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
