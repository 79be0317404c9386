"""Another model, bank or context while it plays: in place between two decisions, with what was heard before."""

import os
import shutil
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livehost import events
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.players.bank_transformer.context import MAX_BYTES
from livehost.players.nearest.player import REJECTED
from livehost.settings import Settings
from livehost.stage import background_job
from livehost.stage import hot_swap as swap
from livehost.stage.stage import Stage
from tests.conftest import RATE, burst
from tests.inference.conftest import checkpoint, exported  # noqa: F401
from tests.stage.test_stage import take  # noqa: F401


@pytest.fixture
def stage(tmp_path, exported, take):  # noqa: F811
    """An offline session with two banks beside each other, and two models."""
    for bank, count, base in (("low", 6, 110), ("high", 4, 880)):
        (tmp_path / bank).mkdir()
        for k in range(count):
            soundfile.write(tmp_path / bank / f"{bank}_{k}.wav", burst(base * 2 ** (k / 4), 0.3), RATE)
    for name in ("one", "two"):
        shutil.copytree(exported, tmp_path / "models" / name)
    return made(tmp_path, take)


def made(folder: Path, sound: Path, **changes):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline", "bank.dir": str(folder / "low"), "audio.input": str(sound),
            "player.model": str(folder / "models" / "one"), "player.contexts": str(folder / "contexts"),
            "player.mode": "answer", **changes,
        },
        "flag",
    )  # fmt: skip
    said: list[str] = []
    stage = Stage(values, said.append)
    stage.said, stage.heard = said, []
    stage.bus.subscribe(stage.heard.append)
    stage.start()
    return stage


def play(stage, turns):
    """Go on for a number of pieces; give what happened meanwhile."""
    stage.heard.clear()
    for _ in range(turns):
        stage.finished()
    return list(stage.heard)


def of(events, kind):
    return [e for e in events if e["kind"] == kind]


def test_another_model_goes_on_with_what_was_heard(stage):
    play(stage, 8)
    before, known = stage.hot_swap.first.player, stage.monitor.info()["context_length"]
    assert known >= 4
    stage.control.allow(0, False)
    stage.control.steer("reject")
    play(stage, 1)
    rejected = before.chooser.allowed_bits & REJECTED
    assert rejected.any()
    stage.control.load("model", "two")
    events = play(stage, 9)
    assert len(of(events, "player_changed")) == 1
    assert stage.hot_swap.first.player is not before
    assert (stage.worker._tables[:1] == stage.hot_swap.first.player.table).all()
    assert stage.settings["player.model"].endswith("two")
    assert stage.monitor.info()["context_length"] > known
    looks = [e for e in of(events, "attention") if e["memory"] == stage.hot_swap.first.player.attention.number]
    assert looks[-1]["positions"] > 4
    assert "rows" in looks[-1]
    bits = stage.hot_swap.first.player.chooser.allowed_bits
    assert bits[0] != 1
    assert (bits & REJECTED == rejected).all()
    stage.close()
    assert stage.hot_swap._memories == {}


def test_another_bank_plays_from_then_on(stage):
    stage.control.allow(-1, False)
    stage.control.allow(2, True)
    play(stage, 4)
    known = stage.monitor.info()["context_length"]
    assert 2 in stage.hot_swap.first.player.context()["index"]
    stage.control.load("bank", "high")
    assert set(stage.hot_swap._pending[1][1].player.context()["index"]) == {-1}  # item 2 is another sound now
    events = play(stage, 14)
    assert len(of(events, "player_changed")) == 1
    swapped = of(events, "player_changed")[0]["frame"]
    played = [e for e in of(events, "sample") if e["frame"] > swapped]
    assert played
    assert all(e["name"].startswith("high_") for e in played)
    assert stage.monitor.info()["bank_size"] == len(stage.hot_swap.first.bank) == 4
    assert any(block is stage.hot_swap.first.bank.block for block, _ in stage.engine._banks)
    assert stage.monitor.info()["context_length"] > known
    with pytest.raises(LivehostError, match="items 0 to 3"):
        stage.control.play(5)
    stage.close()


def test_what_was_replaced_is_let_go_when_nothing_reads_from_it(stage, monkeypatch):
    monkeypatch.setattr(swap, "KEEP_S", 0.0)
    first = stage.hot_swap.first.bank
    play(stage, 4)
    stage.control.load("bank", "high")
    play(stage, 1)
    assert len(stage.hot_swap._memories) == 2
    stage.engine.voices["active"][0], stage.engine.voices["samples"][0] = 1, first.block.ctypes.data + 4
    stage.hot_swap._tick()
    assert len(stage.hot_swap._memories) == 2
    stage.engine.voices["active"][:] = 0
    stage.hot_swap._tick()
    assert len(stage.hot_swap._memories) == 1
    assert all(block is not first.block for block, _ in stage.engine._banks)
    stage.close()


