"""Hot swap: another model, player, bank or context on a running session, made aside and put in place between decisions.

What is replaced is kept until no voice reads from it and the last of its attention has been told.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from livehost import events
from livehost.bank.layout import Bank
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.players import OFF
from livehost.players.base import Player
from livehost.players.timing import Timing
from livehost.settings import Settings, part_key
from livehost.stage.active_player import ActivePlayer, ActivePlayers
from livehost.stage.background_job import BackgroundJob, Fail, ignore
from livehost.stage.catalogue import Catalogue, bare
from livehost.stage.event_bus import Event, EventBus
from livehost.stage.loads import Loads, loaded, missing
from livehost.stage.notices import Notices
from livehost.stage.player_maker import PlayerMaker

#: How long what was replaced is kept at least, s.
KEEP_S = 10.0
#: How long the worker may take over a change, s.
ANSWER_S = 5.0
#: How long the event that tells of a change may take, s.
EVENT_S = 1.0


class HotSwap:
    """Replaces players and banks of a running session.

    What is asked for is found, read and made by a thread of its own: a disk that hangs holds up nobody.

    Parameters
    ----------
    values : Settings
    engine, worker
        The real-time threads' memory; they have the first players and banks.
    bus : EventBus
        Tells when the worker has taken over; told facts that change.
    notices : Notices
        Gets sentences for the person at the desk.
    catalogue : Catalogue
        Finds what is asked for by name.
    first : list of ActivePlayer or None
        Who plays each part at first.
    timings : list of Timing
        Of each part.
    background : bool
        Work in the background; offline it is done at once.

    Attributes
    ----------
    active : list of ActivePlayer or None
        Who plays each part, None where nobody does.
    """

    def __init__(
        self,
        values: Settings,
        engine: EngineState,
        worker: WorkerState,
        bus: EventBus,
        notices: Notices,
        catalogue: Catalogue,
        first: ActivePlayers,
        timings: list[Timing],
        *,
        background: bool,
    ) -> None:
        self._values, self._engine, self._worker, self._bus = values, engine, worker, bus
        self._notices, self._catalogue, self._background = notices, catalogue, background
        self.active: list[ActivePlayer | None] = list(first)
        self._maker = PlayerMaker(values, engine, catalogue, timings, self.active)
        self._allowed: list[dict[int, bool]] = [{} for _ in first]
        self._pending: dict[int, tuple[int, ActivePlayer]] = {}  # part and player by the number of the command
        self._pending_since, self._commands = 0.0, 0
        self._retired: list[tuple[float, ActivePlayer]] = []
        self._memories: dict[int, Any] = {}  # attention of the players that are or were in use, by number
        self._listeners: tuple[Callable[[int, ActivePlayer], None], ...] = ()
        self._keepers: tuple[Callable[[int, int, ActivePlayer], None], ...] = ()
        self._jobs = BackgroundJob(notices, self._worker_is_asked, background=background)
        for active in first:
            if active is not None:
                self._remember(active)
        bus.subscribe(self._event)
        bus.on_tick(self._tick)
        bus.copy_out("attention", self._copy_attention)
        bus.enrich(self._name)

    # -- what is

    @property
    def first(self) -> ActivePlayer:
        """Who plays part 0, which always has a player."""
        assert self.active[0] is not None  # noqa: S101  a part that has a player keeps one
        return self.active[0]

    def on_change(self, listener: Callable[[int, ActivePlayer], None]) -> None:
        """Have `listener(part, active)` called, on the bus's thread, once another player or bank is in use."""
        self._listeners = (*self._listeners, listener)

    def on_install(self, keep: Callable[[int, int, ActivePlayer], None]) -> None:
        """Have `keep(number, part, active)` called before the worker is told of another player, on any thread."""
        self._keepers = (*self._keepers, keep)

    def item_name(self, index: int, part: int = 0) -> str:
        """Name of an item of a part's bank, "" where there is none."""
        active = self.active[part] if 0 <= part < len(self.active) else None
        names = active.bank.names if active is not None else []
        return names[index] if 0 <= index < len(names) else ""

    def description(self, part: int = 0) -> str:
        """Say who answers in a part: the model and what runs it, or the player's name."""
        name, active = self._values[part_key(part, "name")], self.active[part]
        if name == OFF or active is None:
            return OFF
        return active.player.description if name == active.player.name else name

    def context_length(self, part: int = 0) -> int:
        """Count the sounds of a part's context."""
        active = self.active[part]
        return active.player.context_length if active is not None else 0

    @property
    def stands_in(self) -> bool:
        """Whether another player answers because the model that was wanted is not to be had."""
        return any(active is not None and active.stands_in for active in self.active)

    def allow(self, index: int, allowed: bool, part: int = 0) -> None:
        """Keep in mind what may be chosen, for the player that comes next."""
        if index == -1:
            self._allowed[part].clear()
        self._allowed[part].pop(index, None)
        self._allowed[part][index] = allowed

    # -- what is asked for

    def load(self, what: str, name: str, fail: Fail = ignore, part: int = 0) -> None:
        """Begin to load a "model", "bank" or "context"; returns at once where sound goes on meanwhile.

        Parameters
        ----------
        what, name : str
        fail : callable
            Told, from another thread, why it is not used.
        part : int

        Raises
        ------
        LivehostError
            Where the name is none, or another is being loaded.
        """
        bare(name, what)
        if what == "context":
            self._need_context(part)
        self._begin_to_use(f"The {what} {name}", part, lambda: self._maker.loaded(part, what, name), fail)

    def want_player(self, part: int, name: str) -> None:
        """See to it that a part is played by the player of that name; load it where it is not there."""
        active = self.active[part]
        if name == OFF or (active is not None and name in active.player.names):
            return
        model = self._values[part_key(part, "model")]
        what = f"The model {model}" if name == "bank" and model else f"The player {name}"
        self._begin_to_use(what, part, lambda: self._maker.changed(part, {"player": name}), ignore)

    def loaded(self) -> Loads:
        """Name what each part plays with: its "model", where it has one, and its "bank"."""
        return loaded(self.active)

    def plan(self, wanted: Mapping[int, Mapping[str, str]], player_of: Callable[[int], str]) -> Loads:
        """List what a scene names and is not there yet.

        Parameters
        ----------
        wanted : mapping
            As `loaded` gives it.
        player_of : callable
            Part → name of the player that is to play it.

        Returns
        -------
        Loads
            Of the parts in which something is to be loaded.

        Raises
        ------
        LivehostError
            Where something is not to be found, or cannot be loaded now; nothing has been changed then.
        """
        loads = missing(self.active, wanted, player_of, self._catalogue)
        if loads:
            self._jobs.check_free()
        return loads

    def load_all(self, scene: str, loads: Loads, fail: Fail = ignore) -> None:
        """Begin to load all of a scene's plan, one part after another.

        Parameters
        ----------
        scene : str
            Name of the scene.
        loads : Loads
            As `plan` gives it.
        fail : callable
            Told, from another thread, what is not used, and why.
        """
        if not loads:
            return

        def work(job: int) -> str:
            for part, change in loads.items():
                new = self._maker.changed(part, change)
                self._check_wanted(job, new)
                self._install(part, new)
            return f"Scene {scene}: everything is loaded."

        def failed(text: str) -> None:
            fail(text)
            for part in range(len(self.active)):
                self._fall_back(part)

        self._jobs.begin(f"Not all of scene {scene} is used", work, failed)

    def save_context(self, name: str, fail: Fail = ignore, part: int = 0) -> None:
        """Begin to write the context to a file of that name.

        Raises
        ------
        LivehostError
            Where there is none, the name is none, or something is being loaded.
        """
        path, player = self._catalogue.context(name), self._need_context(part)
        context = player.context()

        def save(_job: int) -> str:
            player.save_context(path, context, self._engine.rate)
            return f"The context is kept as {path.stem}."

        self._jobs.begin(f"The context {name} is not kept", save, fail)

    def _need_context(self, part: int) -> Player:
        active = self.active[part]
        if active is None or not active.player.has_context:
            raise LivehostError("Only a model has a context, and none is loaded.", 2)
        return active.player

    # -- putting in place

    def _begin_to_use(self, what: str, part: int, make: Callable[[], ActivePlayer], fail: Fail) -> None:
        def use(job: int) -> str:
            new = make()
            self._check_wanted(job, new)
            self._install(part, new)
            return f"{what} is in place: {len(new.bank)} sounds, {new.player.description}."

        def failed(text: str) -> None:
            fail(text)
            self._fall_back(part)

        self._jobs.begin(f"{what} is not used", use, failed)

    def _check_wanted(self, job: int, new: ActivePlayer) -> None:
        """Give up what was made where another job has begun meanwhile; its model may have a thread of its own.

        Raises
        ------
        LivehostError
            Where one has.
        """
        if not self._jobs.is_newest(job):
            new.player.close()
            raise LivehostError("it took so long that something else was asked for.")

    def _fall_back(self, part: int) -> None:
        """Go on with the player that is there, where its place was to be taken by one that cannot be had."""
        active, key = self.active[part], part_key(part, "name")
        wanted = self._values[key]
        if wanted == OFF or (active is not None and wanted in active.player.names):
            return
        self._values.set(key, active.player.name if active is not None else OFF, "stage")
        if active is not None:
            active.stand_in()

    def _install(self, part: int, new: ActivePlayer) -> None:
        """Tell the worker, and wait until the new player answers.

        Raises
        ------
        LivehostError
            Where it cannot be told, or does not answer; where it answers later all the same, `_event` takes over.
        """
        from livehost.rt import memory

        engine, old = self._engine, self.active[part]
        other = old is None or new.bank is not old.bank
        if other:
            engine.hold(new.bank.block, new.bank.items)
        memory.lock([*new.player.arrays, *((new.bank.block, new.bank.items) if other else ())])
        self._remember(new)
        if old is not None and not other:  # what was rejected stays so
            new.player.keep_verdicts(old.player)
            for index, allowed in list(self._allowed[part].items()):
                new.player.allow(index, allowed)
        place = {"block": new.bank.block.ctypes.data, "items": new.bank.items.ctypes.data} if other else {}
        self._commands += 1
        number, table = self._commands, new.player.table.ctypes.data
        for keep in self._keepers:
            keep(number, part, new)
        self._pending[number], self._pending_since = (part, new), time.monotonic()
        command = events.new("use_player", part=part, number=number, table=table, count=len(new.bank), **place)
        if not self._worker.control.push(command):
            del self._pending[number]
            if other:
                self._release(new.bank)
            self._forget(new)
            raise LivehostError("the worker takes no commands.")
        if self._background and not new.arrived.wait(ANSWER_S):
            raise LivehostError(f"the worker has not answered for {ANSWER_S:.0f} s; it takes over when it does.")

    def _worker_is_asked(self) -> bool:
        """Whether the worker has been told of a player, and may still take it over."""
        return bool(self._pending) and time.monotonic() - self._pending_since < ANSWER_S

    def _event(self, event: Event) -> None:
        """Take over when the worker says that another player answers; name a part that has failed."""
        if event["kind"] == "player_changed":
            self._take_over(event["number"])
        elif event["kind"] == "part_failed":
            part = event["part"]
            self._notices.say(f"Part {part} ({self.description(part)}) has failed and is silent.", "error")

    def _take_over(self, number: int) -> None:
        part, new = self._pending.pop(number, (0, None))
        if new is None:
            return
        old, self.active[part] = self.active[part], new
        if old is not None:
            self._retired.append((time.monotonic() + KEEP_S, old))
        new.arrived.set()
        if old is None or new.bank is not old.bank:
            self._allowed[part].clear()
        for listener in self._listeners:
            listener(part, new)
        if part == 0:
            self._bus.publish("fact", name="bank_size", value=len(new.bank))
            self._bus.publish("fact", name="context_length", value=new.player.context_length)
        if new.player.model and (old is None or new.player.model != old.player.model):
            self._values.set(part_key(part, "model"), new.player.model, "stage")
            name = part_key(part, "name")
            wanted, had_none = self._values[name], old is None or not old.player.model
            if wanted not in (OFF, new.player.name) and (had_none or wanted not in new.player.names):
                self._values.set(name, new.player.name, "stage")

    # -- what was

    def _tick(self) -> None:
        """Let go of what is no longer in use; cheap enough for every turn of a loop."""
        if self._pending and self._pending_since + EVENT_S < time.monotonic():  # a ring that was full lost the event
            for number in sorted(self._pending):
                if number <= self._worker.player_number(self._pending[number][0]):
                    self._take_over(number)
        if not self._retired or self._retired[0][0] > time.monotonic():
            return
        _, old = self._retired[0]
        in_use = [active.bank for active in self.active if active is not None] + [r.bank for _, r in self._retired[1:]]
        if any(bank is old.bank for bank in in_use) or self._engine.release(old.bank.block):
            self._retired.pop(0)
            self._forget(old)

    def _release(self, bank: Bank) -> None:
        """Let go of a bank that was not put in place, unless a part plays from it."""
        if not any(active is not None and active.bank is bank for active in self.active):
            self._engine.release(bank.block)

    def close(self) -> None:
        """Free what the players hold; no sound comes any more."""
        for old in [r for _, r in self._retired] + [active for active in self.active if active is not None]:
            self._forget(old)
        self._retired = []

    def _remember(self, active: ActivePlayer) -> None:
        if active.player.attention is not None:
            self._memories[active.player.attention.number] = active.player.attention

    def _forget(self, active: ActivePlayer) -> None:
        if active.player.attention is not None:
            self._memories.pop(active.player.attention.number, None)
        active.player.close()

    def _name(self, event: Event) -> None:
        """Name items and players in events, by what is in use when the event's turn has come."""
        index, part = event.get("index"), event.get("part", 0)
        if event["kind"] == "next":
            count = event.pop("count")
            event |= {field: event[field][:count] for field in ("index", "probability")}
            event["name"] = [self.item_name(i, part) for i in event["index"]]
        elif isinstance(index, int):
            event["name"] = self.item_name(index, part)
        elif event["kind"] == "player_changed" and event["number"] in self._pending:
            _, new = self._pending[event["number"]]
            event |= {"player": new.player.description, "bank": str(new.bank.directory)}

    def _copy_attention(self, event: Event) -> None:
        """Copy the rows of an attention event out of its player's memory."""
        memory = self._memories.get(event["memory"])
        event.update(memory.read(event) if memory is not None else {})
