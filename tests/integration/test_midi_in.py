"""A keyboard on JACK plays to a running livehost: notes, controllers that are learnt, scenes by program, SIGTERM."""

import json
import signal
import subprocess
import sys
import time

import pytest

from livehost.bench.jack_rig import click_bank
from livehost.bench.midi_peer import Peer
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun

from .conftest import missing

KEYS = """
import rtmidi, sys
port = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name="keyboard")
port.open_virtual_port("keys")
print("open", flush=True)
for line in sys.stdin:
    port.send_message(list(bytes.fromhex(line)))
port.close_port()
port.delete()
"""


class Session:
    """A livehost, a keyboard that plays to it, and what its log says."""

    def __init__(self, jack, path, synth):
        self.port, self.log, self.scenes, self.synth = free_udp_port(), path / "e.jsonl", path / "scenes", synth
        self.keys = subprocess.Popen(
            [sys.executable, "-c", KEYS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            env=jack.environment,
        )  # fmt: skip
        assert self.keys.stdout.readline() == "open\n"
        self.program = Program(
            "--bank", click_bank(path / "clicks"), "--driver", "null", "--player", "off", "--osc-in", str(self.port),
            "--midi-in", "keyboard", "--midi-out", "synth", "--events", self.log, "--set", f"run.scenes={self.scenes}",
            environment=jack.environment,
        )  # fmt: skip

    def play(self, *messages):
        for message in messages:
            self.keys.stdin.write(f"{message}\n")

    def osc(self, *message):
        send_osc(self.port, *message)

    def until(self, kind, **fields):
        """Wait for an event of the log."""
        deadline = time.monotonic() + 20
        while True:
            events = [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]
            found = [e for e in events if e["kind"] == kind and fields.items() <= e.items()]
            if found:
                return found
            assert time.monotonic() < deadline, (kind, fields, events[-5:])
            time.sleep(0.02)

    def close(self):
        self.keys.kill()
        self.keys.communicate()


@pytest.fixture
def session(jack, tmp_path):
    with Peer(jack, "synth") as synth:
        made = Session(jack, tmp_path, synth)
        try:
            with made.program:
                yield made
        except CannotRun as error:
            missing(error)
        finally:
            made.close()


def test_notes_controllers_and_programs(session):
    session.play("90 3c 40", "80 3c 00")
    session.until("heard_note", pitch=60, velocity=64)
    session.until("heard_note", pitch=60, velocity=0)
    session.osc("/livehost/midi/learn", "/livehost/master/gain_db")
    session.until("log", text="The next MIDI controller that moves is bound to /livehost/master/gain_db.")
    session.play("b0 14 7f")
    session.until("setting", key="master.gain_db", value=12.0, by="midi")
    session.osc("/livehost/scene/save", "loud")
    session.until("log", text="The scene loud is kept.")
    session.play("b0 14 00")
    session.until("setting", key="master.gain_db", value=-90.0, by="midi")
    session.osc("/livehost/midi/unlearn")
    session.until("setting", key="midi.map", value="")
    session.play("c0 00")  # its bindings come back with it
    session.until("setting", key="master.gain_db", value=12.0, by="scene")
    session.until("setting", key="midi.map", value="1:20=/livehost/master/gain_db", by="scene")
    session.play("b0 14 40")
    session.until("setting", key="master.gain_db", value=pytest.approx(-38.59843), by="midi")
    session.osc("/livehost/midi/learn", "/livehost/nowhere")
    session.until("log", level="error")
    session.play("b0 7b 00", "90 3e 40")
    session.until("heard_note", pitch=62)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_note_outlives_it(session, number):
    session.osc("/livehost/midi/thru", 1)
    session.until("setting", key="midi.thru")
    session.play("90 3c 40", "91 3e 40", "90 40 40")
    session.until("heard_note", pitch=64)
    assert session.synth.held() == (3, 3)
    session.program.stop(number)
    deadline = time.monotonic() + 10
    while session.synth.held()[0]:
        assert time.monotonic() < deadline
    assert session.synth.held() == (0, 3)


def test_another_port_while_it_plays(session, jack):
    session.osc("/livehost/midi/thru", 1)
    session.until("setting", key="midi.thru")
    session.play("90 3c 40")
    session.until("heard_note", pitch=60)
    assert session.synth.held() == (1, 1)
    with Peer(jack, "second") as second:
        session.osc("/livehost/midi/port", "second")
        deadline = time.monotonic() + 20
        while session.synth.held()[0]:
            assert time.monotonic() < deadline
        while not second.held()[1]:
            session.play("90 3e 40", "80 3e 00")
            assert time.monotonic() < deadline
    assert session.synth.held() == (0, 1)
