"""Recordings and logs of a real session, through what happens to disks and processes."""

import json
import os
import re
import signal
import struct
import time

import numpy as np
import pytest
import soundfile

from livehost.bench.jack_rig import RATE, hits
from livehost.bench.program import Program
from tests.disks import small_disk

FACTS = struct.Struct("<4xI68xI")  # sizes of the file and of the data, in a WAV header of ours


@pytest.fixture(scope="module")
def long_take(tmp_path_factory):
    """Ten seconds of onsets, and what they are."""
    path = tmp_path_factory.mktemp("take") / "take.wav"
    sound, onsets = hits(35, 5, shortest_ms=250, longest_ms=300)
    soundfile.write(path, sound, RATE, "PCM_24")
    return path, onsets


@pytest.fixture(scope="module")
def rushing_take(tmp_path_factory):
    """Half a minute without a single silent frame."""
    path = tmp_path_factory.mktemp("take") / "rushing.wav"
    rng = np.random.default_rng(1)
    sound = rng.uniform(0.05, 0.1, 30 * RATE) * rng.choice([-1, 1], 30 * RATE)
    soundfile.write(path, sound, RATE, "PCM_24")
    return path


def test_after_kill_9_all_but_the_last_second_is_there(drums, long_take, tmp_path):
    take, onsets = long_take
    with Program(
        "--bank", drums, "--driver", "null", "--input", take, "--osc-in", "0", "--player", "nearest",
        "--record", tmp_path, "--events", tmp_path / "e.jsonl",
    ) as program:  # fmt: skip
        began = time.monotonic()
        time.sleep(4)
        lasted = time.monotonic() - began
        program.process.kill()
        assert program.process.wait() == -signal.SIGKILL
    least = round((lasted - 1) * RATE)
    source = soundfile.read(take, dtype="float32")[0]
    for name, channels in (("heard.wav", 1), ("played.wav", 2)):
        size = (tmp_path / name).stat().st_size
        riff, data = FACTS.unpack((tmp_path / name).read_bytes()[: FACTS.size])
        frames = soundfile.info(tmp_path / name).frames
        assert frames >= least
        assert data == 3 * channels * frames
        assert riff == 72 + data + data % 2 <= size - 8 <= riff + RATE * 3 * channels
    heard = soundfile.read(tmp_path / "heard.wav", dtype="float32")[0]
    np.testing.assert_allclose(heard, source[: len(heard)], rtol=0, atol=2.0**-23)
    assert np.abs(soundfile.read(tmp_path / "played.wav")[0]).max() > 0.1
    events = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    logged = np.array([event["onset_frame"] for event in events if event["kind"] == "onset"])
    for onset in onsets[onsets < least]:
        assert np.abs(logged - onset).min() < 0.01 * RATE


def test_a_full_disk_that_is_freed_costs_what_left_the_tape_and_nothing_else(drums, rushing_take, tmp_path):
    with small_disk(tmp_path, mounted=True) as disk:
        with Program(
            "--bank", drums, "--driver", "null", "--input", rushing_take, "--osc-in", "0", "--player", "off",
            "--record", disk.folder, "--set", "log.preroll_s=0",
        ) as program:  # fmt: skip
            time.sleep(1)
            with disk.full(leaving=65_536, process=program.process.pid):
                program.wait_for(f"heard.wav fails .{disk.words}.; it goes on as soon as it can")
                time.sleep(10)  # longer than the tape keeps what it has
            time.sleep(3)
            assert program.stop() == 1
        source = soundfile.read(rushing_take, dtype="float32")[0]
        heard = soundfile.read(disk.folder / "heard.wav", dtype="float32")[0]
        assert soundfile.info(disk.folder / "played.wav").frames == len(heard)
    silent = np.flatnonzero(heard == 0)
    assert RATE < len(silent) < 10 * RATE
    assert np.ptp(silent) == len(silent) - 1
    assert len(heard) - silent[-1] > 2 * RATE
    source[silent] = 0
    np.testing.assert_allclose(heard, source[: len(heard)], rtol=0, atol=2.0**-23)
    missing = f"{len(silent) / RATE:.1f} s of {len(heard) / RATE:.1f} s are missing"
    assert f"heard.wav is not whole: {missing}" in program.errors
    (trouble,) = [line for line in program.output.splitlines() if line.startswith("trouble ")]
    lost = int(re.search(r"frames not recorded: ([\d,]+\d)", trouble)[1].replace(",", ""))
    assert lost > len(silent)  # of both files together


def test_a_log_whose_reader_hangs_does_not_hold_up_the_end(drums, long_take, tmp_path):
    import fcntl

    pipe = tmp_path / "events"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
    with Program(
        "--bank", drums, "--driver", "null", "--input", long_take[0], "--osc-in", "0", "--player", "nearest",
        "--events", pipe,
    ) as program:  # fmt: skip
        program.wait_for("The disk of the event log .* does not answer")
        began = time.monotonic()
        assert program.stop(signal.SIGTERM) == 1
        assert time.monotonic() - began < 10
    os.close(reader)
    assert "lines are missing (the disk does not answer)" in program.errors
    (trouble,) = [line for line in program.output.splitlines() if line.startswith("trouble ")]
    assert "log lines lost: " in trouble
