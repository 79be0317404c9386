"""What ``livehost run`` goes on from: nothing, the last session, one that crashed, or plainly."""

import os

import pytest

from livehost.bridge.kept_state import KeptPart, KeptState, write_state
from livehost.cli.goes_on import goes_on
from livehost.cli.run import start_layers
from livehost.supervise.link import VARIABLE, Link
from livehost.supervise.lock import hold, lock_file


@pytest.fixture
def begin(tmp_path, monkeypatch):
    """Begin with flags under a supervisor, or none; gives what it goes on from, the settings, and what was said."""
    path = tmp_path / "state.toml"
    monkeypatch.setenv("LIVEHOST_STATE", str(path))
    monkeypatch.delenv(VARIABLE, raising=False)
    state = KeptState({"master.gain_db": -3.0, "player.name": "bank", "part1.name": "nearest"}, "soft", "panic", True)
    state.parts = {0: KeptPart("0f3c", (3,))}
    write_state(path, state)

    def go(*assignments, **link):
        if link:
            reading, writing = os.pipe()
            monkeypatch.setenv(VARIABLE, Link(writing, **link).environment()[VARIABLE])
        layers, said = start_layers(None, {}, list(assignments)), []
        told = goes_on(layers, said.append)
        for service in told.supervision.services:
            service.stop()
        if link:
            os.close(reading)
            os.close(writing)
        return told, layers.resolve(), said

    go.path, go.state = path, state
    return go


def test_unless_it_is_told_to_it_begins_anew(begin):
    for link in ({}, {"began": 5.0}):
        told, values, said = begin(**link)
        assert (told.keep, told.begin.kept, said) == (begin.path, KeptState({}), [])
        assert values.changed() == {}


def test_with_restore_a_flag_counts_more(begin):
    told, values, said = begin("run.restore=true", "master.gain_db=-20")
    assert told.begin.kept == begin.state
    assert told.begin.path == begin.path
    assert (values["master.gain_db"], values["part1.name"]) == (-20.0, "nearest")
    assert said == ["As the last session left it: 3 settings, scene soft."]


def test_after_a_crash_it_goes_on_as_it_was_whatever_the_flags_were(begin):
    told, values, _ = begin("master.gain_db=-20", restarts=1, why="x")
    assert told.begin.kept == begin.state
    assert (values["master.gain_db"], values.by("master.gain_db")) == (-3.0, "resumed")
    assert told.keep == begin.path
    assert told.supervision.restarted


def test_failsafe_begins_with_the_flags_and_no_model_and_keeps_what_was_kept(begin):
    told, values, _ = begin("master.gain_db=-20", "bank.dir=/a", restarts=3, failsafe=True)
    assert (told.keep, told.begin.kept) == (None, KeptState({}))
    assert values["master.gain_db"] == -20.0
    assert (values["player.name"], values["player.failsafe"], values["part1.name"]) == ("nearest", True, "off")


@pytest.mark.parametrize(
    ("kept", "flag", "bank", "player"),
    [("/kept", "", "/kept", "nearest"), ("/kept", "/flag", "/flag", "nearest"), ("", "", "", "bank")],
)
def test_failsafe_plays_a_bank_where_there_is_one(begin, kept, flag, bank, player):
    write_state(begin.path, KeptState({"bank.dir": kept, "master.gain_db": -3.0}))
    _, values, _ = begin(*([f"bank.dir={flag}"] if flag else []), restarts=3, failsafe=True)
    assert (values["bank.dir"], values["player.name"], values["master.gain_db"]) == (bank, player, 0.0)
    assert values["player.failsafe"] == bool(bank)


def test_after_a_crash_a_state_that_cannot_be_read_is_a_sentence(begin):
    begin.path.write_text("format = ")
    told, values, said = begin(restarts=1)
    assert told.begin.kept == KeptState({})
    assert said[0].startswith("The last session cannot be gone on from: ")
    assert values.changed() == {}


def test_a_session_of_a_length_keeps_its_end(begin):
    _, values, _ = begin("run.seconds=100", restarts=1, began=5.0)
    assert values["run.seconds"] == 0.1
    _, values, _ = begin("run.seconds=100")
    assert values["run.seconds"] == 100.0


def test_beside_a_supervised_one_nothing_is_kept(begin):
    assert hold(begin.path) == ""
    told, _, said = begin()
    assert told.keep is None
    assert said == [
        f"A supervised livehost (process {os.getpid()}) keeps its state in {begin.path}: what is set here is not kept."
    ]
    told, _, said = begin(began=5.0)  # that is the supervised one
    assert (told.keep, said) == (begin.path, [])
    assert lock_file(begin.path).exists()
