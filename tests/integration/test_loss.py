"""A session whose JACK server, and whose card in it, goes and comes back."""

import json
import signal

import numpy as np
import soundfile

from livehost.bench.jack import start_again, stop_server
from livehost.bench.jack_rig import RATE, unbroken_hits
from livehost.bench.material import write_take
from livehost.bench.probe import Probe
from livehost.bench.program import Program
from tests.waiting import until

NAME = "livehost-probe"


def plugged_in(server):
    """The card: another client of the server, which records what it is to play."""
    probe = Probe(server, NAME)
    probe.start(np.zeros((2, 60 * RATE), np.float32))
    return probe


def test_ports_and_servers_go_and_come_back_and_not_a_frame_is_missing(jack, drums, tmp_path):
    server, probe = jack, plugged_in(jack)
    take = write_take(tmp_path / "take.wav", unbroken_hits(110.0, 60, 90))
    with Program(
        "--bank", drums, "--driver", "portaudio", "--input", take, "--output", NAME, "--player", "nearest",
        "--osc-in", "0", "--record", tmp_path, "--events", tmp_path / "e.jsonl", environment=jack.environment,
    ) as program:  # fmt: skip
        # the ports alone go: the clock goes on
        probe.__exit__()
        program.wait_for(rf"JACK has no port {NAME}:in_1 any more")
        probe = plugged_in(server)
        program.wait_for(r"All ports are connected again\.")
        until(probe.sounds, "sound after its ports were back")
        # the server dies, and comes back at another rate
        server.process.kill()
        probe.__exit__()
        server = start_again(server, rate=44_100)
        probe = plugged_in(server)
        program.wait_for("JACK is back at 44100 Hz, and this session runs at 48000 Hz: restart JACK at 48000 Hz")
        probe.__exit__()  # first: libjack waits for ever for a server that is just ending
        server.process.send_signal(signal.SIGTERM)
        # without its card, then with it, and with blocks of another length
        server = start_again(server, rate=RATE, block=128)
        program.wait_for(rf"JACK runs, and {NAME} is not there\.")
        probe = plugged_in(server)
        program.wait_for("is back after")
        until(probe.sounds, "sound after the server was back")
        code = program.stop()
    probe.__exit__()
    stop_server(server)
    assert (code, program.errors) == (0, "")
    events = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    (lost,), (back,) = ([e for e in events if e["kind"] == f"card_{what}"] for what in ("lost", "back"))
    assert lost["frame"] == back["frame"] > 0
    assert (lost["reason"], back["block"]) == ("The JACK server has ended.", 128)
    assert back["gap_s"] > 0.1
    heard, sent = (soundfile.read(tmp_path / name)[0] for name in ("heard.wav", "take.wav"))
    assert len(heard) > back["frame"]
    np.testing.assert_allclose(heard, sent[: len(heard)], rtol=0, atol=2.0**-23)
