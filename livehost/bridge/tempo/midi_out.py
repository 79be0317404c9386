"""MIDI clock out: 24 pulses a beat, start, stop, continue and song position."""

import math

from livehost.bridge.tempo.clock import TempoClock
from livehost.bridge.tempo.midi_in import PULSES, SIXTEENTH

CLOCK, START, CONTINUE, STOP = b"\xf8", b"\xfa", b"\xfb", b"\xfc"
_POSITION = 0xF2
#: What is sent before the pulse that it is for, so long before it, ns.
AHEAD_NS = 1_000_000
#: So many pulses from where it should be, the clock of beats has jumped.
_JUMP = PULSES


def song_position(sixteenths: int) -> bytes:
    """Make the message that tells the song position; the last that there is, where it lies behind that."""
    at = min(max(sixteenths, 0), 0x3FFF)
    return bytes((_POSITION, at & 0x7F, at >> 7))


class ClockOutput:
    """What is sent as MIDI clock: pulses always, start and stop with the transport.

    Every pulse stands at the frame of its beat, so nothing adds up: after an hour there are as many as there should be.
    """

    def __init__(self) -> None:
        self._next: int | None = None
        #: Pulse at which the song begins, once it runs; and the pulse and the sixteenth at which it is to start.
        self._origin, self._start = 0, (0, -1)
        self.running = False

    def play(self, beat: int, sixteenths: int) -> None:
        """Start with the pulse of a beat, at a position of the song in sixteenths."""
        self._start = (beat * PULSES, sixteenths)

    def stop(self) -> list[bytes]:
        """Stop; gives what is to be sent at once."""
        was, self.running, self._start = self.running, False, (0, -1)
        return [STOP] if was else []

    def advance(self, clock: TempoClock, now: int, until: int) -> list[tuple[bytes, int]]:
        """Give the messages up to a frame, each once, with the frame of the pulse that it is, or is for.

        Parameters
        ----------
        clock : TempoClock
        now, until : int
            The present, and how far ahead is sent, frames.
        """
        first, last = math.ceil(clock.beat_at(now) * PULSES - 1e-6), math.floor(clock.beat_at(until) * PULSES + 1e-6)
        out: list[tuple[bytes, int]] = []
        if self._next is None or not first - _JUMP <= self._next <= last + 1 + _JUMP:
            if self.running:
                out = [(message, now) for message in self.stop()]
                ahead = -((self._origin - first) // SIXTEENTH)  # the next sixteenth
                self._start = (self._origin + ahead * SIXTEENTH, max(ahead, 0))
            self._next = first
        for pulse in range(self._next, last + 1):
            frame = clock.frame_of(pulse / PULSES)
            out += [(message, frame) for message in self._starting(pulse)]
            out.append((CLOCK, frame))
        self._next = max(self._next, last + 1)
        return out

    def _starting(self, pulse: int) -> list[bytes]:
        """Give what is sent before a pulse, where the song starts with it."""
        at, sixteenths = self._start
        behind, rest = divmod(pulse - at, SIXTEENTH)
        if sixteenths < 0 or behind < 0 or rest:
            return []
        sixteenths += behind
        self._origin, self._start, self.running = pulse - sixteenths * SIXTEENTH, (0, -1), True
        return [START] if sixteenths == 0 else [song_position(sixteenths), CONTINUE]
