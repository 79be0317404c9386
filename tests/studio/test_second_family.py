"""A second family, added by one folder (`tests/toys`) and two rows of tables, through the command line."""

import errno
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib

import numpy as np
import pytest
import torch

from livehost import extras
from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.inference.kinds import KINDS
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import load_checkpoint, network, save_checkpoint
from tests.inference.conftest import checkpoint, exported  # noqa: F401  fixtures
from tests.toys.family import CLASSES, STAGE, made_up
from tests.toys.row import KIND_ROW, TOY

INTERRUPTED = 130
#: Kinds of all families and of their exports, the toy's added.
KNOWN = [*KINDS, TOY.kind]


@pytest.fixture(autouse=True)
def two_rows(monkeypatch):
    monkeypatch.setitem(FAMILIES, TOY.name, TOY)
    for kind, module in KIND_ROW.items():
        monkeypatch.setitem(KINDS, kind, module)


def train(typed, out, more="", steps=12):
    return typed(f"train toy --points 16 --steps {steps} --threads 1 --accelerator cpu --out {out} {more}")


def test_it_has_its_commands_with_the_options_of_all_and_its_own(typed):
    assert re.search(r"^ +toy +Train on points that are made up\.$", typed("train -h")[1], re.MULTILINE)
    code, told, _ = typed("train toy -h")
    assert code == 0
    for option in ("--points", "--from", "--minutes", "Budget; 1, with --from 0.5.", "--fault", "--resume / --fresh",
                   "[default: training/toy-classifier]"):  # fmt: skip
        assert option in " ".join(told.split())
    assert "--hours" not in told
    assert "What train toy left behind." in typed("export toy -h")[1]
    assert "--picture" not in typed("evaluate toy -h")[1]
    assert typed("train ty")[2] == "livehost: No such command 'ty'. Did you mean 'toy'?\n"


