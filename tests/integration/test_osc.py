"""OSC on a running session: what is set is heard, what happens is told, and trouble reaches who has to know."""

import socket
import time

import numpy as np
import pytest
import soundfile

from livehost.bench.jack_rig import RATE
from livehost.bench.program import Program, free_udp_port
from livehost.bridge.osc import slip, wire
from livehost.bridge.osc.addresses import READABLE
from livehost.bridge.osc.client import OscClient
from livehost.bridge.subscriptions import LEASE_S


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A bank of one long sound whose level is that of every sample."""
    folder = tmp_path_factory.mktemp("held") / "bank"
    folder.mkdir()
    soundfile.write(folder / "held.wav", np.tile([0.25, -0.25], 30 * RATE), RATE, "PCM_16")
    return folder


@pytest.fixture
def session(held, tmp_path):
    """A session that plays what it is told, its port, and a socket that is a target of its OSC."""
    port = free_udp_port()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as target:
        target.bind(("127.0.0.1", 0))
        target.settimeout(10)
        with Program(
            "--bank", held, "--driver", "null", "--player", "off", "--osc-in", str(port), "--record", tmp_path,
            "--osc-out", f"127.0.0.1:{target.getsockname()[1]}", "--set", "bank.match_loudness=false",
        ) as program:  # fmt: skip
            program.port, program.target, program.folder = port, target, tmp_path
            yield program


def heard_at(target, address, *first):
    """Wait for a message to a fixed target that begins with these arguments."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        for message in wire.decode(target.recv(65_536)):
            if message.address == address and message.args[: len(first)] == first:
                return message.args
    raise AssertionError(f"{address} {first} never came")


def test_voices_gain_failsafe_and_recording(session):
    with OscClient("127.0.0.1", session.port) as client:
        assert client.ask("/livehost/voice/00/active")[0].args == (0,)
        client.ask("/livehost/bank/play", [0])
        heard_at(session.target, "/livehost/voice/00/active", 1)
        assert client.ask("/livehost/voice/00/active")[0].args == (1,)
        time.sleep(0.3)
        assert client.ask("/livehost/voice/00/gain_db", [-20]) == []
        time.sleep(0.3)
        assert client.ask("/livehost/voice/00/pan", [1.0]) == []
        time.sleep(0.3)
        client.ask("/livehost/failsafe", [1])
        assert client.ask("/livehost/status")[0].args[0] == "failsafe"
        assert heard_at(session.target, "/livehost/status", "failsafe")
        assert client.ask("/livehost/record/active")[0].args == (1,)
        assert client.ask("/livehost/record/seconds")[0].args[0] > 0.9
        assert client.ask("/livehost/record/path")[0].args == (str(session.folder / "played.wav"),)
        client.ask("/livehost/record/stop")
        assert client.ask("/livehost/record/active")[0].args == (0,)
    assert session.stop() == 0
    played, _ = soundfile.read(session.folder / "played.wav")
    left, right = np.abs(played[:: RATE // 100]).T  # a look every 10 ms
    for level in (0.25, 0.025):
        assert (np.abs(left - level) < 1e-3).sum() > 20
    assert ((left < 1e-3) & (np.abs(right - 0.025) < 1e-3)).sum() > 20


def test_all_values_come_whole_over_tcp(session):
    with socket.create_connection(("127.0.0.1", session.port), 10) as sock:
        sock.sendall(slip.encode(wire.encode("/livehost/dump")))
        decoder, packets = slip.SlipDecoder(1 << 20), []
        while not packets:
            packets = decoder.feed(sock.recv(65_536))
    assert [m.address for m in wire.decode(packets[0])] == [row.path for row in READABLE]


def test_trouble_reaches_the_desk_and_the_fixed_target(session):
    with OscClient("127.0.0.1", session.port) as client:
        client.ask("/livehost/subscribe", [0, "perf"])
        client.ask("/livehost/model/mode", ["loud"])
    args = heard_at(session.target, "/livehost/log", "error")
    assert args[1] == "OSC: /livehost/model/mode wants one of duo, answer, continue, call, not 'loud'."
    session.target.settimeout(LEASE_S + 10)
    args = heard_at(session.target, "/livehost/log", "warning")
    assert args[1].startswith("The OSC subscriber 127.0.0.1:")
    assert "The OSC subscriber" in session.output
    assert "wants one of duo, answer" in session.output
