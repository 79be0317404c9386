"""Everything that leaves a stage besides sound, and OSC in: hub, log, recorder, OSC, MIDI."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livehost import events
from livehost.bridge.event_log import EventLog
from livehost.bridge.osc.attention import log_line
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer, networks
from livehost.service import Service
from livehost.stage.event_bus import Hub
from livehost.stage.recorder import PLAYED, Recorder, recordings_folder

if TYPE_CHECKING:
    from livehost.stage.stage import Stage


class Outlets:
    """Connects a stage's event rings and tapes to the world.

    Parameters
    ----------
    stage : Stage
        Set up, not yet started.
    paths : list of Path
        Sound files that what is played is written to.
    say : callable
        Gets each sentence for the person at the desk.

    Attributes
    ----------
    troubles : list of str
        Files that are not whole, a sentence each, once closed.

    Raises
    ------
    LivehostError
        Where a file, an address or a port cannot be had.
    """

    def __init__(self, stage: "Stage", paths: list[Path], say: Callable[[str], None]) -> None:
        values, realtime = stage.settings, stage.driver.realtime
        self._values, self._engine = values, stage.engine
        self.troubles: list[str] = []
        self.hub = Hub([stage.worker.events, stage.engine.events], stage.item_name, say)
        folder = recordings_folder(values["log.record"])
        self.recorder = Recorder(stage.engine.record, stage.driver.rate, [(path, PLAYED) for path in paths], folder)
        if values["log.record"]:
            say(self.recorder.record())
        self.log = EventLog(values["log.events"], wait=not realtime) if values["log.events"] else None
        if self.log is not None and self.log.notice:
            say(self.log.notice)
        self.osc_out = OscSender(values["osc.out"])
        self.hub.listen(self._write)
        self.hub.listen(self.osc_out.event)
        self.hub.each_turn(self.osc_out.tick)
        self.osc_in: OscServer | None = None
        if values["osc.in_port"] and realtime:
            allow = networks(values["osc.allow"])
            self.osc_in = OscServer(stage, values["osc.bind"], values["osc.in_port"], self.osc_out, allow)
            for notice in (*self.osc_in.notices, stage.engine.broadcast.trouble):
                if notice:
                    say(notice)
        self.midi = None
        if values["midi.out"]:
            from livehost.bridge.midi.out import MidiOut

            self.midi = MidiOut(values, stage.bank.items["root"], values["midi.out"])
            self.hub.listen(self.midi.event)
            self.hub.each_turn(self._silence_midi)

    def _write(self, event: dict[str, Any]) -> None:
        if self.log is None or not events.BY_NAME[event["kind"]].logged:
            return
        line = log_line(event, self._values["log.attention"]) if event["kind"] == "attention" else event
        if line is not None:
            self.log.write(line)

    def _silence_midi(self) -> None:
        """End all notes at a panic, also where the event that tells of it found its ring full."""
        if self.midi is not None:
            self.midi.silence(int(self._engine["panic_frame"]))

    def write_sentence(self, text: str, level: str) -> None:
        """Give a sentence for the person at the desk to the log and to who listens to it over OSC."""
        self.osc_out.event({"kind": "log", "level": level, "text": text})
        if self.log is not None:
            self.log.write({"frame": int(self._engine["frame"]), "kind": "log", "level": level, "text": text})

    @property
    def osc_refused(self) -> int:
        """Count what came in by OSC and was refused, or came too fast to be read."""
        counters = self.osc_in.counters if self.osc_in is not None else {}
        return sum(counters.get(name, 0) for name in ("refused", "malformed", "unknown", "overrun", "denied"))

    @property
    def services(self) -> list[Service]:
        """All threads of it, to be watched."""
        parts = (self.hub, self.osc_in, self.midi, self.recorder, self.log)
        return [service for part in parts if part is not None for service in part.services]

    def problems(self) -> dict[str, str]:
        """Say what is wrong now on the way out, a sentence for each part, "" where all is well."""
        log = self.log.problem if self.log is not None else ""
        midi = self.midi.trouble if self.midi is not None else ""
        return {"recording": " ".join(self.recorder.problems()), "event log": log, "MIDI": midi}

    def start(self) -> None:
        """Read rings and tapes in the background."""
        self.hub.start()
        self.recorder.start()

    def close_in(self) -> None:
        """Take no more commands from outside."""
        if self.osc_in is not None:
            self.osc_in.close()

    def close(self) -> None:
        """Hand on and write what is left, end every MIDI note, close everything; `troubles` tells what went wrong."""
        self.hub.close()
        self.recorder.close()
        for part in (self.midi, self.osc_out, self.log):
            if part is not None:
                part.close()
        self.troubles = self.recorder.report()
        if self.log is not None and self.log.trouble:
            self.troubles.append(self.log.trouble)
