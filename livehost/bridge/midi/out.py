"""MIDI out: a note for each voice, the notes that players play, and no note that stays on."""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from livehost.bridge.midi.channels import channel_key
from livehost.bridge.midi.hosted import open_port, port_names
from livehost.bridge.midi.ports import Port
from livehost.service import Service
from livehost.settings import Settings

__all__ = ["MidiOut", "port_names"]

NOTE_OFF, NOTE_ON, CONTROL = 0x80, 0x90, 0xB0
SUSTAIN, ALL_SOUND_OFF, ALL_NOTES_OFF = 64, 120, 123
#: Velocity of a voice at 0 dB; there is room above it.
NOMINAL_VELOCITY = 100
WATCH_S = 1.0


class MidiOut:
    """Plays what the voices play. All methods may be called from any ordinary thread, and none but the first raises.

    Parameters
    ----------
    settings : Settings
        The channel of each part, ``midi.note``, ``midi.transpose`` and ``midi.velocity_scale`` are read at each note.
    item_roots : sequence of array_like of shape (n,)
        For each part the root of each item, MIDI pitch, nan where it is unpitched.
    port_name : str
        Part of the name of a port, else name of the virtual port that is made.
    opener : callable
        Opens a port, as `livehost.bridge.midi.hosted.open_port` does.
    watch_s : float
        How often to look whether the port is still there, s.

    Attributes
    ----------
    sent, missed, losses : int
        Messages sent, messages that found no port, times that the port went away.
    problem : str
        One sentence while the port is gone, else empty.
    services : list of Service
        Its thread, to be watched.

    Raises
    ------
    LivehostError
        Where the port cannot be opened.
    """

    def __init__(
        self,
        settings: Settings,
        item_roots: Sequence[Any],
        port_name: str,
        *,
        opener: Callable[[str], Port] = open_port,
        watch_s: float = WATCH_S,
    ) -> None:
        self.sent = self.missed = self.losses = 0
        self.problem = ""
        self._settings = settings
        self._roots = [np.asarray(roots, np.float64) for roots in item_roots]
        self._lock = threading.RLock()
        # what sounds: a voice's number, or a part and its pitch → decision, channel, note
        self._sounding: dict[int | tuple[int, int], tuple[int, int, int]] = {}
        self._held: Counter[tuple[int, int]] = Counter()  # channel, note → how many of these
        self._port = opener(port_name)
        self._lost, self._closed = False, False
        self._silenced = -1
        self._service = Service("MIDI", self._watch, every_s=watch_s)
        self.services = [self._service]
        self._service.start()

    def use_roots(self, item_roots: Sequence[float] | np.ndarray, part: int = 0) -> None:
        """Take the roots of another bank of a part."""
        self._roots[part] = np.asarray(item_roots, np.float64)

    @property
    def port(self) -> str:
        """Name of the port."""
        return self._port.name

    @property
    def virtual(self) -> bool:
        """Whether the port is one of our own."""
        return self._port.virtual

    def event(self, event: Mapping[str, Any]) -> None:
        """Follow an event, where it is of a kind that makes or ends notes; others are passed over."""
        action = _FOLLOWED.get(event.get("kind", ""))
        if action is not None:
            with self._lock:
                action(self, event)

    def silence(self, frame: int) -> None:
        """End every note at a panic that was carried out at a frame, once; what began before it is not played later."""
        if frame > self._silenced:
            self._silenced = frame
            self.panic()

    def panic(self) -> None:
        """End every note: each by itself, then sustain, all notes and all sound off on all channels."""
        with self._lock:
            for (channel, note), _ in sorted(self._held.items()):
                self._send(NOTE_OFF | channel, note, 0)
            self._forget()
            for channel in range(16):
                for controller in (SUSTAIN, ALL_NOTES_OFF, ALL_SOUND_OFF):
                    self._send(CONTROL | channel, controller, 0)

    def close(self) -> None:
        """End every note and give the port back."""
        if self._closed:
            return
        self._closed = True
        self._service.stop()
        self.panic()
        with self._lock, contextlib.suppress(OSError):
            self._port.close()

    def note(self, index: int, rate: float = 1.0, part: int = 0) -> int:
        """Note of an item: its root, moved with the speed of reading, or its index; octaves are folded into 0 … 127."""
        roots = self._roots[part] if 0 <= part < len(self._roots) else ()
        root = roots[index] if 0 <= index < len(roots) else np.nan
        if self._settings["midi.note"] == "pitch" and np.isfinite(root):
            note = round(float(root) + 12 * float(np.log2(rate if rate > 0 else 1.0)))
        else:
            note = index % 128
        return self._transposed(note)

    def velocity(self, gain_db: float) -> int:
        """Velocity of a gain: 40 dB for each factor of 10, as General MIDI 2 has it."""
        return self._scaled(NOMINAL_VELOCITY * 10 ** (gain_db / 40))

    def _transposed(self, note: int) -> int:
        note += self._settings["midi.transpose"]
        while note > 127:
            note -= 12
        while note < 0:
            note += 12
        return int(note)

    def _scaled(self, velocity: float) -> int:
        return round(min(max(velocity * self._settings["midi.velocity_scale"], 1.0), 127.0))

    def _started(self, event: Mapping[str, Any]) -> None:
        if event.get("frame", 0) <= self._silenced:
            return
        part = event.get("part", 0)
        note = self.note(event["index"], event.get("rate") or 1.0, part)
        self._begin(event["voice"], event["decision"], part, note, self.velocity(event.get("gain_db") or 0.0))

    def _ended(self, event: Mapping[str, Any]) -> None:
        held = self._sounding.get(event["voice"])
        if held is not None and held[0] == event["decision"]:
            self._release(event["voice"])

    def _played(self, event: Mapping[str, Any]) -> None:
        """Play a note of a player, or end it."""
        part, pitch = event["part"], event["pitch"]
        if event["velocity"] == 0:
            held = self._sounding.get((part, pitch))
            # a note of known length ends itself, and none that was struck after it
            if not event.get("frames") or (held is not None and held[0] == event["decision"]):
                self._release((part, pitch))
        elif event["frame"] > self._silenced:
            note, velocity = self._transposed(pitch), self._scaled(event["velocity"])
            self._begin((part, pitch), event["decision"], part, note, velocity)

    def _begin(self, what: int | tuple[int, int], decision: int, part: int, note: int, velocity: int) -> None:
        self._release(what)  # the end of the last one in this place got lost
        channel = self._settings[channel_key(part)] - 1
        if self._held[channel, note]:  # struck again: ends, so that each note on has its own note off
            self._send(NOTE_OFF | channel, note, 0)
        self._held[channel, note] += 1
        self._sounding[what] = (decision, channel, note)
        self._send(NOTE_ON | channel, note, velocity)

    def _player_gone(self, event: Mapping[str, Any]) -> None:
        """End the notes of a part whose player has failed or been changed: nobody else would."""
        for what in [what for what in self._sounding if isinstance(what, tuple) and what[0] == event["part"]]:
            self._release(what)

    def _panicked(self, event: Mapping[str, Any]) -> None:
        if event["how"] == "panic":
            self.silence(event["frame"])

    def _release(self, what: int | tuple[int, int]) -> None:
        held = self._sounding.pop(what, None)
        if held is None:
            return
        _, channel, note = held
        self._held[channel, note] -= 1
        if not self._held[channel, note]:
            del self._held[channel, note]
            self._send(NOTE_OFF | channel, note, 0)

    def _forget(self) -> None:
        self._sounding.clear()
        self._held.clear()

    def _send(self, *message: int) -> None:
        if self._lost:
            self.missed += 1
            return
        try:
            self._port.send(bytes(message))
            self.sent += 1
        except OSError:
            self.missed += 1
            self._lose()

    def _lose(self) -> None:
        self._lost = True
        self.losses += 1
        self.problem = f"The MIDI port {self.port} has gone; its notes go on as soon as it is back."

    def _watch(self) -> None:
        if self._lost:
            if _asked(self._port.back):
                with self._lock:
                    self._lost, self.problem = False, ""
                    self._forget()  # what began without a port stays unheard
                    self.panic()  # whatever sounded when it went
        elif not _asked(self._port.alive):
            with self._lock:
                if not self._lost:
                    self._lose()


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False


_FOLLOWED: dict[str, Callable[[MidiOut, Mapping[str, Any]], None]] = {
    "sample": MidiOut._started,
    "end": MidiOut._ended,
    "note": MidiOut._played,
    "silenced": MidiOut._panicked,
    "part_failed": MidiOut._player_gone,
    "player_changed": MidiOut._player_gone,
}
