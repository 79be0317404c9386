"""The grid of beats of a session: at which frame of the engine a beat is, as its source has it."""

import threading
import time
from collections.abc import Callable

from livehost.bridge.tempo.clock import FASTEST, SLOWEST, TempoClock
from livehost.bridge.tempo.heard import Hear, nothing_heard
from livehost.bridge.tempo.midi_in import ClockFollower
from livehost.bridge.tempo.source import Reading, Source
from livehost.bridge.tempo.sources import SOURCES, check_source
from livehost.bridge.tempo.tap import TapTempo
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.timebase import Timebase

#: Beats by which the source moves at once, to have jumped.
_JUMP = 0.75
#: A tempo that differs by less is the same, beats a minute; it is told so often at most, ns.
_SAME_BPM, _TELL_NS = 0.05, 250_000_000

Jumped = Callable[[float, float], None]


class BeatGrid:
    """Follows the source of tempo that the settings name, or is the clock itself.

    Parameters
    ----------
    values : Settings
        ``tempo.*``; ``tempo.bpm`` is set here where the source has another one.
    timebase : Timebase
    rate : float
        Hz.
    now_ns : callable
        The monotonic clock, ns.
    hear : callable
        Gives the musician's beat, None where there is none.

    Attributes
    ----------
    clock_input : ClockFollower
        Gets the MIDI clock that comes in.
    lock : threading.RLock
        Held where the grid changes.
    source : Source or None
        Whom it follows; None where it is its own clock.
    reading : Reading or None
        What the source said last; None where it says nothing.
    confidence : float
        How sure it is, 0 … 1.
    peers : int
        Programs that share the tempo.

    Raises
    ------
    LivehostError
        Where the source is not installed.
    """

    def __init__(
        self,
        values: Settings,
        timebase: Timebase,
        rate: float,
        now_ns: Callable[[], int] = time.monotonic_ns,
        hear: Hear = nothing_heard,
    ) -> None:
        check_source(values["tempo.source"])
        self._values, self._timebase, self._rate, self._now_ns, self._hear = values, timebase, rate, now_ns, hear
        self._clock = TempoClock.at_bpm(values["tempo.bpm"], rate)
        self._name, self._tap, self._told_ns = "internal", TapTempo(), 0
        self.clock_input, self.lock = ClockFollower(now_ns), threading.RLock()
        self.source: Source | None = None
        self.reading: Reading | None = None
        self.confidence, self.peers = 1.0, 0

    @property
    def clock(self) -> TempoClock:
        """The clock of beats, with ``tempo.offset_ms``."""
        return self._clock.later(round(self._values["tempo.offset_ms"] * self._rate / 1000))

    @property
    def bpm(self) -> float:
        """Beats a minute."""
        return self._clock.bpm(self._rate)

    def beat_heard(self, ns: int) -> float:
        """Give the beat that is heard at a time of the monotonic clock."""
        return self.clock.beat_at(self._timebase.frame_sounding_at(ns))

    def heard_ns(self, beat: float) -> int:
        """Give the time at which a beat is heard, ns of the monotonic clock."""
        return self._timebase.sound_ns(self.clock.frame_of(beat))

    def check_own(self) -> None:
        """Refuse to change a tempo that is another's.

        Raises
        ------
        LivehostError
        """
        source = self.source
        if source is not None and not source.takes_tempo and source.read() is not None:
            raise LivehostError(f"The tempo is that of {SOURCES[self._name].help}; set tempo.source to another first.")

    def tap(self, ns: int, jumped: Jumped) -> None:
        """Take in a tap; `jumped` is told of a beat before and after, where the beats jump."""
        self.check_own()
        with self.lock:
            tapped = self._tap.tap(ns)
            if tapped is None:
                return
            if SOURCES[self._name].tapped:
                frame = self._timebase.frame_sounding_at(tapped.ns)
                beat = round(self._clock.beat_at(frame))
                self._move(TempoClock(frame, float(beat), self._frames(tapped.beat_ns)), jumped)
                self.confidence = tapped.confidence
        self._values.set("tempo.bpm", min(max(round(60e9 / tapped.beat_ns, 2), SLOWEST), FASTEST), "tap")

    def set_bpm(self, bpm: float) -> None:
        """Go on at another tempo, or ask the source for it."""
        if self.source is None:
            with self.lock:
                self._clock = self._clock.with_tempo(60 * self._rate / bpm, self._timebase.now)
        elif self.source.takes_tempo:
            self.source.set_bpm(bpm)

    def shift(self, frames: int) -> None:
        """Have every beat stand so many frames later."""
        with self.lock:
            self._clock = self._clock.later(frames)

    def switch(self) -> bool:
        """Open another source where one is asked for, which may start a process; tells whether it has changed."""
        name = self._values["tempo.source"]
        if name == self._name:
            return False
        opening = SOURCES[name].open
        source = opening(self.clock_input, self._values["tempo.bpm"], self._hear) if opening is not None else None
        if source is not None:
            source.set_quantum(self._values["tempo.quantum"])
        with self.lock:
            before, self.source, self._name = self.source, source, name
            self.reading, self.confidence, self.peers = None, 1.0, 0
        if before is not None:
            before.close()
        return True

    def follow(self, jumped: Jumped) -> None:
        """Take over what the source says now; `jumped` is told of a beat before and after, where the beats jump."""
        source = self.source
        reading = source.read() if source is not None else None
        if source is None or reading is None or reading == self.reading:
            self.reading = reading
            return
        self.reading, self.confidence, self.peers = reading, reading.confidence, reading.peers
        per_beat = self._frames(reading.beat_ns)
        if reading.beat is None:
            self._clock = self._clock.with_tempo(per_beat, self._timebase.now)
        else:
            at = self._timebase.frame_sounding_at if source.heard else self._timebase.frame_at_ns
            self._move(TempoClock(at(reading.ns), reading.beat, per_beat), jumped)
        self._tell_bpm(60e9 / reading.beat_ns)

    def problem(self) -> str:
        """Say what is wrong with the source, "" while all is well."""
        return self.source.problem if self.source is not None else ""

    def close(self) -> None:
        """Let go of the source."""
        if self.source is not None:
            self.source.close()

    def _move(self, clock: TempoClock, jumped: Jumped) -> None:
        now = self._timebase.now
        before, after = self._clock.beat_at(now), clock.beat_at(now)
        self._clock = clock
        if abs(after - before) > _JUMP:
            jumped(before, after)

    def _tell_bpm(self, bpm: float) -> None:
        now = self._now_ns()
        if abs(bpm - self._values["tempo.bpm"]) >= _SAME_BPM and now - self._told_ns >= _TELL_NS:
            self._told_ns = now
            self._values.set("tempo.bpm", round(bpm, 2), "tempo")

    def _frames(self, ns: float) -> float:
        """Convert a length to frames, as the card's own clock has them."""
        return ns / self._timebase.frame_ns
