"""A sound server that stands still for seconds is told of, and is no end of the show."""

import re
import signal
import time

from livehost.bench.probe import Probe
from livehost.bench.program import Program, free_udp_port
from livehost.bench.suite import CannotRun
from tests.bridge.fakes import Patch

from .conftest import missing


def until(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_freeze_of_three_seconds_is_no_end(jack, drums, take, tmp_path):
    port, name = free_udp_port(), "livehost-probe"
    try:
        with Probe(jack, name, midi=True) as probe, Program(
            "--bank", drums, "--driver", "portaudio", "--input", take, "--seconds", "600", "--player", "off",
            "--osc-in", str(port), "--midi-out", name, environment=jack.environment,
        ) as program:  # fmt: skip
            patch = Patch(port)

            def state():
                return patch.ask("/livehost/status")[1]

            def notes():
                """Notes that arrive while an item is played."""
                probe.start([[0.0] * 24_000] * 2)
                patch.send("/livehost/bank/play", "i", 1)
                return [row for row in probe.finish().midi.tolist() if row[1] == 0x90 and row[3]]

            until(lambda: state() in ("ready", "running"))
            assert len(notes()) == 1
            jack.process.send_signal(signal.SIGSTOP)
            until(lambda: state() == "degraded")
            time.sleep(3.0)
            assert state() == "degraded"
            jack.process.send_signal(signal.SIGCONT)
            until(lambda: state() == "running")
            assert len(notes()) == 1
            assert program.stop(signal.SIGTERM) == 0
            patch.socket.close()
    except CannotRun as error:
        missing(error)
    assert "has not asked for sound for 0.5 s." in program.output
    assert re.search(r"is back after \d", program.output)
    assert program.errors == ""
