"""`livehost evaluate stage`, small, with the player without a network."""

import io
import json

import pytest
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.stage_evaluation.command import evaluate_stage

NOTHING = {
    "tests": None, "model": "nearest", "bank": None, "data": None, "takes": None, "kits": 1, "strokes": 27,
    "count": 1, "seconds": 6.0, "set": None, "json": None,
}  # fmt: skip


def ask(width=140, **given):
    console = Console(file=io.StringIO(), width=width)
    return evaluate_stage(NOTHING | given, console), console.file.getvalue()


def test_every_test_plays(tmp_path):
    found, text = ask(json=tmp_path / "stage.json")
    values = {(f.test, f.name): f.value for f in found}
    assert {f.player for f in found} == {"nearest"}
    assert {"strokes", "follow", "the take itself", "temperature 0", "loudness", "levels", "drone", "roll"} <= {
        test for test, _ in values
    }
    assert 0 <= values["strokes", "follow 1, 30 ms"] <= 1.6
    assert values["drone", "answers in 30 s"] >= 1
    assert "as wanted" in text
    content = json.loads((tmp_path / "stage.json").read_text())
    assert len(content["figures"]) == len(found)
    assert content["settings"] == {"player.name": "nearest"}


def test_one_test_with_a_setting_on_a_narrow_console():
    found, text = ask(80, tests=["roll"], set=["listen.refractory_ms=200"])
    assert [f.test for f in found] == ["roll", "roll"]
    assert found[1].value < 30
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tests": ["rolls"]}, "no test rolls; there are strokes"),
        ({"set": ["player.temperature"]}, "key=value"),
        ({"set": ["player.temprature=1"]}, "player.temperature"),
    ],
)
def test_what_is_typed_wrongly_is_said(given, said):
    with pytest.raises(LivehostError, match=said):
        ask(**given)
