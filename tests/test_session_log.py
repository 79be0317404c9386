"""The event log as a file: its header, what is broken in it, and that a session can be played again from it."""

import json
import re

import numpy as np
import pytest
import soundfile

import livehost
from livehost.bridge.event_log import line
from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.inference.kinds import KINDS
from livehost.players.bank_transformer.context import SOUND, load_context, save_context
from livehost.players.modes import in_mode
from livehost.session_log import FORMAT, SessionLog
from livehost.settings import Settings
from livehost.stage.stage import Stage
from livehost.start_layers import StartLayers
from livehost.view.attention import plot
from livehost.view.attention.log import read_attention
from tests.conftest import RATE, clicks
from tests.view.attention.test_plot import session as attention_events

HEADER = {
    "frame": 0, "kind": "session", "format": FORMAT, "livehost": "0.1.0", "rate": 44_100.0, "block": 64, "seed": 3,
    "parts": [], "settings": {},
}  # fmt: skip
EVENTS = [{"frame": 10 * k, "kind": "onset", "onset_frame": 10 * k} for k in range(1, 5)]


def written(path, *events, end=""):
    path.write_text("".join(map(line, events)) + end)
    return SessionLog(path)


def test_the_header_is_read_and_is_no_event(tmp_path):
    log = written(tmp_path / "e.jsonl", HEADER, *EVENTS)
    assert (log.header, log.rate) == ({}, None)
    assert list(log.events()) == EVENTS
    assert (log.header, log.rate, log.lines, log.broken) == (HEADER, 44_100.0, 5, 0)


def test_a_log_without_a_header_is_read_and_says_nothing_of_its_rate(tmp_path):
    log = written(tmp_path / "e.jsonl", *EVENTS)
    assert list(log.events()) == EVENTS
    assert (log.header, log.rate, log.lines, log.broken) == ({}, None, 4, 0)


@pytest.mark.parametrize("header", [True, False])
def test_a_log_that_is_cut_off_is_read_to_there(tmp_path, header):
    whole = [*([HEADER] if header else []), *EVENTS]
    text = "".join(map(line, whole))
    for cut in range(len(text) - len(line(EVENTS[-1])) + 1, len(text) - 1):
        (tmp_path / "e.jsonl").write_text(text[:cut])
        log = SessionLog(tmp_path / "e.jsonl")
        assert list(log.events()) == EVENTS[:-1]
        assert (log.lines, log.broken) == (len(whole), 1)
    (tmp_path / "e.jsonl").write_text(text[:-1])  # all but the end of the line
    assert list(SessionLog(tmp_path / "e.jsonl").events()) == EVENTS


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[1]", "3", "null", '{"frame": 1}', '{"kind": "onset"}', '{"frame": "1", "kind": "onset"}',
     '{"frame": 1.5, "kind": "onset"}', '{"frame": 1, "kind": 2}', "[" * 100_000, "\0\0\0",
     '{"frame": NaN, "kind": "x"}'],
)  # fmt: skip
def test_broken_lines_are_counted_and_passed_over(tmp_path, broken):
    (tmp_path / "e.jsonl").write_text(line(HEADER) + line(EVENTS[0]) + broken + "\n\n" + line(EVENTS[1]))
    log = SessionLog(tmp_path / "e.jsonl")
    assert list(log.events()) == EVENTS[:2]
    assert log.broken == (1 if broken else 0)


def test_an_empty_file_has_no_events(tmp_path):
    for text in ("", "\n\n"):
        (tmp_path / "e.jsonl").write_text(text)
        log = SessionLog(tmp_path / "e.jsonl")
        assert (list(log.events()), log.lines, log.rate) == ([], 0, None)