def test_a_context_is_kept_cleared_and_gone_on_from(stage, tmp_path):
    play(stage, 10)
    known = stage.monitor.info()["context_length"]
    stage.control.save_context("session 1")
    assert (tmp_path / "contexts" / "session 1.npz").is_file()
    stage.control.reset()
    play(stage, 1)
    assert stage.monitor.info()["context_length"] < known
    stage.control.load("context", "session 1")
    play(stage, 1)
    assert stage.monitor.info()["context_length"] >= known
    stage.close()


def test_a_player_without_a_context_is_refused_one_at_once_and_closed_at_the_end(stage, tmp_path, take):  # noqa: F811
    stage.close()
    other = made(tmp_path, take, **{"player.name": "nearest"})
    closed, player = [], other.hot_swap.first.player
    player.close = lambda: closed.append(True)
    with pytest.raises(LivehostError, match=r"^Only a model has a context, and none is loaded\.$"):
        other.control.load("context", "session 1")
    other.close()
    assert closed == [True]


@pytest.mark.parametrize("name", ["", ".", "..", "../low", "a/b", "a\\b", "/etc", "C:x", ".hidden", "a\0b", "a\nb"])
def test_a_name_stays_in_its_folder(stage, name):
    for what in ("model", "bank", "context"):
        with pytest.raises(LivehostError, match="called by its bare name"):
            stage.control.load(what, name)
    with pytest.raises(LivehostError, match="called by its bare name"):
        stage.control.save_context(name)
    stage.close()


@pytest.mark.parametrize(
    ("what", "name", "words"),
    [
        ("model", "three", "The model three is not used: There is no export 'three'; known are: one, two"),
        ("bank", "none", "The bank none is not used: There is no folder none beside the bank."),
        ("context", "none", "The context none is not used: There is no context none in "),
    ],
)
def test_what_is_not_there_is_told_to_who_asked_and_to_the_desk(stage, what, name, words):
    failed = []
    stage.control.load(what, name, failed.append)
    assert failed == stage.said[-1:]
    known = all(f" {there}" in failed[0] for there in ("one", "two"))  # among the shipped ones
    assert failed[0].startswith(words) or (what == "model" and known)
    stage.close()


