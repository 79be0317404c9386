"""A family of models: its folder, a row of the table of families, a row of the table of exports' kinds.

What it can do then, and how it fails, is in `tests/studio/test_second_family.py`, which adds the rows in memory.
"""

import json


def test_it_touches_two_files_outside_its_folder(toys):
    own = {name for name in toys.touched["family"] if name.startswith("studio/toy/")}
    assert toys.touched["family"] - own == {"studio/families.py", "inference/kinds/__init__.py"}


def test_it_is_trained_exported_and_evaluated_by_the_same_commands(toys, tmp_path):
    said = toys.livehost(
        "train", "toy", "--points", "16", "--steps", "40", "--threads", "1", "--accelerator", "cpu",
        "--out", str(tmp_path / "mine"),
    )  # fmt: skip
    assert "Learning from 64 points" in said
    toys.livehost("export", "toy", str(tmp_path / "mine" / "best.pt"), "--out", str(tmp_path / "told"))
    manifest = (tmp_path / "told" / "manifest.toml").read_text()
    assert 'kind = "toy-classifier"' in manifest
    assert "onnx" in manifest[manifest.index("[parity]") :]
    toys.livehost("evaluate", "toy", "--model", str(tmp_path / "told"), "--json", str(tmp_path / "e.json"))
    assert json.loads((tmp_path / "e.json").read_text())["right"] > 0.8
