"""Session folders that are not whole: one clear sentence, or as much of a replay as there is."""

import json

import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.replay.command import replay_session
from tests.conftest import RATE


def replayed(folder):
    said: list[str] = []
    replay_session(folder, say=said.append)
    return said


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("events.jsonl", "holds no event log"),
        ("inputs.bin", "holds no inputs of the session"),
        ("heard.wav", "holds no recording of what was heard"),
        ("played.wav", "holds no recording of what was played"),
        ("player-0-0.npz", "which says who played, cannot be read"),
    ],
)
def test_a_file_that_is_not_there_is_named(copy, name, sentence):
    (copy / name).unlink()
    with pytest.raises(LivehostError, match=sentence):
        replayed(copy)


def test_a_folder_that_is_not_there_is_told_how_to_make(tmp_path):
    with pytest.raises(LivehostError, match=r"livehost run --session .*none makes one"):
        replayed(tmp_path / "none")


def test_a_session_that_was_cut_off_is_replayed_up_to_there(copy):
    data = (copy / "inputs.bin").read_bytes()
    (copy / "inputs.bin").write_bytes(data[: len(data) * 2 // 3])
    with (copy / "events.jsonl").open("r+b") as log:
        log.truncate((copy / "events.jsonl").stat().st_size - 30)
    said = replayed(copy)
    assert any("1 lines of the log cannot be read" in text for text in said)
    assert any("The session was cut off: its inputs end after" in text for text in said)
    assert said[-1].startswith("As it was: ")


@pytest.mark.parametrize("name", ["plans.bin", "attention.bin"])
def test_plans_that_are_cut_off_or_no_plans_are_no_reason_not_to_replay(copy, name):
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data[:-7])
    assert "Rendered" in " ".join(replayed(copy))


def test_a_recording_that_is_shorter_ends_the_replay_and_a_longer_one_does_not_change_it(copy):
    heard, rate = soundfile.read(copy / "heard.wav", dtype="float32", always_2d=True)
    soundfile.write(copy / "heard.wav", heard[:RATE], rate, "FLOAT")
    said = replayed(copy)
    assert said[0] == "The recording ends after 1.0 s; the replay ends there."
    assert said[-1].startswith("As it was: ")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"inputs": 2}, "they are not of one session"),
        ({"settings": {"player.gone": 1}}, "settings that this livehost does not know .player.gone."),
        ({"rate": 44_100.0}, "is no recording of livehost run --session"),
    ],
)
def test_a_header_of_something_else_is_refused(copy, change, sentence):
    log = copy / "events.jsonl"
    first, _, rest = log.read_text().partition("\n")
    log.write_text(json.dumps(json.loads(first) | change) + "\n" + rest)
    with pytest.raises(LivehostError, match=sentence):
        replayed(copy)


def test_a_log_of_an_older_version_is_told_of(copy):
    log = copy / "events.jsonl"
    first, _, rest = log.read_text().partition("\n")
    old = {key: value for key, value in json.loads(first).items() if key not in ("build", "inputs", "pair")}
    log.write_text(json.dumps(old) + "\n" + rest)
    with pytest.raises(
        LivehostError, match=r"does not say what a replay needs .inputs, pair, build.: it is of an older"
    ):
        replayed(copy)


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"", "holds no inputs"), (b"RIFF\n", "holds no inputs"), (b"{}\n", "holds no inputs")]
)
def test_inputs_that_are_none_are_refused(copy, data, sentence):
    (copy / "inputs.bin").write_bytes(data)
    with pytest.raises(LivehostError, match=sentence):
        replayed(copy)


def test_inputs_of_another_version_are_refused(copy):
    first, _, rest = (copy / "inputs.bin").read_bytes().partition(b"\n")
    header = json.loads(first)
    header["format"] = 9
    (copy / "inputs.bin").write_bytes(json.dumps(header).encode() + b"\n" + rest)
    with pytest.raises(LivehostError, match=r"written by another version of livehost .format 9"):
        replayed(copy)


def test_another_build_is_told_of_and_tried(copy):
    log = copy / "events.jsonl"
    first, _, rest = log.read_text().partition("\n")
    log.write_text(json.dumps(json.loads(first) | {"build": "f00", "processor": "abacus"}) + "\n" + rest)
    said = replayed(copy)
    assert said[0].startswith("It was played by another build (livehost ")
    assert said[1].startswith("It was played on another kind of processor (abacus)")
    assert said[-1].startswith("As it was: ")


def test_a_bank_that_has_gone_is_asked_for(copy, tmp_path):
    import numpy as np

    with np.load(copy / "player-0-0.npz") as file:
        arrays = dict(file)
    about = json.loads(str(arrays["about"]))
    arrays["about"] = np.array(json.dumps(about | {"bank": str(tmp_path / "gone")}))
    with (copy / "player-0-0.npz").open("wb") as file:
        np.savez(file, **arrays)
    with pytest.raises(LivehostError, match="--bank says where it is now"):
        replayed(copy)
