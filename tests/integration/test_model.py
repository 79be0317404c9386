"""A running session with a model: Pure Data sees where it looks, OSC puts another one in place, torch stays out."""

import contextlib
import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from livehost.bench.jack_rig import drum_bank
from livehost.bench.pd_receiver import pure_data
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun
from tests.bridge.fakes import Patch
from tests.inference.conftest import checkpoint, exported  # noqa: F401

from .conftest import missing

PATH = "/livehost/attention"


@pytest.fixture
def program(drums, take, exported, tmp_path):  # noqa: F811
    """a session that loops over nothing: a short take, then silence, told what to do by OSC."""
    shutil.copytree(exported, tmp_path / "models" / "one")
    shutil.copytree(exported, tmp_path / "models" / "two")
    shutil.copytree(drums, tmp_path / "banks" / "first")
    drum_bank(tmp_path / "banks" / "second", 5)
    port, out = free_udp_port(), free_udp_port()
    with Program(
        "--bank", tmp_path / "banks" / "first", "--model", tmp_path / "models" / "one", "--driver", "null",
        "--input", take, "--seconds", "600", "--osc-in", str(port), "--osc-out", f"127.0.0.1:{out}",
        "--events", tmp_path / "e.jsonl", "--set", f"player.contexts={tmp_path / 'contexts'}",
        "--set", "player.mode=continue",
    ) as running:  # fmt: skip
        running.osc_in, running.osc_out = port, out
        yield running


def until(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not (got := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return got


def test_pure_data_receives_weights_that_sum_to_1(program, tmp_path):
    ears = Patch()
    with contextlib.closing(ears.socket):
        rows = []
        try:
            with pure_data(tmp_path, program.osc_out, f"{PATH}/mean", ears.port):
                for k in range(200):
                    send_osc(program.osc_in, "/livehost/bank/play", k % 4)
                    time.sleep(0.05)
                    rows += [m[1:] for m in ears.waiting() if m[0] == "/pd"]
                    if len(rows) >= 5 and len(rows[-1]) > 2:
                        break
        except CannotRun as error:
            missing(error)
    assert len(rows) >= 5
    assert len(rows[-1]) > 2
    assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in rows)
    assert program.stop() == 0
    assert program.errors == ""


def test_another_model_bank_and_context_by_osc(program, tmp_path):
    if sys.platform == "linux":
        maps = Path(f"/proc/{program.process.pid}/maps").read_text()
        assert "onnxruntime" in maps
        assert "libtorch" not in maps
    patch = Patch(program.osc_in)

    def ask(address):
        return patch.ask(address)[1]

    with contextlib.closing(patch.socket):
        assert ask("/livehost/info/model").startswith("small, onnxruntime")
        assert until(lambda: ask("/livehost/model/context/length") >= 4)
        for address, name in (("model", "two"), ("bank", "second")):
            patch.send(f"/livehost/{address}/load", "s", name)
            assert until(lambda said=f"The {address} {name} is in place": said in program.output), program.output
        assert ask("/livehost/bank/size") == 5
        known = ask("/livehost/model/context/length")
        assert known >= 4
        patch.send("/livehost/model/context/save", "s", "now")
        assert until((tmp_path / "contexts" / "now.npz").is_file)
        patch.send("/livehost/model/context/clear")
        assert until(lambda: ask("/livehost/model/context/length") < known)
        patch.send("/livehost/model/context/load", "s", "now")
        assert until(lambda: ask("/livehost/model/context/length") >= known)
        answer = patch.ask("/livehost/bank/load", "s", "../first")
        assert answer[:3] == ("/livehost/error", "refused", "/livehost/bank/load")
        assert "bare name" in answer[3]
    assert program.stop() == 0
    assert program.errors == ""
    events = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert [e["kind"] for e in events].count("player_changed") == 3
    looks = [e for e in events if e["kind"] == "attention"]
    assert all("rows" in e for e in looks)
