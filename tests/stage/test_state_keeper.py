"""The state on the disk follows the session; a disk that cannot is told of, and tried again."""

import pytest

from livehost.bridge.kept_state import KeptState, read_state
from livehost.stage import state_keeper
from livehost.stage.event_bus import EventBus
from livehost.stage.state_keeper import StateKeeper
from tests.test_service import until


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A keeper that is started, its file, the state that it keeps, its bus, and what it has said."""
    monkeypatch.setattr(state_keeper, "_PAUSE_S", 0.01)

    class Kept:
        path, said, state = tmp_path / "state.toml", [], KeptState({"master.gain_db": -1.0})
        bus = EventBus(lambda _text: None)

        def __init__(self):
            self.keeper = StateKeeper(self.path, lambda: self.state, self.bus, self.said.append)
            self.keeper.start()

        def change(self, gain_db, **event):
            self.state = KeptState({"master.gain_db": gain_db}, self.state.scene)
            self.bus.publish(**event)
            self.bus.pump()

        def reads(self, gain_db):
            return self.path.exists() and read_state(self.path).settings == {"master.gain_db": gain_db}

    kept = Kept()
    yield kept
    kept.keeper.close()


SETTING = {"kind": "setting", "key": "master.gain_db", "value": -2.0, "by": "key"}


def test_it_is_written_at_the_start_and_after_every_change(kept):
    until(lambda: kept.reads(-1.0))
    kept.change(-2.0, **SETTING)
    until(lambda: kept.reads(-2.0))
    kept.change(-3.0, kind="fact", name="scene", value="x")
    until(lambda: kept.reads(-3.0))
    kept.change(-4.0, kind="player_changed", part=0, number=1, items=3)
    until(lambda: kept.reads(-4.0))
    assert kept.said == []


def test_what_changes_nothing_writes_nothing(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    written = []
    monkeypatch.setattr(state_keeper, "write_state", lambda *_: written.append(1))
    kept.change(-9.0, kind="fact", name="halted", value=1)
    kept.change(-9.0, kind="log", level="info", text="x")
    kept.keeper.close()
    assert written == []


def test_the_last_change_is_written_at_the_end(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    monkeypatch.setattr(state_keeper, "_PAUSE_S", 60.0)
    kept.change(-5.0, **SETTING)
    kept.keeper.close()
    assert kept.reads(-5.0)


def test_a_disk_that_is_full_is_told_once_and_tried_again(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    tries = []

    def full(*_):
        tries.append(1)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(state_keeper, "write_state", full)
        kept.change(-6.0, **SETTING)
        until(lambda: len(tries) > 2)
        assert kept.said == [
            f"What is set now is not kept for the next session: {kept.path} cannot be written "
            "(No space left on device).",
        ]  # fmt: skip
        assert kept.reads(-1.0)
    until(lambda: kept.reads(-6.0))
