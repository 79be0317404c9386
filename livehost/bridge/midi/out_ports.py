"""The MIDI outputs of a session: several ports that take the same, each of which may go and come back."""

import contextlib
from collections.abc import Callable
from typing import Any

from livehost.bridge.midi.deadlines import begins_note, is_note
from livehost.bridge.midi.names import names
from livehost.bridge.midi.ports import Port
from livehost.errors import LivehostError

NOTE_OFF, NOTE_ON, CONTROL = 0x80, 0x90, 0xB0
SUSTAIN, ALL_SOUND_OFF, ALL_NOTES_OFF = 64, 120, 123


class OutPort:
    """One port, and what it holds.

    Attributes
    ----------
    sent, missed, losses : int
        Messages sent, messages that found no port, times that the port went away.
    lost : bool
        Whether it is gone now.
    """

    def __init__(self, port: Port) -> None:
        self.port, self.lost = port, False
        self.sent = self.missed = self.losses = 0
        self._held: set[tuple[int, int]] = set()

    @property
    def problem(self) -> str:
        """One sentence while the port is gone, else empty."""
        return f"The MIDI port {self.port.name} has gone; its notes go on as soon as it is back." if self.lost else ""

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send a message, if the port is there."""
        if self.lost:
            self.missed += 1
            return
        try:
            self.port.send(message, at_ns)
            self.sent += 1
        except OSError:
            self.missed += 1
            self._lose()
            return
        if is_note(message):
            key = message[0] & 0x0F, message[1]
            (self._held.add if begins_note(message) else self._held.discard)(key)

    def silence(self) -> None:
        """Drop what waits and end every note: each by itself, then sustain, all notes and all sound off everywhere."""
        if not self.lost:
            try:
                self.port.drop_notes()
            except OSError:
                self._lose()
        for channel, note in sorted(self._held):
            self.send(bytes((NOTE_OFF | channel, note, 0)))
        for channel in range(16):
            for controller in (SUSTAIN, ALL_NOTES_OFF, ALL_SOUND_OFF):
                self.send(bytes((CONTROL | channel, controller, 0)))

    def look(self) -> bool:
        """Look whether it is there; tells whether that has changed. Where it is back, `silence` is to follow."""
        there = _asked(self.port.back if self.lost else self.port.alive)
        if there != self.lost:
            return False
        if there:
            self.lost = False
        else:
            self._lose()
        return True

    def close(self) -> None:
        """Give the port back."""
        with contextlib.suppress(OSError):
            self.port.close()

    def _lose(self) -> None:
        self.losses += not self.lost
        self.lost = True


class OutPorts:
    """Opens and closes ports as a setting names them.

    Parameters
    ----------
    opener : callable
        Opens a port, as `livehost.bridge.midi.hosted.open_port` does.
    lock : RLock
        Held while ports are sent to.

    Attributes
    ----------
    open : dict of str to OutPort
        By the text that names each.
    problems : list of str
        Why ports that are wanted could not be opened.
    """

    def __init__(self, opener: Callable[[str], Port], lock: Any) -> None:
        self.open: dict[str, OutPort] = {}
        self.problems: list[str] = []
        self._opener, self._lock = opener, lock
        self._gone = [0, 0, 0]

    def use(self, text: str) -> None:
        """Have the ports open that a setting names, with commas, and no others; what they hold is ended first.

        Those that cannot be opened are told of in `problems`.
        """
        wanted, problems = names(text), []
        for name in [name for name in self.open if name not in wanted]:
            with self._lock:
                port = self.open.pop(name)
                self._part_from(port)
            port.close()
        for name in wanted:
            if name not in self.open:
                try:
                    opened = OutPort(self._opener(name))
                except LivehostError as error:
                    problems.append(str(error))
                    continue
                with self._lock:
                    self.open = {**self.open, name: opened}
        self.problems = problems

    def close(self) -> None:
        """End every note and give all ports back."""
        with self._lock:
            ports, self.open = self.open, {}
            for port in ports.values():
                self._part_from(port)
        for port in ports.values():
            port.close()

    def counts(self) -> tuple[int, ...]:
        """Messages sent, missed, and losses, of all ports since the start."""
        return tuple(map(sum, zip(self._gone, *map(_counts, self.open.values()), strict=True)))

    def _part_from(self, port: OutPort) -> None:
        port.silence()
        self._gone = [a + b for a, b in zip(self._gone, _counts(port), strict=True)]

    def look(self) -> None:
        """Look after every port; one that is back is made silent first."""
        for port in list(self.open.values()):
            with self._lock:
                if port.look() and not port.lost:
                    port.silence()  # whatever sounded when it went

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send a message to every port."""
        for port in self.open.values():
            port.send(message, at_ns)

    def silence(self) -> None:
        """End every note on every port."""
        for port in self.open.values():
            port.silence()


def _counts(port: OutPort) -> tuple[int, int, int]:
    return port.sent, port.missed, port.losses


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False
