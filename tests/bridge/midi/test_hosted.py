"""A port in a process of its own, seen from livehost; the process is made up."""

import os
import queue
import subprocess

import pytest

from livehost.bridge.midi import hosted
from livehost.bridge.midi.hosted import HostedPort, open_input, open_port, port_names
from livehost.errors import LivehostError
from tests.test_service import until


class Process:
    """A process that says what it is told to say, and keeps what is written to it."""

    def __init__(self, *said):
        self._lines, self.code, self.killed, self.waited = queue.Queue(), None, False, []
        self.closed = self.collected = False
        self._read, write = os.pipe()
        self.stdin, self.stdout = os.fdopen(write, "wb", buffering=0), self
        for line in said:
            self.say(line)

    def say(self, line):
        self._lines.put(f"{line}\n".encode())

    def die(self, code=1):
        self.code = code
        self._lines.put(None)

    def __iter__(self):
        return iter(self._lines.get, None)

    def close(self):
        self.closed = True

    def poll(self):
        return self.code

    def kill(self):
        self.killed = True
        self.die(-9)

    def wait(self, timeout=None):
        self.waited.append(timeout)
        if self.code is None:
            raise subprocess.TimeoutExpired("host", timeout)

    def communicate(self, timeout=None):
        if timeout is not None and self.code is None:
            raise subprocess.TimeoutExpired("host", timeout)
        self.collected = True
        return b"".join(line for line in iter(self._lines.get, None)), None

    def end(self):
        self.die()
        self.stdin.close()
        os.close(self._read)

    def got(self):
        return os.read(self._read, 4096)


class Processes(list):
    """Processes that are to come, the next one first, and those that were begun, with what they were asked."""

    def __init__(self):
        super().__init__()
        self.begun = []

    def start(self, *arguments):
        self.begun.append((" ".join(arguments), self.pop(0)))
        return self.begun[-1][1]


@pytest.fixture
def processes(monkeypatch):
    made = Processes()
    monkeypatch.setattr(hosted, "_start", made.start)
    monkeypatch.setattr(hosted, "_left", [])
    yield made
    for process in [*made, *(process for _, process in made.begun)]:
        process.end()


def opened(processes, *said):
    processes.append(Process(*(said or ("open 0 synth volca",))))
    port = open_port("volca")
    return port, processes.begun[-1][1]


@pytest.mark.parametrize(("flag", "virtual"), [("0", False), ("1", True)])
def test_a_port_is_called_as_its_process_says(processes, flag, virtual):
    port, _ = opened(processes, f"open {flag} synth volca 20:0")
    assert (port.name, port.virtual, port.alive()) == ("synth volca 20:0", virtual, True)
    assert [argument for argument, _ in processes.begun] == ["out volca"]


def test_messages_go_to_the_process_in_frames(processes):
    port, process = opened(processes)
    port.send(b"\x90\x40\x01")
    got = process.got()
    assert (got[0], got[9:]) == (3, b"\x90\x40\x01")


def test_a_port_that_is_lost_takes_nothing_until_it_is_back(processes, monkeypatch):
    monkeypatch.setattr(hosted, "SILENT_S", 600.0)
    port, process = opened(processes)
    process.say("lost")
    until(lambda: not port.alive())
    with pytest.raises(OSError, match="the port has gone"):
        port.send(b"\xf8")
    assert not port.back()
    process.say("back")
    until(port.alive)
    assert port.back()
    assert len(processes.begun) == 1  # a process that lives is not begun again


def test_a_process_that_died_is_begun_again_and_one_that_was_closed_is_not(processes):
    port, process = opened(processes)
    process.die()
    until(lambda: not port.alive())
    assert process.closed
    processes.append(Process("open 0 another"))
    assert port.back()
    until(lambda: port.name == "another")
    assert [argument for argument, _ in processes.begun] == ["out volca", "out volca"]
    port.send(b"\xf8")
    assert processes.begun[1][1].got()[9:] == b"\xf8"
    port.close()
    processes.begun[1][1].die()
    until(lambda: not port.alive())
    assert not port.back()
    assert len(processes.begun) == 2


def test_a_process_that_says_nothing_for_three_seconds_is_lost(processes, monkeypatch):
    port, process = opened(processes)
    heard = port._heard
    monkeypatch.setattr(hosted.time, "monotonic", lambda: heard + 2.99)
    assert port.alive()
    monkeypatch.setattr(hosted.time, "monotonic", lambda: heard + 3.0)
    assert not port.alive()
    process.say("alive")
    until(port.alive)


def test_what_cannot_be_opened_is_one_sentence(processes):
    process = Process("error there is no port called 'volca'")
    process.die()
    processes.append(process)
    with pytest.raises(LivehostError, match=r"^MIDI cannot go to 'volca': there is no port called 'volca'\.$"):
        open_port("volca")
    assert process.waited


def test_a_system_that_does_not_answer_is_killed(processes, monkeypatch):
    monkeypatch.setattr(hosted, "OPEN_S", 0.0)
    processes.append(process := Process())
    with pytest.raises(OSError, match="the MIDI system does not answer; is its sound server frozen"):
        HostedPort("volca")
    assert process.killed


@pytest.mark.parametrize("ends", [True, False])
def test_at_the_end_a_process_has_half_a_second_and_is_left_alone_then(processes, ends):
    port, process = opened(processes)
    if ends:
        process.die(0)
    port.close()
    assert process.stdin.closed
    assert process.waited == [0.5]
    assert hosted._left == ([] if ends else [process])


def test_ports_are_listed_by_name(processes):
    process = Process("port one", "port two words")
    process.die(0)
    processes.append(process)
    assert port_names() == ["one", "two words"]
    assert processes.begun[0][0] == "list"
    process = Process("port one", "error There is no MIDI here.")
    process.die(0)
    processes.append(process)
    with pytest.raises(LivehostError, match=r"^There is no MIDI here\.$"):
        port_names()


def test_a_list_that_never_comes_is_one_sentence(processes):
    processes.append(process := Process())
    with pytest.raises(LivehostError, match="MIDI does not answer; is its sound server frozen"):
        port_names()
    assert process.killed
    assert process.collected


def test_what_comes_in_is_handed_on_with_its_time(processes):
    heard = []
    processes.append(Process("open 0 keyboard", "midi 123456789 903c40", "alive", "midi 5 f8"))
    port = open_input("keys", lambda message, at_ns: heard.append((message, at_ns)))
    until(lambda: len(heard) == 2)
    assert heard == [(b"\x90\x3c\x40", 123456789), (b"\xf8", 5)]
    assert (port.name, port.alive(), processes.begun[0][0]) == ("keyboard", True, "in keys")


def test_an_input_that_cannot_be_opened_is_one_sentence(processes):
    process = Process("error no JACK server runs")
    process.die()
    processes.append(process)
    with pytest.raises(LivehostError, match=r"^MIDI cannot come from 'keys': no JACK server runs\.$"):
        open_input("keys", print)


def test_a_message_goes_with_its_time_and_an_empty_one_drops_notes(processes):
    port, process = opened(processes)
    port.send(b"\xf8", 77)
    assert process.got() == b"\x01" + (77).to_bytes(8, "little") + b"\xf8"
    port.drop_notes()
    assert process.got()[0] == 0


def test_inputs_are_listed_as_well(processes):
    process = Process("port keys")
    process.die(0)
    processes.append(process)
    assert port_names(inputs=True) == ["keys"]
    assert processes.begun[0][0] == "list-in"
