"""The state on the disk follows the session; a disk that cannot is told of, and tried again."""

import pytest

from livehost.bridge.kept_state import KeptState, read_state
from livehost.errors import LivehostError
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
            self.contexts = []
            self.keeper = StateKeeper(self.path, lambda: self.state, self.contexts.append, self.bus, self.said.append)
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


def test_what_changes_nothing_writes_nothing_but_the_end(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    written = []
    monkeypatch.setattr(state_keeper, "write_state", lambda *_: written.append(1))
    kept.change(-9.0, kind="fact", name="halted", value=1)
    kept.change(-9.0, kind="log", level="info", text="x")
    kept.keeper.close()
    assert written == [1]
    assert kept.contexts == []


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


def test_a_panic_is_written_at_once(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    monkeypatch.setattr(state_keeper, "_PAUSE_S", 60.0)
    kept.keeper.service.wake()  # the pause that it is in; the next one is long
    kept.change(-7.0, kind="silenced", voices=0, dropped=0, how="panic")
    until(lambda: kept.reads(-7.0))


def test_contexts_are_written_every_few_seconds_where_something_sounded(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    kept.change(-1.0, kind="onset", onset_frame=1)
    kept.change(-1.0, kind="segment", onset_frame=1)
    until(lambda: kept.contexts == [kept.path])
    kept.change(-1.0, kind="sample", index=1)
    assert kept.contexts == [kept.path]  # not so soon again
    monkeypatch.setattr(state_keeper, "_CONTEXT_S", 0.0)
    until(lambda: len(kept.contexts) == 2)


def test_the_last_context_is_written_at_the_end(kept):
    kept.change(-1.0, kind="sample", index=1)
    until(lambda: len(kept.contexts) == 1)
    kept.change(-1.0, kind="sample", index=1)
    kept.keeper.close()
    assert len(kept.contexts) == 2


def test_contexts_that_cannot_be_written_are_told_of_once_and_tried_again(kept, monkeypatch):
    until(lambda: kept.reads(-1.0))
    tries = []

    def full(path):
        tries.append(path)
        raise LivehostError("The context x.npz cannot be written: No space left on device.")

    monkeypatch.setattr(state_keeper, "_CONTEXT_S", 0.0)
    monkeypatch.setattr(kept.keeper, "_contexts", full)
    kept.change(-2.0, **SETTING)
    kept.change(-2.0, kind="sample", index=1)
    until(lambda: len(tries) > 2)
    kept.change(-3.0, **SETTING)
    until(lambda: kept.reads(-3.0))
    until(lambda: len(tries) > 5)
    assert kept.said == [
        "What the players remember is not kept for the next session: The context x.npz cannot be written: "
        "No space left on device.",
    ]  # fmt: skip


def test_a_session_that_ends_well_leaves_nothing_halted_and_no_recording(kept):
    kept.state = KeptState({"master.gain_db": -1.0}, "", "panic", True)
    kept.bus.publish(kind="silenced", voices=0, dropped=0, how="panic")
    kept.bus.pump()
    until(lambda: kept.path.exists() and read_state(kept.path).halted == "panic")
    assert read_state(kept.path).recording
    kept.keeper.close()
    assert (read_state(kept.path).halted, read_state(kept.path).recording) == ("", False)
