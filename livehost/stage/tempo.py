"""The tempo of a session: follows its source, tells of the beats, sends MIDI clock, and knows the next bar."""

import math
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from livehost.bridge.tempo.clock import TempoClock
from livehost.bridge.tempo.midi_in import ClockInput
from livehost.bridge.tempo.midi_out import AHEAD_NS, CLOCK, STOP, ClockOutput
from livehost.bridge.tempo.source import Reading, Source
from livehost.bridge.tempo.sources import SOURCES, check_source
from livehost.bridge.tempo.tap import TapTempo
from livehost.bridge.tempo.transport import Beat, Transport
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.settings import Settings, Value
from livehost.stage.event_bus import EventBus
from livehost.stage.timebase import Timebase

#: Longest pause between two looks, and that with a source from outside, or with MIDI clock out, s.
_IDLE_S, _FOLLOW_S, _CLOCK_S = 1.0, 0.005, 0.02
#: A beat is published so long before it is heard: the event bus looks every 2 ms. MIDI clock is handed on so far ahead.
_LEAD_NS, _HORIZON_NS = 2_000_000, 60_000_000
#: Beats by which the source moves at once, to have jumped.
_JUMP = 0.75
#: A tempo that differs by less is the same, beats a minute; it is told so often at most, s.
_SAME_BPM, _TELL_S = 0.05, 0.25
#: A sound that is to wait for the beat has to be known so long before, s.
_MARGIN_S = 0.005
_SIXTEENTHS = 4


class ClockPort(Protocol):
    """Where MIDI clock goes."""

    def send_at(self, message: bytes, at_ns: int) -> None:
        """Send a message at a time of the monotonic clock."""
        ...


