"""OSC in and out of a running session: a socket, Pure Data, and a flood."""

import time

import pytest

from livehost.bench.pd_receiver import pure_data
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun
from livehost.bench.suites.osc import Listener, flood

from .conftest import missing

SAMPLE = "/livehost/event/sample"


def until(condition, seconds=15.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def program(drums, take):
    """a session that waits to be told, its OSC port, and where its OSC goes."""
    port, out = free_udp_port(), free_udp_port()
    with Program(
        "--bank", drums, "--driver", "null", "--input", take, "--seconds", "600", "--player", "off",
        "--osc-in", str(port), "--osc-out", f"127.0.0.1:{out}",
    ) as running:  # fmt: skip
        running.osc_in, running.osc_out = port, out
        yield running


def test_pure_data_receives_what_it_plays(program, tmp_path):
    with Listener(time.monotonic_ns) as received:
        try:
            with pure_data(tmp_path, program.osc_out, SAMPLE, received.port):
                assert until(lambda: send_osc(program.osc_in, "/livehost/bank/play", 1) or len(received.times("/pd")))
                time.sleep(0.3)
                received.messages.clear()
                for k in range(5):
                    send_osc(program.osc_in, "/livehost/bank/play", k)
                assert until(lambda: len(received.times("/pd")) >= 5)
        except CannotRun as error:
            missing(error)
    assert len(received.times("/pd")) == 5


def test_a_flood_of_rubbish_changes_nothing(program):
    with Listener(time.monotonic_ns) as received:
        received.subscribe(program.osc_in, "event")
        flood(program.osc_in, 3000)
        send_osc(program.osc_in, "/livehost/bank/play", 0)
        assert until(lambda: len(received.times(SAMPLE)) == 1)
    assert program.stop() == 0
    assert program.errors == ""
