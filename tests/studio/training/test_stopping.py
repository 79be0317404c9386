"""Ctrl-C while `livehost train bank` runs, as from a terminal: to the whole process group."""

import os
import re
import signal
import subprocess
import sys

import pytest
import soundfile

from livehost.studio.training.checkpoint import load_checkpoint
from livehost.synthesis.takes import make_take

_GROUP = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("music")
    for k in range(6):
        soundfile.write(folder / f"take-{k}.wav", make_take(k, 48_000, 8.0, "drums")[0], 48_000, "PCM_16")
    return folder


def stopped_at(words, music, out, times=1):
    """Press Ctrl-C when it says something; its exit code and what it said."""
    command = [
        sys.executable, "-u", "-m", "livehost", "train", "bank", "--from", "bank-transformer", "--data", str(music),
        "--out", str(out), "--minutes", "0.5", "--threads", "1",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **_GROUP)
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            for _ in range(times):
                os.killpg(process.pid, signal.SIGINT)
            break
    rest, errors = process.communicate(timeout=120)
    assert "Traceback" not in said + rest + errors
    return process.returncode, said + rest, errors


def test_training_ends_well_and_goes_on(tmp_path, music):
    code, said, errors = stopped_at("* step      0", music, tmp_path / "mine")
    assert (code, errors) == (0, "")
    assert "Ctrl-C ends it early, and keeps what was learnt." in said
    assert " s left  × nearest" in said
    assert "it was stopped; go on with --resume. The best: " in said
    best = load_checkpoint(tmp_path / "mine" / "best.pt")
    last = load_checkpoint(tmp_path / "mine" / "last.pt")
    assert last["training"]["progress"]["finished"] == "interrupted"
    validations = len(re.findall(r"^[* ] step +\d+,", said, re.MULTILINE))
    assert validations - last["training"]["progress"]["evaluations"] in (0, 1)  # the last one counts if it was due
    assert best["steps"] in (0, last["steps"])


def test_while_it_prepares_it_says_that_the_same_command_goes_on(tmp_path, music):
    code, said, errors = stopped_at("1 of 6", music, tmp_path / "mine")
    assert "Preparing, then 30 s of training: 1 of 6" in said
    assert (code, errors) == (
        130, "livehost: Training was stopped. Nothing is learnt yet; the same command goes on from here.\n"
    )  # fmt: skip
    assert not (tmp_path / "mine" / "best.pt").exists()
