"""A session is rendered again from its folder: to the bit as it was, and as it would have been."""

import json
import shutil
import time

import numpy as np
import soundfile

from livehost.replay.command import compare_session, replay_session
from livehost.settings import Settings
from livehost.stage.stage import Stage
from tests.conftest import RATE
from tests.inference.conftest import checkpoint, exported  # noqa: F401
from tests.replay.conftest import recorded
from tests.waiting import until


def show(stage, turn):
    """Ask for something new at each piece of a session."""
    control = stage.control
    asked = {
        1: lambda: control.set("player.temperature", 3.0),
        2: lambda: control.set("voice00.gain_db", -6.0),
        3: lambda: control.load("bank", "high"),
        4: lambda: control.play(2, -3.0),
        5: lambda: control.steer("reject"),
        6: lambda: control.load("model", "two"),
        7: lambda: control.panic(20.0),
        8: control.resume,
        9: lambda: control.allow(1, False),
        10: lambda: control.prepare("master.gain_db", -9.0, int(stage.engine["frame"]) + 1000),
        11: lambda: control.save_context("kept"),
        12: lambda: control.load("context", "kept"),
        13: lambda: control.set("player.name", "nearest"),
        14: lambda: control.hear_note(60, 100),
        15: control.reset,
        16: lambda: control.set("player.mode", "continue"),
        17: control.stop,
        18: control.resume,
    }
    if turn in asked:
        asked[turn]()


def of(events, kind):
    return [e for e in events if e["kind"] == kind]


def test_a_busy_session_with_a_model_is_the_same_to_the_bit(tmp_path, sound, banks, exported):  # noqa: F811
    for name in ("one", "two"):
        shutil.copytree(exported, tmp_path / "models" / name)
    chosen = {
        "player.name": "bank", "player.model": str(tmp_path / "models" / "one"),
        "player.contexts": str(tmp_path / "contexts"), "part1.name": "nearest", "part1.bank": str(banks / "high"),
    }  # fmt: skip
    folder = recorded(tmp_path / "session", sound, banks / "low", show, **chosen)
    session, replay, compared = compare_session(folder)
    assert len(of(session.events, "player_changed")) == 3
    assert len(of(session.events, "silenced")) == 3  # a panic, a stop, the end
    assert compared.same
    assert compared.decisions > 20
    assert compared.frames == session.end == len(soundfile.read(folder / "played.wav")[0])
    assert (replay.exact, replay.missed) == (True, 0)


def test_a_session_in_real_time_is_the_same_to_the_bit(tmp_path, sound, banks):
    values = Settings(
        {
            "audio.driver": "null", "bank.dir": str(banks / "low"), "audio.input": str(sound), "player.name": "nearest",
            "player.mode": "answer",
            "log.session": str(tmp_path / "session"), "osc.in_port": 0, "player.temperature": 2.0, "run.seed": 5,
        }
    )  # fmt: skip
    stage = Stage(values, lambda _text: None)
    stage.start()
    for k in range(12):
        stage.control.set("player.gain_db", -k / 2)
        if k == 5:
            stage.control.resume()
        stage.control.play(k % 4)
        stage.control.steer("change")
        if k == 4:
            stage.control.panic(5.0)
        if k == 7:
            stage.control.load("bank", "high")
        time.sleep(0.1)
    until(lambda: stage.engine["frame"] > 1.2 * RATE, "sound")
    stage.close()
    session, replay, compared = compare_session(tmp_path / "session")
    assert compared.same, compared
    assert compared.decisions > 10
    assert session.end == stage.engine["frame"]
    assert replay.missed == 0


def test_another_setting_another_bank_and_another_temperature_make_another_session(plain, banks, tmp_path):
    def said(**wanted):
        lines: list[str] = []
        assert replay_session(plain, say=lines.append, output=tmp_path / "out.wav", **wanted)
        return lines[-1], soundfile.read(tmp_path / "out.wav", dtype="float32")[0]

    same, as_it_was = said()
    assert same.startswith("As it was: ")
    assert np.array_equal(as_it_was, soundfile.read(plain / "played.wav", dtype="float32")[0])
    quiet, softer = said(wanted={"master.gain_db": -20.0})
    assert "13 answers then, 13 now; of 13 onsets that both answer, 13 with the same item." in quiet
    assert np.abs(softer).max() < 0.3 * np.abs(as_it_was).max()
    assert "13 answers then, 13 now" in said(bank=banks / "high")[0]
    assert "13 answers then, 0 now" in said(wanted={"player.respond": False})[0]


def test_the_same_sounds_elsewhere_are_the_same_bank(copy, banks, tmp_path):
    shutil.copytree(banks / "low", tmp_path / "elsewhere")
    lines: list[str] = []
    assert replay_session(copy, say=lines.append, bank=tmp_path / "elsewhere")
    assert lines[-1].startswith("As it was: ")


def test_what_was_played_otherwise_is_told_with_its_frame(copy):
    played = np.memmap(copy / "played.wav", np.float32, "r+", 80).reshape(-1, 2)
    played[40_000, 1] += 0.25
    played.flush()
    log = copy / "events.jsonl"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    sample = of(lines, "sample")[3]
    sample["index"] += 1
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    said: list[str] = []
    assert not replay_session(copy, say=said.append)
    at = sample["frame"] / RATE
    assert said[-1] == (
        f"It differs: decisions from {at:.3f} s on (index {sample['index']} then, {sample['index'] - 1} now) and sound "
        "from 0.833 s on (frame 40000)."
    )
