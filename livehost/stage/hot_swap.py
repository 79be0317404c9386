"""Another model, bank or context on a running stage: made and warmed aside, then put in place between two decisions.

What is replaced is kept until no voice reads from it and the last of its attention has been told.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from livehost import events
from livehost.errors import LivehostError
from livehost.players import model_player, nearest_player
from livehost.settings import Settings

if TYPE_CHECKING:
    from livehost.bank.layout import Bank
    from livehost.stage.stage import Stage

#: How long what was replaced is kept at least, s.
KEEP_S = 10.0
#: How long the worker may take over a change, and a load before another one goes ahead of it (a dead disk), s.
ANSWER_S, HUNG_S = 5.0, 30.0
#: How long the event that tells of a change may take, s.
EVENT_S = 1.0


Fail = Callable[[str], None]


def silent(_text: str) -> None:
    """Tell nobody."""


def bare(name: str, what: str) -> str:
    """Refuse a name that could lead out of the folder that it is looked for in.

    Raises
    ------
    LivehostError
        Where it holds a path separator, a drive, or two dots, or is empty or hidden.
    """
    if not name or name.startswith(".") or ".." in name or any(c in name for c in '/\\:\0"') or not name.isprintable():
        raise LivehostError(f"A {what} is called by its bare name, not {name!r}.", 2)
    return name


@dataclass(eq=False)
class Cast:
    """Who plays what.

    Parameters
    ----------
    player, bank
        The player, and the bank that it chooses from.
    model : Path or str
        Where its model came from, empty for none.
    arrived : threading.Event
        Set once the worker has said that it answers.
    """

    player: Any
    bank: "Bank"
    model: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)

    @property
    def attention(self) -> Any:
        """Memory of its attention, None where it has no model."""
        return getattr(self.player, "attention", None)


class Swap:
    """Replaces parts of a running stage.

    What is asked for is found, read and made by a thread of its own: a disk that hangs holds up nobody.

    Parameters
    ----------
    stage : Stage
        Its player, bank and worker are set up.
    say : callable
        Gets each sentence for the person at the desk, and its level where that is not "info".
    stands_in : bool
        Player nearest answers because the model that was wanted is not to be had.
    """

    def __init__(self, stage: "Stage", say: Callable[..., None], *, stands_in: bool = False) -> None:
        self._stage, self._say = stage, say
        self._values: Settings = stage.settings
        model = self._values["player.model"] if hasattr(stage.player, "attention") else ""
        self.cast = Cast(stage.player, stage.bank, model)
        self._banks = Path(stage.bank.directory).resolve().parent
        self._allowed: dict[int, bool] = {}
        #: Whether player nearest answers because the model that was wanted is not to be had.
        self.stands_in = stands_in
        self._coming: dict[int, Cast] = {}  # by the number of the command
        self._coming_since, self._puts = 0.0, 0
        self._retired: list[tuple[float, Cast]] = []
        self._lock = threading.Lock()
        self._job = 0  # number of the newest load
        self._job_began: float | None = None  # since when it has been going on
        self._remember(self.cast)

    # -- what is

    def answers(self) -> str:
        """Say who answers: the model and what runs it, or the player's name."""
        name = self._values["player.name"]
        if name != "bank" or not self.cast.model:
            return "nearest" if name == "bank" else name
        return self._called(self.cast)

    @staticmethod
    def _called(cast: Cast) -> str:
        return f"{cast.player.export.manifest.name}, {cast.player.backend}" if cast.model else "nearest"

    def context_length(self) -> int:
        """Count the sounds of the context."""
        return len(self.cast.player.context()) if self.cast.model else 0

    def allow(self, index: int, allowed: bool) -> None:
        """Keep in mind what may be chosen, for the player that comes next."""
        if index == -1:
            self._allowed.clear()
        self._allowed.pop(index, None)
        self._allowed[index] = allowed

    # -- what is asked for

    def load(self, what: str, name: str, fail: Fail = silent) -> None:
        """Begin to load a "model", "bank" or "context"; returns at once where sound goes on meanwhile.

        Parameters
        ----------
        what, name : str
        fail : callable
            Told, from another thread, why it is not used.

        Raises
        ------
        LivehostError
            Where the name is none, or another is being loaded.
        """
        make = {"model": self._model, "bank": self._bank, "context": self._context}[what]
        bare(name, what)
        if what == "context":
            self._need_model()
        self._begin_to_use(f"The {what} {name}", lambda: make(name), fail)

    def want_model(self) -> None:
        """Load the model of the settings where there is none yet."""
        if not self.cast.model:
            model = self._values["player.model"]
            self._begin_to_use(f"The model {model}", lambda: self._with_model(model), silent)

    def save_context(self, name: str, fail: Fail = silent) -> None:
        """Begin to write the context to a file of that name.

        Raises
        ------
        LivehostError
            Where there is none, the name is none, or something is being loaded.
        """
        from livehost.dsp.segment import SEGMENT_SCHEMA
        from livehost.players.bank_transformer.context import save_context

        path = self._contexts() / f"{bare(name, 'context')}.npz"
        sounds = self._need_model().context()

        def save(_job: int) -> str:
            save_context(path, sounds, self._rate, str(SEGMENT_SCHEMA))
            return f"The context is kept as {path.stem}."

        self._begin(f"The context {name} is not kept", save, fail)

    def _model(self, name: str) -> Cast:
        return self._with_model(str(self._export(name)))

    def _bank(self, name: str) -> Cast:
        folder = self._banks / name
        if not folder.is_dir():
            raise LivehostError(f"There is no folder {name} beside the bank.", 2)
        return self._with_bank(folder)

    def _context(self, name: str) -> Cast:
        from livehost.dsp.segment import SEGMENT_SCHEMA
        from livehost.players.bank_transformer.context import load_context

        sounds = load_context(self._contexts() / f"{name}.npz", self._rate, str(SEGMENT_SCHEMA))
        if len(sounds):  # of another evening's clock: the last of them is just over
            sounds["onset"] += int(self._stage.engine["frame"]) - int(sounds["onset"][-1] + sounds["frames"][-1])
        return self._fed(model_player(self._values, self.cast.bank, self._rate, self.cast.model), sounds)

    @property
    def _rate(self) -> float:
        return self._stage.driver.rate

    def _need_model(self) -> Any:
        if not self.cast.model:
            raise LivehostError("Only a model has a context, and none is loaded.", 2)
        return self.cast.player

    def _contexts(self) -> Path:
        chosen = self._values["player.contexts"]
        return Path(chosen) if chosen else platformdirs.user_data_path("livehost") / "contexts"

    def _export(self, name: str) -> Path:
        """Find an export beside the one that the evening began with, or where exports are."""
        from livehost.inference.export import export_places
        from livehost.inference.manifest import MANIFEST

        begun = Path(self._values["player.model"]).expanduser()
        places = [begun.parent] if len(begun.parts) > 1 else []
        for place in [*places, *export_places()]:
            if (place / name / MANIFEST).is_file():
                return (place / name).resolve()
        known = sorted({m.parent.name for place in [*places, *export_places()] for m in place.glob(f"*/{MANIFEST}")})
        raise LivehostError(f"There is no export {name!r}; known are: {', '.join(known) or 'none'}.", 2)

    # -- making, aside

    def _with_model(self, model: str) -> Cast:
        player: Any = model_player(self._values, self.cast.bank, self._rate, model)
        cast = self._fed(player, self.cast.player.context() if self.cast.model else None)
        cast.model = model
        return cast

    def _with_bank(self, folder: Path) -> Cast:
        from livehost.bank.load import open_bank

        values, old = self._values, self.cast
        bank = open_bank(
            folder, int(self._rate), slice_onsets=values["bank.slice"], match_loudness=values["bank.match_loudness"]
        )
        if not old.model:
            return Cast(nearest_player(values, bank), bank)
        cast = self._fed(model_player(values, bank, self._rate, old.model), None, bank)
        sounds = old.player.context()
        sounds["index"] = -1  # items of the old bank have no number in the new one
        cast.player.feed(sounds)
        return cast

    def _fed(self, player: Any, sounds: Any, bank: Any = None) -> Cast:
        player.warm_up()
        if sounds is not None and len(sounds):
            player.feed(sounds)
        return Cast(player, self.cast.bank if bank is None else bank, self.cast.model)

    # -- putting in place

    def _begin_to_use(self, what: str, make: Callable[[], Cast], fail: Fail) -> None:
        def use(job: int) -> str:
            new = make()
            if job != self._job:
                raise LivehostError("it took so long that something else was asked for.")
            self._put(new)
            return f"{what} is in place: {len(new.bank)} sounds, {self._called(new)}."

        self._begin(f"{what} is not used", use, fail)

    def _begin(self, failure: str, work: Callable[[int], str], fail: Fail) -> None:
        """Have something done aside, one thing at a time; what hangs is given up when the next is asked for.

        Parameters
        ----------
        failure : str
            How a sentence begins that says what went wrong.
        work : callable
            Takes its number, gives the sentence to say when it is done.
        fail : callable
            Told what went wrong.
        """
        with self._lock:
            now = time.monotonic()
            at_work = self._job_began is not None and now - self._job_began < HUNG_S
            if at_work or (self._coming and now - self._coming_since < ANSWER_S):
                raise LivehostError("Another model, bank or context is being loaded; wait for it.", 2)
            self._job, self._job_began = self._job + 1, now
            arguments = (self._job, failure, work, fail)
        if self._stage.driver.realtime:
            threading.Thread(target=self._run, args=arguments, name="livehost swap", daemon=True).start()
        else:
            self._run(*arguments)

    def _run(self, job: int, failure: str, work: Callable[[int], str], fail: Fail) -> None:
        try:
            self._say(work(job))
        except LivehostError as error:
            self._fail(f"{failure}: {error}", fail)
        except Exception as error:  # whatever it was, the evening goes on as it is
            self._fail(f"{failure}: {type(error).__name__}: {error}.", fail)
        finally:
            with self._lock:
                if job == self._job:
                    self._job_began = None

    def _fail(self, text: str, fail: Fail) -> None:
        self._say(text, "error")
        fail(text)
        if not self.cast.model and self._values["player.name"] == "bank":
            self._stage.set("player.name", "nearest")
            self.stands_in = True

    def _put(self, new: Cast) -> None:
        """Tell the worker, and wait until the new player answers.

        Raises
        ------
        LivehostError
            Where it cannot be told, or does not answer; where it answers later all the same, `event` takes over.
        """
        from livehost.rt import memory

        stage, old = self._stage, self.cast
        other = new.bank is not old.bank
        if other:
            stage.engine.hold(new.bank.block, new.bank.items)
        memory.lock([*getattr(new.player, "arrays", ()), *((new.bank.block, new.bank.items) if other else ())])
        self._remember(new)
        if not other:  # what was rejected stays so
            new.player.allowed_bits[:] = old.player.allowed_bits
            for index, allowed in list(self._allowed.items()):
                new.player.allow(index, allowed)
        place = {"block": new.bank.block.ctypes.data, "items": new.bank.items.ctypes.data} if other else {}
        self._puts += 1
        number, table = self._puts, new.player.table.ctypes.data
        self._coming[number], self._coming_since = new, time.monotonic()
        command = events.new("player", number=number, table=table, count=len(new.bank), **place)
        if not stage.worker.control.push(command):
            del self._coming[number]
            if other:
                stage.engine.release(new.bank.block)
            self._forget(new)
            raise LivehostError("the worker takes no commands.")
        if stage.driver.realtime and not new.arrived.wait(ANSWER_S):
            raise LivehostError(f"the worker has not answered for {ANSWER_S:.0f} s; it takes over when it does.")

    def event(self, event: dict[str, Any]) -> None:
        """Take over when the worker says that another player answers."""
        if event["kind"] == "swapped":
            self._take_over(event["number"])

    def _take_over(self, number: int) -> None:
        new = self._coming.pop(number, None)
        if new is None:
            return
        stage, old = self._stage, self.cast
        self.cast = new
        self._retired.append((time.monotonic() + KEEP_S, old))
        new.arrived.set()
        if other := new.bank is not old.bank:
            self._allowed.clear()
        stage.player, stage.bank, stage.worker.player = new.player, new.bank, new.player
        if other and stage.outlets.midi is not None:
            stage.outlets.midi.use_roots(new.bank.items["root"])
        stage.outlets.osc_out.send("/livehost/bank/size", len(new.bank))
        stage.outlets.osc_out.send("/livehost/model/context/length", self.context_length())
        if new.model and new.model != old.model:
            self.stands_in = False
            self._values.set("player.model", new.model, "osc")
            if not old.model and self._values["player.name"] == "nearest":
                stage.set("player.name", "bank")

    # -- what was

    def tick(self) -> None:
        """Let go of what is no longer in use; cheap enough for every turn of a loop."""
        if self._coming and self._coming_since + EVENT_S < time.monotonic():  # a ring that was full lost the event
            for number in [n for n in sorted(self._coming) if n <= self._stage.worker["player_number"]]:
                self._take_over(number)
        if not self._retired or self._retired[0][0] > time.monotonic():
            return
        _, old = self._retired[0]
        if old.bank is self.cast.bank or any(c.bank is old.bank for _, c in self._retired[1:]):
            free = True
        else:
            free = self._stage.engine.release(old.bank.block)
        if free:
            self._retired.pop(0)
            self._forget(old)

    def close(self) -> None:
        """Free what the players hold; no sound comes any more."""
        for old in [c for _, c in self._retired] + [self.cast]:
            self._forget(old)
        self._retired = []

    def _remember(self, cast: Cast) -> None:
        if cast.attention is not None:
            self._stage.outlets.hub.memories[cast.attention.number] = cast.attention

    def _forget(self, cast: Cast) -> None:
        if cast.attention is not None:
            self._stage.outlets.hub.memories.pop(cast.attention.number, None)
        if close := getattr(cast.player, "close", None):
            close()
