"""`livehost studio`: the families, the runs, and two runs side by side, as typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from livehost.inference.export import find_export
from livehost.inference.manifest import load_table
from livehost.studio.families import FAMILIES
from livehost.studio.family import Preset
from livehost.studio.training.run_file import read_run
from tests.toys.row import TOY


@pytest.fixture(autouse=True)
def a_row(monkeypatch):
    monkeypatch.setitem(FAMILIES, TOY.name, TOY)


@pytest.fixture
def typed(typed, monkeypatch):
    """On a wide terminal; what it said comes line by line, without gaps."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(line):
        code, out, errors = typed(line)
        return code, [" ".join(row.split()) for row in out.splitlines()], errors

    return run


def size(picture):
    with Image.open(picture) as image:
        return image.size


def train(typed, out, more=""):
    return typed(f"train toy --points 16 --steps 12 --threads 1 --accelerator cpu --out {out} {more}")


# -- families


def test_every_family_fills_its_row():
    for family in (family for family in FAMILIES.values() if family is not TOY):
        assert family.about.endswith("."), family.name
        assert family.material.endswith("."), family.name
        assert family.presets, family.name
        assert not family.presets[0].typed or len(family.presets) > 1
        assert sum(not preset.typed for preset in family.presets) == 1, family.name
        flags = {option.flags or f"--{option.name}" for option in family.train.options}
        assert {preset.typed.split()[0] for preset in family.presets if preset.typed} <= flags


@pytest.mark.parametrize(
    ("family", "module"),
    [("strike", "livehost.studio.models.strike"), ("mel-vae", "livehost.studio.mel_vae.task"),
     ("mel-vqvae", "livehost.studio.mel_vqvae.task")],
)  # fmt: skip
def test_presets_are_those_of_the_network(family, module):
    presets = pytest.importorskip(module).PRESETS
    row = FAMILIES[family]
    assert {preset.name for preset in row.presets} == set(presets)
    (default,) = (option.default for option in row.train.options if option.name == "preset")
    for preset in row.presets:
        assert preset.typed == ("" if preset.name == default else f"--preset {preset.name}")


def test_list_shows_every_family_preset_and_licence(typed):
    code, said, _ = typed("studio list")
    assert code == 0
    for family in FAMILIES.values():
        assert any(row.startswith(f"{family.name} ") for row in said)
        assert all(any(row.startswith(f"{preset.name} ") for row in said) for preset in family.presets)
        if family.shipped:
            licence = load_table(find_export(family.shipped))["licence"]
            assert any(
                row.startswith(f"{family.name} ") and row.endswith(f"{family.shipped}, {licence}") for row in said
            )


def test_describe_says_what_a_family_needs(typed, monkeypatch):
    monkeypatch.setitem(FAMILIES, "toy", TOY.__class__(**{
        **vars(TOY), "about": "Tells points apart.", "material": "Points.", "shipped": "no-such-export",
        "presets": (Preset("wide", "--points 90", "More of them.", 125.0),),
    }))  # fmt: skip
    code, said, _ = typed("studio describe toy")
    assert code == 0
    for row in ("toy: a toy classifier", "Tells points apart.", "learns from Points.",
                "needs torch, lightning_fabric", "to train 60 s on two cores; further, with --from, 30 s",
                "commands livehost train toy: Train on points that are made up.",
                "shipped export no-such-export, not installed",
                "wide --points 90 More of them. 2 h 5 min"):  # fmt: skip
        assert row in said, row
    assert typed("studio describe tog")[::2] == (2, "livehost: There is no family called tog. Did you mean toy?\n")
    assert typed("studio describe xyz")[2].startswith("livehost: There is no family called xyz. There are bank, ")