@pytest.mark.parametrize("kind", ["fifo", "device", "huge", "bomb", "shape", "nan", "folder"])
def test_a_context_that_is_none_is_refused_and_never_waited_for(stage, tmp_path, kind):
    play(stage, 4)
    folder = tmp_path / "contexts"
    folder.mkdir()
    path = folder / "odd.npz"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
    else:
        columns = dict.fromkeys(("index", "onset", "frames"), np.zeros(1)) | {"rate": 48_000.0, "schema": "any"}
        columns["features"] = np.full((1, SEGMENT_SIZE), np.nan)
        if kind == "nan":
            columns["source"] = np.zeros(1)
        np.savez_compressed(path, **columns)
        if kind != "nan":
            longer = np.lib.format.header_data_from_array_1_0(np.zeros(1)) | {"shape": (10**12,)}
            with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open("source.npy", "w") as entry:
                if kind == "bomb":
                    for _ in range(MAX_BYTES // 2**20 + 1):
                        entry.write(bytes(2**20))
                else:
                    np.lib.format.write_array_header_1_0(entry, longer)
    failed, before = [], stage.hot_swap.first.player
    stage.control.load("context", "odd", failed.append)
    words = {
        "fifo": "it is no ordinary file", "device": "it is no ordinary file", "folder": "it is no ordinary file",
        "huge": "it is larger than 16 MiB", "bomb": "source is larger than 16 MiB",
        "shape": "source is not as long as it says",
        "nan": "it holds NaN or Inf",
    }  # fmt: skip
    assert len(failed) == 1
    assert f"cannot be read: {words[kind]}" in failed[0]
    play(stage, 3)
    assert stage.hot_swap.first.player is before
    stage.close()


def test_a_full_ring_costs_one_load_and_not_all_later_ones(stage):
    play(stage, 4)
    while stage.worker.control.push(events.new("reset")):
        pass
    failed = []
    stage.control.load("bank", "high", failed.append)
    assert failed == ["The bank high is not used: the worker takes no commands."]
    with pytest.raises(LivehostError, match="takes no commands at the moment"):
        stage.control.reset()
    play(stage, 1)
    stage.control.load("bank", "high")
    play(stage, 1)
    assert len(stage.hot_swap.first.bank) == 4
    stage.close()


def test_a_change_whose_event_got_lost_is_noticed_all_the_same(stage, monkeypatch):
    monkeypatch.setattr(swap, "EVENT_S", 0.0)
    play(stage, 4)
    stage.control.load("bank", "high")
    stage._advance(4096)
    while stage.worker.events.pop():
        pass
    stage.bus._kept.clear()
    stage.hot_swap._take_over, kept = lambda _number: None, stage.hot_swap._take_over  # as if the ring had been full
    play(stage, 1)
    stage.hot_swap._take_over = kept
    stage.hot_swap._tick()
    assert len(stage.hot_swap.first.bank) == 4
    stage.close()


def test_a_disk_that_hangs_holds_up_the_load_alone(tmp_path, exported, take, monkeypatch):  # noqa: F811
    for bank in ("low", "high"):
        (tmp_path / bank).mkdir()
        soundfile.write(tmp_path / bank / "a.wav", burst(110, 0.3), RATE)
    shutil.copytree(exported, tmp_path / "models" / "one")
    release, reading = threading.Event(), threading.Event()

    def hang(*_arguments):
        reading.set()
        release.wait(20)
        raise LivehostError("the disk is back.")

    monkeypatch.setattr("livehost.players.bank_transformer.player.load_context", hang)
    stage = made(tmp_path, take, **{"audio.driver": "null", "run.seconds": 60, "osc.in_port": 0})
    failed = []
    began = time.monotonic()
    stage.control.load("context", "x", failed.append)
    assert time.monotonic() - began < 10  # it hangs for 20 s
    assert reading.wait(10)
    monkeypatch.setattr(background_job, "HUNG_S", 0.0)
    stage.control.load("bank", "high", failed.append)  # the other one is given up
    release.set()
    deadline = time.monotonic() + 20
    while len(stage.hot_swap.first.bank.names) != 1 or stage.hot_swap.first.bank.directory.name != "high":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stage.close()
    assert failed == ["The context x is not used: the disk is back."]


def test_what_cannot_be_used_is_told_of_and_the_session_goes_on(stage, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "models" / "two" / "model.onnx").write_bytes(b"no model")
    before = stage.hot_swap.first.player
    stage.control.load("bank", "empty")
    stage.control.load("model", "two")
    assert [s.split(" is not used: ")[0] for s in stage.said[-2:]] == ["The bank empty", "The model two"]
    events = play(stage, 12)
    assert stage.hot_swap.first.player is before
    assert of(events, "sample")
    stage.control.load("bank", "high")
    with pytest.raises(LivehostError, match="is being loaded; wait for it"):
        stage.control.load("bank", "low")
    stage.close()


def test_a_model_is_loaded_when_it_is_wanted(stage, tmp_path, take):  # noqa: F811
    stage.close()
    stage = made(tmp_path, take, **{"player.name": "nearest"})
    with pytest.raises(LivehostError, match="Only a model has a context"):
        stage.control.save_context("none")
    assert stage.monitor.info()["model"] == "nearest"
    assert stage.monitor.info()["context_length"] == 0
    play(stage, 3)
    stage.control.set("player.name", "bank")
    assert of(play(stage, 9), "attention")
    assert stage.monitor.info()["model"] == stage.hot_swap.first.player.description
    stage.control.set("player.name", "nearest")
    play(stage, 1)
    assert not of(play(stage, 3), "attention")
    stage.close()


def test_where_a_model_that_is_wanted_is_not_to_be_had_the_one_that_plays_stands_in(stage, tmp_path, take):  # noqa: F811
    stage.close()
    stage = made(tmp_path, take, **{"player.name": "nearest", "player.model": str(tmp_path / "models" / "none")})
    play(stage, 2)
    assert (stage.hot_swap.stands_in, stage.monitor.status()[0]) == (False, "running")
    stage.control.set("player.name", "bank")
    assert stage.said[-1].startswith(f"The model {tmp_path}/models/none is not used: ")
    assert (stage.hot_swap.stands_in, stage.monitor.status()[0]) == (True, "failsafe")
    assert (stage.settings["player.name"], stage.settings.by("player.name")) == ("nearest", "stage")
    assert of(play(stage, 9), "sample")
    stage.close()
