"""A real livehost under its supervisor: killed, hung in the worker, hung in Python; and whoever comes second."""

import os
import signal
import subprocess
import sys
from contextlib import closing

import psutil
import pytest

from livehost.bench.program import Program, free_udp_port
from livehost.bridge.kept_state import read_state
from tests.bridge.fakes import Patch
from tests.waiting import until

#: What a supervised livehost runs here: its first start has a worker that never comes back, its second an interpreter
#: that nobody else gets, its third is well.
HANGING = """
import ctypes, sys, threading
from livehost.supervise.link import supervised
from livehost.stage import session
number = supervised().restarts
plays = session.Supervision.plays

def hang_worker():
    from livehost.rt.native import STEP2
    from numba import cfunc
    @cfunc(STEP2)
    def forever(a, b):
        n = a
        while n != b - 1:
            n = (n + 2) & 1023
        return n
    global KEPT
    KEPT = forever
    STAGE.worker._tables["step"][0] = forever.address

def then(self, clocks):
    plays(self, clocks)
    if number == 0:
        threading.Timer(0.5, hang_worker).start()
    if number == 1:
        threading.Timer(0.5, lambda: ctypes.PyDLL(None).sleep(60)).start()

start = session.Stage.start
def started(self, prepare):
    global STAGE
    STAGE = self
    start(self, prepare)

session.Stage.start, session.Supervision.plays = started, then
from livehost.cli.main import main
main()
"""
PARENT = """
import sys
from livehost.supervise import watchdog
from livehost.supervise.supervisor import Supervisor
watchdog.WORKER_S, watchdog.SILENT_S = 2.0, 3.0
sys.exit(Supervisor([sys.executable, "-c", sys.argv[1], "run", *sys.argv[2:]]).run())
"""


def child_of(program):
    (child,) = psutil.Process(program.process.pid).children()
    return child


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "LIVEHOST_STATE": str(tmp_path / "state.toml")}


def test_one_that_is_killed_goes_on_as_it_was(drums, take, tmp_path, environment):
    port, state = free_udp_port(), tmp_path / "state.toml"
    common = ("--driver", "null", "--osc-in", str(port), "--set", f"log.record={tmp_path / 'takes'}")
    show = ("--supervise", "--bank", drums, "--input", take, "--seconds", "60", "--set", "master.gain_db=-20", *common)
    patch = Patch(port)
    with closing(patch.socket), Program(*show, environment=environment) as program:
        patch.send("/livehost/master/gain_db", "f", -7.5)
        patch.send("/livehost/bank/deny", "i", 3)
        until(lambda: any(tmp_path.glob("state-part0-sounds-*.npz")), "its context is kept")
        patch.send("/livehost/panic")
        until(lambda: read_state(state).halted == "panic" and read_state(state).parts[0].denied == (3,), "all is kept")
        assert read_state(state).recording

        second = [sys.executable, "-m", "livehost", "run", "--supervise", "--bank", str(drums), "--driver", "null"]
        refused = subprocess.run(second, env=environment, capture_output=True, text=True, check=False)
        assert refused.returncode == 2
        assert refused.stderr.startswith(f"livehost: A supervisor (process {program.process.pid}) looks after")

        child = child_of(program)
        child.kill()
        until(lambda: program.output.count("Ready after") == 2, "it is back")
        said = program.output.rpartition("As the last session left it")[2]
        assert "Nothing plays since the panic of the last session" in said
        assert "Part 0 remembers the last session: a context of " in said
        assert "livehost was killed by signal 9 (SIGKILL). It plays again after " in said
        assert patch.ask("/livehost/master/gain_db") == ("/livehost/master/gain_db", -7.5)
        assert patch.ask("/livehost/halted") == ("/livehost/halted", 1)
        assert read_state(state).parts[0].denied == (3,)
        assert len(list((tmp_path / "takes").glob("heard*.wav"))) == 2
        patch.send("/livehost/start")
        until(lambda: read_state(state).halted == "", "it plays again")
        child = child_of(program)
        assert program.stop(signal.SIGINT) == 0
        assert not child.is_running()
        assert program.errors == "livehost: livehost was killed by signal 9 (SIGKILL). It is started again.\n"


def test_one_that_hangs_is_started_again(drums, take, tmp_path, environment):
    command = [sys.executable, "-c", PARENT, HANGING, "--no-ui", "--bank", str(drums), "--input", str(take)]
    command += ["--player", "nearest", "--driver", "null", "--osc-in", "0", "--seconds", "60",
                "--events", str(tmp_path / "log.jsonl")]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        output = []
        while sum(line.startswith("Ready after") for line in output) < 3:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            output.append(line)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    finally:
        process.terminate()
        process.communicate()
    assert errors.splitlines() == [
        "livehost: livehost hung: its worker stood still for 2 s. It is started again.",
        "livehost: livehost hung: Python stood still for 3 s. It is started again.",
    ]
    assert process.returncode == 0
    assert "livehost hung: Python stood still for 3 s. It plays again after" in "".join(output)
    assert '"kind": "restarted", "count": 2' in (tmp_path / "log-3.jsonl").read_text()
