"""A program of its own that holds a MIDI port: ``python -m livehost.bridge.midi.host PORT``, or ``--list``.

A MIDI system that stands still may keep whoever calls it for ever, with the interpreter's lock in hand, and even from
ending. So nothing of it is called in livehost's own process; see `livehost.bridge.midi.hosted` for the other end.

In: frames of one byte (length), eight bytes (time of sending, ns of the monotonic clock) and the message. Out: lines:
``open 0|1 NAME`` or ``error WHY``, then ``alive`` once a second, ``lost`` and ``back``. Where the input ends, every
note that is held is ended, and so is the program: also where livehost was killed.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from typing import BinaryIO

from livehost.bridge.midi.ports import RtmidiPort, system_port_names
from livehost.errors import LivehostError

#: Bytes of a frame before its message.
HEAD_BYTES = 9
#: How often the port is looked at; a note that is older when its turn comes is not begun; how long the end may take, s.
WATCH_S, STALE_S, END_S = 1.0, 0.5, 10
_AGAIN_S = 0.05
_NOTE_OFF, _NOTE_ON = 0x80, 0x90


def frame(message: bytes) -> bytes:
    """Pack a message, with the time that it is."""
    return bytes((len(message),)) + time.monotonic_ns().to_bytes(8, "little") + message


class Host:
    """Sends what comes in to a port, and knows what is held.

    Parameters
    ----------
    port : RtmidiPort
    """

    def __init__(self, port: RtmidiPort) -> None:
        self._port, self._lock = port, threading.Lock()
        self._held: set[tuple[int, int]] = set()
        self._lost = False

    def read(self, stream: BinaryIO) -> None:
        """Send frames until the input ends."""
        while len(head := stream.read(HEAD_BYTES)) == HEAD_BYTES:
            message = stream.read(head[0])
            late_s = (time.monotonic_ns() - int.from_bytes(head[1:], "little")) / 1e9
            begins = len(message) == 3 and message[0] & 0xF0 == _NOTE_ON and message[2] > 0
            if not (begins and late_s > STALE_S):
                self._send(message)

    def watch(self) -> None:
        """Tell how the port is."""
        with self._lock:
            there = _true(self._port.back if self._lost else self._port.alive)
            if there == self._lost:
                self._lost = not there
                say("back" if there else "lost")
        say("alive")

    def end(self) -> None:
        """End what is held, as soon as the port is there, and give it back."""
        with self._lock:
            while self._held and self._lost and not _true(self._port.back):
                time.sleep(_AGAIN_S)
            with contextlib.suppress(OSError):
                for channel, note in sorted(self._held):
                    self._port.send(bytes((_NOTE_OFF | channel, note, 0)))
                time.sleep(_AGAIN_S)  # it is the server that fetches them
                self._port.close()

    def _send(self, message: bytes) -> None:
        with self._lock:
            if self._lost:
                return
            try:
                self._port.send(message)
            except OSError:
                self._lost = True
                say("lost")
                return
        if len(message) == 3:
            key, kind = (message[0] & 0x0F, message[1]), message[0] & 0xF0
            if kind == _NOTE_ON and message[2]:
                self._held.add(key)
            elif kind in (_NOTE_ON, _NOTE_OFF):
                self._held.discard(key)


def say(line: str) -> None:
    """Write a line to livehost; where it has gone, nobody is told."""
    with contextlib.suppress(OSError):
        os.write(1, f"{line}\n".encode())


def _true(question: object) -> bool:
    try:
        return bool(question())  # type: ignore[operator]
    except OSError:
        return False


def main(argument: str) -> None:
    """Hold a port, or list them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for livehost, which ends the input then
    if argument == "--list":
        try:
            for name in system_port_names():
                say(f"port {name}")
        except LivehostError as error:
            say(f"error {error}")
        return
    try:
        port = RtmidiPort(argument)
    except (OSError, NotImplementedError) as error:
        say(f"error {error}")
        return
    say(f"open {int(port.virtual)} {port.name}")
    host = Host(port)
    over = threading.Event()

    def read() -> None:
        host.read(sys.stdin.buffer)
        over.set()

    threading.Thread(target=read, daemon=True).start()
    while not over.wait(WATCH_S):
        host.watch()
    if hasattr(signal, "alarm"):
        signal.alarm(END_S)  # by force, where the MIDI system stands still
    host.end()
    os._exit(0)  # what the libraries do at the end of a process may wait for ever


if __name__ == "__main__":
    main(sys.argv[1])
