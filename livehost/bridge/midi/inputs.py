"""MIDI in: notes that the players hear, controllers, program changes, clock, and what is passed on."""

import threading
from collections.abc import Callable

from livehost.bridge.midi.clock_input import ClockInput, follow
from livehost.bridge.midi.controllers import Controllers
from livehost.bridge.midi.deadlines import begins_note, is_note
from livehost.bridge.midi.hosted import Receive, open_input
from livehost.bridge.midi.in_port import InPort, Musician
from livehost.bridge.midi.out import MidiOut
from livehost.bridge.midi.port_set import WATCH_S, Openable, PortSet
from livehost.errors import LivehostError
from livehost.settings import Settings

_CONTROL, _PROGRAM, _SYSTEM = 0xB0, 0xC0, 0xF0
#: Bytes of the messages of a channel.
_LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
#: Controllers from here on are channel modes; these two end all notes.
_MODES, _ALL_SOUND_OFF, _ALL_NOTES_OFF = 120, 120, 123


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

        def make(text: str) -> InPort:
            return InPort(text, opener, self._receive, musician, out.thru)

        self._ports: PortSet[InPort] = PortSet(make, self._lock, watch_s)
        self._ports.begin(settings["midi.in"])
        service = self._ports.service("MIDI in", lambda: self._ports.turn(settings["midi.in"]))
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
        if is_note(message) and not begins_note(message):
            port.end(message)  # whatever may have been set since it began
            return
        if self._settings["midi.thru"]:
            port.pass_on(message)
        if self._settings["midi.in_channel"] not in (0, channel):
            return
        if is_note(message):
            port.begin(message)
        elif kind == _CONTROL:
            if message[1] < _MODES:
                self._controllers.moved(channel, message[1], message[2])
            elif message[1] in (_ALL_SOUND_OFF, _ALL_NOTES_OFF):
                port.silence()
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
