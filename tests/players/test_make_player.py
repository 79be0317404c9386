"""Who plays: the model where it can, nearest where nobody asked for a model, and one sentence where somebody did."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost import players
from livehost.bank.layout import ITEM
from livehost.errors import LivehostError
from livehost.inference.checks import WrongRate
from livehost.players import make_player
from livehost.settings import Settings


def make(monkeypatch, model, **assignments):
    """Make a player; it, the settings and what was said. `model` is the model's player, or what is wrong with it."""

    def open_model(_values, _bank, _rate, name):
        if isinstance(model, Exception):
            raise model
        return f"{model} of {name}"

    monkeypatch.setattr(players, "model_player", open_model)
    values, said = Settings(), []
    for key, value in assignments.items():
        values.set(key.replace("__", "."), value, "flag")
    bank = SimpleNamespace(items=np.zeros(2, ITEM), features=np.ones((2, 3), "f4"), names=[], hash="")
    return make_player(values, bank, 48_000.0, said.append), values, said


def test_the_model_of_the_settings_plays(monkeypatch):
    player, values, said = make(monkeypatch, "a player", player__model="mine")
    assert (player, values["player.name"], said) == ("a player of mine", "bank", [])


@pytest.mark.parametrize("name", ["nearest", "off"])
def test_nobody_else_asks_for_a_model(monkeypatch, name):
    player, values, said = make(monkeypatch, AssertionError("asked"), player__name=name)
    assert (player.name, values["player.name"], said) == ("nearest", name, [])


@pytest.mark.parametrize("assignments", [{}, {"player__name": "bank"}, {"player__top_k": 3}])
def test_where_no_model_was_asked_for_nearest_answers(monkeypatch, assignments):
    player, values, said = make(monkeypatch, LivehostError("There is none."), **assignments)
    assert (player.name, values["player.name"]) == ("nearest", "nearest")
    assert said == ["There is none. Player nearest answers instead."]


@pytest.mark.parametrize("key", ["player.model", "player.backend", "player.provider"])
def test_a_model_that_was_asked_for_is_there_or_it_ends(monkeypatch, key):
    default = Settings()[key]
    for value in (default, {"player.backend": "native", "player.provider": "cuda"}.get(key, "mine")):
        with pytest.raises(LivehostError, match="There is none") as caught:
            make(monkeypatch, LivehostError("There is none.", 2), **{key: value})
        assert caught.value.exit_code == 1


def test_a_rate_that_the_model_does_not_play_at_is_never_passed_over(monkeypatch):
    with pytest.raises(WrongRate, match="48000"):
        make(monkeypatch, WrongRate("give --rate 48000", 2))
