"""Everything that leaves a session besides sound: event log, recorder, OSC out, MIDI out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from livehost.bridge.event_log import EventLog
from livehost.bridge.midi.channels import channel_key
from livehost.bridge.midi.out import MidiOut
from livehost.bridge.midi.times import Clock
from livehost.bridge.osc.attention import log_line
from livehost.bridge.osc.sender import OscSender
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.event_kinds import KINDS
from livehost.service import Service
from livehost.settings import Settings
from livehost.stage.event_bus import Event, EventBus
from livehost.stage.notices import Notices
from livehost.stage.recorder import PLAYED, Recorder, recordings_folder
from livehost.stage.session_writer import SessionWriter


class Outputs:
    """Connects a session's event bus and audio rings to the world.

    Parameters
    ----------
    values : Settings
    engine : EngineState
        Whose sound is recorded.
    bus : EventBus
    notices : Notices
        Gets sentences for the person at the desk.
    files : sequence of Path
        Sound files that what is played is written to.
    roots : sequence of array
        Root pitch of each item, for each part.
    names : sequence of sequence of str
        Name of each item, for each part.
    header : mapping
        First line of the event log.
    realtime : bool
        Offline, nothing is in a hurry and every line of the log counts.
    worker : WorkerState, optional
        Whose inputs a session folder keeps; without one there is no such folder.
    clock : Clock, optional
        When the frames of notes are.

    Attributes
    ----------
    recorder : Recorder
    log : EventLog or None
    session : SessionWriter or None
    osc : OscSender
    midi : MidiOut
    problems_at_close : list of str
        Files that are not whole, a sentence each, once closed.

    Raises
    ------
    LivehostError
        Where a file, an address or a port cannot be had.
    """

    def __init__(
        self,
        values: Settings,
        engine: EngineState,
        bus: EventBus,
        notices: Notices,
        *,
        files: Sequence[Path],
        roots: Sequence[Any],
        names: Sequence[Sequence[str]],
        header: Mapping[str, Any],
        realtime: bool,
        worker: WorkerState | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._values, self._engine, self._bus = values, engine, bus
        self.problems_at_close: list[str] = []
        folder = recordings_folder(values["log.record"])
        self.session: SessionWriter | None = None
        if values["log.session"] and worker is not None:
            self.session = SessionWriter(Path(values["log.session"]), values, engine, worker, header, realtime=realtime)
            notices.say(f"The session is kept in {self.session.folder}.")
            bus.subscribe(self.session.event)
        self.recorder = Recorder(
            engine.record, engine.rate, [(path, PLAYED) for path in files], folder,
            exact=self.session.sounds if self.session is not None else (),
            preroll_s=values["log.preroll_s"], on_gap=self._mark_gap,
        )  # fmt: skip
        if values["log.record"]:
            notices.say(self.recorder.record())
        self.log = EventLog(values["log.events"], wait=not realtime) if values["log.events"] else None
        if self.log is not None:
            self.log.write(header)
            if self.log.notice:
                notices.say(self.log.notice)
        self.osc = OscSender(values["osc.out"], warn=notices.warn)
        bus.enrich(self._describe_note)
        bus.subscribe(self._write)
        bus.subscribe(self._mark_loss)
        bus.subscribe(self.osc.event)
        bus.on_tick(self.osc.tick)
        self.midi = MidiOut(values, roots, names, clock=clock)
        bus.subscribe(self.midi.event)
        bus.on_tick(self._silence_midi)

    def _write(self, event: Event) -> None:
        if self.log is None or not KINDS[event["kind"]].logged:
            return
        line = log_line(event, self._values["log.attention"]) if event["kind"] == "attention" else event
        if line is not None:
            self.log.write(line)

    def _mark_gap(self, path: Path, first: int, frames: int, reason: str) -> None:
        """Tell of sound that a recording lacks."""
        self._bus.publish("record_gap", path=str(path), first_frame=first, frames=frames, reason=reason)

    def _mark_loss(self, event: Event) -> None:
        """Mark in the recordings where the sound card was away: no frames stand for that time."""
        if event["kind"] == "card_back":
            self.recorder.mark(event["frame"], f"the sound card was away for {event['gap_s']:.3f} s")

    def _describe_note(self, event: Event) -> None:
        """Say on which MIDI channel a note sounds, and how long, ms."""
        if event["kind"] == "note":
            event["channel"] = self._values[channel_key(event["part"])]
            event["duration_ms"] = event["frames"] * 1000 / self._engine.rate if event["frames"] else None

    def _silence_midi(self) -> None:
        """End all notes at a panic, also where the event that tells of it found its ring full."""
        self.midi.silence(int(self._engine["panic_frame"]))

    def use_roots(self, part: int, roots: Any, names: Sequence[str] = ()) -> None:
        """Take the root pitches and the names of another bank's items."""
        self.midi.use_roots(roots, part, names)

    @property
    def services(self) -> list[Service]:
        """All threads of it, to be watched."""
        parts = (self._bus, self.midi, self.recorder, self.log, self.session)
        return [service for part in parts if part is not None for service in part.services]

    def problems(self) -> dict[str, str]:
        """Say what is wrong now on the way out: a sentence for each part that has a problem."""
        problems = {f"recording {path}": problem for path, problem in self.recorder.problems().items()}
        problems["event log"] = self.log.problem if self.log is not None else ""
        problems["session"] = self.session.problem if self.session is not None else ""
        problems["MIDI"] = self.midi.problem
        return {name: problem for name, problem in problems.items() if problem}

    def start(self) -> None:
        """Read rings in the background."""
        self._bus.start()
        self.recorder.start()
        if self.session is not None:
            self.session.start()

    def drain(self) -> None:
        """Write all that has come since, where nothing runs in the background (offline)."""
        self.recorder.drain()
        if self.session is not None:
            self.session.drain()

    def close(self) -> None:
        """Hand on and write what is left, end every MIDI note, close everything."""
        self._bus.close()
        self.recorder.close()
        for part in (self.midi, self.osc, self.log, self.session):
            if part is not None:
                part.close()
        self.problems_at_close = self.recorder.report()
        if self.log is not None and self.log.report:
            self.problems_at_close.append(self.log.report)
        if self.session is not None:
            self.problems_at_close += self.session.report()
