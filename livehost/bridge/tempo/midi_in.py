"""MIDI clock in: a tempo, and a place in the song, out of 24 pulses a beat."""

import threading
import time
from collections.abc import Callable

from livehost.bridge.tempo.clock import FASTEST, SLOWEST
from livehost.bridge.tempo.source import Reading

#: Pulses of a beat, and those of a unit of the song position (a sixteenth).
PULSES, SIXTEENTH = 24, 6
#: Without a pulse for so long the clock has stopped, ns.
SILENT_NS = 500_000_000
#: Pulses over which the phase, and those over which the tempo is smoothed.
_PHASE_PULSES, _TEMPO_PULSES = 12, 48
#: A pulse that is farther off than this share of its length moves nothing; so many in a row that are even among
#: themselves are another tempo.
_FAR, _FAR_PULSES = 0.3, 3
#: The shortest pulse that there is, ns: what comes closer together was held up on the way.
_SHORTEST_NS = 60e9 / FASTEST / PULSES


class ClockFollower:
    """Follows a MIDI clock by a phase-locked loop: a pulse moves the phase by a part of its error, the tempo by less.

    Messages come from the thread that reads MIDI, each with its time, ns of the monotonic clock.

    Parameters
    ----------
    now_ns : callable
        The monotonic clock, ns.
    """

    def __init__(self, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._now_ns, self._lock = now_ns, threading.Lock()
        self._pulse, self._origin, self._song = -1, 0, 0
        self._ns, self._length, self._seen = 0.0, 0.0, 0
        self._arrived, self._error = 0, 0.0
        self._far: list[int] = []
        self._running: bool | None = None

    def tick(self, ns: int) -> None:
        """Take in a pulse (F8)."""
        with self._lock:
            gap, self._arrived = ns - self._arrived, ns
            self._pulse += 1
            if self._seen == 0 or gap > SILENT_NS:
                self._settle(ns, 0, 1)
            elif self._seen == 1:
                self._settle(ns, gap, 2 if gap > _SHORTEST_NS else 1)
            else:
                self._follow(ns, gap)

    def start(self, ns: int) -> None:  # noqa: ARG002  it counts with the next pulse
        """Take in a start (FA): the next pulse is the beginning of the song."""
        with self._lock:
            self._song, self._running = 0, True
            self._origin = self._pulse + 1

    def continue_(self, ns: int) -> None:  # noqa: ARG002
        """Take in a continue (FB): the song goes on from its position with the next pulse."""
        with self._lock:
            self._running = True
            self._origin = self._pulse + 1 - self._song

    def stop(self, ns: int) -> None:  # noqa: ARG002
        """Take in a stop (FC): the song stays where it is."""
        with self._lock:
            if self._running:
                self._song = self._pulse + 1 - self._origin
            self._running = False

    def position(self, sixteenths: int, ns: int) -> None:  # noqa: ARG002
        """Take in a song position (F2), in sixteenths: there is the next pulse of the song."""
        with self._lock:
            self._song = sixteenths * SIXTEENTH
            if self._running:
                self._origin = self._pulse + 1 - self._song

    @property
    def silent(self) -> bool:
        """Whether no pulses come in."""
        with self._lock:
            return self._is_silent()

    def read(self) -> Reading | None:
        """Tell which beat it is; None while no clock comes in, or no tempo is known yet."""
        with self._lock:
            length = self._length * PULSES
            if self._seen < _FAR_PULSES or self._is_silent() or not 60e9 / FASTEST <= length <= 60e9 / SLOWEST:
                return None
            at = self._pulse - self._origin
            confidence = max(0.0, 1 - 4 * self._error) * min(1.0, self._seen / PULSES)
            running = None if self._running is None else self._running and at >= 0
            return Reading(at / PULSES, round(self._ns), length, confidence, running, song=self._running is not None)

    def _is_silent(self) -> bool:
        return self._seen == 0 or self._now_ns() - self._arrived > SILENT_NS

    def _settle(self, ns: int, length: float, seen: int) -> None:
        self._ns, self._length, self._seen, self._far = float(ns), float(length), seen, []

    def _follow(self, ns: int, gap: int) -> None:
        self._seen += 1
        expected = self._ns + self._length
        error = ns - expected
        if abs(error) > _FAR * self._length:
            self._far = [*self._far, gap][-_FAR_PULSES:]
            shortest, longest = min(self._far), max(self._far)
            if len(self._far) == _FAR_PULSES and shortest > max(_SHORTEST_NS, (1 - _FAR) * longest):
                self._settle(ns, sum(self._far) / _FAR_PULSES, _FAR_PULSES)
            else:
                self._ns = expected
            return
        self._far = []
        phase = max(1 / _PHASE_PULSES, 1 / self._seen)
        tempo = max(1 / (_PHASE_PULSES * _TEMPO_PULSES), 1 / self._seen**2)
        self._ns, self._length = expected + phase * error, self._length + tempo * error
        self._error += (abs(error) / self._length - self._error) / PULSES


class MidiClockSource:
    """The MIDI clock that comes in, as a `Source`.

    Parameters
    ----------
    clock : ClockFollower
    """

    takes_tempo, heard, starts = False, True, False

    def __init__(self, clock: ClockFollower) -> None:
        self._clock = clock

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well."""
        return "No MIDI clock comes in; the tempo goes on as it was." if self._clock.silent else ""

    def read(self) -> Reading | None:
        """Tell which beat it is; see `Source`."""
        return self._clock.read()

    def set_bpm(self, bpm: float) -> None:
        """Nothing: the tempo is the sender's."""

    def set_quantum(self, beats: int) -> None:
        """Nothing: a clock has no bars."""

    def play(self, ns: int) -> bool:  # noqa: ARG002
        """Nothing: what comes in cannot be started."""
        return False

    def stop(self) -> None:
        """Nothing: nor stopped."""

    def close(self) -> None:
        """Nothing: the port is another's."""
