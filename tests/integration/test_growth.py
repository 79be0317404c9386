"""The bank of a running session grows, and is played; and what grows ends with the session."""

import contextlib
import json
import os
import threading
import time

import psutil

from livehost.bench.program import Program, free_udp_port
from livehost.cli.grow import grow
from tests.bridge.fakes import Patch
from tests.growing.conftest import model, samples  # noqa: F401  fixtures


def until(holds):
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def hurry(program, stopping):
    """Have its processes wait for nobody: what grows would wait for the other tests."""
    while not stopping.wait(0.1):
        for child in psutil.Process(program.process.pid).children():
            with contextlib.suppress(psutil.Error, OSError):
                os.sched_setscheduler(child.pid, os.SCHED_OTHER, os.sched_param(0))
                child.nice(0)


def test_a_bank_grows_while_it_is_played(samples, model, take, tmp_path, capsys):  # noqa: F811
    port, log = free_udp_port(), tmp_path / "events.jsonl"
    with Program(
        "--bank", samples, "--driver", "null", "--input", take, "--player", "nearest", "--osc-in", str(port),
        "--set", f"player.model={model}", "--events", log, "--seconds", "600",
    ) as program:  # fmt: skip
        stopping = threading.Event()
        threading.Thread(target=hurry, args=(program, stopping), daemon=True).start()
        grow(into=f"127.0.0.1:{port}", model="linear", count=2, like=["ping 3"])
        assert "The bank mine-grown is being put in place" in capsys.readouterr().out
        program.wait_for("The bank mine-grown is in place: 22 sounds", 60)
        patch = Patch(port)
        with patch.socket:
            assert patch.ask("/livehost/bank/size") == ("/livehost/bank/size", 22)
            patch.send("/livehost/bank/grow", "si", "linear", 900)
            program.wait_for("The bank grows by 900 sounds of linear, into .*mine-grown-2", 60)
            until(lambda: psutil.Process(program.process.pid).children())
            (growing,) = psutil.Process(program.process.pid).children()
            assert patch.ask("/livehost/bank/grow", "s", "linear")[1] == "refused"
        stopping.set()
        assert program.stop() == 0
        until(lambda: not growing.is_running())
    assert program.errors == ""
    told = [e for line in log.read_text().splitlines() if (e := json.loads(line))["kind"] == "growth"]
    assert [(e["state"], e["done"], e["count"]) for e in told if e["state"] != "grows"][:2] == [
        ("begun", 0, 2), ("done", 2, 2)
    ]  # fmt: skip
    assert {path.name for path in (samples.parent / "mine-grown").glob("*~*.wav")} == {
        sound["name"] for sound in json.loads((samples.parent / "mine-grown" / "grown.json").read_text())["grown"]
    }
