"""Notes that arrive at another program's port of a real JACK server (its dummy driver: no sound card)."""

import os
import shutil
import subprocess
import sys
import textwrap
import time

import pytest

from tests.bridge.fakes import need

SERVER = f"livehost-test-{os.getpid()}"

#: Run in a process of its own: JACK's library keeps what it knows of a server as long as the process lives.
PRELUDE = """
import faulthandler, sys, time
faulthandler.dump_traceback_later(20, exit=True)
from livehost.bridge.midi.out import MidiOut, port_names
from livehost.errors import LivehostError
from livehost.settings import Settings

def sample(voice, index):
    return dict(kind="sample", decision=voice, voice=voice, index=index, gain_db=0.0, rate=1.0)

def end(voice):
    return dict(kind="end", decision=voice, voice=voice)

def until(condition, what):
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"in vain: {what}")
        time.sleep(0.01)

def out(name):
    return Settings({"midi.out": name})

def say(word):
    print(word, flush=True)
"""


def scheduling():
    """Real-time where it is allowed: a server that is kept from running loses messages of all its clients."""
    command = ["chrt", "-f", "20", "true"]
    allowed = shutil.which("chrt") and subprocess.run(command, capture_output=True, check=False).returncode == 0
    return "-R" if allowed else "-r"


class Jack:
    """A JACK server of our own, and programs that use it."""

    def __init__(self, log):
        self.log = log
        self.environment = os.environ | {"JACK_DEFAULT_SERVER": SERVER, "JACK_NO_START_SERVER": "1"}
        self.server, self.children = None, []

    def start(self):
        command = ["jackd", scheduling(), "-n", SERVER, "-d", "dummy", "-r", "48000", "-p", "64"]
        with self.log.open("w") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log)
        self.wait(("jack_lsp",), "system:playback_1")

    def kill(self):
        self.server.kill()
        self.server.wait()

    def close(self):
        """End whatever still runs."""
        for process in self.children:
            if process.returncode is None:
                try:
                    process.communicate("", timeout=10)  # all of them end with their input
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
        if self.server is None:
            return
        try:  # a server that is ended while it still takes leave of a client needs six seconds
            self._until(("jack_lsp",), lambda ports: all(p.startswith("system:") for p in ports.split()))
        finally:
            self.server.terminate()  # not killed: a server that cannot tidy up stands in the way of the next
            self.server.wait()

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=10, check=False)
        return done.stdout

    def wait(self, command, text):
        self._until(command, lambda said: text in said)

    def _until(self, command, condition):
        deadline = time.monotonic() + 15
        while not condition(said := self.run(*command)):
            assert time.monotonic() < deadline, f"{command} still says {said}, jackd {self.log.read_text()}"
            time.sleep(0.05)

    def popen(self, *command, **options):
        self.children.append(subprocess.Popen(command, env=self.environment, text=True, **options))
        return self.children[-1]

    def python(self, code):
        script = PRELUDE + textwrap.dedent(code)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return self.popen(sys.executable, "-W", "error", "-c", script, **pipes)


@pytest.fixture
def no_jack(tmp_path):
    need("jackd", "jack_lsp", "jack_connect")
    if os.path.exists("/dev/snd/seq"):  # noqa: PTH110
        pytest.skip("there is an ALSA sequencer, which goes before JACK")
    jack = Jack(tmp_path / "jackd.log")
    yield jack
    jack.close()


@pytest.fixture
def jack(no_jack):
    no_jack.start()
    return no_jack


def finish(process, *words):
    """Send words, one a line; what the process said."""
    out, errors = process.communicate("".join(f"{w}\n" for w in words), timeout=30)
    assert process.returncode == 0, errors
    return out.split("\n")


#: Another program with a MIDI port, which writes down what arrives. It takes messages from a queue: what prints inside
#: JACK's own thread, or has a queue as short as jack_midi_dump's, loses those that come together.
DUMP = """
import rtmidi, select, sys
port = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name="midi-monitor")
port.open_virtual_port("input")
while not select.select([sys.stdin], [], [], 0.001)[0]:
    while event := port.get_message():
        print(bytes(event[0]).hex(" "), flush=True)
port.close_port()
port.delete()
"""


