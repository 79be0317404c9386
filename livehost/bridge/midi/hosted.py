"""MIDI ports in a process of their own, seen from livehost: nothing here ever waits for a MIDI system."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from livehost.bridge.midi.host import frame
from livehost.errors import LivehostError

#: How long a MIDI system may take to answer at first, how long it may be silent then, and how long the end waits, s.
OPEN_S, SILENT_S, END_S = 10.0, 3.0, 0.5
#: Processes that did not end in time: they end by themselves.
_left: list[Any] = []
#: Gets a message that came in, and when, ns of the monotonic clock.
Receive = Callable[[bytes, int], None]


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "livehost.bridge.midi.host", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )


class _Hosted:
    """A port in a process of its own.

    Parameters
    ----------
    mode : str
        "out" or "in".
    text : str
        As for `livehost.bridge.midi.ports.RtmidiPort`.

    Raises
    ------
    OSError
        Where it cannot be opened, or the MIDI system does not answer.
    """

    def __init__(self, mode: str, text: str) -> None:
        self.name, self.virtual = text, False
        self._mode, self._text, self._closed = mode, text, False
        self._begin()
        if not self._answered.wait(OPEN_S):
            self._process.kill()
            raise OSError("the MIDI system does not answer; is its sound server frozen?")
        if self._error:
            self._process.wait()
            raise OSError(self._error)

    def alive(self) -> bool:
        """Whether the port is still there, and its process answers."""
        return not self._lost and time.monotonic() - self._heard < SILENT_S

    def back(self) -> bool:
        """Look for a port that has gone; a process that died is started again."""
        if self._process.poll() is not None and not self._closed:
            self._begin()
        return self.alive()

    def close(self) -> None:
        """Give the port back: its process ends all notes, now or when the MIDI system lets it."""
        self._closed = True
        stdin = self._process.stdin
        if stdin is not None:
            stdin.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            _left.append(self._process)

    def _begin(self) -> None:
        self._lost, self._error = False, ""
        self._answered, self._heard = threading.Event(), time.monotonic()
        self._process = process = _start(self._mode, self._text)
        self._input = process.stdin.fileno()  # type: ignore[union-attr]
        if sys.platform != "win32":
            os.set_blocking(self._input, False)
        threading.Thread(target=self._listen, args=(process,), name="livehost MIDI host", daemon=True).start()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        for raw in process.stdout or ():
            word, _, rest = raw.decode("utf-8", "replace").rstrip("\n").partition(" ")
            self._heard = time.monotonic()
            self._line(word, rest)
            self._answered.set()
        if process.stdout is not None:
            process.stdout.close()
        self._lost = True
        self._answered.set()

    def _line(self, word: str, rest: str) -> None:
        if word == "open":
            virtual, _, self.name = rest.partition(" ")
            self.virtual = virtual == "1"
        elif word == "error":
            self._error = rest
        elif word in ("lost", "back"):
            self._lost = word == "lost"


class HostedPort(_Hosted):
    """An output port in a process of its own; see `livehost.bridge.midi.ports.Port`.

    Parameters
    ----------
    text : str
        As for `livehost.bridge.midi.ports.RtmidiPort`.

    Raises
    ------
    OSError
        Where it cannot be opened, or the MIDI system does not answer.
    """

    def __init__(self, text: str) -> None:
        super().__init__("out", text)

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send one message at its time; raises OSError where the port has gone or does not take it."""
        if not self.alive():
            raise OSError("the port has gone")
        os.write(self._input, frame(message, at_ns))

    def drop_notes(self) -> None:
        """Drop the notes that wait to begin."""
        self.send(b"")


class HostedInput(_Hosted):
    """An input port in a process of its own.

    Parameters
    ----------
    text : str
        As for `livehost.bridge.midi.ports.RtmidiInput`.
    receive : callable
        Gets ``(message, at_ns)``, on a thread of the port.

    Raises
    ------
    OSError
        Where it cannot be opened, or the MIDI system does not answer.
    """

    def __init__(self, text: str, receive: Receive) -> None:
        self._receive = receive
        super().__init__("in", text)

    def _line(self, word: str, rest: str) -> None:
        if word == "midi":
            at_ns, _, message = rest.partition(" ")
            self._receive(bytes.fromhex(message), int(at_ns))
        else:
            super()._line(word, rest)


def port_names(*, inputs: bool = False) -> list[str]:
    """Names of the output ports that there are, or of the input ports.

    Raises
    ------
    LivehostError
        Where there is no MIDI on this computer, or it does not answer.
    """
    process = _start("list-in" if inputs else "list")
    try:
        out, _ = process.communicate(timeout=OPEN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise LivehostError("MIDI does not answer; is its sound server frozen?") from None
    lines = out.decode("utf-8", "replace").splitlines()
    for line in lines:
        if line.startswith("error "):
            raise LivehostError(line.removeprefix("error "))
    return [line.removeprefix("port ") for line in lines]


def open_port(text: str) -> HostedPort:
    """Open an output port, as `RtmidiPort` does.

    Raises
    ------
    LivehostError
        Where there is no MIDI on this computer, or no such port and none can be made.
    """
    try:
        return HostedPort(text)
    except OSError as error:
        raise LivehostError(f"MIDI cannot go to {text!r}: {error}.") from None


def open_input(text: str, receive: Receive) -> HostedInput:
    """Open an input port; `receive(message, at_ns)` gets what comes in, on a thread of the port.

    Raises
    ------
    LivehostError
        Where there is no MIDI on this computer, or no such port and none can be made.
    """
    try:
        return HostedInput(text, receive)
    except OSError as error:
        raise LivehostError(f"MIDI cannot come from {text!r}: {error}.") from None
