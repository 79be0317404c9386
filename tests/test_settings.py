import math

import numpy as np
import pytest

from livehost import settings
from livehost.errors import LivehostError
from livehost.setting import THREADS
from livehost.settings import PARTS, Settings, normalised, part_key
from livehost.start_layers import StartLayers

#: Settings of players that are those of the whole session.
_OF_THE_SESSION = ("player.contexts", "player.after_panic", "player.failsafe", "player.rest")


def start(*assignments, file=None):
    """Settings that a session starts with."""
    layers = StartLayers()
    layers.assign(assignments)
    if file is not None:
        layers.load(file)
    return layers.resolve()


def test_every_default_is_valid_and_explained():
    for key, setting in settings.TABLE.items():
        assert setting.parse(setting.default) == setting.default
        assert setting.help
        assert setting.thread in ("", *THREADS)
        assert key.count(".") == 1
        assert (setting.part >= 0) == (key.split(".")[0] in ("player", "part1") and key not in _OF_THE_SESSION)


def test_layers_of_the_start_are_resolved_by_their_strength_whatever_their_order(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_text("[master]\ngain_db = -3\nceiling_db = -2\n")
    values = start("master.gain_db=-6", "player.top_k=3", file=path)
    assert [values[k] for k in ("master.gain_db", "master.ceiling_db", "player.top_k")] == [-6, -2, 3]
    assert [values.by(k) for k in ("master.gain_db", "master.ceiling_db", "player.top_k", "player.top_p")] == [
        "flag", "file", "flag", "default",
    ]  # fmt: skip
    assert values.changed() == {"master.gain_db": -6.0, "master.ceiling_db": -2.0, "player.top_k": 3}


def test_from_then_on_the_last_writer_wins_whoever_it_is():
    values = start("master.gain_db=-6")
    for value, by in ((-12, "osc 127.0.0.1:9000"), (-3, "scene"), (-9, "key"), (-1, "midi"), (-2, "default")):
        assert values.set("master.gain_db", value, by) == value
        assert (values["master.gain_db"], values.by("master.gain_db")) == (value, by)


def test_a_part_has_every_setting_of_a_player_and_is_off_at_first():
    names = {key.split(".")[1] for key, s in settings.TABLE.items() if s.part == 0}
    for part in range(1, PARTS):
        further = {key.split(".")[1] for key, s in settings.TABLE.items() if s.part == part}
        assert names == further - {"bank", "midi_channel"}
        assert Settings()[part_key(part, "name")] == "off"
        for name in names - {"name"}:
            assert Settings()[part_key(part, name)] == Settings()[part_key(0, name)]
    assert Settings({"part1.top_k": 3}).of_part(1, "top_k") == 3


@pytest.mark.parametrize(("value", "told"), [(0.1 + 0.2, 0.3), (1 / 3, 0.3333333), (7, 7), (True, True), ("x", "x")])
def test_values_are_compared_to_seven_digits(value, told):
    assert normalised(value) == told


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(LivehostError, match=r"Did you mean master\.gain_db"):
        start("master.gian_db=3")


@pytest.mark.parametrize("value", ["loud", "nan", "inf", "99", None])
def test_a_value_that_does_not_fit_is_refused(value):
    values = Settings()
    with pytest.raises(LivehostError, match=r"master\.gain_db wants a number from -90 to 12 dB"):
        values.set("master.gain_db", value)
    assert values["master.gain_db"] == 0


def test_osc_is_clamped_but_not_a_number_is_still_refused():
    values = Settings()
    assert values.set("master.gain_db", 99, "osc") == 12
    with pytest.raises(LivehostError):
        values.set("master.gain_db", math.nan, "osc")
    assert values["master.gain_db"] == 12


@pytest.mark.parametrize(("text", "value"), [("true", True), ("off", False), ("1", True), ("no", False)])
def test_switches_take_words(text, value):
    assert start(f"master.limiter={text}")["master.limiter"] is value


def test_words_are_checked_and_may_be_given_by_number():
    values = Settings()
    assert values.set("player.mode", 2, "osc") == "continue"
    with pytest.raises(LivehostError, match="one of duo, answer, continue, call"):
        values.set("player.mode", "shout")


def test_toml(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_text('[audio]\nblock = 128\noutput_channels = [3, 4]\n[player]\nmode = "continue"\n')
    values = start(file=path)
    assert (values["audio.block"], values["audio.output_channels"], values["player.mode"]) == (128, "3,4", "continue")


def test_toml_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_bytes(b"\xef\xbb\xbf[audio]\r\nblock = 128\r\n")
    values = start(file=path)
    assert values["audio.block"] == 128


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[audio\n", "not valid TOML"),
        ("[audio]\nblok = 3\n", "Did you mean audio.block"),
        ("[audio]\nblock=1\n", "audio.block wants"),
        ("[audio]\nblock=nan\n", "audio.block wants a whole number from 16 to 4096 frames, not nan"),
        ("[audio]\nblock=1979-05-27\n", "audio.block wants a whole number .*, not datetime.date"),
        ("[audio]\ninput=1979-05-27\n", "audio.input wants text, not datetime.date"),
        ("[audio]\noutput_channels=[[1], [2]]\n", r"audio.output_channels wants text, not \[\[1\], \[2\]\]"),
        ("[[audio]]\nblock=64\n", "no setting called audio"),
        ("[player]\nmode='" + "a" * 1000 + "'", "player.mode wants one of duo, answer, continue, call, not 'a{57} …"),
        ("[audio]\nblock=" + "1" * 10_000, "holds a number of more than 64 bits"),
        ("[" + "a." * 40 + "a]", "nests deeper than 16 levels"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path, text, words):
    path = tmp_path / "stage.toml"
    path.write_text(text)
    with pytest.raises(LivehostError, match=words) as error:
        start(file=path)
    assert "stage.toml" in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LivehostError, match="cannot be read"):
        start(file=tmp_path / "none.toml")


@pytest.mark.parametrize("thread", ["audio", "worker", "part"])
def test_the_record_of_a_thread_has_a_field_for_every_setting_of_it(thread):
    fields = {s.field for s in settings.TABLE.values() if s.thread == thread}
    record = settings.record(thread)
    assert set(record.names) == fields
    assert all(record.fields[name][0] == np.float64 for name in fields)
    values, target = Settings(), np.full(1, np.nan, record)
    values.fill(target, thread, 0 if thread == "part" else -1)
    for key, s in settings.TABLE.items():
        if s.thread == thread and s.part < 1:
            assert target[s.field][0] == s.number(values[key])


def test_words_stand_in_a_record_as_their_place_and_each_part_has_its_own():
    values = Settings({"player.mode": "call", "part1.mode": "continue", "part1.top_k": 3})
    parts = np.zeros(2, settings.record("part"))
    for part in (0, 1):
        values.fill(parts[part : part + 1], "part", part)
    assert parts["mode"].tolist() == [3.0, 2.0]
    assert parts["top_k"].tolist() == [8.0, 3.0]


def test_listeners_hear_of_changes():
    values, heard = Settings(), []
    values.listen(lambda key, value: heard.append((key, value)))
    values.set("master.mute", 1, "osc")
    assert heard == [("master.mute", True)]
