"""`livehost evaluate partner`, small, with the player without a network."""

import io
import json

import pytest
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.partner_evaluation.command import evaluate_partner

NOTHING = {
    "tests": None, "model": "nearest", "bank": None, "takes": None, "count": 1, "seconds": 12.0, "phrases": 4,
    "set": None, "json": None,
}  # fmt: skip


def ask(width=160, **given):
    console = Console(file=io.StringIO(), width=width)
    return evaluate_partner(NOTHING | given, console), console.file.getvalue()


def test_every_test_plays(tmp_path):
    found, text = ask(json=tmp_path / "partner.json")
    values = {(f.test, f.name): f.value for f in found}
    assert {f.player for f in found} == {"nearest"}
    assert {"unison, steady", "unison, swung", "unison, accelerating", "duo", "call", "continue"} == {
        test for test, _ in values
    }
    assert values["duo", "sounds after /livehost/rest"] == 0
    assert values["call", "phrases answered"] > 0
    assert "as wanted" in text
    assert len(json.loads((tmp_path / "partner.json").read_text())["figures"]) == len(found)


def test_what_is_typed_wrongly_is_said():
    with pytest.raises(LivehostError, match="no test duos; there are unison, duo, call, continue"):
        ask(tests=["duos"])
