"""What a session is made from: its banks, its input, its end, and what its log begins with."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from livehost.bank.layout import ITEM
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage import setup
from livehost.stage.notices import Notices
from tests.conftest import RATE, burst


def driver(*, realtime=True, inputs=3, outputs=2):
    return SimpleNamespace(
        name="null",
        rate=1000.0,
        block=64,
        realtime=realtime,
        inputs=inputs,
        outputs=outputs,
        listened=(0, 2),
        pair=(0, outputs - 1),
    )


# -- when it ends


@pytest.mark.parametrize(
    ("seconds", "source", "frame"),
    [(2.5, None, 2500), (0.0001, None, 1), (2.5, 700, 2500), (0.0, 700, 2700), (0.0, None, 0)],
)
def test_it_ends_after_its_seconds_else_two_after_its_input_else_never(seconds, source, frame):
    sound = None if source is None else np.zeros((source, 1))
    assert setup.last_frame(Settings({"run.seconds": seconds}), driver(), sound) == frame


def test_offline_it_has_to_end():
    with pytest.raises(LivehostError, match="give --input FILE or --seconds") as refused:
        setup.last_frame(Settings(), driver(realtime=False), None)
    assert refused.value.exit_code == 2
    assert setup.last_frame(Settings(), driver(realtime=False), np.zeros((5, 1))) == 2005


# -- files


def test_files_that_what_is_played_is_written_to():
    none, out = Settings(), Settings({"audio.output": "out.wav"})
    assert setup.output_files(none, None) == []
    assert setup.output_files(none, Path("b.wav")) == [Path("b.wav")]
    assert setup.output_files(out, None) == [Path("out.wav")]
    assert setup.output_files(out, Path("b.wav")) == [Path("out.wav"), Path("b.wav")]
    assert setup.output_files(Settings({"audio.output": "Scarlett"}), None) == []


@pytest.mark.parametrize(("frames", "long_enough"), [(1023, False), (1024, True)])
def test_an_input_file_is_as_long_as_an_analysis_frame(tmp_path, frames, long_enough):
    path = tmp_path / "take.wav"
    soundfile.write(path, np.linspace(-0.5, 0.5, 2 * frames).reshape(-1, 2), RATE, "FLOAT")
    values = Settings({"audio.input": str(path)})
    if long_enough:
        assert setup.read_input_file(values, RATE).shape == (frames, 2)
    else:
        with pytest.raises(LivehostError, match=f"too short: {frames} samples, and one analysis frame has 1024"):
            setup.read_input_file(values, RATE)


def test_a_device_is_no_file():
    assert setup.read_input_file(Settings({"audio.input": "Scarlett"}), RATE) is None


# -- banks


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        soundfile.write(tmp_path / name / f"{name}.wav", burst(220, 0.2), RATE)
    (tmp_path / "two" / "broken.wav").write_bytes(b"RIFF")
    return tmp_path


def opened(folders, **assignments):
    said = []
    values = Settings({"bank.dir": str(folders / "one")} | {k.replace("__", "."): v for k, v in assignments.items()})
    return setup.open_banks(values, RATE, Notices(said.append), None), said


def test_a_part_that_does_not_play_has_no_bank(folders):
    (first, second), _ = opened(folders)
    assert (first.names, second) == (["one.wav"], None)


def test_a_part_plays_from_its_own_bank_else_from_that_of_the_first(folders):
    (first, second), _ = opened(folders, part1__name="nearest")
    assert second is first  # read once
    (first, second), said = opened(folders, part1__name="nearest", part1__bank=str(folders / "two"))
    assert (first.names, second.names) == (["one.wav"], ["two.wav"])
    assert any(text.startswith("Left out of the bank: broken.wav (") for text in said)


# -- the audio thread's memory


@pytest.mark.parametrize(("channels", "inputs", "listened"), [(None, 3, 0b101), (1, 1, 0b1), (2, 2, 0b11)])
def test_a_file_is_heard_with_all_its_channels_and_a_device_with_those_chosen(channels, inputs, listened):
    sound = None if channels is None else np.full((50, channels), 0.25, np.float32)
    engine = setup.make_engine(
        Settings(), driver(), [SimpleNamespace(block=np.zeros(4, "f4"), items=np.zeros(2, ITEM)), None], sound
    )
    assert (engine["inputs"], engine["listened"], engine["silent"]) == (inputs, listened, 0)
    assert engine["source_frames"] == (0 if sound is None else 50)
    assert engine.state["count"][0].tolist() == [2, 0]


def test_where_the_output_is_a_file_the_device_is_silent():
    engine = setup.make_engine(Settings({"audio.output": "out.wav"}), driver(), [None, None], None)
    assert engine["silent"] == 1


# -- the log's first line


def active(name, model="", digest=""):
    player = SimpleNamespace(name=name, model=model, model_digest=digest, description=f"{name}, native")
    bank = {"directory": Path("/sounds") / name, "hash": f"hash of {name}", "__len__": lambda _: 3}
    return SimpleNamespace(player=player, bank=type("Bank", (), bank)())


def test_the_header_says_who_plays_on_what():
    values = Settings({"run.seed": 5})
    header = setup.log_header(values, driver(), (active("bank", "exports/x", "abc"), active("nearest")), 3, (0, 2))
    told = {key: header[key] for key in ("driver", "realtime", "inputs", "listened", "pair")}
    assert told == {"driver": "null", "realtime": True, "inputs": 3, "listened": [0, 2], "pair": [0, 1]}
    assert (header["frame"], header["rate"], header["block"], header["seed"]) == (0, 1000.0, 64, 5)
    assert header["settings"] == values.changed()
    assert header["parts"] == [
        {"part": 0, "player": "bank", "model": "bank, native", "model_sha256": "abc", "bank": "/sounds/bank",
         "bank_hash": "hash of bank", "items": 3, "backend": "native"},
        {"part": 1, "player": "nearest", "model": "", "model_sha256": "", "bank": "/sounds/nearest",
         "bank_hash": "hash of nearest", "items": 3, "backend": ""},
    ]  # fmt: skip
    alone = setup.log_header(values, driver(), (None, active("nearest")), 3, (0, 2))
    assert [part["part"] for part in alone["parts"]] == [1]
