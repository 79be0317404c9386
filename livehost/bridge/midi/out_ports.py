"""The MIDI outputs of a session: several ports that take the same."""

from collections.abc import Callable
from typing import Any

from livehost.bridge.midi.deadlines import begins_note, is_note
from livehost.bridge.midi.port_set import PortSet, WatchedPort
from livehost.bridge.midi.ports import Port

NOTE_OFF, NOTE_ON, CONTROL = 0x80, 0x90, 0xB0
SUSTAIN, ALL_SOUND_OFF, ALL_NOTES_OFF = 64, 120, 123


class OutPort(WatchedPort):
    """One output, and what it holds.

    Parameters
    ----------
    port : Port

    Attributes
    ----------
    sent, missed : int
        Messages sent, and messages that found no port.
    """

    def __init__(self, port: Port) -> None:
        super().__init__(port)
        self._port = port
        self.sent = self.missed = 0
        self._held: set[tuple[int, int]] = set()

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send a message, if the port is there."""
        if self.lost:
            self.missed += 1
            return
        try:
            self._port.send(message, at_ns)
            self.sent += 1
        except OSError:
            self.missed += 1
            self.lose()
            return
        if is_note(message):
            key = message[0] & 0x0F, message[1]
            (self._held.add if begins_note(message) else self._held.discard)(key)

    def silence(self) -> None:
        """Drop what waits and end every note: each by itself, then sustain, all notes and all sound off everywhere."""
        if not self.lost:
            try:
                self._port.drop_notes()
            except OSError:
                self.lose()
        for channel, note in sorted(self._held):
            self.send(bytes((NOTE_OFF | channel, note, 0)))
        for channel in range(16):
            for controller in (SUSTAIN, ALL_NOTES_OFF, ALL_SOUND_OFF):
                self.send(bytes((CONTROL | channel, controller, 0)))

    def settle(self) -> None:
        """End what it holds, where it is there; a port that is back may still sound as when it went."""
        if not self.lost:
            self.silence()


class OutPorts(PortSet[OutPort]):
    """All outputs.

    Parameters
    ----------
    opener : callable
        Opens a port, as `livehost.bridge.midi.hosted.open_port` does.
    lock : RLock
        Held while ports are sent to.
    watch_s : float
        How often to look whether they are still there, s.
    """

    def __init__(self, opener: Callable[[str], Port], lock: Any, watch_s: float) -> None:
        super().__init__(lambda name: OutPort(opener(name)), lock, watch_s)
        self._gone = [0, 0, 0]

    def counts(self) -> tuple[int, ...]:
        """Messages sent, missed, and losses, of all ports since the start."""
        return tuple(map(sum, zip(self._gone, *map(_counts, self.open.values()), strict=True)))

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send a message to every port."""
        for port in self.open.values():
            port.send(message, at_ns)

    def silence(self) -> None:
        """End every note on every port."""
        for port in self.open.values():
            port.silence()

    def parted(self, port: OutPort) -> None:
        """Keep the counts of a port that is closed."""
        self._gone = [a + b for a, b in zip(self._gone, _counts(port), strict=True)]


def _counts(port: OutPort) -> tuple[int, int, int]:
    return port.sent, port.missed, port.losses
