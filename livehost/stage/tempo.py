"""The tempo of a session: its transport, the beats that it tells of, MIDI clock out, and the next bar."""

import math
import time
from collections.abc import Callable
from typing import Any, Protocol

from livehost.bridge.tempo.heard import Hear, nothing_heard
from livehost.bridge.tempo.midi_out import AHEAD_NS, CLOCK, STOP, ClockOutput
from livehost.bridge.tempo.sources import check_source
from livehost.bridge.tempo.transport import Transport
from livehost.service import Service
from livehost.setting import Value
from livehost.settings import Settings
from livehost.stage.beat_grid import BeatGrid
from livehost.stage.event_bus import EventBus
from livehost.stage.timebase import Timebase

#: Longest pause between two looks; that with a source from outside; that with MIDI clock out, s.
_IDLE_S, _FOLLOW_S, _CLOCK_S = 1.0, 0.01, 0.02
#: A beat is published so long before it is heard: the event bus looks every 2 ms. MIDI clock is handed on so far ahead.
_LEAD_NS, _HORIZON_NS = 2_000_000, 100_000_000
#: A sound that is to wait for the beat has to be known so long before, s.
_MARGIN_S = 0.005
_SIXTEENTHS = 4
#: A source that was to start and stands still so long after has been stopped in between.
_UNDONE_NS = 500_000_000


class ClockPort(Protocol):
    """Where MIDI clock goes."""

    def send_at(self, message: bytes, at_ns: int) -> None:
        """Send a message at a time of the monotonic clock."""
        ...


