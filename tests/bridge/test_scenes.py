"""Scenes: everything that one names is set, whoever set it before; what is wrong with one changes nothing at all."""

import json
import threading
import tomllib
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livehost.bank import load
from livehost.bridge import scenes
from livehost.bridge.osc import wire
from livehost.bridge.osc.dispatch import Dispatcher
from livehost.bridge.scenes import FORMAT, Scene, read_scene, write_scene
from livehost.cli.run import start_settings
from livehost.errors import LivehostError
from livehost.settings import TABLE
from livehost.stage.stage import Stage
from tests.conftest import RATE, burst, clicks
from tests.test_service import until

CLIENT = ("127.0.0.1", 9000)
LIVE = [key for key, setting in TABLE.items() if setting.thread and setting.scene]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two banks beside each other, and a take."""
    folder = tmp_path_factory.mktemp("scenes")
    for bank, base in (("low", 110), ("high", 880)):
        (folder / bank).mkdir()
        for k in range(4):
            soundfile.write(folder / bank / f"{bank}_{k}.wav", burst(base * 2 ** (k / 5), 0.2), RATE)
    soundfile.write(folder / "take.wav", clicks([4800, 24_000, 48_000], 96_000), RATE, "FLOAT")
    return folder


@pytest.fixture
def session(folder, tmp_path):
    """Makes sessions offline from flags and `--set`, with what they say and tell."""
    made = []

    def new(*assignments, **flags):
        flags = {
            "audio.driver": "offline", "bank.dir": str(folder / "low"), "audio.input": str(folder / "take.wav"),
            "player.name": "nearest", "run.scenes": str(tmp_path / "scenes"), **flags,
        }  # fmt: skip
        said: list[str] = []
        stage = Stage(start_settings(None, flags, list(assignments)), said.append)
        stage.said, stage.heard = said, []
        stage.bus.subscribe(stage.heard.append)
        stage.start()
        made.append(stage)
        return stage

    yield new
    for stage in made:
        stage.close()


def osc(stage):
    """A dispatcher for the session, and what it has answered."""
    answers = []
    dispatcher = Dispatcher(
        stage.control,
        stage.outputs.osc,
        lambda packet, _client: answers.extend((m.address, *m.args) for m in wire.decode(packet)),
    )
    return lambda path, types="", *values: dispatcher.packet(wire.encode(path, types, *values), CLIENT), answers


def values(stage):
    return {key: stage.settings[key] for key in TABLE}


#: Values of settings that want more than any word.
WORDS = {"midi.map": "1:20=/livehost/panic", "midi.folders": "drums=10"}


def other_value(key):
    """A value that is neither the default nor at the end of the range."""
    setting = TABLE[key]
    if isinstance(setting.default, str) and not setting.choices:
        return WORDS.get(key, "a word")
    if setting.choices:
        return next(c for c in setting.choices if c not in (setting.default, "off", "bank"))
    if isinstance(setting.default, bool):
        return not setting.default
    if isinstance(setting.default, int):
        return int(setting.default + (1 if setting.default + 1 <= setting.high else -1))
    return round(0.25 * setting.low + 0.75 * setting.high, 3)


def put(stage, name, text):
    """Write a scene by hand."""
    path = Path(stage.settings["run.scenes"]) / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_every_live_setting_is_kept_and_recalled_whoever_wrote_it_since(session):
    """A flag at the start, then the scene's own values, then OSC: the scene is the last writer, and wins."""
    stage = session("master.gain_db=-7", "player.temperature=0.9", "midi.channel=3")
    stage.control.set("part1.name", "off")
    # a part that plays would need its player, and the notes' kinds follow from it
    wanted = {key: other_value(key) for key in LIVE if key not in ("player.name", "part1.name")}
    for key, value in wanted.items():
        stage.control.set(key, value, "key")
    stage.control.save_scene("one")
    kept = {key: stage.settings[key] for key in LIVE}
    assert {key: kept[key] for key in wanted} == wanted
    for key in wanted:
        stage.control.set(key, TABLE[key].default, "osc 127.0.0.1:9000")
    assert all(stage.settings[key] != wanted[key] for key in wanted)
    stage._advance(4096)
    stage.heard.clear()
    stage.control.recall_scene("one")
    assert {key: stage.settings[key] for key in LIVE} == kept
    assert {stage.settings.by(key) for key in LIVE} == {"scene"}
    stage._advance(64)
    told = {e["key"]: (e["value"], e["by"], e["frame"]) for e in stage.heard if e["kind"] == "setting"}
    assert told == {key: (pytest.approx(value), "scene", 4096) for key, value in wanted.items()}
    # and the real-time threads have them
    assert stage.engine.parameters["master_gain_db"][0] == wanted["master.gain_db"]
    assert stage.worker.parameters["listen_sensitivity"][0] == wanted["listen.sensitivity"]
    assert stage.worker.part_settings["temperature"][1] == wanted["part1.temperature"]


