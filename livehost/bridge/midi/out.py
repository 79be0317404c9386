"""MIDI out: a note for each voice, the notes that players play, and no note that stays on."""

import threading
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from livehost.bridge.midi.deadlines import begins_note, is_note
from livehost.bridge.midi.echo import EchoLog
from livehost.bridge.midi.hosted import open_port, port_names
from livehost.bridge.midi.notes import NoteChooser
from livehost.bridge.midi.out_ports import NOTE_OFF, NOTE_ON, OutPorts
from livehost.bridge.midi.port_set import WATCH_S
from livehost.bridge.midi.ports import Port
from livehost.bridge.midi.sounding import Sounding
from livehost.bridge.midi.times import Clock, NoteTimes
from livehost.settings import Settings

__all__ = ["MidiOut", "port_names"]


class MidiOut:
    """Plays what the voices play. All methods may be called from any ordinary thread, and none but the first raises.

    Parameters
    ----------
    settings : Settings
        ``midi.out``, the channel of each part, and how notes are chosen and sent, are read as they change.
    item_roots : sequence of array_like of shape (n,)
        For each part the root of each item, MIDI pitch, nan where it is unpitched.
    item_names : sequence of sequence of str
        For each part the name of each item.
    opener : callable
        Opens a port, as `livehost.bridge.midi.hosted.open_port` does.
    watch_s : float
        How often to look whether the ports are still there, s.
    clock : Clock, optional
        With it a note leaves ``midi.delay_ms`` after its frame, or with its sound where that is later; without it as
        soon as it is known.

    Attributes
    ----------
    sent, missed, losses : int
        Messages sent, messages that found no port, times that a port went away.
    stuck : int
        Notes that were ended because they had lasted for longer than ``midi.max_note_s``.
    problem : str
        A sentence for each port that is gone or cannot be opened, else empty.
    notes : NoteChooser
        Which note stands for what.
    echo : EchoLog
        What was sent, for whoever reads an input.
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
        item_roots: Sequence[Any],
        item_names: Sequence[Sequence[str]] = (),
        *,
        opener: Callable[[str], Port] = open_port,
        watch_s: float = WATCH_S,
        clock: Clock | None = None,
    ) -> None:
        self.stuck, self.echo = 0, EchoLog()
        self._settings = settings
        self._lock = threading.RLock()
        self.notes, self._times = NoteChooser(settings, item_roots, item_names), NoteTimes(settings, clock)
        self._sounding = Sounding()
        self._silenced, self._last_ns = -1, 0
        self._ports = OutPorts(opener, self._lock, watch_s)
        self._ports.begin(settings["midi.out"])
        self._closed = False
        self._service = self._ports.service("MIDI", self._turn)
        self.services = [self._service]
        self._service.start()

    def use_roots(self, item_roots: Any, part: int = 0, item_names: Sequence[str] = ()) -> None:
        """Take the roots and names of another bank of a part."""
        self.notes.use(part, item_roots, item_names)

    @property
    def ports(self) -> list[str]:
        """Names of the open ports."""
        return self._ports.names

    @property
    def sent(self) -> int:
        """Messages sent."""
        return self._ports.counts()[0]

    @property
    def missed(self) -> int:
        """Messages that found no port."""
        return self._ports.counts()[1]

    @property
    def losses(self) -> int:
        """Times that a port went away."""
        return self._ports.counts()[2]

    @property
    def problem(self) -> str:
        """A sentence for each port that is gone or cannot be opened."""
        return self._ports.problem

    def event(self, event: Mapping[str, Any]) -> None:
        """Follow an event, where it is of a kind that makes or ends notes; others are passed over."""
        action = _FOLLOWED.get(event.get("kind", ""))
        if action is not None:
            with self._lock:
                action(self, event)

    def thru(self, message: bytes) -> None:
        """Pass on a message of an input; its notes end at a panic, and at the end, as all others do."""
        with self._lock:
            if not is_note(message):
                self._send(message)
                return
            note = message[0] & 0x0F, message[1]
            self._release(("thru", note))
            if begins_note(message):
                self._strike(("thru", note), 0, note, message[2])

    def send_at(self, message: bytes, at_ns: int) -> None:
        """Send a message that begins and ends no note, such as clock, at a time of the monotonic clock, ns."""
        with self._lock:
            self._send(message, at_ns)

    def silence(self, frame: int) -> None:
        """End every note at a panic that was carried out at a frame, once; what began before it is not played later."""
        if frame > self._silenced:
            self._silenced = frame
            self.panic()

    def panic(self) -> None:
        """End every note: each by itself, then sustain, all notes and all sound off on all channels of every port."""
        with self._lock:
            self._sounding.clear()
            self._ports.silence()
            self._last_ns = time.monotonic_ns()

    def close(self) -> None:
        """End every note and give the ports back."""
        if self._closed:
            return
        self._closed = True
        self._service.stop()
        self._ports.close()

    def _started(self, event: Mapping[str, Any]) -> None:
        if event.get("frame", 0) <= self._silenced or event.get("noted"):
            return
        note = self.notes.of(event["index"], event.get("rate") or 1.0, event.get("part", 0))
        velocity = self.notes.velocity(event.get("gain_db") or 0.0)
        self._strike(event["voice"], event["decision"], note, velocity, self._times.of(event))

    def _ended(self, event: Mapping[str, Any]) -> None:
        held = self._sounding.get(event["voice"])
        if held is not None and held.decision == event["decision"]:
            self._release(event["voice"], self._times.of(event))

    def _played(self, event: Mapping[str, Any]) -> None:
        """Play a note of a player, or end it."""
        part, pitch = event["part"], event["pitch"]
        if event["velocity"] == 0:
            held = self._sounding.get((part, pitch))
            # a note of known length ends itself, and none that was struck after it
            if not event.get("frames") or (held is not None and held.decision == event["decision"]):
                self._release((part, pitch), self._times.of(event))
        elif event["frame"] > self._silenced:
            note = self.notes.channel(part), self.notes.transposed(pitch)
            velocity = self.notes.scaled(event["velocity"])
            self._strike((part, pitch), event["decision"], note, velocity, self._times.of(event))

    def _strike(
        self, what: Hashable, decision: int, note: tuple[int, int], velocity: int, at_ns: int | None = None
    ) -> None:
        self._release(what, at_ns)  # the end of the last one in this place got lost
        channel, key = note
        if self._sounding.begin(what, decision, note):  # struck again: ends, so that each note on has its own note off
            self._send(bytes((NOTE_OFF | channel, key, 0)), at_ns)
        self._send(bytes((NOTE_ON | channel, key, velocity)), at_ns)

    def _release(self, what: Hashable, at_ns: int | None = None) -> None:
        note = self._sounding.end(what)
        if note is not None:
            channel, key = note
            self._send(bytes((NOTE_OFF | channel, key, 0)), at_ns)

    def _player_gone(self, event: Mapping[str, Any]) -> None:
        """End the notes of a part whose player has failed or been changed: nobody else would."""
        for what, _ in self._sounding.all():
            if isinstance(what, tuple) and what[0] == event["part"]:
                self._release(what, self._times.of(event))

    def _panicked(self, event: Mapping[str, Any]) -> None:
        if event["how"] != "stop":
            self.silence(event["frame"])

    def _send(self, message: bytes, at_ns: int | None = None) -> None:
        if is_note(message):  # of two notes, the one that is told of first leaves first
            at_ns = max(at_ns or time.monotonic_ns(), self._last_ns)
            self._last_ns = at_ns
        self.echo.sent(message, at_ns)
        self._ports.send(message, at_ns)

    def _turn(self) -> None:
        """Open what is wanted now, look after the ports, and end what has sounded for too long."""
        self._ports.turn(self._settings["midi.out"])
        self._end_stuck(time.monotonic())

    def _end_stuck(self, now: float) -> None:
        longest = self._settings["midi.max_note_s"]
        if longest <= 0:
            return
        with self._lock:
            for what, sound in self._sounding.all():
                if now - sound.since > longest:
                    self.stuck += 1
                    self._release(what)


_FOLLOWED: dict[str, Callable[[MidiOut, Mapping[str, Any]], None]] = {
    "sample": MidiOut._started,
    "end": MidiOut._ended,
    "note": MidiOut._played,
    "silenced": MidiOut._panicked,
    "part_failed": MidiOut._player_gone,
    "player_changed": MidiOut._player_gone,
}