class Tempo:
    """Holds the clock of beats of a session.

    Its grid is in frames of the engine, and a beat stands at the frame whose sound leaves the loudspeaker on the beat.
    All methods may be called from any thread, and return at once.

    Parameters
    ----------
    values : Settings
        ``tempo.*``; ``tempo.bpm`` is set here where the source has another one.
    timebase : Timebase
    rate : float
        Hz.
    bus : EventBus
        Gets the events ``beat``, and the facts ``transport`` and ``tempo_peers``.
    port : ClockPort or None
        Where MIDI clock goes.
    now_ns : callable
        The monotonic clock, ns.

    Attributes
    ----------
    clock_input : ClockInput
        Gets the MIDI clock that comes in.
    services : list of Service
        Its thread, to be watched.

    Raises
    ------
    LivehostError
        Where the source that is asked for is not installed.
    """

    def __init__(
        self,
        values: Settings,
        timebase: Timebase,
        rate: float,
        bus: EventBus,
        port: ClockPort | None = None,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        check_source(values["tempo.source"])
        self._values, self._timebase, self._rate, self._bus, self._port = values, timebase, rate, bus, port
        self._now_ns, self._lock, self._wake = now_ns, threading.RLock(), threading.Event()
        self.clock_input, self._tap, self._output = ClockInput(now_ns), TapTempo(), ClockOutput()
        self._clock = TempoClock.at_bpm(values["tempo.bpm"], rate)
        self._transport = Transport(values["tempo.quantum"])
        self._source: Source | None = None
        self._source_name, self._confidence, self._peers = "internal", 1.0, 0
        self._running: bool | None = None
        self._reading: Reading | None = None
        self._told_bpm_at, self._told = 0.0, {"transport": "stopped", "tempo_peers": 0}
        self._service = Service("tempo", self.turn)
        self.services = [self._service]
        values.listen(self._changed)

    # -- what may be asked

    @property
    def grid(self) -> TempoClock:
        """The clock of beats, with its offset: at which frame of the engine a beat is."""
        return self._clock.later(round(self._values["tempo.offset_ms"] * self._rate / 1000))

    def facts(self) -> dict[str, Any]:
        """Facts by name, for `Facts.info`: transport (stopped, counting, playing) and tempo_peers."""
        return {"transport": self._transport.state, "tempo_peers": self._peers}

    def problem(self) -> str:
        """Say what is wrong with the source, "" while all is well."""
        source = self._source
        return source.problem if source is not None else ""

    def check(self, key: str, value: Value, by: str) -> None:
        """Refuse what cannot be set.

        Raises
        ------
        LivehostError
            Where a source is not installed, or the tempo is another's.
        """
        if key == "tempo.source":
            check_source(str(value))
        elif key == "tempo.bpm" and by != "tempo":
            self._check_own()

    def act(self, what: str) -> None:
        """Have the transport "play" from the next bar on, "continue" where it was, or "stop"; see `Control`."""
        with self._lock:
            if what == "stop":
                self._stop(tell_source=True)
            elif self._source is not None and self._source.starts:
                self._source.play(self._now_ns())
            elif self._transport.state == "stopped":
                self._start(again=what == "continue")
        self._wake.set()

    def tap(self, ns: int) -> None:
        """Take in a tap; see `Control`."""
        self._check_own()
        with self._lock:
            tapped = self._tap.tap(ns)
            if tapped is None:
                return
            now = self._timebase.frame_at_ns(ns)
            if SOURCES[self._source_name].tapped:
                heard = self._timebase.frame_sounding_at(tapped.ns)
                beat = round(self._clock.beat_at(heard))
                self._move(TempoClock(heard, float(beat), self._frames_per_beat(tapped.beat_ns)), now)
                self._confidence = tapped.confidence
        self._values.set("tempo.bpm", min(max(round(60e9 / tapped.beat_ns, 2), 20.0), 999.0), "tap")

    def next_frame(self, unit: str) -> int:
        """Give the frame of the next "beat" or "bar" that a sound can still be in time for."""
        grid, beats = self.grid, self._values["tempo.quantum"] if unit == "bar" else 1
        soon = self._timebase.now + round(_MARGIN_S * self._rate)
        return grid.frame_of(math.ceil(grid.beat_at(soon) / beats) * beats)

    # -- the thread

    def start(self) -> None:
        """Begin to follow and to tell."""
        self._service.start()

    def close(self) -> None:
        """End, and let go of the source; the MIDI clock is stopped."""
        self._service.stop()
        with self._lock:
            self._stop(tell_source=False)
            if self._source is not None:
                self._source.close()

    def turn(self) -> None:
        """Do what there is to do now, and wait for more."""
        self._wake.wait(self._pause_s())
        self._wake.clear()
        self._switch()
        with self._lock:
            self._follow()
            self._tell_beats()
            self._send_clock()
        self._tell_facts()

    def _pause_s(self) -> float:
        """Tell how long nothing happens."""
        pause = _IDLE_S if self._source is None else _FOLLOW_S
        if self._values["tempo.clock_out"] and self._port is not None:
            pause = min(pause, _CLOCK_S)
        with self._lock:
            number = self._transport.next_beat()
            if number is not None:
                due = self._timebase.sound_ns(self.grid.frame_of(number)) - _LEAD_NS
                pause = min(pause, max(0.0, (due - self._now_ns()) / 1e9))
        return pause

    def _switch(self) -> None:
        """Open another source, where one is asked for; not under the lock, as it starts a process."""
        name = self._values["tempo.source"]
        if name == self._source_name:
            return
        opening = SOURCES[name].open
        source = opening(self.clock_input, self._values["tempo.bpm"]) if opening is not None else None
        if source is not None:
            source.set_quantum(self._values["tempo.quantum"])
        with self._lock:
            before, self._source, self._source_name = self._source, source, name
            self._running, self._reading, self._confidence, self._peers = None, None, 1.0, 0
        if before is not None:
            before.close()

    def _follow(self) -> None:
        """Take over what the source says."""
        source = self._source
        reading = source.read() if source is not None else None
        if source is None or reading is None:
            self._reading = None
            return
        if reading != self._reading:
            self._reading, self._confidence, self._peers = reading, reading.confidence, reading.peers
            per_beat, now = self._frames_per_beat(reading.beat_ns), self._timebase.now
            if reading.beat is None:
                self._move(self._clock.with_tempo(per_beat, now), now)
            else:
                at = self._timebase.frame_sounding_at if source.heard else self._timebase.frame_at_ns
                self._move(TempoClock(at(reading.ns), reading.beat, per_beat), now)
        if reading.running is not None and reading.running != self._running:
            began, self._running = reading.running, reading.running
            if began and self._transport.state == "stopped":
                self._follow_start(song=reading.song)
            elif not began:
                self._stop(tell_source=False)
        self._tell_bpm(60e9 / reading.beat_ns)

    def _move(self, clock: TempoClock, now: int) -> None:
        """Go on with another clock."""
        before, after = self._clock.beat_at(now), clock.beat_at(now)
        self._clock = clock
        if abs(after - before) > _JUMP:
            self._transport.jump(before, after)

    def _tell_bpm(self, bpm: float) -> None:
        now = self._now_ns() / 1e9
        if abs(bpm - self._values["tempo.bpm"]) >= _SAME_BPM and now - self._told_bpm_at >= _TELL_S:
            self._told_bpm_at = now
            self._values.set("tempo.bpm", round(bpm, 2), "tempo")

    def _tell_beats(self) -> None:
        grid, heard = self.grid, self._timebase.frame_sounding_at(self._now_ns() + _LEAD_NS)
        for beat in self._transport.due(grid.beat_at(heard)):
            self._publish(beat, grid)

    def _publish(self, beat: Beat, grid: TempoClock) -> None:
        self._bus.publish(
            "beat", frame=grid.frame_of(beat.number), bar=beat.bar, beat=beat.beat,
            bpm=round(grid.bpm(self._rate), 3), confidence=round(self._confidence, 3),
        )  # fmt: skip

    def _send_clock(self) -> None:
        if self._port is None:
            return
        if not self._values["tempo.clock_out"]:
            self._send(self._output.stop())
            return
        now = self._timebase.frame_sounding_at(self._now_ns())
        until = self._timebase.frame_sounding_at(self._now_ns() + _HORIZON_NS)
        for message, frame in self._output.advance(self.grid, now, until):
            ahead = 0 if message in (CLOCK, STOP) else AHEAD_NS
            self._port.send_at(message, self._timebase.sound_ns(frame) - ahead)

    def _send(self, messages: list[bytes]) -> None:
        if self._port is not None:
            for message in messages:
                self._port.send_at(message, self._now_ns())

    def _tell_facts(self) -> None:
        for name, value in self.facts().items():
            if self._told[name] != value:
                self._told[name] = value
                self._bus.publish("fact", name=name, value=value)

    # -- start and stop, under the lock

    def _start(self, *, again: bool) -> None:
        grid, transport = self.grid, self._transport
        heard = self._timebase.frame_sounding_at(self._now_ns())
        transport.play(grid.beat_at(heard), self._values["tempo.countin"], again=again)
        self._output.play(transport.start, round(transport.position(transport.start) * _SIXTEENTHS))
        if self._source is not None:
            self._source.play(self._timebase.sound_ns(grid.frame_of(transport.start)))

    def _follow_start(self, *, song: bool) -> None:
        transport = self._transport
        beat = self.grid.beat_at(self._timebase.frame_sounding_at(self._now_ns()))
        transport.follow(beat, song=song)
        number = math.ceil(beat)
        self._output.play(number, round(transport.position(number) * _SIXTEENTHS))

    def _stop(self, *, tell_source: bool) -> None:
        self._transport.stop()
        self._send(self._output.stop())
        if tell_source and self._source is not None:
            self._source.stop()

    # -- settings

    def _changed(self, key: str, value: Value) -> None:
        """Take over a setting."""
        if not key.startswith("tempo."):
            return
        with self._lock:
            source = self._source
            if key == "tempo.bpm" and self._values.by(key) != "tempo":
                if source is None:
                    now = self._timebase.now
                    self._clock = self._clock.with_tempo(60 * self._rate / float(value), now)
                elif source.takes_tempo:
                    source.set_bpm(float(value))
            elif key == "tempo.quantum":
                self._transport.set_quantum(int(value), self.grid.beat_at(self._timebase.now))
                if source is not None:
                    source.set_quantum(int(value))
        self._wake.set()

    def _check_own(self) -> None:
        source = self._source
        if source is not None and not source.takes_tempo and source.read() is not None:
            raise LivehostError(
                f"The tempo is that of {SOURCES[self._source_name].help}; set tempo.source to another one first."
            )

    def _frames_per_beat(self, beat_ns: float) -> float:
        """Convert the length of a beat to frames, by the card's own clock."""
        return beat_ns / self._timebase.frame_ns
