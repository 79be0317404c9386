"""What a session leaves for the next one: kept whole, read with care."""

from pathlib import Path

import pytest

from livehost.bridge.kept_state import (
    LOADED,
    KeptPart,
    KeptState,
    from_ranges,
    is_kept,
    read_state,
    state_file,
    to_ranges,
    write_state,
)
from livehost.cli.goes_on import restore
from livehost.cli.run import start_layers
from livehost.errors import LivehostError
from livehost.settings import TABLE

HEAD = 'format = 1\nscene = "soft"\n[settings.master]\ngain_db = -3.0\n'


def test_what_is_kept_reads_back(tmp_path):
    state = KeptState({"master.gain_db": -3.5, "player.mode": "call", "bank.dir": "/a b", "part1.choke": True}, "soft")
    state.halted, state.recording = "panic", True
    state.parts = {0: KeptPart("0f3c", (3, 7, 8, 9), (1,)), 1: KeptPart("ab")}
    write_state(tmp_path / "new" / "state.toml", state)
    assert read_state(tmp_path / "new" / "state.toml") == state
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["state.toml"]


def test_live_settings_are_kept_and_what_is_loaded():
    assert set(LOADED) == {"bank.dir", "player.model", "part1.model", "part1.bank"}
    assert {key for key in TABLE if is_kept(key)} == {key for key, s in TABLE.items() if s.thread} | set(LOADED)


def test_what_does_not_fit_is_named_and_what_is_unknown_is_left_out(tmp_path):
    path = tmp_path / "state.toml"
    path.write_text(
        f"{HEAD}ceiling_db = 9\ncolour = 1\n[settings.audio]\nblock = 128\n[settings.osc]\nbind = '0.0.0.0'\n"
    )
    state = read_state(path)
    assert state.settings == {"master.gain_db": -3.0}
    assert state.wrong == ["master.ceiling_db wants a number from -24 to 0 dBFS, not 9."]


OTHER = "The last session cannot be gone on from: PATH is of another version of livehost."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no earlier session to go on from: PATH is not there."),
        ("", OTHER),
        (
            "format = 2\n[settings]\n",
            "The last session cannot be gone on from: PATH is of another version of livehost.",
        ),
        (
            "format = 1\nsettings = 3\n",
            "The last session cannot be gone on from: PATH is of another version of livehost.",
        ),
        ("format = 1\nscene = 3\n[settings]\n", OTHER),
        ("format = ", "The last session cannot be gone on from: PATH is not valid TOML: "),
        ("\xff", "The last session cannot be gone on from: PATH is not UTF-8 text"),
    ],
)
def test_what_is_none_is_a_sentence_and_the_session_begins(tmp_path, content, sentence):
    path = tmp_path / "state.toml"
    if content is not None:
        path.write_text(content, encoding="latin-1")
    sentence = sentence.replace("PATH", str(path))
    with pytest.raises(LivehostError) as refused:
        read_state(path)
    assert str(refused.value).startswith(sentence)
    said, layers = [], start_layers(None, {}, [])
    assert restore(layers, path, said.append) == KeptState({})
    assert said[0].startswith(sentence)
    assert layers.resolve().changed() == {}


def test_a_flag_counts_more_and_a_file_less(tmp_path):
    config, path = tmp_path / "stage.toml", tmp_path / "state.toml"
    config.write_text("[master]\ngain_db = -20\nceiling_db = -5\n[audio]\nblock = 128\n")
    path.write_text(f"{HEAD}limiter = false\nmute = 7.5e400\n[settings.bank]\ndir = '/sounds'\n")
    said, layers = [], start_layers(config, {}, ["master.limiter=true"])
    assert restore(layers, path, said.append).scene == "soft"
    values = layers.resolve()
    assert (values["master.gain_db"], values.by("master.gain_db")) == (-3.0, "restored")
    assert (values["master.limiter"], values["master.ceiling_db"], values["audio.block"]) == (True, -5.0, 128)
    assert values["bank.dir"] == "/sounds"
    assert said == [
        "As the last session left it: 3 settings, scene soft. master.mute wants true or false, not inf.",
    ]  # fmt: skip


def test_where_it_is_kept(monkeypatch):
    monkeypatch.setenv("LIVEHOST_STATE", "/x/y.toml")
    assert state_file() == Path("/x/y.toml")
    monkeypatch.setenv("LIVEHOST_STATE", "")
    assert state_file() is None
    said = []
    assert restore(start_layers(None, {}, []), None, said.append) == KeptState({})
    assert said == ["There is no earlier session to go on from: LIVEHOST_STATE is empty."]
    monkeypatch.delenv("LIVEHOST_STATE")
    assert state_file().parts[-2:] == ("livehost", "state.toml")


def test_after_a_crash_what_was_set_live_counts_more_than_a_flag(tmp_path):
    path = tmp_path / "state.toml"
    path.write_text(HEAD)
    layers = start_layers(None, {}, ["master.gain_db=-20"])
    restore(layers, path, [].append, "resumed")
    assert layers.resolve()["master.gain_db"] == -3.0


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", ()), ("3", (3,)), ("3,7-9", (3, 7, 8, 9)), ("0-2,4,6-7", (0, 1, 2, 4, 6, 7))],
)
def test_ranges_are_numbers(text, numbers):
    assert from_ranges(text) == numbers
    assert to_ranges(numbers) == to_ranges(reversed(numbers)) == text


@pytest.mark.parametrize("text", [None, 3, "x", "1-", "-1", "1--2", "1,,2", "٣", "0-999999999", "1 "])
def test_what_is_no_range_is_nothing(text):
    assert from_ranges(text) == ()


@pytest.mark.parametrize(
    "parts", ["parts = 3", "[parts.x]\nbank = 'a'", "[parts.9]\nbank = 'a'", "[parts.0]\nbank = 3", "[parts]\n0 = 1"]
)
def test_parts_that_are_none_are_left_out(tmp_path, parts):
    path = tmp_path / "state.toml"
    path.write_text(f"format = 1\nhalted = 'x'\nrecording = 1\n{parts if '=' in parts[:8] else ''}\n[settings]\n"
                    f"{parts if '=' not in parts[:8] else ''}\n")  # fmt: skip
    assert read_state(path) == KeptState({})


@pytest.mark.parametrize("cut", range(1, 400, 23))
def test_a_state_that_is_cut_off_anywhere_is_a_sentence_or_a_part_of_it(tmp_path, cut):
    path = tmp_path / "state.toml"
    state = KeptState(
        {"master.gain_db": -3.5, "player.mode": "call"}, "soft", "stop", True, {0: KeptPart("0f3c", (3,))}
    )
    write_state(path, state)
    path.write_bytes(path.read_bytes()[:cut])
    try:
        found, said = read_state(path), ""
    except LivehostError as error:
        found, said = KeptState({}), str(error)
    assert found.settings.items() <= state.settings.items()
    assert not said or str(path) in said
