"""Writes a session folder: log, attention, inputs and players; the sound is the recorder's."""

import math
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from livehost.bridge.event_log import EventLog
from livehost.disk import HANGS, DiskWatch
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.event_kinds import KINDS
from livehost.service import Service
from livehost.session_folder import layout
from livehost.session_folder.attention import AttentionFile
from livehost.session_folder.inputs import AUDIO_THREAD, WORKER_THREAD, InputsFile
from livehost.session_folder.looks import Looks
from livehost.session_folder.plans import open_plans, plan_bytes
from livehost.session_folder.players import PlayerRecord, backend_of
from livehost.settings import Settings
from livehost.stage.active_player import ActivePlayer
from livehost.stage.event_bus import Event
from livehost.stage.recorder import PLAYED

_TURN_S = 0.1
#: How long plans and steps of attention wait for others to be packed with.
_PACK_S = 1.0
#: How long the end waits for the turn in hand.
_END_S = 5.0


class SessionWriter:
    """Writes all of a session's folder but the sound; see `livehost.session_folder`.

    Made before the real-time threads begin: from here on their inputs are recorded.

    Parameters
    ----------
    folder : Path
        Another number is put behind its name where it holds anything.
    values : Settings
    engine, worker
        Whose inputs are kept.
    header : mapping
        First line of the log.
    realtime : bool
        Offline, nothing is in a hurry and every line counts.

    Attributes
    ----------
    folder : Path
    sounds : list of (Path, sequence of int)
        Sound files of the folder, with their channels of the recorder's ring; the recorder writes them, exact.

    Raises
    ------
    LivehostError
        Where the folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        values: Settings,
        engine: EngineState,
        worker: WorkerState,
        header: Mapping[str, Any],
        *,
        realtime: bool,
    ) -> None:
        self._values, self._engine, self._worker = values, engine, worker
        self.folder = folder = layout.make_session_folder(folder)
        heard = range(len(PLAYED), engine.record.channels)
        self.sounds: list[tuple[Path, Sequence[int]]] = [
            (folder / layout.HEARD, heard), (folder / layout.PLAYED, PLAYED)
        ]  # fmt: skip
        self._log = EventLog(folder / layout.EVENTS, wait=not realtime)
        self._log.write(header)
        try:
            self._inputs = InputsFile(folder / layout.INPUTS, engine.rate)
            self._attention = AttentionFile(folder / layout.ATTENTION, engine.rate)
            self._plans = open_plans(folder / layout.PLANS, engine.rate)
        except OSError as error:
            raise LivehostError(f"The session folder {folder} cannot be written: {error.strerror}.") from None
        self._steps: deque[Event] = deque()
        self._looks = Looks()
        self._players: deque[PlayerRecord] = deque()
        self._packed, self._cause = time.monotonic(), ""
        self._disk, self._closing, self._finished = DiskWatch(), threading.Event(), threading.Event()
        self._service = Service("session", self._turn, every_s=_TURN_S, stall_s=math.inf, replace=False)
        engine.input_log.record()
        worker.input_log.record()

    def start(self) -> None:
        """Write in the background."""
        self._service.start()

    @property
    def services(self) -> list[Service]:
        """Its threads, to be watched."""
        return [*self._log.services, self._service]

    def event(self, event: Event) -> None:
        """Keep an event; attention and plans go into files of their own."""
        if event["kind"] == "attention":
            if "rows" in event and self._values["log.attention"] != "off":
                self._steps.append(event)
        elif event["kind"] == "next":
            self._steps.append(event)
        elif KINDS[event["kind"]].logged:
            self._log.write(event)

    def keep_player(self, number: int, part: int, active: ActivePlayer) -> None:
        """Keep who begins to play a part with command `number` of the hot swap, 0 at the start; from any thread."""
        player, bank = active.player, active.bank
        about = {
            "player": player.name, "model": _absolute(player.model), "model_sha256": player.model_digest,
            "backend": backend_of(player.description), "bank": str(Path(bank.directory).absolute()),
            "bank_hash": bank.hash, "settings": self._values.changed(),
        }  # fmt: skip
        self._players.append(PlayerRecord(number, part, about, active.fed, player.verdicts()))

    def drain(self) -> None:
        """Write what has come since."""
        with self._disk.call():
            self._write_inputs()
            self._inputs.flush()
            while self._players:
                record = self._players[0]
                record.save(self.folder / layout.player_file(record.number, record.part))
                self._players.popleft()
            while self._steps:
                event = self._steps.popleft()
                if event["kind"] == "next":
                    self._plans.add(plan_bytes(event))
                elif kept := self._looks.take(event):
                    self._attention.add(kept)
            for step in self._looks.rest() if self._closing.is_set() else ():
                self._attention.add(step)
            for blocks in (self._plans, self._attention.blocks):
                if time.monotonic() - self._packed > _PACK_S or self._closing.is_set():
                    blocks.pack()
                blocks.file.flush()
            if time.monotonic() - self._packed > _PACK_S:
                self._packed = time.monotonic()

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well."""
        return self._log.problem or self._disk.problem(f"the session {self.folder}")

    def close(self) -> None:
        """Write what is left; waits a second for a disk that does not answer."""
        began = time.monotonic()
        self._closing.set()
        threading.Thread(target=self._finish, name="livehost session end", daemon=True).start()
        self._log.close()
        self._disk.wait(self._finished, began)

    def report(self) -> list[str]:
        """Say what is missing, a sentence each."""
        lost = self._engine.input_log.lost + self._worker.input_log.lost + self._inputs.file.lost
        problems = [self._log.report] if self._log.report else []
        if lost:
            problems.append(f"{self.folder} cannot be replayed to its end: {lost} inputs are missing.")
        if not self._finished.is_set():
            problems.append(f"{self.folder} is not whole ({HANGS}).")
        elif self._cause:
            problems.append(f"{self.folder} is not whole ({self._cause}).")
        return problems

    def _write_inputs(self) -> None:
        """Write the inputs of both threads, and up to which frame they are complete."""
        closed = self._closing.is_set()
        # read before the entries are taken: those of all turns before it are among them
        audio, worker = int(self._engine["frame"]), int(self._worker["frame"])
        if not closed:  # the hop in hand has moved it on already
            worker = max(worker - int(self._worker["onset_hop"]), 0)
        self._inputs.write(AUDIO_THREAD, self._engine.input_log.drain(), audio, closed=closed)
        self._inputs.write(WORKER_THREAD, self._worker.input_log.drain(), worker, closed=closed)

    def _turn(self) -> None:
        self.drain()

    def _finish(self) -> None:
        """Write the rest behind the turn in hand, and close the files."""
        if not self._service.stop(_END_S):
            return
        self.drain()
        cause = self._disk.error
        with self._disk.call():
            for file in (self._inputs.file, self._plans.file, self._attention.blocks.file):
                file.close()
        self._cause = cause or self._disk.error
        self._finished.set()


def _absolute(model: str) -> str:
    """Give the whole path of a model's folder, or its name as it is."""
    path = Path(model).expanduser()
    return str(path.absolute()) if len(path.parts) > 1 else model