class Tempo:
    """Tells of the beats of a session, and starts and stops them.

    A beat stands at the frame whose sound leaves the loudspeaker on the beat. All methods may be called from any
    thread, and return at once.

    Parameters
    ----------
    values : Settings
        ``tempo.*``.
    timebase : Timebase
    rate : float
        Hz.
    bus : EventBus
        Gets the events ``beat``, and the facts ``transport`` and ``tempo_peers``.
    port : ClockPort or None
        Where MIDI clock goes.
    now_ns : callable
        The monotonic clock, ns.
    hear : callable
        Gives the musician's beat, None where there is none.
    tell : callable
        Gets the grid, again and again, to tell others of it.

    Attributes
    ----------
    grid : BeatGrid
        Which beat is where; its `clock_input` gets the MIDI clock that comes in.
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
        hear: Hear = nothing_heard,
        tell: Callable[[BeatGrid], None] = lambda _: None,
    ) -> None:
        self._tell_grid = tell
        self.grid = BeatGrid(values, timebase, rate, now_ns, hear)
        self._values, self._timebase, self._rate, self._bus, self._port = values, timebase, rate, bus, port
        self._now_ns, self._lock = now_ns, self.grid.lock
        self._transport, self._output = Transport(values["tempo.quantum"]), ClockOutput()
        self._running: bool | None = None
        self._fresh, self._starts_at = False, 0
        self._told: dict[str, Any] = self.facts()
        self._service = Service("tempo", self._wait_and_turn)
        self.services = [self._service]
        values.listen(self._changed)

    # -- what may be asked

    def facts(self) -> dict[str, Any]:
        """Facts by name, for `Facts.info`: transport (stopped, counting, playing) and tempo_peers."""
        return {"transport": self._transport.state, "tempo_peers": self.grid.peers}

    def problem(self) -> str:
        """Say what is wrong with the source of the tempo, "" while all is well."""
        return self.grid.problem()

    def check(self, key: str, value: Value) -> None:
        """Refuse what cannot be set.

        Raises
        ------
        LivehostError
            Where a source is not installed, or the tempo is another's.
        """
        if key == "tempo.source":
            check_source(str(value))
        elif key == "tempo.bpm":
            self.grid.check_own()

    def act(self, what: str) -> None:
        """Have the transport "play" from the next bar on, "continue" where it was, or "stop"; see `Control`."""
        with self._lock:
            source = self.grid.source
            if source is not None and source.starts and source.read() is not None:  # it tells when it has
                source.stop() if what == "stop" else source.play(self._now_ns())
                return
            if what == "stop":
                self._stop()
                if source is not None:
                    source.stop()
            elif self._transport.state == "stopped":
                self._start(again=what == "continue")
        self._service.wake()

    def after_gap(self, restart: Callable[[], None]) -> None:
        """Have beats go on in time although frames stood still: `restart` tells frames their new time."""
        with self._lock:
            now = self._now_ns()
            then = self._timebase.frame_at_ns(now)
            restart()
            self.grid.shift(self._timebase.frame_at_ns(now) - then)

    def tap(self, ns: int) -> None:
        """Take in a tap; see `Control`."""
        self.grid.tap(ns, self._jumped)

    def frame_at_ns(self, ns: int) -> int:
        """Give the frame that the engine is at, at a time of the monotonic clock, or the next that can be reached."""
        return max(self._timebase.frame_at_ns(ns), self._timebase.next_frame)

    def next_frame(self, unit: str) -> int:
        """Give the frame of the next "beat" or "bar" that a sound can still be in time for."""
        clock, beats = self.grid.clock, self._values["tempo.quantum"] if unit == "bar" else 1
        soon = self._timebase.next_frame + round(_MARGIN_S * self._rate)
        return clock.frame_of(math.ceil(clock.beat_at(soon) / beats) * beats)

    # -- the thread

    def start(self) -> None:
        """Begin to follow and to tell."""
        self._service.start()

    def close(self) -> None:
        """End, and let go of the source; MIDI clock is stopped."""
        self._service.stop()
        with self._lock:
            self._stop()
        self.grid.close()

    def turn(self) -> None:
        """Do what there is to do now."""
        if self.grid.switch():  # not under the lock, it may start a process
            self._running, self._fresh, self._starts_at = None, True, 0
        with self._lock:
            self.grid.follow(self._jumped)
            self._follow_transport()
            self._tell_beats()
            self._send_clock()
        self._tell_grid(self.grid)
        for name, value in self.facts().items():
            if self._told[name] != value:
                self._told[name] = value
                self._bus.publish("fact", name=name, value=value)

    def _wait_and_turn(self) -> None:
        self._service.wait(self._pause_s())
        self.turn()

    def _pause_s(self) -> float:
        """Tell how long there is nothing to do."""
        pause = _IDLE_S if self.grid.source is None else _FOLLOW_S
        if self._values["tempo.clock_out"] and self._port is not None:
            pause = min(pause, _CLOCK_S)
        with self._lock:
            number = self._transport.next_beat()
            if number is not None:
                pause = min(pause, (self.grid.heard_ns(number) - _LEAD_NS - self._now_ns()) / 1e9)
        return max(pause, 0.0)

    def _follow_transport(self) -> None:
        """Start and stop as the source does."""
        reading, source = self.grid.reading, self.grid.source
        if reading is None or source is None:
            return
        fresh, self._fresh = self._fresh, False
        if reading.running is None:
            return
        if self._starts_at and (reading.running or reading.ns > self._starts_at + _UNDONE_NS):
            self._starts_at, self._running = 0, self._running or not reading.running
        if reading.running == self._running:
            return
        self._running = reading.running
        if not reading.running:
            # who joins a session that stands still may play on, and one that waits for our start stands still as well
            if source.starts or not (fresh or self._transport.state == "counting"):
                self._stop()
        elif reading.song or self._transport.state == "stopped":
            self._transport.follow(self.grid.beat_heard(self._now_ns()), song=reading.song)
            self._arm()

    def _tell_beats(self) -> None:
        for beat in self._transport.due(self.grid.beat_heard(self._now_ns() + _LEAD_NS)):
            self._bus.publish(
                "beat", frame=self.grid.clock.frame_of(beat.number), bar=beat.bar, beat=beat.beat,
                bpm=round(self.grid.bpm, 3), confidence=round(self.grid.confidence, 3),
            )  # fmt: skip

    def _send_clock(self) -> None:
        if self._port is None:
            return
        if not self._values["tempo.clock_out"]:
            self._send(self._output.stop())
            return
        now, timebase = self._now_ns(), self._timebase
        until = timebase.frame_sounding_at(now + _HORIZON_NS)
        for message, frame in self._output.advance(self.grid.clock, timebase.frame_sounding_at(now), until):
            ahead = 0 if message in (CLOCK, STOP) else AHEAD_NS
            self._port.send_at(message, timebase.sound_ns(frame) - ahead)

    # -- under the lock

    def _start(self, *, again: bool) -> None:
        transport, source = self._transport, self.grid.source
        transport.play(self.grid.beat_heard(self._now_ns()), self._values["tempo.countin"], again=again)
        self._arm()
        if source is not None:
            starts_at = self.grid.heard_ns(transport.start)
            self._starts_at = starts_at if source.play(starts_at) else 0

    def _stop(self) -> None:
        self._starts_at = 0
        self._transport.stop()
        self._send(self._output.stop())

    def _jumped(self, before: float, after: float) -> None:
        self._transport.jump(before, after)
        if self._transport.state == "counting":
            self._arm()

    def _arm(self) -> None:
        """Have MIDI clock start with the transport, or with its next beat where it plays already."""
        transport = self._transport
        beat = transport.next_beat() if transport.state == "playing" else transport.start
        if beat is not None:
            self._output.play(beat, round(transport.position(beat) * _SIXTEENTHS))

    def _send(self, messages: list[bytes]) -> None:
        for message in messages if self._port is not None else ():
            self._port.send_at(message, self._now_ns())  # type: ignore[union-attr]

    def _changed(self, key: str, value: Value) -> None:
        """Take over a setting."""
        if key == "tempo.bpm" and self._values.by(key) != "tempo":
            self.grid.set_bpm(float(value))
        elif key == "tempo.quantum":
            with self._lock:
                self._transport.set_quantum(int(value), self.grid.beat_heard(self._now_ns()))
            if self.grid.source is not None:
                self.grid.source.set_quantum(int(value))
        if key.startswith("tempo."):
            self._service.wake()
