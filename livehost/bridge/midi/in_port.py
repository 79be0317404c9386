"""One MIDI input, and what is held from it: by the players who hear it, and on the outputs that it is passed on to."""

import contextlib
from collections.abc import Callable
from typing import Any, Protocol

from livehost.bridge.midi.deadlines import is_note
from livehost.bridge.midi.hosted import Receive
from livehost.bridge.midi.port_set import Openable, WatchedPort
from livehost.errors import LivehostError

_NOTE_OFF, _CONTROL, _SUSTAIN = 0x80, 0xB0, 64


class Musician(Protocol):
    """What a MIDI input asks of a session; see `livehost.bridge.control.Control`."""

    def hear_note(self, pitch: int, velocity: int, part: int = -1) -> None:
        """Tell the players of a note that the musician plays; velocity 0 ends it."""
        ...

    def scenes(self) -> list[str]:
        """Names of the scenes that are kept."""
        ...

    def recall_scene(self, name: str, fail: Callable[[str], None]) -> None:
        """Set every setting that a scene names, and load what it names."""
        ...


class InPort(WatchedPort):
    """One input.

    Parameters
    ----------
    text : str
        What names it.
    opener : callable
        Opens it.
    receive : callable
        Gets this port, and each message with its time.
    musician : Musician
        Who is told of notes.
    thru : callable
        Passes a message on.
    """

    def __init__(
        self,
        text: str,
        opener: Callable[[str, Receive], Openable],
        receive: Any,
        musician: Musician,
        thru: Callable[[bytes], None],
    ) -> None:
        self.text, self._musician, self._thru = text, musician, thru
        self._heard: set[tuple[int, int]] = set()
        self._passed: set[tuple[int, int]] = set()
        self._pedals: set[int] = set()
        super().__init__(opener(text, lambda message, at_ns: receive(self, message, at_ns)))

    def begin(self, message: bytes) -> None:
        """Tell the players of a note that begins."""
        self._heard.add(_key(message))
        self._musician.hear_note(message[1], message[2])

    def end(self, message: bytes) -> None:
        """End a note wherever it is held."""
        key = _key(message)
        if key in self._passed:
            self._passed.discard(key)
            self._thru(message)
        if key in self._heard:
            self._heard.discard(key)
            self._musician.hear_note(message[1], 0)

    def pass_on(self, message: bytes) -> None:
        """Pass on a message that ends no note."""
        self._thru(message)
        if is_note(message):
            self._passed.add(_key(message))
        elif message[0] & 0xF0 == _CONTROL and message[1] == _SUSTAIN:
            (self._pedals.add if message[2] else self._pedals.discard)(message[0] & 0x0F)

    def silence(self) -> None:
        """End every note that the players hear from here."""
        heard, self._heard = self._heard, set()
        with contextlib.suppress(LivehostError):  # the session is at its end, or takes no commands for a while
            for _, note in sorted(heard):
                self._musician.hear_note(note, 0)

    def settle(self) -> None:
        """End every note that is held from here, also where it was passed on to, and lift the pedals."""
        self.silence()
        passed, self._passed, pedals, self._pedals = self._passed, set(), self._pedals, set()
        for channel, note in sorted(passed):
            self._thru(bytes((_NOTE_OFF | channel, note, 0)))
        for channel in sorted(pedals):
            self._thru(bytes((_CONTROL | channel, _SUSTAIN, 0)))


def _key(message: bytes) -> tuple[int, int]:
    """Channel (0 … 15) and note."""
    return message[0] & 0x0F, message[1]
