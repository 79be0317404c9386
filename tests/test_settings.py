import math

import numpy as np
import pytest

from livehost import settings
from livehost.errors import LivehostError
from livehost.settings import Settings


def test_every_default_is_valid_and_explained():
    for key, setting in settings.TABLE.items():
        assert setting.parse(setting.default) == setting.default
        assert setting.help
        assert setting.room in ("", *settings.ROOMS)
        assert key.count(".") == 1


def test_sources_outrank_each_other():
    values = Settings()
    values.set("master.gain_db", -6, "flag")
    values.set("master.gain_db", -3, "file")
    assert values["master.gain_db"] == -6
    values.set("master.gain_db", -12, "osc")
    assert (values["master.gain_db"], values.source("master.gain_db")) == (-12, "osc")


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(LivehostError, match=r"Did you mean master\.gain_db"):
        Settings().assign(["master.gian_db=3"])


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
    values = Settings()
    values.assign([f"master.limiter={text}"])
    assert values["master.limiter"] is value


def test_words_are_checked_and_may_be_given_by_number():
    values = Settings()
    assert values.set("player.mode", 2, "osc") == "call"
    with pytest.raises(LivehostError, match="one of answer, continue, call"):
        values.set("player.mode", "shout")


def test_toml(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_text('[audio]\nblock = 128\noutput_channels = [3, 4]\n[player]\nmode = "continue"\n')
    values = Settings()
    values.load(path)
    assert (values["audio.block"], values["audio.output_channels"], values["player.mode"]) == (128, "3,4", "continue")


def test_toml_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_bytes(b"\xef\xbb\xbf[audio]\r\nblock = 128\r\n")
    values = Settings()
    values.load(path)
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
        ("[player]\nmode='" + "a" * 1000 + "'", "player.mode wants one of answer, continue, call, not 'a{57} …"),
        ("[audio]\nblock=" + "1" * 10_000, "holds a number of more than 64 bits"),
        ("[" + "a." * 40 + "a]", "nests deeper than 16 levels"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path, text, words):
    path = tmp_path / "stage.toml"
    path.write_text(text)
    with pytest.raises(LivehostError, match=words) as error:
        Settings().load(path)
    assert "stage.toml" in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LivehostError, match="cannot be read"):
        Settings().load(tmp_path / "none.toml")


def test_the_array_of_a_room_is_in_the_order_of_its_keys():
    values = Settings()
    values.set("player.mode", "call")
    array = values.array("worker")
    assert array[settings.parameter_index("worker", "player.mode")] == 2.0
    assert array.dtype == np.float64
    assert array.size == len(settings.parameters("worker"))


def test_listeners_hear_of_changes():
    values, heard = Settings(), []
    values.listen(lambda key, value: heard.append((key, value)))
    values.set("master.mute", 1, "osc")
    assert heard == [("master.mute", True)]
