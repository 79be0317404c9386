"""Tempo between programs: JACK's transport, Ableton Link, MIDI clock, and a running livehost."""

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from livehost.bench.program import Program, free_udp_port
from livehost.bridge.tempo.sources import SOURCES
from tests.bridge.fakes import Patch, need
from tests.waiting import until

from .conftest import missing


class Daemon(Program):
    """A running livehost without a sound card, and its patch."""

    def __init__(self, bank, log, *settings, environment=None):
        port = free_udp_port()
        super().__init__(
            "--bank", bank, "--driver", "null", "--player", "off", "--osc-in", str(port), "--events", log,
            *(word for setting in settings for word in ("--set", setting)), environment=environment,
        )  # fmt: skip
        self.patch, self.log = Patch(port), log

    def __exit__(self, *problem):
        self.patch.socket.close()
        super().__exit__(*problem)

    def value(self, address):
        """What an address reports."""
        return self.patch.ask(address)[1]

    def beats(self):
        """The beats of its log, as (frame, bar, beat, bpm)."""
        events = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [(e["frame"], e["bar"], e["beat"], e["bpm"]) for e in events if e.get("kind") == "beat"]


@pytest.fixture
def link():
    """A peer of our own."""
    if find_spec("link") is None:
        missing("LinkPython-extern is not installed")
    source = SOURCES["link"].open(None, 100.0)
    yield source
    source.close()


def test_bars_and_tempo_are_livehosts_own(drums, tmp_path):
    with Daemon(drums, tmp_path / "log.jsonl", "tempo.bpm=480", "tempo.countin=1", "tempo.quantum=3") as daemon:
        daemon.patch.send("/livehost/transport/play")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "playing")
        time.sleep(0.5)
        daemon.patch.send("/livehost/transport/stop")
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "stopped")
        daemon.stop()
    beats = daemon.beats()
    assert [(bar, beat) for _, bar, beat, _ in beats[:5]] == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2)]
    assert {bpm for *_, bpm in beats} == {480.0}
    first = beats[0][0]
    assert [frame - first for frame, *_ in beats] == [6000 * k for k in range(len(beats))]
    assert first % 18_000 == 0


def test_livehost_follows_the_beat_of_a_musician(drums, tmp_path):
    rate, bpm, seconds = 48_000, 132.0, 11.0
    take = np.zeros(int(rate * seconds), np.float32)
    click = 0.5 * np.exp(-np.arange(2400) / 240) * np.sin(2 * np.pi * 900 * np.arange(2400) / rate)
    for eighth in range(int((seconds - 1.0) * bpm / 30)):
        at = int(rate * (0.3 + eighth * 30 / bpm))
        take[at : at + 2400] += (0.9 if eighth % 2 == 0 else 0.35) * click
    soundfile.write(tmp_path / "take.wav", take, rate)
    with Daemon(
        drums, tmp_path / "log.jsonl", f"audio.input={tmp_path / 'take.wav'}", "tempo.source=heard", "audio.rate=48000"
    ) as daemon:
        until(lambda: abs(daemon.value("/livehost/tempo/bpm") - bpm) < 1.0, "the tempo of the musician")
        daemon.patch.send("/livehost/transport/play")
        until(lambda: len(daemon.beats()) >= 4, "beats")
        daemon.stop()
    apart = [(frame / rate - 0.3) * bpm / 60 for frame, *_ in daemon.beats()[:4]]
    assert max(abs(beat - round(beat)) for beat in apart) < 0.08


def test_livehost_joins_a_link_session(drums, tmp_path, link):
    with Daemon(drums, tmp_path / "log.jsonl", "tempo.source=link") as daemon:
        until(lambda: daemon.value("/livehost/tempo/peers") == 1, "a peer")
        link.set_bpm(171.0)
        until(lambda: daemon.value("/livehost/tempo/bpm") == 171.0, "the tempo of the peer")
        daemon.patch.send("/livehost/tempo/bpm", "f", 240.0)
        until(lambda: abs(60e9 / link.read().beat_ns - 240) < 0.1, "the tempo of livehost")
        daemon.patch.send("/livehost/transport/play")
        until(lambda: link.read().running, "the start of the peer")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "playing")
        link.stop()
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "the stop of the peer")
        daemon.stop()
    assert daemon.errors == ""
    assert daemon.beats()[0][1:3] == (1, 1)


def transport(server, *commands):
    """Have JACK's own tool do something."""
    text = "".join(f"{c}\n" for c in (*commands, "quit"))
    subprocess.run(
        ["jack_transport"], input=text, env=server.environment, capture_output=True, text=True, timeout=10, check=False
    )


def test_livehost_follows_jacks_transport_and_moves_it(drums, tmp_path, jack):
    need("jack_transport")
    with Daemon(
        drums, tmp_path / "log.jsonl", "tempo.source=jack", "tempo.bpm=240", environment=jack.environment
    ) as daemon:
        assert daemon.value("/livehost/transport/state") == "stopped"
        transport(jack, "play")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "rolling")
        time.sleep(1.3)
        daemon.patch.send("/livehost/transport/stop")
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "standing still")
        daemon.patch.send("/livehost/transport/play")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "rolling again")
        transport(jack, "stop")
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "standing still again")
        daemon.stop()
    assert daemon.errors == ""
    beats = [(frame, 4 * (bar - 1) + beat) for frame, bar, beat, _ in daemon.beats()]
    steps = [(then[0] - one[0], then[1] - one[1]) for one, then in pairwise(beats)]
    assert {numbers for _, numbers in steps} == {1}  # JACK's song goes on where it stood
    assert [frames for frames, _ in steps[:3]] == pytest.approx([12_000] * 3, abs=100)