def test_a_scene_leaves_the_ports_of_the_room_alone(session, monkeypatch):
    from livehost.bridge.midi import out as midi_out
    from tests.bridge.midi.test_out import Studio

    monkeypatch.setitem(midi_out.MidiOut.__init__.__kwdefaults__, "opener", Studio().open)
    stage = session("midi.out=synth")
    stage.control.save_scene("one")
    stage.control.set("midi.out", "other", "key")
    stage.control.recall_scene("one")
    put(stage, "two", 'format = 1\n[settings.midi]\nout = "third"\nchannel = 4\n')
    stage.control.recall_scene("two")
    assert (stage.settings["midi.out"], stage.settings["midi.channel"]) == ("other", 4)
    assert stage.said[-1] == "Scene two: 1 settings, but for midi.out, which cannot be set here."


def test_a_scene_beats_a_flag_and_the_next_writer_beats_the_scene(session):
    stage = session("master.gain_db=-7", "player.density=0.25")
    send, answers = osc(stage)
    put(stage, "one", "format = 1\n[settings.master]\ngain_db = -3.0\n[settings.player]\ndensity = 0.5\n")
    send("/livehost/model/density", "f", 0.75)
    send("/livehost/scene/load", "s", "one")
    assert (stage.settings["master.gain_db"], stage.settings["player.density"]) == (-3.0, 0.5)
    send("/livehost/master/gain_db", "f", -9.0)
    assert (stage.settings["master.gain_db"], stage.settings.by("master.gain_db")) == (-9.0, "osc 127.0.0.1:9000")
    assert stage.settings["player.temperature"] == TABLE["player.temperature"].default  # it says nothing of that
    assert not answers


def test_over_osc(session):
    stage = session()
    send, answers = osc(stage)
    send("/livehost/master/gain_db", "f", -20.0)
    send("/livehost/scene/save", "s", "quiet")
    send("/livehost/master/gain_db", "f", 0.0)
    send("/livehost/scene/save", "s", "loud")
    send("/livehost/scene/list")
    assert answers == [("/livehost/scene/list", "loud", "quiet")]
    send("/livehost/scene/load", "s", "quiet")
    assert stage.settings["master.gain_db"] == -20
    stage._advance(64)
    assert stage.monitor.info()["scene"] == "quiet"
    answers.clear()
    send("/livehost/scene/current")
    assert answers == [("/livehost/scene/current", "quiet")]
    answers.clear()
    for name, text in (
        ("none", f"There is no scene none in {stage.settings['run.scenes']}."),
        ("../x", "A scene is called by its bare name, not '../x'."),
        ("", "A scene is called by its bare name, not ''."),
    ):
        send("/livehost/scene/load", "s", name)
        assert answers.pop() == ("/livehost/error", "refused", "/livehost/scene/load", text)
    assert len(list(Path(stage.settings["run.scenes"]).iterdir())) == 2


