"""Who plays at first: the model where it can, nearest where nobody asked for a model, a sentence where somebody did."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.bank.layout import ITEM
from livehost.errors import LivehostError
from livehost.inference.checks import WrongRate
from livehost.players.setup import new_timing
from livehost.settings import Settings
from livehost.stage import active_player
from livehost.stage.active_player import first_players
from livehost.stage.notices import Notices


def make(monkeypatch, model, parts=1, **assignments):
    """Make the first players; they, the settings and what was said. `model` makes player bank, or why it fails."""

    def make_player(name, setup):
        if name == "bank" and isinstance(model, Exception):
            raise model
        return f"{model if name == 'bank' else name} of {setup.model}, part {setup.part}"

    monkeypatch.setattr(active_player, "make_player", make_player)
    values, said = Settings({key.replace("__", "."): value for key, value in assignments.items()}), []
    bank = SimpleNamespace(items=np.zeros(2, ITEM), features=np.ones((2, 3), "f4"), cuts=None, names=[], hash="")
    timings = [new_timing(values, part, 48_000.0) for part in range(2)]
    banks = [bank, bank if parts > 1 else None]
    return first_players(values, 48_000.0, banks, timings, Notices(said.append)), values, said


def test_the_model_of_the_settings_plays(monkeypatch):
    (active, none), values, said = make(monkeypatch, "a player", player__model="mine")
    assert (active.player, none, said) == ("a player of mine, part 0", None, [])
    assert (values["player.name"], active.stands_in) == ("bank", False)


def test_each_part_has_its_own_model(monkeypatch):
    (one, two), _, _ = make(
        monkeypatch, "a player", 2, player__model="mine", part1__name="bank", part1__model="another"
    )
    assert (one.player, two.player) == ("a player of mine, part 0", "a player of another, part 1")


@pytest.mark.parametrize("name", ["nearest", "off"])
def test_nobody_else_asks_for_a_model(monkeypatch, name):
    (active, _), values, said = make(monkeypatch, AssertionError("asked"), player__name=name)
    assert active.player.startswith("nearest of")
    assert (values["player.name"], active.stands_in, said) == (name, False, [])


@pytest.mark.parametrize("assignments", [{}, {"player__name": "bank"}, {"player__top_k": 3}])
def test_where_no_model_was_asked_for_nearest_answers(monkeypatch, assignments):
    (active, _), values, said = make(monkeypatch, LivehostError("There is none."), **assignments)
    assert active.player.startswith("nearest of")
    assert (values["player.name"], active.stands_in) == ("nearest", True)
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
