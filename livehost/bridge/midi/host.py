"""A program of its own that holds a MIDI port: ``python -m livehost.bridge.midi.host out|in|list|list-in [PORT]``.

A MIDI system that stands still may keep whoever calls it for ever, with the interpreter's lock in hand, and even from
ending. So nothing of it is called in livehost's own process; see `livehost.bridge.midi.hosted` for the other end.

In, for an output: frames of one byte (length), eight bytes (when it is to be sent, ns of the monotonic clock) and the
message; an empty message drops the notes that wait. Out: lines: ``open 0|1 NAME`` or ``error WHY``, then ``alive``
again and again, ``lost`` and ``back``; of an input also ``midi NS HEX`` for each message. Where the input ends, every
note that is held is ended, and so is the program: also where livehost was killed.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

from livehost.bridge.midi.deadlines import Deadlines, begins_note, is_note
from livehost.bridge.midi.ports import RtmidiInput, RtmidiPort, system_port_names
from livehost.errors import LivehostError

#: Bytes of a frame before its message.
HEAD_BYTES = 9
#: How often the port is looked at; a note that is older when its turn comes is not begun; how long the end may take, s.
WATCH_S, STALE_S, END_S = 0.2, 0.5, 10
_AGAIN_S, _POLL_S = 0.05, 0.001
_NOTE_OFF = 0x80


def frame(message: bytes, at_ns: int | None = None) -> bytes:
    """Pack a message with the time at which it is to be sent: now, where none is given."""
    at_ns = time.monotonic_ns() if at_ns is None else at_ns
    return bytes((len(message),)) + at_ns.to_bytes(8, "little") + message


class Watched:
    """Looks after a port, and says when it goes and comes back.

    Parameters
    ----------
    port : RtmidiPort or RtmidiInput
    """

    def __init__(self, port: RtmidiPort | RtmidiInput) -> None:
        self._lock, self._lost = threading.RLock(), False
        self._watched = port

    def watch(self) -> None:
        """Tell how the port is."""
        with self._lock:
            there = _true(self._watched.back if self._lost else self._watched.alive)
            if there == self._lost:
                self._lost = not there
                say("back" if there else "lost")
                if there:
                    self._settle()
        say("alive")

    def _settle(self) -> None:
        """Do what a port wants that is back."""

    def _lose(self) -> None:
        self._lost = True
        say("lost")


class Host(Watched):
    """Sends what comes in to a port, each message at its time, and knows what is held.

    Parameters
    ----------
    port : RtmidiPort
    """

    def __init__(self, port: RtmidiPort) -> None:
        super().__init__(port)
        self._port, self._deadlines = port, Deadlines(self._due)
        self._held: set[tuple[int, int]] = set()

    def run(self) -> None:
        """Send what is due, on the thread that calls it, until the end."""
        self._deadlines.run()

    def read(self, stream: BinaryIO) -> None:
        """Take frames until the input ends."""
        while len(head := stream.read(HEAD_BYTES)) == HEAD_BYTES:
            if head[0]:
                self._deadlines.put(stream.read(head[0]), int.from_bytes(head[1:], "little"))
            else:
                self._deadlines.drop_notes()

    def end(self) -> None:
        """End what is held, as soon as the port is there, and give it back."""
        left = self._deadlines.stop()
        with self._lock:
            for message in left:
                self._send(message)
            while self._held and not self._ended():
                time.sleep(_AGAIN_S)
            with contextlib.suppress(OSError):
                time.sleep(_AGAIN_S)  # it is the server that fetches them
                self._port.close()

    def _ended(self) -> bool:
        """End what is held, if the port is there."""
        if self._lost and not _true(self._port.back):
            return False
        self._lost = False
        self._settle()
        return not self._held

    def _settle(self) -> None:
        """End what was held when the port went."""
        for channel, note in sorted(self._held):
            self._send(bytes((_NOTE_OFF | channel, note, 0)))

    def _due(self, message: bytes, at_ns: int) -> None:
        late_s = (time.monotonic_ns() - at_ns) / 1e9
        if not (begins_note(message) and late_s > STALE_S):
            self._send(message)

    def _send(self, message: bytes) -> None:
        with self._lock:
            if self._lost:
                return
            try:
                self._port.send(message)
            except OSError:
                self._lose()
                return
            if is_note(message):
                key = message[0] & 0x0F, message[1]
                (self._held.add if begins_note(message) else self._held.discard)(key)


class InputHost(Watched):
    """Tells what comes in at a port.

    Parameters
    ----------
    port : RtmidiInput
    """

    def __init__(self, port: RtmidiInput) -> None:
        super().__init__(port)
        self._port, self._over = port, threading.Event()

    def run(self) -> None:
        """Tell every message, with its time, until the end."""
        while not self._over.wait(_POLL_S):
            self.poll()

    def poll(self) -> None:
        """Tell what has come in."""
        with self._lock:
            if self._lost:
                return
            try:
                arrived = self._port.receive()
            except OSError:
                self._lose()
                return
        if arrived:
            say("\n".join(f"midi {at_ns} {message.hex()}" for message, at_ns in arrived))

    def read(self, stream: BinaryIO) -> None:
        """Wait until the input ends."""
        while stream.read(1):
            pass

    def end(self) -> None:
        """Give the port back."""
        self._over.set()
        with self._lock, contextlib.suppress(OSError):
            self._port.close()


def say(line: str) -> None:
    """Write a line to livehost; where it has gone, nobody is told."""
    with contextlib.suppress(OSError):
        os.write(1, f"{line}\n".encode())


def _true(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False


def list_ports(inputs: bool) -> None:
    """Say the names of the ports that there are."""
    try:
        for name in system_port_names(inputs=inputs):
            say(f"port {name}")
    except LivehostError as error:
        say(f"error {error}")


def hold(mode: str, text: str) -> None:
    """Hold a port until livehost has gone."""
    host: Host | InputHost
    try:
        port = RtmidiInput(text) if mode == "in" else RtmidiPort(text)
    except (OSError, NotImplementedError) as error:
        say(f"error {error}")
        return
    say(f"open {int(port.virtual)} {port.name}")
    host = InputHost(port) if isinstance(port, RtmidiInput) else Host(port)
    over = threading.Event()

    def read() -> None:
        host.read(sys.stdin.buffer)
        over.set()

    for work in (read, host.run):
        threading.Thread(target=work, daemon=True).start()
    while not over.wait(WATCH_S):
        host.watch()
    if hasattr(signal, "alarm"):
        signal.alarm(END_S)  # by force, where the MIDI system stands still
    host.end()
    os._exit(0)  # what the libraries do at the end of a process may wait for ever


def main(mode: str, text: str = "") -> None:
    """Hold a port, or list them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for livehost, which ends the input then
    if mode.startswith("list"):
        list_ports(mode == "list-in")
    else:
        hold(mode, text)


if __name__ == "__main__":
    main(*sys.argv[1:])