class Dump:
    """That program, running."""

    def __init__(self, jack, path):
        self.path = path
        with path.open("w") as out:
            self.process = jack.popen(sys.executable, "-c", DUMP, stdin=subprocess.PIPE, stdout=out)
        jack.wait(("jack_lsp",), "midi-monitor:input")

    def stop(self):
        self.process.communicate("")

    def notes(self, panics=1):
        """Notes until so many panics are over: bytes of each, without the controllers."""
        deadline = time.monotonic() + 10
        while self.path.read_text().count("bf 78 00\n") < panics:  # all sound off on the last channel
            assert time.monotonic() < deadline, f"the last message is missing: {self.path.read_text()}"
            time.sleep(0.02)
        return [tuple(bytes.fromhex(row)) for row in self.path.read_text().splitlines() if not row.startswith("b")]


@pytest.fixture
def dump(jack, tmp_path):
    return Dump(jack, tmp_path / "dump")


def test_notes_arrive_at_another_program(jack, dump):
    player = jack.python("""
        midi = MidiOut(out("MIDI-Monitor"), [[60.0, 69.0]])
        assert midi.ports == ["midi-monitor:input"]
        assert "midi-monitor:input" in port_names()
        midi.event(sample(0, 0))
        midi.event(sample(1, 1))
        midi.event(end(0))
        midi.close()
    """)
    finish(player)
    assert dump.notes() == [(0x90, 60, 100), (0x90, 69, 100), (0x80, 60, 0), (0x80, 69, 0)]


def test_a_virtual_port_where_there_is_none_of_that_name(jack, dump):
    player = jack.python("""
        midi = MidiOut(out("answers"), [[60.0]])
        say("open")
        input()
        midi.event(sample(0, 0))
        midi.close()
    """)
    assert player.stdout.readline() == "open\n"
    jack.run("jack_connect", "livehost:answers", "midi-monitor:input")
    jack.wait(("jack_lsp", "-c", "livehost"), "midi-monitor:input")
    finish(player, "play")
    assert dump.notes() == [(0x90, 60, 100), (0x80, 60, 0)]


def test_a_port_that_goes_and_comes_back(jack, tmp_path):
    first = Dump(jack, tmp_path / "first")
    player = jack.python("""
        midi = MidiOut(out("midi-monitor"), [[60.0]], watch_s=0.05)
        say("open")
        until(lambda: midi.losses, "the port's loss is not noticed")
        midi.event(sample(0, 0))
        say(midi.problem)
        until(lambda: not midi.problem, "the port is not found again")
        midi.event(sample(1, 0))
        midi.event(end(1))
        midi.close()
        say(midi.missed)
    """)
    assert player.stdout.readline() == "open\n"
    first.stop()
    assert player.stdout.readline().startswith("The MIDI port midi-monitor:input has gone")
    second = Dump(jack, tmp_path / "second")
    assert finish(player) == ["1", ""]
    assert second.notes(panics=2) == [(0x80, 60, 0), (0x90, 60, 100), (0x80, 60, 0)]


def test_a_server_that_dies_stops_nothing(no_jack):
    no_jack.start()
    player = no_jack.python("""
        midi = MidiOut(out("answers"), [[60.0]], watch_s=0.05)
        say("open")
        input()
        for _ in range(10_000):  # more than rtmidi would ever take without a server
            midi.event(sample(0, 0))
        until(lambda: midi.losses, "the server's death is not noticed")
        say(midi.problem)
        until(lambda: not midi.problem, "the server is not found again")
        midi.event(sample(0, 0))
        midi.close()
        say(midi.losses > 0)  # more than once where the pipe was full before
    """)
    assert player.stdout.readline() == "open\n"
    no_jack.kill()
    player.stdin.write("go\n")
    player.stdin.flush()
    assert player.stdout.readline().startswith("The MIDI port answers has gone")
    no_jack.start()
    assert finish(player) == ["True", ""]


def test_no_server_is_a_sentence(no_jack):
    player = no_jack.python("""
        for act in (lambda: MidiOut(out("volca"), [[60.0]]), port_names):
            try:
                act()
            except LivehostError as error:
                say(error)
    """)
    assert finish(player) == [
        "MIDI cannot go to 'volca': no JACK server runs.",
        "There is no MIDI: no JACK server runs.",
        "",
    ]


