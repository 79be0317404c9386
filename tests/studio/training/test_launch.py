import io
import re
import wave

import numpy as np
import pytest
import torch
from rich.console import Console

from livehost.errors import LivehostError
from livehost.inference.tokens import ITEM_SIZE, TOKEN_SIZE
from livehost.studio.audio_data.prepare import Prepared
from livehost.studio.audio_data.recording import save_recording
from livehost.studio.bank_transformer import data as bank_data
from livehost.studio.bank_transformer.model import Hyperparameters
from livehost.studio.families import FAMILIES
from livehost.studio.training import launch
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint
from livehost.studio.training.launch import train
from tests.studio.conftest import recording

BANK = FAMILIES["bank"]
TINY = Hyperparameters(width=16, layers=1, heads=1, feed_forward=16, embedding=8).as_dict()


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """Give a function that sets which recordings the data hold, in place of what makes them of sound."""

    def hold(*recordings):
        paths = []
        for number, made in enumerate(recordings):
            paths.append(tmp_path / "cache" / f"{number}.npz")
            save_recording(paths[-1], made)
        data = [{"name": "made up", "licence": "MIT", "hours": 0.1, "recordings": len(paths)}]
        skipped = [("broken.wav", "cannot be read")]
        monkeypatch.setattr(bank_data, "prepare", lambda *_, **__: Prepared(paths, data, skipped))

    return hold


def run(tmp_path, *, out="out", hyperparameters=None, **options):
    console = Console(file=io.StringIO(), width=140)
    options = {"steps": 4, "batch": 96, "threads": 1, "accelerator": "cpu", **options}
    options |= {"data": [tmp_path], "out": tmp_path / out}
    training = train(BANK, options, console=console, hyperparameters=hyperparameters)
    return training, console.file.getvalue()


def test_training_further_says_whether_it_helped(tmp_path, prepared):
    prepared(*(recording(name, split="train" if name < "d" else "valid") for name in "abcdef"))
    training, text = run(tmp_path, hyperparameters=TINY)
    assert training.finished == "budget"
    assert "Left out: broken.wav cannot be read" in text
    assert "piano 12 ms" in text
    best = load_checkpoint(tmp_path / "out" / BEST)
    assert best["probe"].shape == (640, TOKEN_SIZE)
    assert best["probe_items"].shape[1] == ITEM_SIZE
    assert best["data"][0]["licence"] == "MIT"

    prepared(*(recording(name, seed=1) for name in "ghijk"))
    training, text = run(tmp_path, out="further", from_=str(tmp_path / "out" / BEST))
    said = " ".join(text.split())
    assert re.search(
        r"(It helped|It did harm|cannot be told): MRR as on stage 0.*, on recordings that neither|not help", said
    )
    further = load_checkpoint(tmp_path / "further" / BEST)
    assert np.array_equal(further["mean"], best["mean"])
    assert further["hyperparameters"] == best["hyperparameters"]


def test_a_single_recording_is_learnt_and_nothing_is_claimed(tmp_path, prepared):
    prepared(recording("a"), recording("b", split="valid"))
    run(tmp_path, hyperparameters=TINY)
    prepared(recording("only"))
    _, text = run(tmp_path, out="further", from_=str(tmp_path / "out" / BEST))
    assert "cannot be told" in text
    assert load_checkpoint(tmp_path / "further" / BEST)["steps"] == 4


def test_a_run_goes_on_where_it_was_or_begins_anew(tmp_path, prepared, monkeypatch):
    prepared(recording("a"), recording("b", split="valid"))
    monkeypatch.setattr(launch.sys, "argv", ["livehost", "train", "bank", "--steps", "4"])
    run(tmp_path, hyperparameters=TINY)
    monkeypatch.setattr(launch.sys, "argv", ["livehost", "train", "bank", "--steps", "7"])
    training, text = run(tmp_path, steps=7)
    assert (training.step, "after step 4" in text) == (7, True)
    typed = load_checkpoint(tmp_path / "out" / LAST)["command"]
    assert typed == "livehost train bank --steps 4 && livehost train bank --steps 7"
    for options, match in (({}, "is over"), ({"steps": 9, "from_": "other.pt"}, "began anew")):
        with pytest.raises(LivehostError, match=match):
            run(tmp_path, **options)
    training, text = run(tmp_path, resume=False, hyperparameters=TINY)
    assert (training.step, "after step" in text) == (4, False)
    (tmp_path / "out" / LAST).unlink()
    with pytest.raises(LivehostError, match="nothing to resume"):
        run(tmp_path, resume=True)


def sound(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


@pytest.mark.parametrize(
    ("fill", "match"),
    [
        (lambda folder: None, "nothing to learn from"),
        (lambda folder: sound(folder / "a.wav", np.zeros(96_000)), "nothing to learn from"),
        (lambda folder: sound(folder / "a.wav", np.zeros(480_000)), "nothing to learn from"),
        (lambda folder: sound(folder / "a.wav", np.sin(np.arange(4_000) / 9)), "nothing to learn from"),
        (lambda folder: (folder / "a.wav").write_bytes(b"RIFF and no more"), "nothing to learn from"),
    ],
    ids=["empty", "silent", "silent and long", "too short", "broken"],
)
def test_data_that_teach_nothing_are_one_sentence(tmp_path, monkeypatch, fill, match):
    monkeypatch.setattr(bank_data.os, "cpu_count", lambda: 1)  # no processes for one small file
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder)
    options = {"data": [folder], "out": tmp_path / "out", "hours": 0.0, "steps": 1, "threads": 1}
    with pytest.raises(LivehostError, match=match):
        train(BANK, options, console=Console(file=io.StringIO()))


def test_no_time_is_one_sentence(tmp_path, prepared):
    prepared(recording("a"), recording("b", split="valid"))
    with pytest.raises(LivehostError, match="--minutes above 0"):
        run(tmp_path, steps=None, minutes=0.0, hyperparameters=TINY)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"accelerator": "cuda"},
            "--accelerator cuda .*: .CUDAAccelerator. can not run on your system since the "
            "accelerator is not available; without",
        ),
        ({"accelerator": "tpu"}, "--accelerator tpu .*: .*torch_xla"),
        ({"accelerator": "abacus"}, "invalid accelerator name"),
        ({"precision": "7"}, "--precision 7 .*: Precision '7' is invalid"),
        ({"devices": "0"}, "--devices 0 .*: .*not a valid input"),
        ({"devices": "0,3"}, "should be an int > 0"),
        ({"strategy": "warp"}, "--strategy warp: .*invalid strategy name"),
    ],
)
def test_devices_that_there_are_not_are_one_sentence(tmp_path, prepared, options, said):
    if options.get("accelerator") == "cuda" and torch.cuda.is_available():
        pytest.skip("there is CUDA here")
    prepared(recording("a"), recording("b", split="valid"))
    with pytest.raises(LivehostError, match=f"Training cannot run with .*{said}") as refused:
        run(tmp_path, hyperparameters=TINY, **options)
    assert str(refused.value).endswith("; without these options it takes what this computer has.")
    assert refused.value.exit_code == 2
