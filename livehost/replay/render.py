"""Renders a recorded session again: the engine and the worker of a stage, fed with its sound and its inputs."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from livehost.bank.layout import Bank
from livehost.bank.load import open_bank
from livehost.engine.drivers.replay import ReplayDriver
from livehost.engine.input_log import ENTRY, PART_SETTING, SETTING, SKIP, VOICE_SETTING
from livehost.engine.player_abi import PART
from livehost.engine.state import AUDIO, EngineState
from livehost.engine.strips import STRIP
from livehost.engine.worker.record import WORKER_SETTINGS
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.inference.export import find_export
from livehost.players import make_player, player_of
from livehost.players.setup import PlayerSetup, new_timing
from livehost.replay.recorded import RecordedSession, recorded_settings
from livehost.session_folder.players import PlayerRecord
from livehost.settings import PARTS, TABLE, Settings, part_key
from livehost.stage.active_player import ActivePlayer
from livehost.stage.event_bus import Event, EventBus
from livehost.stage.warm_up import warm_up

#: Frames that are rendered before they are read.
_PIECE = 1 << 16
#: Commands that may be on their way: a worker that is never late sends them earlier than it did.
_COMMANDS = 1 << 14


class Replay:
    """A session that is rendered again.

    Parameters
    ----------
    session : RecordedSession
    wanted : mapping
        Settings that hold from the beginning to the end, by key, whatever the session had or did; with any, or another
        model or bank, it is rendered as it would have been with no thread ever late.
    bank, model : str
        That play part 0 in place of what played then, from the beginning to the end; "" for what played then.
    progress : callable, optional
        Gets ``(done, total, name)`` while a bank is built.

    Attributes
    ----------
    exact : bool
        Whether all is as it was.
    events : list of dict
        What happened, in the order of frames.

    Raises
    ------
    LivehostError
        Where a bank or a model is not to be had.
    """

    def __init__(
        self,
        session: RecordedSession,
        wanted: dict[str, Any] | None = None,
        *,
        bank: str = "",
        model: str = "",
        progress: Callable[[int, int, str], None] | None = None,
    ) -> None:
        self._session, self._wanted, self._progress = session, dict(wanted or {}), progress
        self._model, self._bank = model, bank
        self._banks: dict[str, Bank] = {}
        self.events: list[Event] = []
        self._values = session.settings
        self._values.update(self._wanted, "flag")
        self._timings = [new_timing(self._values, part, session.rate) for part in range(PARTS)]
        self._players: list[ActivePlayer | None] = [None] * PARTS
        self.exact = not (self._wanted or model)
        for part in session.first_parts():
            self._players[part] = self._make(session.player(0, part))
        self._made: list[ActivePlayer] = [active for active in self._players if active is not None]
        self._names = [active.bank.names if active is not None else [] for active in self._players]
        self._numbers: dict[int, list[str]] = {}
        self._engine, self._worker = self._threads()
        self._driver = ReplayDriver(self._engine, self._worker, int(session.header["block"]))
        self._bus = EventBus(self._failed)
        self._bus.read_from((self._worker.events, self._engine.events), lambda: int(self._engine["frame"]))
        self._bus.enrich(self._name)
        self._bus.subscribe(self.events.append)

    @property
    def missed(self) -> int:
        """Inputs that nobody asked for when their turn had come: it went another way than the session."""
        return self._engine.input_log.missed + self._worker.input_log.missed

    def run(self) -> Iterator[tuple[int, np.ndarray]]:
        """Render it; gives pieces of what it plays, float32 [frames, 2], each with its first frame."""
        at, hop = 0, int(self._worker["onset_hop"])
        # up to the block in which the worker is told of another player, which must have been made by then
        stops = [(frame + hop - 1, record) for frame, record in self._session.changes()]
        while at < self._session.end:
            until = min(at + _PIECE, self._session.end)
            changes = bool(stops) and stops[0][0] <= until
            reached = self._driver.run_until(stops[0][0] if changes else until)
            if changes:
                self._change(stops.pop(0)[1])
            elif reached == at:
                break  # what is left is no block of the session
            self._bus.pump(before=int(self._worker["frame"]))
            if reached > at:
                yield at, self._engine.record.read(at, reached, (0, 1))
            at = reached
        self._bus.pump()

    def close(self) -> None:
        """Free what the players hold."""
        for active in self._made:
            active.player.close()

    def _threads(self) -> tuple[EngineState, WorkerState]:
        """Make the memory of both threads, and warm the players up as the session did."""
        session, header = self._session, self._session.header
        realtime = bool(header["realtime"])
        if realtime:
            warm_up(self._values, self._players)
        for part, active in enumerate(self._players):
            if active is not None:
                self._tell(active, session.player(0, part))
        engine = EngineState(
            self._values, session.rate, inputs=int(header["inputs"]), listened=tuple(header["listened"]),
            pair=tuple(header["pair"]), outputs=max(header["pair"]) + 1, shared=False, commands=_COMMANDS,
        )  # fmt: skip
        for part, active in enumerate(self._players):
            if active is not None:
                engine.use_bank(active.bank.block, active.bank.items, part)
        engine.use_source(session.heard)
        tables = [active.player.table if active is not None else None for active in self._players]
        worker = WorkerState(self._values, engine, tables, virtual=not (realtime and self.exact))
        audio, other = session.inputs.audio, session.inputs.worker
        entries = other.entries
        if self.exact and other.closed:  # it heard no more
            last = np.zeros(1, ENTRY)
            last["frame"], last["kind"], last["number"] = other.until, SKIP, np.iinfo(np.int64).max
            entries = np.append(entries, last)
        engine.input_log.replay(self._left(audio.entries), audio.payloads, exact=self.exact)
        worker.input_log.replay(self._left(entries), other.payloads, exact=self.exact)
        return engine, worker

    def _left(self, entries: np.ndarray) -> np.ndarray:
        """Leave out the changes of settings that are wanted otherwise."""
        if not self._wanted:
            return entries
        names = (AUDIO.names or (), WORKER_SETTINGS.names or (), PART.names or ())
        kept = np.ones(len(entries), bool)
        for key in self._wanted:
            setting = TABLE[key]
            if setting.thread == "audio":
                kept &= ~((entries["kind"] == SETTING) & (entries["index"] == names[0].index(setting.field)))
            elif setting.thread == "worker":
                kept &= ~((entries["kind"] == SETTING) & (entries["index"] == names[1].index(setting.field)))
            elif setting.thread == "part":
                parts = [setting.part] if setting.part >= 0 else list(range(PARTS))
                places = [part * len(names[2]) + names[2].index(setting.field) for part in parts]
                kept &= ~((entries["kind"] == PART_SETTING) & np.isin(entries["index"], places))
            elif setting.thread == "voice":
                row = entries["index"] // (STRIP.itemsize // 8)
                kept &= ~((entries["kind"] == VOICE_SETTING) & (row == setting.voice))
        return entries[kept]

    def _make(self, record: PlayerRecord) -> ActivePlayer:
        """Make a player as it was made then, with what is wanted otherwise."""
        about, part = record.about, record.part
        values = recorded_settings(about["settings"], self._session.folder)
        if about["backend"]:
            values.set(part_key(part, "backend"), about["backend"])
        values.update(self._wanted, "flag")
        name, model, folder, replaced = about["player"], about["model"], about["bank"], False
        if part == 0 and self._model:
            name, model, replaced = player_of(find_export(self._model)), self._model, True
            values.set(part_key(part, "backend"), "auto")
        elif part_key(part, "name") in self._wanted:
            name = values[part_key(part, "name")]
        if part == 0 and self._bank:
            folder = self._bank
        bank = self._open(folder, values)
        other = bank.hash != about["bank_hash"]
        setup = PlayerSetup(values, part, self._session.rate, bank, self._timings[part], model)
        player = make_player(name, setup)
        self.exact &= not other and not replaced and player.model_digest == about["model_sha256"]
        active = ActivePlayer(player, bank)
        if record.number:
            player.warm_up()
            self._tell(active, record)
        return active

    def _tell(self, active: ActivePlayer, record: PlayerRecord) -> None:
        """Tell a player what it had been told before it played."""
        other, context = active.bank.hash != record.about["bank_hash"], record.context
        if context is not None and active.player.has_context:
            active.player.feed(active.player.without_items(context) if other else context)
        if not other:
            active.player.use_verdicts(record.verdicts)

    def _open(self, folder: str, values: Settings) -> Bank:
        if folder not in self._banks:
            try:
                self._banks[folder] = open_bank(
                    folder, int(self._session.rate), slice_onsets=values["bank.slice"],
                    match_loudness=values["bank.match_loudness"], progress=self._progress,
                )  # fmt: skip
            except LivehostError as error:
                hint = "" if self._bank else " Where has it gone? --bank says where it is now."
                raise LivehostError(f"{error}{hint}") from None
        return self._banks[folder]

    def _change(self, record: np.ndarray) -> None:
        """Make the player of a command, and fill in where it stands."""
        number, part = int(record["number"][0]), int(record["part"][0])
        active = self._make(self._session.player(number, part))
        self._made.append(active)
        record["table"] = active.player.table.ctypes.data
        record["count"] = len(active.bank)
        if record["block"][0]:
            self._engine.hold(active.bank.block, active.bank.items)
            record["block"], record["items"] = active.bank.block.ctypes.data, active.bank.items.ctypes.data
        self._numbers[number] = active.bank.names

    def _name(self, event: Event) -> None:
        """Name items as the log does."""
        part, index = event.get("part", 0), event.get("index")
        if event["kind"] == "player_changed" and event["number"] in self._numbers:
            self._names[part] = self._numbers[event["number"]]
        elif event["kind"] == "next":
            count = event.pop("count")
            event |= {field: event[field][:count] for field in ("index", "probability")}
            event["name"] = [self._item(i, part) for i in event["index"]]
        elif isinstance(index, int):
            event["name"] = self._item(index, part)

    def _item(self, index: int, part: int) -> str:
        names = self._names[part]
        return names[index] if 0 <= index < len(names) else ""

    def _failed(self, text: str) -> None:
        raise LivehostError(text)
