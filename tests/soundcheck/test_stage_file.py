"""The settings file that a soundcheck leaves."""

import pytest

from livehost.errors import LivehostError
from livehost.soundcheck.stage_file import write_stage
from livehost.start_layers import StartLayers

FOUND = {"input.gate_db": -48.0, "listen.sensitivity": 0.6, "audio.input_channels": "2"}


def loaded(path):
    layers = StartLayers()
    layers.load(path)
    return layers.resolve()


def test_it_is_a_settings_file_that_says_what_was_found(tmp_path):
    path = tmp_path / "tonight" / "stage.toml"
    assert write_stage(path, FOUND, ["Input 2: fine."]) is None
    values = loaded(path)
    assert (values["input.gate_db"], values["listen.sensitivity"], values["audio.input_channels"]) == (-48, 0.6, "2")
    assert "# Input 2: fine.\n" in path.read_text("utf-8")


def test_what_else_an_older_one_says_stays_and_the_older_one_is_kept(tmp_path):
    path = tmp_path / "stage.toml"
    before = '# mine\n[player]\nmode = "call"\n[input]\ngate_db = -30\ngain_db = 3\n'
    path.write_text(before)
    kept = write_stage(path, FOUND, [])
    values = loaded(path)
    assert (values["player.mode"], values["input.gain_db"], values["input.gate_db"]) == ("call", 3, -48)
    assert kept == tmp_path / "stage.before.toml"
    assert kept.read_text() == before


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_text("input = ["), "is not valid TOML"), (lambda path: path.mkdir(), "cannot be read"),
        (lambda path: path.write_text("input = 3\n"), "cannot be kept: input is no table"),
    ],
)  # fmt: skip
def test_an_older_one_that_is_none_is_one_sentence_and_stays(tmp_path, make, sentence):
    path = tmp_path / "stage.toml"
    make(path)
    with pytest.raises(LivehostError, match=sentence):
        write_stage(path, FOUND, [])
    assert path.is_dir() or "input = " in path.read_text()


def test_where_it_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match=r"cannot be (written|made)|is no folder|Not a directory"):
        write_stage(tmp_path / "file" / "stage.toml", FOUND, [])