#: A keyboard: sends what it is told, a line a message; "sleep" takes a little while.
KEYS = """
import rtmidi, sys, time
port = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name="keyboard")
port.open_virtual_port("keys")
print("open", flush=True)
for line in sys.stdin:
    port.send_message(list(bytes.fromhex(line)))
    time.sleep(0.01)
time.sleep(0.1)
port.close_port()
port.delete()
"""

LISTEN = """
        import threading
        from livehost.bridge.midi.controllers import Controllers, Learn
        from livehost.bridge.midi.hosted import open_input
        from livehost.bridge.midi.inputs import MidiIn

        class Musician:
            def hear_note(self, pitch, velocity, part=-1):
                say(f"{pitch} {velocity}")
            def scenes(self):
                return ["first"]
            def recall_scene(self, name, fail):
                say(name)
        class Targets:
            def is_button(self, target):
                return False
            def turn(self, target, position):
                say(f"{target} {position:.2f}")
            def bind(self, text):
                settings.set("midi.map", text)
        class Clock:
            def __init__(self):
                self.times = []
            def tick(self, ns):
                self.times.append(ns)
            def start(self, ns):
                say("start")
            def position(self, sixteenths, ns):
                say(f"position {sixteenths}")
"""


def keyboard(jack):
    keys = jack.popen(sys.executable, "-c", KEYS, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert keys.stdout.readline() == "open\n"
    return keys


def test_what_another_program_plays_comes_in(jack):
    keys = keyboard(jack)
    listener = jack.python(f"""{LISTEN}
        settings, clock, learn = out(""), Clock(), Learn()
        settings.set("midi.in", "Keyboard")
        midi_out = MidiOut(settings, [[]])
        assert port_names(inputs=True) == ["keyboard:keys"]
        midi = MidiIn(settings, Musician(), Controllers(settings, Targets(), learn, say), midi_out, say, clock=clock)
        learn.wait_for("/gain")
        say(midi.ports)
        input()
        before = time.monotonic_ns()
        say("ready")
        until(lambda: len(clock.times) == 3, "three clocks")
        assert before < clock.times[0] < clock.times[1] < clock.times[2] < time.monotonic_ns()
        until(lambda: midi.problem, "the keyboard goes")
        midi.close()
        midi_out.close()
    """)
    assert listener.stdout.readline() == "['keyboard:keys']\n"
    listener.stdin.write("go\n")
    listener.stdin.flush()
    assert listener.stdout.readline() == "ready\n"
    sent = ("90 3c 40", "80 3c 00", "b0 14 7f", "b0 14 00", "c0 00", "fa", "f2 02 01", "91 40 01", "f8", "f8", "f8")
    keys.communicate("".join(f"{message}\n" for message in sent))
    assert finish(listener) == [
        "60 64", "60 0", "Controller 20 of channel 1 is bound to /gain.", "/gain 1.00", "/gain 0.00", "first", "start",
        "position 130", "64 1", "64 0", "",
    ]  # fmt: skip


def test_notes_leave_at_their_time_in_a_port_of_another_process(jack, dump):
    """Sent in no order, half a second before their time: they come in the order of their times."""
    player = jack.python("""
        from livehost.bridge.midi.hosted import open_port
        port = open_port("midi-monitor")
        now = time.monotonic_ns()
        for k in (3, 1, 2, 0):
            port.send(bytes((0x90, 60 + k, 1)), now + 300_000_000 + k * 10_000_000)
        port.send(bytes((0x80, 50, 0)))
        time.sleep(0.6)
        port.send(bytes((0x90, 70, 1)), now + 10_000_000_000)
        port.send(bytes((0x80, 60, 0)), now + 11_000_000_000)
        port.drop_notes()
        for channel in range(16):
            port.send(bytes((0xB0 | channel, 120, 0)))
        port.close()
    """)
    finish(player)
    notes = dump.notes()
    assert notes[:6] == [(0x80, 50, 0), *[(0x90, 60 + k, 1) for k in range(4)], (0x80, 60, 0)]
    assert sorted(notes[6:]) in ([], [(0x80, 61, 0), (0x80, 62, 0), (0x80, 63, 0)])  # it may not have ended yet