def test_what_it_holds_reads_back(tmp_path):
    scene = Scene(
        {"master.gain_db": -3.1, "player.mode": "call", "part1.choke": True, "player.top_k": 7},
        {0: {"model": "bank-transformer", "bank": "low"}, 1: {"bank": 'high "x"'}},
    )
    write_scene(tmp_path / "one.toml", scene)
    assert read_scene(tmp_path / "one.toml") == scene
    assert tomllib.loads((tmp_path / "one.toml").read_text())["format"] == FORMAT


HEAD = "format = 1\n[settings.master]\ngain_db = -3.0\n"
ANEW = "save it anew with /livehost/scene/save."
READS = "and this livehost reads 1:"
BAD = {
    "no TOML": ("format = 1\n[settings", "is not valid TOML: "),
    "no text": (b"\xff\xfe\x00", "is not UTF-8 text: save it as UTF-8."),
    "no table of settings": ("format = 1\nsettings = 3\n", f"has no table of settings: {ANEW}"),
    "no format": ("[settings.master]\ngain_db = -3.0\n", f"is of format 'unknown', {READS} {ANEW}"),
    "older": (HEAD.replace("format = 1", "format = 0"), f"is of format 0, {READS} {ANEW}"),
    "later": (HEAD.replace("format = 1", "format = 2"), f"is of format 2, {READS} take a newer livehost."),
    "true": (HEAD.replace("format = 1", "format = true"), f"is of format True, {READS} {ANEW}"),
    "huge": (HEAD + "#" * (1 << 20), "is larger than 1 MiB, which no file of its kind is."),
    "a huge number": (f"{HEAD}ceiling_db = {10**40}\n", "holds a number of more than 64 bits."),
    "deep": ("format = 1\nsettings = " + "[" * 2000 + "]" * 2000, "nests deeper than 16 levels."),
    "nothing but a format": ("format = 1\n", f"holds nothing that can be set: {ANEW}"),
    "nothing but what cannot be set": ("format = 1\n[lights]\nred = 1\n", f"holds nothing that can be set: {ANEW}"),
    "nothing but a wrong value": (
        "format = 1\n[settings.master]\ngain_db = 99\n",
        "holds nothing that can be set: master.gain_db wants a number from -90 to 12 dB, not 99.",
    ),
    "a channel that is taken": (
        f"{HEAD}[settings.midi]\nchannel = 2\n[settings.part1]\nname = \"nearest\"\n",
        "Parts 0 and 1 would both play on MIDI channel 2",
    ),
    "a bank that is not there": (f"{HEAD}[parts.0]\nbank = \"lost\"\n", "There is no folder lost beside the bank."),
    "a bank elsewhere": (
        f"{HEAD}[parts.0]\nbank = \"../low\"\n", "A bank is called by its bare name, not '../low'.",
    ),
    "a model that is not there": (
        f"{HEAD}[settings.player]\nname = \"bank\"\n[parts.0]\nmodel = \"lost\"\n",
        "There is no export 'lost'; known are: ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_one_sentence_and_changes_nothing(session, case, monkeypatch):
    from livehost.bridge.midi import out as midi_out
    from tests.bridge.midi.test_out import Studio

    monkeypatch.setitem(midi_out.MidiOut.__init__.__kwdefaults__, "opener", Studio().open)
    content, sentence = BAD[case]
    stage = session("midi.out=synth", "master.gain_db=-7")
    path = put(stage, "bad", "")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before, said = values(stage), len(stage.said)
    with pytest.raises(LivehostError) as refused:
        stage.control.recall_scene("bad")
    text = str(refused.value)
    assert sentence in text
    assert text.endswith(".")
    assert "\n" not in text.replace(content if isinstance(content, str) else "", "")
    if not sentence.startswith(("Parts", "There", "A bank")):
        assert text.startswith(f"The scene {path}")
    assert values(stage) == before
    assert not [e for e in stage.heard if e["kind"] in ("setting", "fact")]
    assert stage.said[said:] == []
    assert stage.hot_swap.loaded() == {0: {"bank": "low"}}


def test_a_folder_and_a_file_that_may_not_be_read(session, monkeypatch):
    stage = session()
    path = put(stage, "bad", HEAD)
    (path.parent / "folder.toml").mkdir()
    with pytest.raises(LivehostError) as refused:
        stage.control.recall_scene("folder")
    assert str(refused.value) == f"The scene {path.parent / 'folder.toml'} cannot be read: Is a directory."

    def locked(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(LivehostError) as refused:
        stage.control.recall_scene("bad")
    assert str(refused.value) == f"The scene {path} cannot be read: Permission denied."


def test_what_it_cannot_set_is_named_and_the_rest_is_set(session):
    stage = session()
    put(
        stage, "one",
        f"{HEAD}colour = 3\n[settings.audio]\nblock = 128\n"
        "[parts.0]\nbank = 7\nmodle = \"x\"\n[parts.9]\nbank = \"low\"\n[lights]\nred = 1\n",
    )  # fmt: skip
    stage.control.recall_scene("one")
    assert stage.settings["master.gain_db"] == -3
    assert stage.settings["audio.block"] == 64
    assert stage.said[-1] == (
        "Scene one: 1 settings, but for master.colour, audio.block, parts.0.bank, parts.0.modle, parts.9.bank, "
        "lights.red, which cannot be set here."
    )


WRONG = {
    "not a number": ("ceiling_db = nan", "master.ceiling_db wants a number from -24 to 0 dBFS, not nan."),
    "infinite": ("ceiling_db = -inf", "master.ceiling_db wants a number from -24 to 0 dBFS, not -inf."),
    "out of range": ("ceiling_db = 0.1", "master.ceiling_db wants a number from -24 to 0 dBFS, not 0.1."),
    "another type": ("ceiling_db = [[1]]", "master.ceiling_db wants a number from -24 to 0 dBFS, not [[1]]."),
    "a date": ("mute = 2020-01-01", "master.mute wants true or false, not datetime.date(2020, 1, 1)."),
    "no choice": (
        'mute = true\n[settings.player]\nmode = "sing"',
        "player.mode wants one of duo, answer, continue, call, not 'sing'.",
    ),
    "bindings that nobody can read": (
        'mute = false\n[settings.midi]\nmap = "1:20=/livehost/nowhere"',
        "There is no address /livehost/nowhere; livehost addresses lists them.",
    ),
    "two": (
        "ceiling_db = 9\nlimiter = 7.5e400",
        "master.ceiling_db wants a number from -24 to 0 dBFS, not 9. master.limiter wants true or false, not inf.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_value_that_does_not_fit_is_named_and_the_rest_is_set(session, case):
    line, sentence = WRONG[case]
    stage = session("master.ceiling_db=-2")
    send, answers = osc(stage)
    put(stage, "one", f"{HEAD}{line}\n[settings.listen]\nsensitivity = 0.75\n")
    send("/livehost/scene/load", "s", "one")
    text = f"Scene one, of which the rest is set: {sentence}"
    assert answers == [("/livehost/error", "failed", "/livehost/scene/load", text)]
    assert stage.said[-1] == text
    assert (stage.settings["master.gain_db"], stage.settings["listen.sensitivity"]) == (-3, 0.75)
    assert stage.settings["master.ceiling_db"] == -2  # as it was
    assert stage.settings["master.limiter"] is True
    assert stage.settings["player.mode"] == TABLE["player.mode"].default


def test_a_folder_of_scenes_is_a_set_list(session):
    stage = session()
    send, answers = osc(stage)
    send("/livehost/scene/next")
    sentence = "There are no scenes yet; /livehost/scene/save keeps one."
    assert answers.pop() == ("/livehost/error", "refused", "/livehost/scene/next", sentence)
    for gain, name in ((-1.0, "10 finale"), (-2.0, "2 waltz"), (-3.0, "1 opening"), (-4.0, "Encore")):
        put(stage, name, f"format = 1\n[settings.master]\ngain_db = {gain}\n")
    send("/livehost/scene/list")
    assert answers.pop() == ("/livehost/scene/list", "1 opening", "2 waltz", "10 finale", "Encore")

    def after(step):
        send(f"/livehost/scene/{step}")
        return stage.control.scene_list.current, stage.settings["master.gain_db"]

    assert after("next") == ("1 opening", -3.0)
    assert [after("next") for _ in range(2)] == [("2 waltz", -2.0), ("10 finale", -1.0)]
    assert after("prev") == ("2 waltz", -2.0)
    send("/livehost/scene/next", "i", 0)  # a button let go
    assert stage.control.scene_list.current == "2 waltz"
    (Path(stage.settings["run.scenes"]) / "2 waltz.toml").unlink()
    assert after("next") == ("10 finale", -1.0)
    put(stage, "2 waltz", "format = 1\n[settings.master]\ngain_db = -2\n")
    assert after("prev") == ("2 waltz", -2.0)
    (Path(stage.settings["run.scenes"]) / "2 waltz.toml").unlink()
    assert after("prev") == ("1 opening", -3.0)
    assert not answers
    assert after("prev") == ("1 opening", -3.0)
    sentence = "1 opening is the first scene of the set list."
    assert answers.pop() == ("/livehost/error", "refused", "/livehost/scene/prev", sentence)
    send("/livehost/scene/load", "s", "Encore")
    assert after("next") == ("Encore", -4.0)
    assert answers.pop()[3] == "Encore is the last scene of the set list."


def test_before_any_scene_the_last_one_is_the_one_before(session):
    stage = session()
    for name in ("a", "b"):
        put(stage, name, HEAD)
    stage.control.step_scene(-1)
    assert stage.control.scene_list.current == "b"


def test_its_bank_is_loaded_and_nothing_where_all_is_there(session):
    stage = session()
    stage.control.save_scene("here")
    stage.control.load("bank", "high")
    stage._advance(4096)
    assert stage.hot_swap.loaded() == {0: {"bank": "high"}}
    stage.control.save_scene("there")
    stage.control.recall_scene("there")
    assert not [line for line in stage.said if "everything is loaded" in line]
    stage.control.recall_scene("here")
    stage._advance(4096)
    assert stage.hot_swap.loaded() == {0: {"bank": "low"}}
    assert "Scene here: everything is loaded." in stage.said
    changed = [(e["frame"], e["bank"].rpartition("/")[2]) for e in stage.heard if e["kind"] == "player_changed"]
    assert changed == [(0, "high"), (4096, "low")]


def test_a_part_that_was_off_plays_after_it(session):
    stage = session()
    put(stage, "two", 'format = 1\n[settings.part1]\nname = "nearest"\nmode = "answer"\nanswer_delay_ms = 10.0\n')
    stage._advance(12_800)
    stage.control.recall_scene("two")
    stage._advance(51_200)
    samples = [e for e in stage.heard if e["kind"] == "sample" and e["part"] == 1]
    assert [e["frame"] - e["onset_frame"] for e in samples] == [480, 480]


def test_bank_and_player_of_a_part_that_was_off_come_together(session):
    """One player is made and put in place: what the scene names is what plays, offline and live."""
    stage = session()
    put(stage, "two", 'format = 1\n[settings.part1]\nname = "nearest"\nmode = "answer"\n[parts.1]\nbank = "high"\n')
    stage.control.recall_scene("two")
    stage._advance(51_200)
    changed = [
        (e["part"], e["frame"], e["bank"].rpartition("/")[2]) for e in stage.heard if e["kind"] == "player_changed"
    ]
    assert changed == [(1, 0, "high")]
    names = [e["name"] for e in stage.heard if e["kind"] == "sample" and e["part"] == 1]
    assert len(names) == 3
    assert all(name.startswith("high_") for name in names)
    assert stage.hot_swap.loaded() == {0: {"bank": "low"}, 1: {"bank": "high"}}


def test_bank_and_player_of_one_part_change_together(session):
    from livehost import players

    stage = session()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(players.PLAYERS, "bank", "tests.stage.note_player")
        put(stage, "notes", 'format = 1\n[settings.player]\nname = "bank"\n[parts.0]\nbank = "high"\n')
        stage.control.recall_scene("notes")
    stage._advance(12_800)
    assert stage.hot_swap.loaded() == {0: {"bank": "high"}}
    assert stage.hot_swap.first.player.description == "notes"
    assert len([e for e in stage.heard if e["kind"] == "player_changed"]) == 1
    assert len([e for e in stage.heard if e["kind"] == "note" and e["velocity"]]) == 1


def test_live_it_is_loaded_aside_and_a_second_one_waits(session, monkeypatch):
    """On a clock of its own: settings at once, banks when they are there, and nothing of a scene that comes between."""
    stage = session(**{"audio.driver": "null", "audio.input": "", "osc.in_port": 0})
    parts = '[parts.0]\nbank = "high"\n[parts.1]\nbank = "high"\n'
    put(stage, "both", f'{HEAD}[settings.part1]\nname = "nearest"\n{parts}')
    put(stage, "back", 'format = 1\n[settings.master]\ngain_db = -9.0\n[parts.0]\nbank = "low"\n')
    opened, let_go = threading.Event(), threading.Event()
    really = load.open_bank

    def slow(*args, **more):
        opened.set()
        assert let_go.wait(20)
        return really(*args, **more)

    monkeypatch.setattr(load, "open_bank", slow)
    stage.control.recall_scene("both")
    assert stage.settings["master.gain_db"] == -3
    assert opened.wait(20)
    with pytest.raises(LivehostError, match="is being loaded; wait for it"):
        stage.control.recall_scene("back")
    assert stage.settings["master.gain_db"] == -3
    let_go.set()
    until(lambda: "Scene both: everything is loaded." in stage.said)
    assert stage.hot_swap.loaded() == {0: {"bank": "high"}, 1: {"bank": "high"}}
    stage.control.recall_scene("back")
    until(lambda: "Scene back: everything is loaded." in stage.said)
    assert stage.hot_swap.loaded() == {0: {"bank": "low"}, 1: {"bank": "high"}}
    assert stage.settings["master.gain_db"] == -9


def test_nothing_is_set_while_something_else_is_being_loaded(session, monkeypatch):
    stage = session()
    put(stage, "one", f'{HEAD}[parts.0]\nbank = "high"\n')
    put(stage, "settings only", HEAD)
    stage.control.load("bank", "high")  # the worker has not answered yet
    before = values(stage)
    with pytest.raises(LivehostError, match="is being loaded; wait for it"):
        stage.control.recall_scene("one")
    assert values(stage) == before
    stage.control.recall_scene("settings only")
    assert stage.settings["master.gain_db"] == -3


def test_a_disk_that_is_full_leaves_the_scene_that_was_there(session, monkeypatch):
    stage = session()
    stage.control.save_scene("one")
    path = Path(stage.settings["run.scenes"]) / "one.toml"
    before = path.read_bytes()

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    stage.control.set("master.gain_db", -30)
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(LivehostError) as refused:
        stage.control.save_scene("one")
    assert str(refused.value) == f"The scene {path} cannot be written: No space left on device."
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["one.toml"]


def test_a_folder_that_cannot_be_written_is_a_sentence_and_its_scenes_are_recalled(session, tmp_path, monkeypatch):
    stage = session()
    put(stage, "one", HEAD)
    folder = Path(stage.settings["run.scenes"])

    def read_only(*_args, **_more):
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", read_only)
        with pytest.raises(LivehostError) as refused:
            stage.control.save_scene("two")
    assert str(refused.value) == f"The scene {folder / 'two.toml'} cannot be written: Read-only file system."
    stage.control.step_scene(1)
    assert (stage.control.scene_list.current, stage.settings["master.gain_db"]) == ("one", -3)
    (tmp_path / "file").write_text("")
    other = session(**{"run.scenes": str(tmp_path / "file" / "scenes")})
    with pytest.raises(
        LivehostError, match=r"^The scene .*/one.toml cannot be written: (Not a directory|File exists)\.$"
    ):
        other.control.save_scene("one")
    assert other.control.scenes() == []
    assert other.control.scene_list.current == ""


def test_the_log_has_every_value_that_a_scene_set(session, tmp_path):
    stage = session(**{"log.events": str(tmp_path / "e.jsonl")})
    put(stage, "one", f"{HEAD}mute = true\n[settings.player]\ntemperature = 0.25\n")
    stage._advance(6400)
    stage.control.recall_scene("one")
    stage._advance(6400)
    stage.close()
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert [(e["frame"], e["key"], e["value"], e["by"]) for e in lines if e["kind"] == "setting"] == [
        (6400, "master.gain_db", -3.0, "scene"),
        (6400, "master.mute", True, "scene"),
        (6400, "player.temperature", 0.25, "scene"),
    ]


def test_names_are_those_of_files(session):
    stage = session()
    assert stage.control.scenes() == []
    for name in ("b", "a", "ä 1"):
        stage.control.save_scene(name)
    assert stage.control.scenes() == ["a", "b", "ä 1"]
    assert scenes.FORMAT == 1


# a change of scene, heard


@pytest.fixture
def heard(tmp_path, session):
    """Plays a steady tone, offline, and changes the scene in the middle of it; what leaves, float32 [frames, 2]."""
    bank = tmp_path / "tones"
    for folder in (bank, tmp_path / "others"):
        folder.mkdir()
        tone = 0.5 * np.sin(2 * np.pi * 110 / RATE * np.arange(2 * RATE))
        soundfile.write(folder / "tone.wav", tone.astype("f4"), RATE, "FLOAT")
    soundfile.write(tmp_path / "silence.wav", np.zeros(RATE, "f4"), RATE)

    def play(text, run):
        path = tmp_path / f"{run}.wav"
        stage = session(**{
            "bank.dir": str(bank), "audio.input": str(tmp_path / "silence.wav"), "audio.output": str(path),
            "bank.match_loudness": False,
        })  # fmt: skip
        put(stage, "one", text)
        stage.control.play(0)
        stage._advance(19_200)
        if run != "undisturbed":
            stage.control.recall_scene("one")
        stage._advance(19_200)
        stage.close()
        return soundfile.read(path, dtype="float32")[0][:38_400]

    return play


def test_what_sounds_goes_on_to_the_bit_while_a_scene_brings_another_bank(heard):
    text = (
        'format = 1\n[parts.0]\nbank = "others"\n[settings.player]\nmode = "call"\n[settings.part1]\nname = "nearest"\n'
    )
    undisturbed, changed = heard(text, "undisturbed"), heard(text, "changed")
    assert np.abs(undisturbed[9600:]).max() > 0.3
    assert np.array_equal(undisturbed, changed)


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ("gain_db = -12.0", 0.25),
        ("gain_db = 6.0\nceiling_db = -3.0", None),
        ("ceiling_db = -12.0\nlimiter = true", None),
        ("mute = true", 0.0),
        ("bypass = true", 0.0),
    ],
)
def test_a_scene_leaves_no_gap_and_no_click(heard, values, after):
    """A sine of 110 Hz bends by 1e-4 from sample to sample; a gain that jumps would by as much as it jumps."""
    text = f"format = 1\n[settings.master]\n{values}\n"
    undisturbed, changed = heard(text, "undisturbed"), heard(text, "changed")

    def bend(sound):
        return np.abs(np.diff(sound[9600:, 0], 2)).max()

    def levels(sound):
        return np.sqrt(np.mean(sound[9600:, 0].reshape(-1, 480) ** 2, axis=1))

    assert bend(undisturbed) < 2e-4
    assert bend(changed) < 5e-3
    assert np.array_equal(changed[:19_200], undisturbed[:19_200])
    assert not np.array_equal(changed, undisturbed)
    last = levels(changed)[-1]
    assert levels(changed).min() > min(levels(undisturbed).min(), last) * 0.9 - 1e-6
    if after is not None:
        assert last == pytest.approx(after * levels(undisturbed)[-1], abs=2e-3)
