"""`livehost soundcheck` and `livehost doctor` as they are typed."""

import json

import numpy as np
import pytest
import soundfile

from livehost.doctor import checks
from livehost.doctor.finding import Check, Finding
from livehost.start_layers import StartLayers
from livehost.synthesis.takes import make_take


@pytest.mark.parametrize("columns", ["40", "140"])
def test_a_take_in_place_of_a_card(typed, monkeypatch, tmp_path, columns):
    monkeypatch.setenv("COLUMNS", columns)
    take, _ = make_take(3, 48_000, 4.0, "drums", -9.0, -60.0)
    soundfile.write(tmp_path / "take.wav", take, 48_000)
    code, out, errors = typed("soundcheck --input take.wav")
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    assert [line[:3] for line in lines[:5]] == ["1. ", "2. ", "3. ", "4. ", "5. "]
    assert lines[5:] == [
        "stage.toml is written: livehost run --bank DIR --config stage.toml plays with it.",
    ]
    layers = StartLayers()
    layers.load(tmp_path / "stage.toml")
    assert layers.resolve()["input.gate_db"] < -50


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--set audio.driver=null", "There is no sound card to check"), ("--input none.wav", "none.wav"),
        ("--input silent.wav", "No input has any sound"), ("-o stage.txt", "ends in .toml, not as stage.txt."),
        ("--seconds 2", "Invalid value for '--seconds'"), ("--input short.wav", "too short"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_writes_nothing(typed, tmp_path, words, sentence):
    soundfile.write(tmp_path / "silent.wav", np.zeros(48_000), 48_000)
    soundfile.write(tmp_path / "short.wav", np.zeros(10), 48_000)
    code, out, errors = typed(f"soundcheck {words}")
    assert code in (1, 2)
    assert sentence in errors
    assert errors.count("\n") == 1
    assert out == ""
    assert not list(tmp_path.glob("*.toml"))


@pytest.mark.parametrize(("state", "code"), [("good", 0), ("warning", 0), ("unsafe", 1)])
def test_the_doctor_ends_with_what_it_found(typed, monkeypatch, state, code):
    found = Check("a check", lambda values: [Finding(state, f"block {values['audio.block']}", "a remedy")])
    monkeypatch.setattr(checks.examine, "__defaults__", ((found,),))
    ended, out, errors = typed("doctor --block 128")
    assert (ended, errors) == (code, "")
    assert "a check block 128" in " ".join(out.split())
    assert "→ a remedy" in out
    ended, out, _ = typed("doctor --json --block 32")
    assert ended == code
    assert json.loads(out) == {
        "safe": code == 0,
        "findings": [{"check": "a check", "state": state, "found": "block 32", "remedy": "a remedy"}],
    }


def test_settings_that_are_wrong_are_said_before_anything_is_looked_at(typed):
    code, out, errors = typed("doctor --set audio.blok=1")
    assert (code, out) == (2, "")
    assert "There is no setting called audio.blok" in errors
