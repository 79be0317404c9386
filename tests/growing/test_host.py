"""The process in which a bank grows beside a stage: what it tells, what it leaves, and when it ends."""

import json
import os
import subprocess
import sys

import pytest

from livehost.bank.load import open_bank
from livehost.growing.page import PAGE
from livehost.growing.record import read_record


def begun(order):
    process = subprocess.Popen(
        [sys.executable, "-m", "livehost.growing.host"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


@pytest.fixture
def order(samples, model, tmp_path):
    """An order as the stage gives it."""
    return {
        "samples": str(samples), "model": str(model), "out": str(tmp_path / "grown"), "count": 3, "originals": True,
        "like": ["ping 1.wav"], "seed": 5, "slice_onsets": False,
        "then_open": {"rate": 32_000, "slice_onsets": False, "match_loudness": False},
    }  # fmt: skip


def test_it_grows_tells_how_far_it_is_and_leaves_a_bank_that_is_in_the_cache(order, tmp_path):
    with begun(order) as process:
        lines = [line.split(" ", 2) for line in process.stdout]
        assert process.wait() == 0
    assert [words[1] for words in lines if words[0] == "progress"][-3:] == ["1", "2", "3"]
    assert lines[-1][0] == "done"
    record = read_record(tmp_path / "grown")
    assert {tuple(sound.parents) for sound in record.grown} == {("ping 1.wav",)}
    assert (tmp_path / "grown" / PAGE).is_file()

    def progress(*_told):
        raise AssertionError("it is built again")

    bank = open_bank(tmp_path / "grown", 32_000, match_loudness=False, progress=progress)
    assert len(bank) == 23


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="this system has no idle programs")
def test_it_goes_behind_everything_else_and_ends_with_its_input(order):
    with begun(order | {"count": 5000}) as process:
        assert process.stdout.readline().startswith("progress 0")
        assert os.sched_getscheduler(process.pid) == os.SCHED_IDLE
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == 19
        process.stdin.close()
        assert process.wait(60) == 0
        assert not any(line.startswith(("done", "error")) for line in process.stdout)


def test_what_goes_wrong_is_a_line(order):
    with begun(order | {"like": ["pong"]}) as process:
        (line,) = process.stdout.readlines()
        assert line.startswith("error The bank mine has no sound 'pong'")
        assert process.wait() == 2
