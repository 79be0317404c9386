"""MIDI in: notes that the players hear, controllers, program changes, clock, and what is passed on."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from livehost.bridge.midi.clock_input import ClockInput, follow
from livehost.bridge.midi.controllers import Controllers
from livehost.bridge.midi.deadlines import begins_note, is_note
from livehost.bridge.midi.hosted import OPEN_S, Receive, open_input
from livehost.bridge.midi.out import AGAIN_S, TURN_S, WATCH_S, MidiOut
from livehost.bridge.midi.port_set import Openable, PortSet, WatchedPort
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.settings import Settings

_CONTROL, _PROGRAM, _SYSTEM = 0xB0, 0xC0, 0xF0
#: Bytes of the messages of a channel.
_LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
#: Controllers from here on are channel modes; these two end all notes.
_MODES, _ALL_SOUND_OFF, _ALL_NOTES_OFF = 120, 120, 123


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
    """One input, and the notes that it holds.

    Parameters
    ----------
    text : str
        What names it.
    opener : callable
        Opens it.
    receive : callable
        Gets this port, and each message with its time.
    musician : Musician
    """

    def __init__(self, text: str, opener: Callable[[str, Receive], Openable], receive: Any, musician: Musician) -> None:
        self.text, self._musician = text, musician
        self._held: set[tuple[int, int]] = set()
        super().__init__(opener(text, lambda message, at_ns: receive(self, message, at_ns)))

    def note(self, message: bytes) -> None:
        """Tell the players of a note; the end of one that none has heard is left out."""
        key = message[0] & 0x0F, message[1]
        if begins_note(message):
            self._held.add(key)
            self._musician.hear_note(message[1], message[2])
        elif key in self._held:
            self._held.discard(key)
            self._musician.hear_note(message[1], 0)

    def settle(self) -> None:
        """End every note that the players hear from here."""
        held, self._held = self._held, set()
        with contextlib.suppress(LivehostError):  # the session is at its end, or takes no commands for a while
            for _, note in sorted(held):
                self._musician.hear_note(note, 0)


class MidiIn:
    """Follows all that comes in. Its methods may be called from any ordinary thread.

    Parameters
    ----------
    settings : Settings
        ``midi.in``, ``midi.in_channel``, ``midi.thru`` and ``midi.programs`` are read as they change.
    musician : Musician
        The session.
    controllers : Controllers
        Follow what is moved.
    out : MidiOut
        What is passed on goes there, and what it sent is not taken for the musician.
    tell : callable
        Gets sentences for the person at the desk.
    clock : ClockInput, optional
        Follows MIDI clock.
    opener : callable
        Opens a port, as `livehost.bridge.midi.hosted.open_input` does.
    watch_s : float
        How often to look whether the ports are still there, s.

    Attributes
    ----------
    echoes, dropped : int
        Messages that livehost had sent itself, and notes that the players could not be told of.
    services : list of Service
        Its thread, to be watched.

    Raises
    ------
    LivehostError
        Where a port cannot be opened.
    """

    def __init__(
        self,
        settings: Settings,
        musician: Musician,
        controllers: Controllers,
        out: MidiOut,
        tell: Callable[[str], None],
        *,
        clock: ClockInput | None = None,
        opener: Callable[[str, Receive], Openable] = open_input,
        watch_s: float = WATCH_S,
    ) -> None:
        self.echoes = self.dropped = 0
        self._failed = False
        self._settings, self._musician, self._controllers, self._out = settings, musician, controllers, out
        self._tell, self._clock, self._lock = tell, clock, threading.RLock()
        self._ports: PortSet[InPort] = PortSet(lambda text: InPort(text, opener, self._receive, musician), self._lock)
        self._wanted = str(settings["midi.in"])
        self._ports.use(self._wanted)
        if problems := self._ports.problems:
            self._ports.close()
            raise LivehostError(problems[0])
        self._watch_s, self._watched_s, self._tried_s = watch_s, 0.0, 0.0
        turn_s = min(watch_s, TURN_S)
        service = Service("MIDI in", self._turn, every_s=turn_s, stall_s=2 * OPEN_S, replace=False)
        self.services = [service]
        service.start()

    @property
    def ports(self) -> list[str]:
        """Names of the open ports."""
        return self._ports.names

    @property
    def problem(self) -> str:
        """A sentence for each port that is gone or cannot be opened, else empty."""
        return self._ports.problem

    def close(self) -> None:
        """End what the players hear, and give the ports back."""
        self.services[0].stop()
        self._ports.close()

    def _receive(self, port: InPort, message: bytes, at_ns: int) -> None:
        try:
            if message and message[0] >= _SYSTEM:
                if self._clock is not None:
                    follow(self._clock, message, at_ns)
                return
            if not message or len(message) != _LENGTHS.get(message[0] & 0xF0):
                return
            with self._lock:
                if self._out.echo.is_echo(port.text, message, at_ns, self._settings["midi.feedback_ms"]):
                    self.echoes += 1
                else:
                    self._follow(port, message)
        except LivehostError:
            self.dropped += 1
        except Exception as error:  # whatever it was, the next message is still to be followed
            self.dropped += 1
            if not self._failed:
                self._failed = True
                self._tell(f"A MIDI message was not followed, and what comes is ({error!r}).")

    def _follow(self, port: InPort, message: bytes) -> None:
        channel, kind = (message[0] & 0x0F) + 1, message[0] & 0xF0
        if self._settings["midi.thru"]:
            self._out.thru(message)
        if self._settings["midi.in_channel"] not in (0, channel):
            return
        if is_note(message):
            port.note(message)
        elif kind == _CONTROL:
            if message[1] < _MODES:
                self._controllers.moved(channel, message[1], message[2])
            elif message[1] in (_ALL_SOUND_OFF, _ALL_NOTES_OFF):
                port.settle()
        elif kind == _PROGRAM and self._settings["midi.programs"]:
            self._program(message[1])

    def _program(self, number: int) -> None:
        names = self._musician.scenes()
        if number >= len(names):
            self._tell(f"Program {number} recalls nothing: there are {len(names)} scenes, the first one at program 0.")
            return
        try:
            self._musician.recall_scene(names[number], self._tell)
        except LivehostError as error:
            self._tell(str(error))

    def _turn(self) -> None:
        """Open what is wanted now, and look after the ports."""
        now, wanted = time.monotonic(), str(self._settings["midi.in"])
        if wanted != self._wanted or (self._ports.problems and now - self._tried_s >= AGAIN_S):
            self._wanted, self._tried_s = wanted, now
            self._ports.use(wanted)
        if now - self._watched_s >= self._watch_s:
            self._watched_s = now
            self._ports.look()