def test_jacks_own_bars_and_tempo_count(jack, monkeypatch):
    need("jack_transport")
    for name, value in jack.environment.items():
        monkeypatch.setenv(name, value)
    source = SOURCES["jack"].open(None, 120.0)
    master = subprocess.Popen(["jack_transport"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        # its ticks are whole numbers: at this tempo, a block of 64 frames has four of them
        master.stdin.write("master\ntempo 94\nlocate 0\nplay\n")
        master.stdin.flush()
        until(lambda: source.read() and source.read().running and source.read().beat_ns == 60e9 / 94, "94 a minute")

        def in_time():
            before = source.read()
            time.sleep(0.5)
            after = source.read()
            return after.beat - before.beat == pytest.approx((after.ns - before.ns) * 94 / 60e9, abs=0.02)

        until(in_time, "half a second in which the server of a busy machine stands still for no block")
        assert source.problem == ""
    finally:
        source.close()
        master.communicate("quit\n", timeout=10)


def test_a_jack_server_that_is_not_there_is_told_of_and_the_tempo_goes_on(drums, tmp_path):
    environment = os.environ | {"JACK_DEFAULT_SERVER": "nobody", "JACK_NO_START_SERVER": "1"}
    with Daemon(drums, tmp_path / "log.jsonl", "tempo.source=jack", "tempo.bpm=480", environment=environment) as daemon:
        daemon.wait_for("The tempo of JACK is not to be had")
        daemon.patch.send("/livehost/transport/play")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "playing")
        assert daemon.value("/livehost/status") == "degraded"


#: Another program: what arrives at its MIDI port, a line each, ``NS BYTES``.
RECEIVER = """
import sys, time, rtmidi
port = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name="beat-counter")
port.ignore_types(timing=False)
port.set_callback(lambda event, _: print(time.monotonic_ns(), bytes(event[0]).hex(), flush=True))
port.open_virtual_port("input")
print("ready", flush=True)
sys.stdin.read()
"""


def test_midi_clock_arrives_at_another_program(drums, tmp_path, jack):
    receiver = subprocess.Popen(
        [sys.executable, "-c", RECEIVER], env=jack.environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert receiver.stdout.readline() == "ready\n"
    with Daemon(
        drums,
        tmp_path / "log.jsonl",
        "tempo.bpm=240",
        "tempo.clock_out=true",
        "midi.out=beat-counter:input",
        environment=jack.environment,
    ) as daemon:
        daemon.patch.send("/livehost/transport/play")
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "playing")
        time.sleep(1.0)
        daemon.patch.send("/livehost/transport/stop")
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "stopped")
        time.sleep(0.3)
        daemon.stop()
    out, _ = receiver.communicate("", timeout=10)
    got = [line.split()[1] for line in out.splitlines()]
    start, stop = got.index("fa"), got.index("fc")
    assert got.count("fa") == got.count("fc") == 1
    assert set(got) >= {"f8", "fa", "fc"}
    beats = [b for b in daemon.beats() if b[1] >= 1]
    assert got[start:stop].count("f8") == pytest.approx(24 * len(beats), abs=26)


#: Another program: a second of clock at 150 beats a minute, then a song of twenty beats from sixteenth 8 on.
SENDER = """
import time, rtmidi
out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name="sender")
(number,) = [k for k, name in enumerate(out.get_ports()) if "beat-in" in name]
out.open_port(number)
at = time.monotonic()
for pulse in range(60 + 480):
    if pulse == 60:
        out.send_message([0xF2, 8, 0])
        out.send_message([0xFB])
    out.send_message([0xF8])
    at += 60 / 150 / 24
    time.sleep(max(0, at - time.monotonic()))
out.send_message([0xFC])
time.sleep(0.3)
"""


def test_livehost_follows_the_midi_clock_of_another_program(drums, tmp_path, jack):
    with Daemon(
        drums, tmp_path / "log.jsonl", "tempo.source=midi", "midi.in=beat-in", environment=jack.environment
    ) as daemon:
        daemon.wait_for("No MIDI clock comes in")
        sender = subprocess.Popen([sys.executable, "-c", SENDER], env=jack.environment)
        until(lambda: daemon.value("/livehost/transport/state") == "playing", "playing")
        until(lambda: daemon.value("/livehost/tempo/bpm") == pytest.approx(150, abs=2), "its tempo")
        daemon.patch.send("/livehost/tempo/bpm", "f", 99.0)
        (refused,) = daemon.patch.hear()
        assert refused[0] == "/livehost/error"
        assert "The tempo is that of the MIDI clock that comes in" in refused[3]
        until(lambda: daemon.value("/livehost/transport/state") == "stopped", "stopped")
        assert sender.wait(10) == 0
        daemon.stop()
    beats = daemon.beats()
    assert [4 * (bar - 1) + beat for _, bar, beat, _ in beats] == [3, *range(4, 3 + len(beats))]
    assert len(beats) in (20, 21)  # sixteenth 8 is the third beat; the last one is where it stops
    steps = sorted(then[0] - one[0] for one, then in pairwise(beats))
    assert steps[len(steps) // 2] == pytest.approx(19_200, abs=200)
