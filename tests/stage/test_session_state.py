"""What a session has become is kept, and taken up again: verdicts, gate, contexts, recording."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from livehost.bridge.kept_state import KeptPart, KeptState
from livehost.errors import LivehostError
from livehost.players.bank_transformer.context import SOUND, load_context, save_context
from livehost.players.base import Player
from livehost.players.nearest.player import DENIED, REJECTED
from livehost.rt.gate import LET_RING, Gate
from livehost.settings import Settings
from livehost.stage.active_player import ActivePlayer
from livehost.stage.context_files import context_file
from livehost.stage.scene_list import SceneList
from livehost.stage.session_state import SessionState

SCHEMA = "a schema"


class Remembering(Player):
    """A player that plays six items and has a context."""

    context_kind = "sounds"

    def __init__(self):
        super().__init__()
        self.bits, self.sounds, self.told = np.ones(6, np.uint8), np.zeros(3, SOUND), None
        self.sounds["onset"], self.sounds["frames"] = (100, 200, 300), 50

    def verdicts(self):
        return self.bits.copy()

    def use_verdicts(self, verdicts):
        self.bits[:] = verdicts

    def context(self):
        return self.sounds.copy()

    def feed(self, context):
        self.told = context

    def save_context(self, path, context, rate):
        save_context(path, context, rate, SCHEMA)

    def load_context(self, path, rate, frame):
        sounds = load_context(path, rate, SCHEMA)
        sounds["onset"] += frame - 350
        return sounds


class Session:
    """The parts of a session that have a state."""

    def __init__(self, bank="0f3c"):
        self.gate, self.said, self.recording = Gate(), [], False
        self.player = Remembering()
        engine = type("Engine", (dict,), {"gate": self.gate, "rate": 1000.0})(panic_fade=10)
        own = type("Bank", (), {"hash": bank, "__len__": lambda _self: 6})()
        active = ActivePlayer(self.player, own)
        scenes = SimpleNamespace(state=lambda: KeptState({"master.gain_db": -1.0}, "soft"))
        notices = SimpleNamespace(say=self.said.append, warn=self.said.append)
        self.state = SessionState(scenes, engine, SimpleNamespace(active=[active, None]), self, notices)

    def record(self):
        self.recording = True
        return "It records."


def test_what_is_now_is_kept():
    session = Session()
    assert session.state.now() == KeptState({"master.gain_db": -1.0}, "soft", parts={0: KeptPart("0f3c")})
    session.player.bits[[1, 4]] |= DENIED
    session.player.bits[[4, 5]] |= REJECTED
    session.recording = True
    session.gate.shut(10)
    assert session.state.now() == KeptState(
        {"master.gain_db": -1.0}, "soft", "panic", True, {0: KeptPart("0f3c", (1, 4), (4, 5))}
    )
    session.gate.shut(LET_RING)
    assert session.state.now().halted == "stop"


def test_what_was_kept_is_taken_up(tmp_path):
    before, state = Session(), tmp_path / "state.toml"
    before.player.bits[[1, 4]] |= DENIED
    before.player.bits[5] |= REJECTED
    before.gate.shut(10)
    before.state.write_contexts(state)
    after = Session()
    after.state.take_up(before.state.now(), state)
    assert (after.player.bits == before.player.bits).all()
    assert after.player.told["onset"].tolist() == [-250, -150, -50]
    assert after.gate.is_shut
    assert not after.gate.lets_ring
    assert after.said == [
        "Nothing plays since the panic of the last session: /livehost/start goes on.",
        "Part 0 remembers the last session: a context of 3.",
    ]


def test_a_stop_lets_ring_again():
    session = Session()
    session.state.take_up(KeptState({}, halted="stop"), None)
    assert session.gate.is_shut
    assert session.gate.lets_ring


def test_what_belongs_to_another_bank_is_left_alone(tmp_path):
    before, state = Session(), tmp_path / "state.toml"
    before.player.bits[1] |= DENIED
    before.state.write_contexts(state)
    after = Session("another")
    after.state.take_up(before.state.now(), state)
    assert (after.player.bits == 1).all()
    assert after.player.told is None
    assert after.said == []


def test_items_that_the_bank_has_not_are_passed_over(tmp_path):
    session = Session()
    session.state.take_up(KeptState({}, parts={0: KeptPart("0f3c", (2, 6, 99))}), tmp_path / "state.toml")
    assert np.flatnonzero(session.player.bits & DENIED).tolist() == [2]
    assert session.player.told is None  # there is no context


@pytest.mark.parametrize("cut", [0, 1, 200, -1])
def test_a_context_that_is_cut_off_is_a_sentence_and_the_session_begins(tmp_path, cut):
    before, state = Session(), tmp_path / "state.toml"
    before.state.write_contexts(state)
    path = context_file(state, 0, before.player, "0f3c")
    path.write_bytes(path.read_bytes()[:cut])
    after = Session()
    after.state.take_up(before.state.now(), state)
    assert after.player.told is None
    assert len(after.said) == 1
    assert after.said[0].startswith(f"Part 0 begins with nothing in its mind. The context {path} cannot be read:")


def test_one_context_a_part_is_left_on_the_disk(tmp_path):
    state = tmp_path / "state.toml"
    Session("aaaa").state.write_contexts(state)
    Session("bbbb").state.write_contexts(state)
    assert [path.name for path in tmp_path.iterdir()] == ["state-part0-sounds-bbbb.npz"]


def test_contexts_that_cannot_be_written_are_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="cannot be written"):
        Session().state.write_contexts(tmp_path / "file" / "state.toml")


def test_a_recording_goes_on():
    session = Session()
    session.state.record_on(KeptState({}))
    assert not session.recording
    session.state.record_on(KeptState({}, recording=True))
    session.state.record_on(KeptState({}, recording=True))
    assert session.said == ["It records."]


def test_a_recording_that_cannot_go_on_is_told_of():
    session = Session()

    def refuse():
        raise LivehostError("The folder takes cannot be made: Read-only file system.")

    session.record = refuse
    session.state.record_on(KeptState({}, recording=True))
    assert session.said == ["The folder takes cannot be made: Read-only file system."]


@pytest.mark.parametrize(("items", "folder"), [(6, "/sounds"), (0, "")])
def test_a_session_without_a_bank_keeps_none(items, folder):
    bank = type("Bank", (), {"directory": "/sounds" if items else Path(), "__len__": lambda _self: items})()
    hot_swap = SimpleNamespace(active=[ActivePlayer(Remembering(), bank), None])
    scenes = SceneList(Settings(), hot_swap, None, None, None)
    assert scenes.state().settings["bank.dir"] == folder