def test_help_imports_no_family_and_no_torch(typed, monkeypatch):
    monkeypatch.delitem(sys.modules, "tests.toys.family")
    for command in ("train", "export", "evaluate"):
        assert typed(f"{command} toy -h")[0] == 0
    assert "tests.toys.family" not in sys.modules
    program = (
        "import sys; from livehost.cli import main; print(sorted({'torch', 'lightning_fabric'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_it_trains_is_interrupted_and_goes_on_to_the_same_weights(typed, tmp_path):
    code, said, _ = train(typed, "cut", "--fault interrupt:5")
    assert code == 0
    assert "Learning from 64 points; 0.00 M parameters. Ctrl-C ends it early, and keeps what was learnt." in said
    assert "cross-entropy" in said
    assert "6 steps in 0.0 min; it was stopped; go on with --resume. The best: cut/best.pt" in said
    assert "Going on with cut/last.pt after step 6." in train(typed, "cut")[1]
    train(typed, "whole")
    one, two = (load_checkpoint(tmp_path / name / "last.pt", TOY) for name in ("cut", "whole"))
    for name, value in two["model"].items():
        assert torch.equal(one["model"][name], value), name
    for name, value in two["training"]["model"].items():
        assert torch.equal(one["training"]["model"][name], value), name
    assert one["training"]["progress"]["units"] == two["training"]["progress"]["units"] == 12 * 16
    assert one["command"].count("&&") == 1
    assert "is over" in train(typed, "cut")[2]


@pytest.fixture
def trained(typed):
    train(typed, "mine", steps=60)
    return "mine/best.pt"


def test_it_is_exported_loaded_and_evaluated(typed, trained, tmp_path):
    code, said, error = typed(f"export toy {trained} --out exports/told --licence CC0")
    assert (code, error) == (0, "")
    assert "Comparing the formats …\n  onnx " in said
    table = tomllib.loads((tmp_path / "exports/told/manifest.toml").read_text())
    assert set(table) == {
        "name", "kind", "format", "model", "licence", "classifier", "files", "hyperparameters", "training", "metrics",
        "parity", "versions", "data",
    }  # fmt: skip
    assert (table["kind"], table["licence"], table["classifier"]["classes"]) == ("toy-classifier", "CC0", CLASSES)
    assert table["training"]["command"].startswith("livehost train toy --points 16")
    assert table["data"][0]["name"] == "made up"
    assert 0 <= table["parity"]["onnx"] < 1e-4
    export = open_export("exports/told", **STAGE, kind="toy-classifier")
    points, classes = made_up(50, seed=9)
    assert (export.logits(points).argmax(1) == classes).mean() > 0.9
    code, said, _ = typed("evaluate toy --model exports/told --json e.json")
    assert code == 0
    assert "told" in said
    assert said.endswith("Wrote e.json.\n")
    assert json.loads((tmp_path / "e.json").read_text())["right"] > 0.9


def test_it_is_trained_further(typed, trained):
    said = train(typed, "further", f"--from {trained}", steps=3)[1]
    assert re.search(
        r"^(It helped|It did harm|Whether it helped cannot be told): cross-entropy \d.\d+ before, \d.\d+ after, "
        r"on what was held out;\s+the\s+difference lies between|^It did not help: no step made it better",
        said, re.MULTILINE,
    )  # fmt: skip
    assert train(typed, "further")[2] == (
        f"livehost: further holds a training that began from {trained}: take another --out, or --fresh.\n"
    )
    typed(f"export toy {trained} --out told")
    assert train(typed, "again", "--from told")[2] == (
        "livehost: The export told cannot be trained further: give the checkpoint (best.pt) that it was made from.\n"
    )


def test_what_goes_wrong_is_said_as_for_any_family(typed, tmp_path, monkeypatch):
    code, _, said = train(typed, "a", "--fault prepare")
    assert (code, said) == (
        INTERRUPTED, "livehost: Training was stopped. Nothing is learnt yet; the same command goes on from here.\n"
    )  # fmt: skip
    code, _, said = train(typed, "b", "--fault nan:3")
    assert (code, said) == (
        1, "livehost: Training stopped at step 3: the batch's points is not a finite number. The last checkpoint is "
        "good; go on from it with a lower --rate, or look at the data.\n",
    )  # fmt: skip
    train(typed, "c", "--fault interrupt:2")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, said = train(typed, "c")
    assert code == 1
    assert re.fullmatch(
        r"livehost: The checkpoint c/(last|best)\.pt could not be written: the disk is full\. "
        r"The one before it is kept; go on later with --resume --out c\.\n", said
    )  # fmt: skip


def test_places_that_cannot_be_written_are_one_sentence(typed, tmp_path):
    path = kept(tmp_path)
    (tmp_path / "file").write_text("")
    assert typed(f"export toy {path} --out file/told") == (
        1, "", "livehost: The folder file cannot be made: File exists.\n"
    )  # fmt: skip


def test_what_cannot_be_resumed_is_one_sentence(typed, tmp_path):
    train(typed, "a", "--fault interrupt:2")
    last = torch.load(tmp_path / "a" / "last.pt", weights_only=True)
    for changes in (
        {"optimizers": []}, {"optimizers": [{}]}, {"model": {}}, {"progress": {"steps": 3}}, {"recipe": {"own": 0.7}},
    ):  # fmt: skip
        save_checkpoint(tmp_path / "a" / "last.pt", {**last, "training": {**last["training"], **changes}})
        assert train(typed, "a")[::2] == (
            2, "livehost: a/last.pt cannot be resumed; begin anew with --fresh, or --from a/last.pt.\n"
        ), changes  # fmt: skip


def test_without_the_studio_it_says_what_to_install(typed, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "torch" else find(name))
    assert typed("train toy") == (
        2, "", "livehost: livehost train toy needs torch, which is not installed: pip install 'livehost[studio]'.\n"
    )  # fmt: skip


def kept(folder, **changes):
    """A checkpoint of the toy, with changes."""
    model = TOY.code().network({"width": 8, "classes": CLASSES})
    content = {
        "kind": TOY.kind, "hyperparameters": {"width": 8, "classes": CLASSES}, "model": model.state_dict(),
        "spread": 0.4, "probe": torch.from_numpy(made_up(4, 0)[0]), **changes,
    }  # fmt: skip
    save_checkpoint(folder / "toy.pt", content)
    return "toy.pt"


@pytest.mark.parametrize(
    ("changes", "family", "sentence"),
    [
        ({}, "bank", "toy.pt is a checkpoint of a toy classifier, not of a bank transformer: "
         "give it to livehost train or export toy."),
        ({"kind": "dream"}, "toy", "toy.pt is a checkpoint of kind 'dream', which this livehost does not know; "
         f"known are: {', '.join(KNOWN)}. Take another one, or a newer livehost."),
        ({"format": 0}, "toy", "The checkpoint toy.pt is of format 0, and this livehost reads 1: train anew with "
         "--fresh, or take the export that was made of it."),
        ({"format": 2}, "toy", "The checkpoint toy.pt is of format 2, and this livehost reads 1: take a newer "
         "livehost."),
        ({"spread": "wide"}, "toy", "The checkpoint toy.pt lacks spread."),
        ({"hyperparameters": {"legs": 3}}, "toy", "The weights are those of another network than this version's: "
         "train anew."),
    ],
)  # fmt: skip
def test_a_checkpoint_that_does_not_fit_is_one_sentence(typed, tmp_path, changes, family, sentence):
    path = kept(tmp_path, **changes)
    for line in (f"export {family} {path} --out told", f"train {family} --from {path} --threads 1"):
        if "hyperparameters" in changes and line.startswith("train"):
            continue  # it is made ready first
        code, _, said = typed(line)
        assert (code != 0, said) == (True, f"livehost: {sentence}\n")
    assert not (tmp_path / "told").exists()


def test_a_checkpoint_of_any_family_finds_its_own_network(tmp_path, checkpoint):  # noqa: F811
    kept(tmp_path)
    assert type(network(load_checkpoint(tmp_path / "toy.pt"))).__name__ == "Classifier"
    assert type(network(load_checkpoint(checkpoint))).__name__ == "BankTransformer"
    (tmp_path / "none.pt").write_bytes(b"no checkpoint")
    with pytest.raises(LivehostError, match=r"none\.pt is no checkpoint, broken, or holds more than weights"):
        load_checkpoint(tmp_path / "none.pt", TOY)


def test_an_export_of_the_wrong_kind_is_one_sentence(typed, tmp_path, exported):  # noqa: F811
    typed(f"export toy {kept(tmp_path)} --out told")
    sentence = (
        "The export told is of kind 'toy-classifier', and 'bank-transformer' is wanted here: take another export."
    )
    with pytest.raises(LivehostError) as refused:
        open_export("told", **STAGE)  # as `livehost run` opens it
    assert (str(refused.value), refused.value.exit_code) == (sentence, 2)
    for line in ("evaluate bank --model told --data .", "train bank --from told --threads 1"):
        assert typed(line)[::2] == (2, f"livehost: {sentence}\n")
    assert typed(f"evaluate toy --model {exported}")[::2] == (
        2, f"livehost: The export {exported.name} is of kind 'bank-transformer', and 'toy-classifier' is wanted here: "
        "take another export.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("kind", "dream", f"The export told is of kind 'dream'; this livehost plays {' or '.join(map(repr, KNOWN))}: "
         "take another export, or a newer livehost."),
        ("format", 0, "The export told is of format 0; this livehost plays 2: make it anew: export its checkpoint "
         "again."),
        ("format", 3, "The export told is of format 3; this livehost plays 2: take a newer livehost."),
        ("classifier", {"inputs": 3}, "told/manifest.toml does not say 'classes'."),
        ("classifier", {"inputs": 3, "classes": 0}, "The export told tells 0 classes, which none does."),
    ],
)  # fmt: skip
def test_an_export_that_does_not_fit_is_one_sentence(typed, tmp_path, key, value, sentence):
    from livehost.toml import to_toml

    typed(f"export toy {kept(tmp_path)} --out told")
    path = tmp_path / "told" / "manifest.toml"
    path.write_text(to_toml({**tomllib.loads(path.read_text()), key: value}))
    with pytest.raises(LivehostError) as refused:
        open_export("told", **STAGE, kind="toy-classifier")
    assert str(refused.value) == sentence
    for line in ("evaluate toy --model told", "train toy --from told --threads 1"):
        code, _, said = typed(line)
        assert (code != 0, said) == (True, f"livehost: {sentence}\n")


def test_the_kinds_are_the_same_for_checkpoints_and_exports():
    assert {family.kind for family in FAMILIES.values() if family.export} <= set(KINDS)
    assert np.unique([family.kind for family in FAMILIES.values()]).size == len(FAMILIES)
