"""A small network through all commands: trained, exported, evaluated, and let to play."""

import json

import numpy as np
import pytest
import torch

from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.performance.condition import histogram_of
from livehost.studio.evaluation.command import evaluate
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.options import complete, generate_options
from livehost.studio.performance_rnn.midi import read_performance, write_performance
from livehost.studio.performance_rnn.steps import open_model
from livehost.studio.training.checkpoint import BEST, load_checkpoint, save_checkpoint
from livehost.studio.training.launch import train
from livehost.view.console import make_console
from tests.studio.performance_rnn.conftest import made_up

FAMILY = FAMILIES["performance"]
SMALL = {"layers": 2, "width": 32, "heads": 2, "size": 16}


def quiet(_line):
    """Say nothing."""


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder of music, and two checkpoints of half a hundred steps, plain and attentive."""
    root = tmp_path_factory.mktemp("rnn")
    for k in range(6):
        write_performance(made_up(k)[0], root / "midi" / f"piece {k}" / "take.mid")
    for name, window in (("plain", 0), ("attentive", 16)):
        options = {
            "data": [root / "midi"], "cache": root / "cache", "out": root / name, "steps": 50, "batch": 512,
            "length": 64, "threads": 1, "accelerator": "cpu", "window": window, "rate": 1e-2,
        }  # fmt: skip
        state = train(FAMILY, options, hyperparameters=SMALL, console=make_console())
        assert state.best["alone"]["nats"] < state.start["alone"]["nats"] - 1.0
    return root


@pytest.mark.parametrize("name", ["plain", "attentive"])
def test_it_is_exported_and_gives_what_the_network_gives(trained, tmp_path, name):
    options = {"float32": True, "torchscript": True, "licence": "CC0"}
    manifest = export(FAMILY, trained / name / BEST, tmp_path / name, options, say=quiet)
    assert manifest.licence == "CC0"
    assert set(manifest.parity) == {"onnx", "torchscript"}
    assert manifest.shape.attentive == (name == "attentive")
    assert read_manifest(tmp_path / name, "performance-rnn").data[0]["recordings"] == 5 - 1


def test_eight_bits_are_smaller_and_cost_little(trained, tmp_path):
    manifest = export(FAMILY, trained / "plain" / BEST, tmp_path / "small", say=quiet)
    assert list(manifest.files) == ["model-int8.onnx"]
    assert abs(manifest.parity["int8_nats"]) < 0.02
    assert manifest.licence == "MIT"  # the data is one's own
    assert manifest.parity["int8_logits"] > 0
    rows = np.random.default_rng(0).integers(0, 388, 20), np.zeros(20, int), np.zeros((20, 15), np.float32)
    found, wanted = (open_model(p).run(*rows) for p in (tmp_path / "small", trained / "plain" / BEST))
    assert np.abs(found - wanted).max() == pytest.approx(0.0, abs=0.3)


def test_lines_of_an_export_are_those_of_the_network(trained, tmp_path):
    export(FAMILY, trained / "attentive" / BEST, tmp_path / "a", {"float32": True}, say=quiet)
    rng, logits = np.random.default_rng(1), []
    for path in (tmp_path / "a", trained / "attentive" / BEST):
        lines, rng = open_model(path).lines(3), np.random.default_rng(1)
        for k in range(30):
            if k == 20:
                lines.reorder([2, 2, 0])
            given = rng.integers(0, 388, 3), rng.integers(0, 2, 3), rng.random((3, 15), np.float32)
            found = lines.step(*given)
        logits.append(found)
    np.testing.assert_allclose(*logits, atol=2e-4)


def test_the_weights_have_the_licence_of_what_they_were_trained_on(trained, tmp_path):
    checkpoint = load_checkpoint(trained / "plain" / BEST)
    checkpoint["data"][0]["licence"] = "CC BY-NC-SA 4.0"
    save_checkpoint(tmp_path / "x.pt", checkpoint)
    assert export(FAMILY, tmp_path / "x.pt", tmp_path / "x", say=quiet).licence == "CC BY-NC-SA 4.0"


def test_another_vocabulary_is_refused(trained, tmp_path):
    checkpoint = load_checkpoint(trained / "plain" / BEST)
    checkpoint["model"]["embedding.weight"] = torch.zeros(480, 32)
    save_checkpoint(tmp_path / "x.pt", checkpoint)
    with pytest.raises(LivehostError, match="another vocabulary"):
        load_checkpoint(tmp_path / "x.pt")


def test_another_network_is_refused(trained, tmp_path):
    checkpoint = load_checkpoint(trained / "plain" / BEST)
    del checkpoint["model"]["before.weight"]
    save_checkpoint(tmp_path / "x.pt", checkpoint)
    with pytest.raises(LivehostError, match="network of before"):
        load_checkpoint(tmp_path / "x.pt")


def test_it_is_evaluated_beside_n_grams(trained, tmp_path, monkeypatch):
    from livehost.studio.performance_rnn.evaluation import answer, command, control

    for module, name, value in (
        (answer, "HEARD_S", 6.0), (control, "HISTOGRAM_S", 3.0), (control, "DENSITY_S", 2.0), (command, "ANSWERS", 4),
        (command, "PLAYED", 2), (control, "DENSITIES", (2.0, 8.0)), (command, "FOLLOWS", (0.0, 1.0)),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    options = {
        "model": trained / "plain" / BEST, "beside": [trained / "attentive" / BEST], "data": [trained / "midi"],
        "cache": trained / "cache", "split": "all", "events": 200, "limit": 4, "json": tmp_path / "e.json",
    }  # fmt: skip
    found = evaluate(FAMILY, options, console=make_console())
    said = json.loads((tmp_path / "e.json").read_text())
    by_name = {row["method"]: row["nats"] for row in said["alone"]}
    assert list(by_name) == ["unigram", "4-gram", "plain", "attentive"]
    assert by_name["4-gram"] < by_name["unigram"]
    assert by_name["plain"] < np.log(388) - 1.0
    for row in found.rows:
        whole = sum(row.sums) / sum(row.counts)
        assert row.nats == pytest.approx(whole)
        assert row.low <= row.nats <= row.high
    assert len(said["answer"]) == 2
    assert said["control"][0]["densities"][0]["asked"] == 2.0


def test_a_performance_is_generated(trained, tmp_path):
    out, prime = tmp_path / "o.mid", next((trained / "midi").rglob("*.mid"))

    def play(**asked):
        options = complete(
            {"model": trained / "plain" / BEST, "out": out, "seconds": 4.0, **asked}, generate_options(FAMILY)
        )
        return FAMILY.code().generate(options, make_console())

    notes = play(histogram="C,E,G", density=6.0, prime=prime, seed=3)
    back = read_performance(out)
    assert len(back) == len(notes) > 3
    assert back["end_s"].max() <= 4.001
    assert (play(histogram="C,E,G", density=6.0, prime=prime, seed=3) == notes).all()
    assert len(play(beam=3, seconds=1.0)) >= 0
    assert histogram_of(notes["pitch"]).sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"seconds": 0.0}, "--seconds is above 0"), ({"seconds": 1e9}, "--seconds is above 0"),
        ({"density": -1.0}, "density is a number"), ({"histogram": "0,0,0,0,0,0,0,0,0,0,0,0"}, "asks for nothing"),
        ({"histogram": "1,nan,0,0,0,0,0,0,0,0,0,0"}, "finite"), ({"temperature": -1.0}, "temperature"),
        ({"top_p": 2.0}, "--top-p"), ({"prime": "nowhere.mid"}, "There is no file"),
        ({"model": "nothing"}, "no export"),
    ],
)  # fmt: skip
def test_what_cannot_be_generated(tmp_path, wrong, why):
    options = complete({"model": "nothing", "out": tmp_path / "o.mid", **wrong}, generate_options(FAMILY))
    with pytest.raises(LivehostError, match=why):
        FAMILY.code().generate(options, make_console())
    assert not (tmp_path / "o.mid").exists()
