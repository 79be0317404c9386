"""SIGTERM ends it, and its files are whole and its notes closed, whatever stands in the way."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from livehost.bench.jack import jack_server
from livehost.bench.suite import CannotRun
from livehost.bench.suites.ending import CASES

from .conftest import missing


@pytest.fixture(scope="module")
def endings(tmp_path_factory):
    """How those ended that need no server: two at a time, as all of them wait for most of theirs."""
    folders = {name: tmp_path_factory.mktemp("ending") / "session" for name in CASES if "JACK" not in name}
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(folders, pool.map(lambda name: CASES[name](folders[name]), folders), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_it_ends_and_leaves_all_whole(name, tmp_path, endings):
    try:
        ended = endings[name] if name in endings else CASES[name](tmp_path / "session")
    except CannotRun as error:
        missing(error)
    assert ended.wrong == []


def test_a_server_that_is_frozen_at_the_start_is_a_sentence_and_no_reason_not_to_end(drums, take):
    command = [
        sys.executable, "-m", "livehost", "run", "--no-ui", "--bank", str(drums), "--input", str(take),
        "--driver", "portaudio", "--osc-in", "0",
    ]  # fmt: skip
    try:
        with jack_server() as server:
            server.process.send_signal(signal.SIGSTOP)
            try:
                done = subprocess.run(
                    command, env=server.environment, capture_output=True, text=True, timeout=120, check=False
                )
                with subprocess.Popen(command, env=server.environment, stdout=subprocess.PIPE) as waiting:
                    time.sleep(4.0)
                    waiting.terminate()
                    code = waiting.wait(10)
            finally:
                server.process.send_signal(signal.SIGCONT)
    except CannotRun as error:
        missing(error)
    assert done.returncode == 1
    assert "The sound system has not answered for 10 s: is its sound server (JACK, PipeWire) frozen?" in done.stderr
    assert code in (130, -signal.SIGTERM)  # the latter while Python itself still starts
