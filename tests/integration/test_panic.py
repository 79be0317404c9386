"""Panic through JACK: silence, and silence until told, while notes wait and in floods of OSC, in every mode."""

import math
import time

from livehost.bench.program import Program, free_udp_port
from livehost.bench.suite import CannotRun
from livehost.bench.suites.panic import LOADS, MODES, measure
from tests.bridge.fakes import Patch

from .conftest import missing


def test_nothing_holds_a_panic_up_and_nothing_plays_until_told(tmp_path):
    try:
        panics = list(measure(tmp_path, len(LOADS)))
    except CannotRun as error:
        missing(error)
    assert [p.load for p in panics] == [load.name for load in LOADS]
    assert {p.mode for p in panics} == set(MODES)
    assert sum(math.isfinite(p.silence_ms) for p in panics) >= 3
    for panic in panics:
        assert not panic.silence_ms > 100, panic  # how long it takes is for the bench to say
        assert panic.kept_silent_ms > 300, panic


def test_one_panic_reaches_every_livehost_of_the_user_and_each_is_told_to_go_on(drums, take):
    """The second one listens at another port, where no patch sends to."""
    ports = [free_udp_port(), free_udp_port()]
    arguments = ("--bank", drums, "--driver", "null", "--input", take, "--seconds", "600", "--player", "off")
    with Program(*arguments, "--osc-in", str(ports[0])), Program(*arguments, "--osc-in", str(ports[1])):
        patches = [Patch(port) for port in ports]

        def halted():
            return [patch.ask("/livehost/halted")[1] for patch in patches]

        assert halted() == [0, 0]
        patches[0].send("/panic")
        deadline = time.monotonic() + 30
        while halted() != [1, 1]:
            assert time.monotonic() < deadline
        patches[1].send("/livehost/start")
        while halted() != [1, 0]:
            assert time.monotonic() < deadline
        for patch in patches:
            patch.socket.close()
