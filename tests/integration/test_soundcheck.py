"""A soundcheck and the doctor as a musician types them: on JACK, from a file, and where there is nothing."""

import json
import os
import signal
import subprocess
import sys
import tomllib

import numpy as np
import pytest
import soundfile

from livehost.bench.jack_rig import NAME, RATE
from livehost.bench.probe import Probe
from livehost.bench.program import Program
from livehost.synthesis.takes import make_take

#: Ways from the loudspeakers to the microphone, frames.
LEFT, RIGHT = 193, 1000


def typed(*words, cwd, environment=None):
    return subprocess.run(
        [sys.executable, "-m", "livehost", *map(str, words)], cwd=cwd, env=environment, text=True, timeout=180,
        capture_output=True, check=False,
    )  # fmt: skip


@pytest.fixture
def guided(jack, tmp_path):
    """A soundcheck between a room and a drummer, who plays when told to; each line as it comes."""
    taps = np.zeros((2, RIGHT + 1), np.float32)
    taps[0, LEFT], taps[1, RIGHT] = 0.5, 0.25
    music, _ = make_take(3, RATE, 12.0, "drums", -9.0, -60.0, 0.2)
    with Probe(jack, NAME, outputs=1, inputs=2) as probe:
        probe.stand_in({0: taps})
        probe.start(np.zeros((1, 180 * RATE), np.float32))
        process = subprocess.Popen(
            [sys.executable, "-m", "livehost", "soundcheck", "--seconds", "8", "--input", NAME, "--output", NAME],
            cwd=tmp_path, env=jack.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no thread is started yet
        )  # fmt: skip

        def lines():
            for line in process.stdout:
                if line.startswith("3/3"):
                    probe.finish(early=True)
                    probe.start(music[None])
                yield line

        yield process, lines()
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_cable_is_measured_to_the_sample_and_the_file_can_be_played_with(guided, tmp_path):
    process, lines = guided
    said = "".join(lines)
    assert process.wait(30) == 0, said
    assert f"left {LEFT * 1000 / RATE:.2f} ms ({LEFT}.0 frames) at −6 dB" in said
    assert f"right {RIGHT * 1000 / RATE:.2f} ms ({RIGHT}.0 frames) at −12 dB" in said
    assert "1. Input 1: peaks −9.0 dBFS, no clipping." in said
    written = tomllib.loads((tmp_path / "stage.toml").read_text("utf-8"))
    assert written["audio"] == {"input": NAME, "output": NAME, "rate": RATE, "input_channels": "1"}
    assert written["listen"]["room_max_ms"] == 60
    assert 0 < written["listen"]["sensitivity"] < 1


def test_ctrl_c_in_the_middle_leaves_nothing_behind(guided, tmp_path):
    process, lines = guided
    for line in lines:
        if line.startswith("2/3"):
            process.send_signal(signal.SIGINT)
            break
    rest = "".join(lines)
    assert process.wait(30) == 130
    assert "Traceback" not in rest
    assert not list(tmp_path.iterdir())


def test_the_doctor_says_on_one_page_whether_the_show_is_safe(jack, drums, tmp_path):
    words = ("doctor", "--bank", drums, "--player", "nearest", "--record", tmp_path, "--json")
    done = typed(*words, cwd=tmp_path, environment=jack.environment)
    page = json.loads(done.stdout)
    assert done.returncode == (0 if page["safe"] else 1)
    found = {(f["check"], f["state"]): f["found"] for f in page["findings"]}
    assert ("sound card", "good") in found
    assert found["bank and model", "good"].startswith("nearest")
    assert not [f for f in page["findings"] if "could not be checked" in f["found"]]


def test_a_pipe_that_is_closed_is_no_fault(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [sys.executable, "-m", "livehost", "doctor", "--driver", "offline", "--json"], cwd=tmp_path, stdout=writing,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(writing)
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "Traceback" not in errors


def test_hints_are_given_while_it_runs(drums, tmp_path):
    loud = 1.5 * np.sin(2 * np.pi * 300 * np.arange(3 * RATE) / RATE)
    soundfile.write(tmp_path / "loud.wav", np.clip(loud, -1, 1), RATE, "FLOAT")
    with Program(
        "--bank", drums, "--player", "nearest", "--driver", "null", "--input", tmp_path / "loud.wav", "--osc-in", "0",
        "--events", tmp_path / "events.jsonl",
    ) as program:  # fmt: skip
        assert program.wait(60) == 0
    assert program.output.count("The input clips: turn the preamplifier down.") == 1
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text("utf-8").splitlines()]
    assert [e["name"] for e in events if e["kind"] == "hint"] == ["clipping"]