def test_what_is_no_log_is_one_sentence(tmp_path):
    path = tmp_path / "sound.wav"
    soundfile.write(path, np.zeros(1000), RATE)
    for content in (path.read_bytes(), b"\xff\xfe" * 100, b"one\ntwo\n"):
        path.write_bytes(content)
        with pytest.raises(LivehostError) as refused:
            list(SessionLog(path).events())
        lines = content.count(b"\n") + (not content.endswith(b"\n"))
        assert str(refused.value) == f"{path} is no event log: not one of its {lines:,} lines can be read."
    for path, sentence in (
        (tmp_path / "none.jsonl", "There is no event log {}."),
        (tmp_path, "The event log {} cannot be read: Is a directory."),
    ):
        with pytest.raises(LivehostError) as refused:
            list(SessionLog(path).events())
        assert str(refused.value) == sentence.format(path)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_log_of_another_format_says_who_can_read_it(tmp_path, version):
    log = written(tmp_path / "e.jsonl", {**HEADER, "format": version, "livehost": "9.9"}, *EVENTS)
    with pytest.raises(LivehostError) as refused:
        list(log.events())
    assert str(refused.value) == (
        f"The event log {log.path} is of format {version!r}, and this livehost reads 1: read it with the version that "
        "wrote it ('9.9')."
    )


@pytest.mark.parametrize("rate", [0, -1, None, "48000", float("nan"), float("inf")])
def test_a_rate_that_is_none_is_not_known(tmp_path, rate):
    (tmp_path / "e.jsonl").write_text(json.dumps({**HEADER, "rate": rate}) + "\n")
    log = SessionLog(tmp_path / "e.jsonl")
    list(log.events())
    assert log.rate is None


def test_a_picture_takes_its_rate_from_the_header_then_from_whoever_asks(tmp_path, monkeypatch):
    asked = []

    def scene(found, rate, *_):
        asked.append(rate)
        raise LivehostError("enough")

    monkeypatch.setattr(plot, "make_scene", scene)
    for events, rate in (
        ([HEADER, *attention_events(3)], 16_000.0),
        (attention_events(3), 16_000.0),
        (attention_events(3), None),
    ):
        written(tmp_path / "e.jsonl", *events)
        with pytest.raises(LivehostError, match="enough"):
            plot.plot_attention(tmp_path / "e.jsonl", tmp_path / "a.png", rate=rate)
    assert asked == [44_100.0, 16_000.0, 48_000.0]
    with pytest.raises(LivehostError, match="holds no attention: it is logged while a transformer plays"):
        read_attention(written(tmp_path / "e.jsonl", HEADER, *EVENTS).path)


@pytest.fixture
def play(bank_dir, tmp_path):
    """Plays a take offline, with what is done at frames; the log's header and events, and the sound."""
    soundfile.write(
        tmp_path / "take.wav", clicks([4800, 14_400, 24_000, 33_600, 43_200, 52_800], 72_000), RATE, "FLOAT"
    )
    runs = []

    def run(settings, deeds=()):
        runs.append(tmp_path / str(len(runs)))
        runs[-1].mkdir()
        files = {"log.events": str(runs[-1] / "e.jsonl"), "audio.output": str(runs[-1] / "out.wav")}
        stage = Stage(
            Settings({**settings, "bank.dir": str(bank_dir), "audio.input": str(tmp_path / "take.wav"), **files}),
            lambda _: None,
        )
        stage.start()
        for frame, deed in deeds:
            stage._advance(frame - int(stage.engine["frame"]))
            deed(stage.control)
        while not stage.finished():
            pass
        stage.close()
        log = SessionLog(runs[-1] / "e.jsonl")
        events = [e for e in log.events() if e["kind"] != "log"]  # a first start says that it compiles
        return events, log.header, soundfile.read(runs[-1] / "out.wav", dtype="float32")[0]

    return run