def test_all_of_it_needs_no_torch():
    program = (
        "import sys, livehost.cli.studio_history, livehost.studio.history.families, livehost.studio.history.runs, "
        "livehost.studio.history.picture; print({'torch', 'lightning_fabric'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# -- runs


def test_a_run_keeps_what_it_was_and_how_it_went(typed):
    train(typed, "a", "--seed 3")
    run = read_run(Path("a"))
    assert (run.family, run.kind, run.seed, run.recipe["steps"], run.settings["points"]) == (
        "toy", "toy-classifier", 3, 12, 16
    )  # fmt: skip
    assert run.command == "livehost train toy --points 16 --steps 12 --threads 1 --accelerator cpu --out a --seed 3"
    assert run.hyperparameters == {"width": 8, "classes": 4}
    assert run.parameters == 3 * 8 + 8 + 16 + 8 * 4 + 4
    assert run.data == [{"name": "made up", "licence": "CC0", "hours": 0.0, "recordings": 64}]
    assert run.versions.keys() >= {"torch", "numpy", "python"}
    assert [row["step"] for row in run.curve] == [0, 3, 6, 9, 12]
    assert run.curve[0]["loss"] is None
    assert all(row["loss"] > 0 and row["rows"]["all"]["loss"] == row["score"] for row in run.curve[1:])
    assert run.best["score"] == min(row["score"] for row in run.curve)
    assert (run.progress["finished"], run.error, run.progress["step"]) == ("budget", "", 12)
    assert run.began <= run.ended
    train(typed, "again", "--seed 3")
    again = read_run(Path("again"))
    assert [row["score"] for row in again.curve] == [row["score"] for row in run.curve]


def test_a_resumed_run_goes_on_in_the_same_file(typed):
    train(typed, "whole")
    train(typed, "cut", "--fault interrupt:5")
    cut = read_run(Path("cut"))
    assert (cut.progress["finished"], cut.curve[-1]["step"]) == ("interrupted", 6)
    train(typed, "cut")
    run = read_run(Path("cut"))
    assert (run.began, run.progress["finished"]) == (cut.began, "budget")
    assert [row["step"] for row in run.curve] == [0, 3, 6, 9, 12]
    assert [row["score"] for row in run.curve] == [row["score"] for row in read_run(Path("whole")).curve]
    assert run.command.count(" && ") == 1


def test_one_that_stops_at_nan_keeps_the_sentence(typed):
    sentence = train(typed, "bad", "--fault nan:4")[2].removeprefix("livehost: ").strip()
    run = read_run(Path("bad"))
    assert "the batch's points is not a finite number" in sentence
    assert (run.progress["finished"], run.error) == ("failed", sentence)
    code, said, _ = typed("studio history .")
    assert code == 0
    assert any(row.startswith("bad toy ") and row.endswith(" failed") for row in said)
    assert f"bad: {sentence}" in " ".join(said)


def test_history_lists_runs_the_newest_first(typed, tmp_path):
    for name in ("training/old", "training/deep/new"):
        train(typed, name)
    for name, began in (("old", "2026-01-02T03:04:05+00:00"), ("deep/new", "2026-05-06T07:08:09+00:00")):
        path = tmp_path / "training" / name / "run.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "began": began, "ended": ""}))
    (tmp_path / "training" / "broken").mkdir()
    (tmp_path / "training" / "broken" / "run.json").write_text("{")
    code, said, _ = typed("studio history --picture curves.png")
    assert code == 0
    rows = [row for row in said if " toy " in row]
    assert [row.split()[0] for row in rows] == ["deep/new", "old"]
    assert rows[0].split()[1:4] == ["toy", "2026-05-06", "07:08"]
    assert rows[0].endswith("goes on, or was killed")
    assert any("broken/run.json is broken" in row for row in said)
    assert size(tmp_path / "curves.png") == (1600, 900)


def test_compare_says_what_differs_and_what_came_of_it(typed, tmp_path):
    train(typed, "a")
    train(typed, "b", "--rate 0.05 --points 20")
    code, said, _ = typed("studio compare a b --picture both.png")
    assert code == 0
    assert {"settings: points 16 20", "settings: rate None 0.05", "recipe: rate 0.02 0.05"} <= set(said)
    assert not any(row.startswith("settings: out") for row in said)
    a, b = read_run(Path("a")), read_run(Path("b"))
    for name, one, other in (("first", a.first, b.first), ("last", a.curve[-1], b.curve[-1]), ("best", a.best, b.best)):
        assert f"{name} {one['score']:.4f} {other['score']:.4f}" in said
    assert f"all: right {a.best['rows']['all']['right']:.4f} {b.best['rows']['all']['right']:.4f}" in said
    assert f"a: {a.command}" in said
    assert size(tmp_path / "both.png") == (1600, 900)
    assert "Nothing differs in what they are." in typed("studio compare a a")[1]


def test_what_is_no_run_is_one_sentence(typed, tmp_path):
    (tmp_path / "empty").mkdir()
    assert typed("studio history empty")[::2] == (
        2, "livehost: There is no training run in empty: none of its folders has a run.json.\n"
    )  # fmt: skip
    assert typed("studio history none")[::2] == (2, "livehost: There is no folder none.\n")
    assert typed("studio compare empty empty")[::2] == (
        2, "livehost: empty is no training run: it has no run.json (an older livehost wrote none).\n"
    )  # fmt: skip
    for content in ('{"format": 1}', '{"format": 9}', "[]", '"x"'):
        (tmp_path / "empty" / "run.json").write_text(content)
        code, _, said = typed("studio compare empty empty")
        assert (code, said.count("\n")) == (1, 1)
        assert said.startswith("livehost: empty/run.json is ")


def test_a_full_disk_costs_the_file_and_not_the_training(typed, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("livehost.studio.evaluation.json_file.atomic_write", full)
    assert train(typed, "a")[0] == 0
    assert Path("a/best.pt").exists()
    assert not Path("a/run.json").exists()
