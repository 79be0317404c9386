"""Tempo: an hour of MIDI clock, MIDI clock at another program's port, and the beat of an Ableton Link session."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np

from livehost.bench.jack import jack_server
from livehost.bench.jack_rig import RATE, click_bank
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure, NotInstalled, absent
from livehost.bridge.osc import wire
from livehost.bridge.tempo.clock import TempoClock
from livehost.bridge.tempo.midi_in import PULSES, ClockFollower
from livehost.bridge.tempo.midi_out import CLOCK, START, ClockOutput
from livehost.bridge.tempo.source import Source
from livehost.bridge.tempo.sources import SOURCES

_HOUR_S, _BPM, _STEP = 3600, 127.3, 960
_PORT = "beat-counter"
_RECEIVER = f"""
import sys, time, rtmidi
port = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name="{_PORT}")
port.ignore_types(timing=False)
got = []
port.set_callback(lambda event, _: got.append((time.monotonic_ns(), event[0][0])))
port.open_virtual_port("input")
print("ready", flush=True)
sys.stdin.read()
print("\\n".join(f"{{ns}} {{status}}" for ns, status in got), flush=True)
"""


def run(context: Context) -> Iterator[Figure]:
    """Count an hour, then listen to running programs."""
    context.say("an hour of MIDI clock …")
    yield from _hour()
    seconds = 5 if context.quick else 60
    context.say(f"{seconds} s of MIDI clock through JACK …")
    try:
        yield from _pulses(context, seconds)
    except NotInstalled as error:
        yield absent("pulses received", "%", "count", error)
    if find_spec("link") is None:
        why = "LinkPython-extern is not installed: pip install 'livehost[link]'"
        yield absent("Link: two processes apart, the most", "ms", "tail", why)
        yield absent("Link: beat told against the beat p99", "ms", "tail", why)
        return
    context.say("a Link session …")
    yield from _session(context, 10 if context.quick else 200)


def _hour() -> Iterator[Figure]:
    """Send an hour of clock on a counted time, and follow it with jitter of ±1 ms."""
    rng = np.random.default_rng(0)
    clock, output = TempoClock.at_bpm(_BPM, RATE), ClockOutput()
    sent = [frame for now in range(0, _HOUR_S * RATE, _STEP) for _, frame in output.advance(clock, now, now + _STEP)]
    beats = clock.beat_at(_HOUR_S * RATE)
    yield Figure("an hour sent: drift", abs(len(sent) - 1 - int(beats * PULSES)) / PULSES, "beats", "exact")
    present = 0
    heard = ClockFollower(lambda: present)
    for frame in sent:
        present = round(frame * 1e9 / RATE + rng.uniform(-1e6, 1e6)) + 10**9
        heard.tick(present)
    reading = heard.read()
    if reading is None or reading.beat is None:
        raise CannotRun("The clock that was sent is not followed.")
    truth = (reading.ns - 10**9) / 1e9 * _BPM / 60
    yield Figure("an hour followed: drift", abs(reading.beat - truth), "beats", "exact", note="with jitter of ±1 ms")


def _pulses(context: Context, seconds: int) -> Iterator[Figure]:
    """Receive MIDI clock in another program, over JACK."""
    port, bpm = free_udp_port(), 120.0
    bank = click_bank(context.scratch / "clicks")
    with jack_server() as server:
        receiver = subprocess.Popen(
            [sys.executable, "-c", _RECEIVER], env=server.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        if receiver.stdout is None or receiver.stdout.readline() != "ready\n":
            raise CannotRun("The program that receives MIDI does not start.")
        settings = (f"tempo.bpm={bpm}", "tempo.clock_out=true", f"midi.out={_PORT}:input")
        log = context.scratch / "tempo.jsonl"
        with Program(
            "--bank", bank, "--player", "off", "--osc-in", str(port), "--events", log,
            *(w for s in settings for w in ("--set", s)), environment=server.environment,
        ):  # fmt: skip
            for what, wait_s in (("play", seconds), ("stop", 0.5), ("play", 4.0), ("stop", 0.5)):
                send_osc(port, f"/livehost/transport/{what}")
                time.sleep(wait_s)
        lines = receiver.communicate("", timeout=10)[0].splitlines()
    rows = np.array([line.split() for line in lines], np.int64).reshape(-1, 2)
    starts = np.flatnonzero(rows[:, 1] == START[0])
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    bars = [e["frame"] for e in events if e.get("kind") == "beat" and (e["bar"], e["beat"]) == (1, 1)]
    if len(starts) != 2 or len(bars) != 2:
        raise CannotRun(f"MIDI clock was started twice, and {len(starts)} starts have arrived at the JACK port.")
    between = rows[starts[0] : starts[1]]
    times = between[between[:, 1] == CLOCK[0], 0]
    sent = round((bars[1] - bars[0]) * bpm * PULSES / 60 / RATE)
    note = f"of {sent} from one start to the next"
    yield Figure("pulses received", 100 * len(times) / sent, "%", "count", better="higher", note=note)
    gaps = np.diff(times) / 1e6
    off = np.abs(gaps - np.median(gaps))
    yield Figure("pulses: jitter median", float(np.median(off)), "ms", "tail", off.tolist(), note="of their distance")
    yield Figure("pulses: jitter p99", float(np.percentile(off, 99)), "ms", "tail")


def _session(context: Context, count: int) -> Iterator[Figure]:
    """Take part in a Link session with two more processes, one of them livehost."""
    bpm, port = 240.0, free_udp_port()
    opening = SOURCES["link"].open
    if opening is None:
        raise CannotRun("There is no source link.")
    peers = [opening(ClockFollower(), bpm) for _ in range(2)]
    try:
        _meet(peers)
        apart = np.abs([_apart_ms(peers[0], peers[1]) for _ in range(count)])
        yield Figure("Link: two processes apart, the most", float(apart.max()), "ms", "tail", apart.tolist())
        told = np.array(list(_told(context, peers[0], port, count)))
        yield Figure("Link: beat told against the beat median", float(np.median(told)), "ms", "tail", told.tolist())
        yield Figure("Link: beat told against the beat p99", float(np.percentile(np.abs(told), 99)), "ms", "tail")
    finally:
        for peer in peers:
            peer.close()


def _meet(peers: list[Source]) -> None:
    deadline = time.monotonic() + 20
    while not all((reading := peer.read()) and reading.peers for peer in peers):
        if time.monotonic() > deadline:
            raise CannotRun("Two processes with Link do not find each other: is multicast allowed?")
        time.sleep(0.05)
    time.sleep(1.0)


def _beat_at(peer: Source, ns: int) -> float:
    reading = peer.read()
    if reading is None or reading.beat is None:
        raise CannotRun("A process with Link has fallen silent.")
    return reading.beat + (ns - reading.ns) / reading.beat_ns


def _apart_ms(one: Source, other: Source, bar: int = 4) -> float:
    time.sleep(0.02)
    now, reading = time.monotonic_ns(), one.read()
    beats = _beat_at(one, now) - _beat_at(other, now)
    return ((beats + bar / 2) % bar - bar / 2) * (reading.beat_ns if reading is not None else 0.0) / 1e6


def _told(context: Context, peer: Source, port: int, count: int) -> Iterator[float]:
    """Give for each beat that livehost tells of how long after the session's it arrives, ms."""
    bank = click_bank(context.scratch / "clicks")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(5)
        with Program(
            "--bank", bank, "--driver", "null", "--player", "off", "--osc-in", str(port), "--set", "tempo.source=link"
        ):
            time.sleep(2.0)
            sock.sendto(wire.encode("/livehost/transport/play"), ("127.0.0.1", port))
            while count:
                sock.sendto(wire.encode("/livehost/subscribe", "is", 0, "event"), ("127.0.0.1", port))
                packet, now = sock.recv(65_536), time.monotonic_ns()
                reading = peer.read()
                for message in wire.decode(packet):
                    if message.address == "/livehost/tempo/beat" and reading is not None:
                        beat = _beat_at(peer, now)
                        yield (beat - round(beat)) * reading.beat_ns / 1e6
                        count -= 1