def test_a_session_is_played_again_from_its_log(play):
    """Settings, verdicts, what may be chosen, loads, notes, resets and panics: all stand in it with their frames."""
    settings = {
        "audio.driver": "offline", "player.name": "nearest", "run.seed": 5, "part1.name": "nearest",
        **in_mode("answer"),
    }  # fmt: skip
    deeds = [
        (6400, lambda c: c.set("player.temperature", 2.0, "osc 127.0.0.1:9000")),
        (6400, lambda c: c.allow(3, False)),
        (12_800, lambda c: c.set("master.gain_db", -6.0, "key")),
        (16_000, lambda c: c.steer("reject", 0)),
        (16_000, lambda c: c.set("part1.answer_delay_ms", 25.0, "scene")),
        (22_400, lambda c: c.hear_note(60, 100)),
        (25_600, lambda c: c.reset(1)),
        (35_200, lambda c: c.panic()),
        (38_400, lambda c: c.resume()),
        (44_800, lambda c: c.steer("approve", 1)),
    ]
    events, header, sound = play(settings, deeds)
    kinds = {"setting", "allow", "steer", "heard_note", "reset", "silenced", "resumed"}
    told = [e for e in events if e["kind"] in kinds]
    assert [e["frame"] for e in told if e["kind"] != "silenced"] == [frame for frame, _ in deeds if frame != 35_200]
    assert kinds == {e["kind"] for e in told}

    def deed(e):
        return {
            "setting": lambda c: c.set(e["key"], e["value"], e["by"]),
            "allow": lambda c: c.allow(e["index"], bool(e["allowed"]), e["part"]),
            "steer": lambda c: c.steer(e["verdict"], e["part"]),
            "heard_note": lambda c: c.hear_note(e["pitch"], e["velocity"], e["part"]),
            "reset": lambda c: c.reset(e["part"]),
            "silenced": lambda c: c.panic(),
            "resumed": lambda c: c.resume(),
        }[e["kind"]]

    again, _, sound_again = play(header["settings"], [(e["frame"], deed(e)) for e in told])
    assert again == events
    assert sound_again.tobytes() == sound.tobytes()
    without, _, other = play(header["settings"])
    assert [e for e in without if e["kind"] == "sample"] != [e for e in events if e["kind"] == "sample"]
    assert other.tobytes() != sound.tobytes()


def test_the_header_says_what_the_session_was(play, bank_dir):
    _, header, _ = play({"audio.driver": "offline", "player.name": "nearest", "run.seed": 5, "master.gain_db": -3.0})
    assert list(header) == [
        "frame", "kind", "format", "livehost", "rate", "block", "seed", "parts", "settings", "driver", "realtime",
        "inputs", "listened", "pair", "build", "processor",
    ]  # fmt: skip
    assert (header["frame"], header["format"], header["livehost"]) == (0, 1, livehost.__version__)
    assert (header["rate"], header["block"], header["seed"]) == (48_000.0, 64, 5)
    assert header["settings"]["master.gain_db"] == -3.0
    assert "master.mute" not in header["settings"]
    (part,) = [p for p in header["parts"] if p["part"] == 0]
    assert (part["player"], part["model"], part["model_sha256"], part["items"]) == ("nearest", "", "", 12)
    assert part["bank"] == str(bank_dir)
    assert re.fullmatch("[0-9a-f]{16,}", part["bank_hash"])


def test_files_of_another_version_say_what_to_do(tmp_path):
    path = tmp_path / "old.npz"
    save_context(path, np.zeros(3, SOUND), 48_000, "features of 2019")
    with pytest.raises(LivehostError) as refused:
        load_context(path, 48_000, "features of today")
    assert str(refused.value) == (
        f"The context {path} was measured by another version of livehost and does not fit this one: play, and save it "
        "anew with /livehost/model/context/save."
    )
    settings = tmp_path / "old.toml"
    settings.write_text("[player]\ndelay_ms = 3.0\n")
    with pytest.raises(LivehostError) as refused:
        StartLayers().load(settings)
    assert str(refused.value) == (
        f"{settings}: There is no setting called player.delay_ms. Did you mean player.late_ms?"
    )
    manifest = tmp_path / "told" / "manifest.toml"
    manifest.parent.mkdir()
    manifest.write_text('name = "told"\nkind = "dream"\nformat = 1\n')
    with pytest.raises(LivehostError) as refused:
        open_export(manifest.parent, rate=48_000, hop_samples=128, frame_samples=1024)
    assert str(refused.value) == (
        f"The export told is of kind 'dream'; this livehost plays {' or '.join(map(repr, KINDS))}: take "
        "another export, or a newer livehost."
    )
