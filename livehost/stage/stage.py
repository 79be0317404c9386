"""One running session: composes bank, players, engine, driver, OSC, MIDI, log and recorder; start, run, close."""

import gc
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from livehost.bank.scan import scan
from livehost.errors import LivehostError
from livehost.rt import compile_cache
from livehost.rt.thread import NativeThread
from livehost.settings import PARTS, Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.health import Health
from livehost.stage.notices import Notices
from livehost.stage.warm_up import warm_up
from livehost.supervise.heart import thread_busy_ms

if TYPE_CHECKING:
    from livehost.stage.card_watch import CardWatch

_CLOSING_MS = 60.0
_CHUNK = 4096
_START_S = 2.0

Progress = Callable[[int, int, str], None]


def _nothing() -> None:
    """Prepare nothing."""


class Stage:
    """A running session: composition and lifecycle; what may be done with it is `control`, what it says `monitor`.

    Parameters
    ----------
    values : Settings
        All settings.
    tell : callable
        Gets each sentence for the person at the desk.
    progress : callable
        Gets ``(done, total, name)`` while the bank is built.
    also_write : Path, optional
        Sound file that what is played is written to, besides sounding.

    Attributes
    ----------
    settings : Settings
    bus : EventBus
    notices : Notices
    driver : Driver
    engine : EngineState
    worker : WorkerState
    hot_swap : HotSwap
    growth : BankGrowth
    outputs : Outputs
    monitor : Monitor
    tempo : Tempo
    control : StageControl
    stroke_ear : StrokeEar or None
    state : SessionState
    midi_in : MidiIn
    osc_server : OscServer or None
    osc_query : OscQuery or None

    Raises
    ------
    LivehostError
        Where it cannot be set up.
    """

    def __init__(
        self,
        values: Settings,
        tell: Callable[[str], None] = print,
        progress: Progress | None = None,
        also_write: Path | None = None,
    ) -> None:
        self.settings = values
        self.notices = Notices(tell)
        self.bus = EventBus(self.notices.warn)
        self.notices.publish_on(self.bus)
        self.health = Health(self.notices.warn)
        self._thread: NativeThread | None = None
        self.card_watch: CardWatch | None = None
        from livehost.stage.setup import needs_bank

        if not values["bank.dir"] and needs_bank(values):
            raise LivehostError("livehost needs a folder of sounds to play: --bank DIR.", 2)
        if not compile_cache.is_warm():
            if values["bank.dir"]:
                scan(values["bank.dir"])  # a folder that is not there is told of before all is compiled
            compile_cache.compile_ahead(self.notices.say)
        self._compose(progress, also_write)

    def _compose(self, progress: Progress | None, also_write: Path | None) -> None:
        from livehost.bridge.osc.server import open_server
        from livehost.bridge.osc.urgent import Urgent
        from livehost.bridge.oscquery.server import open_query
        from livehost.engine.drivers import open_driver
        from livehost.engine.worker.state import WorkerState
        from livehost.players.setup import new_timing
        from livehost.stage import setup
        from livehost.stage.active_player import first_players
        from livehost.stage.audio_file import is_sound_file
        from livehost.stage.catalogue import Catalogue
        from livehost.stage.control import StageControl
        from livehost.stage.given_beats import GivenBeats
        from livehost.stage.growth import BankGrowth
        from livehost.stage.heard_beats import HeardBeats
        from livehost.stage.hints import Hints
        from livehost.stage.hot_swap import HotSwap
        from livehost.stage.midi_setup import check_midi, open_midi_in
        from livehost.stage.monitor import Monitor
        from livehost.stage.outputs import Outputs
        from livehost.stage.session_state import SessionState
        from livehost.stage.stroke_ear import open_stroke_ear
        from livehost.stage.tempo import Tempo
        from livehost.stage.timebase import Timebase

        values, notices, bus = self.settings, self.notices, self.bus
        check_midi(lambda key: values[key])
        input_file, output_file = (is_sound_file(values[f"audio.{side}"]) for side in ("input", "output"))
        self.driver = driver = open_driver(values, input_file=input_file, output_file=output_file)
        if driver.note:
            notices.say(driver.note)
        source = setup.read_input_file(values, driver.rate)
        banks = setup.open_banks(values, driver.rate, notices, progress)
        timings = [new_timing(values, part, driver.rate) for part in range(PARTS)]
        players = first_players(values, driver.rate, banks, timings, notices)
        self.engine = engine = setup.make_engine(values, driver, banks, source)
        if source is not None:  # a file does not hear the loudspeakers
            values.set("listen.room_max_ms", 0, "stage")
        tables = [active.player.table if active is not None else None for active in players]
        self.worker = worker = WorkerState(values, engine, tables, virtual=not driver.realtime)
        self._end_frame = setup.last_frame(values, driver, source)
        bus.read_from((worker.events, engine.events), lambda: int(engine["frame"]))
        catalogue = Catalogue(values, Path(players[0].bank.directory))
        self.hot_swap = HotSwap(
            values, engine, worker, bus, notices, catalogue, players, timings, background=driver.realtime
        )
        timebase = Timebase(engine, driver.rate)
        self.stroke_ear = open_stroke_ear(
            values, engine.listen, driver.rate, bus, notices.warn, background=driver.realtime
        )
        self.outputs = Outputs(
            values, engine, bus, notices,
            files=setup.output_files(values, also_write),
            roots=[bank.items["root"] if bank is not None else () for bank in banks],
            names=[bank.names if bank is not None else () for bank in banks],
            header=setup.log_header(
                values, driver, players, *setup.heard_channels(driver, source),
                stroke_ear=self.stroke_ear.model if self.stroke_ear is not None else None,
            ),
            realtime=driver.realtime, worker=worker,
            clock=timebase if driver.realtime else None,
        )  # fmt: skip
        self.hot_swap.on_change(
            lambda part, active: self.outputs.use_roots(part, active.bank.items["root"], active.bank.names)
        )
        self.monitor = Monitor(values, driver, engine, worker, self.hot_swap, self.outputs, self.health, notices, bus)
        if driver.realtime and (driver.name != "null" or source is not None):
            bus.subscribe(Hints(values, driver.rate, notices.hint).event)
        self.urgent = Urgent(
            engine.gate, engine.broadcast, engine.parameters["master_mute"], engine.rate, int(engine["panic_fade"])
        )
        self.tempo = Tempo(
            values, timebase, driver.rate, bus, self.outputs.midi,
            hear=HeardBeats(worker, timebase, driver).read, tell=GivenBeats(values, worker, timebase, driver).tell,
        )  # fmt: skip
        self.monitor.tell_facts(self.tempo.facts)
        self.growth = BankGrowth(values, self.hot_swap, catalogue, bus, notices, driver.rate, live=driver.realtime)
        self.control = StageControl(
            values, engine, worker, self.urgent, self.hot_swap, catalogue, self.outputs.recorder, self.monitor, bus,
            notices, self.tempo, self.growth,
        )  # fmt: skip
        self.state = SessionState(
            self.control.scene_list, engine, self.hot_swap, self.outputs.recorder, notices
        )  # fmt: skip
        self.midi_in = open_midi_in(
            values, self.control, self.control.learning, self.outputs, notices, self.tempo.grid.clock_input
        )
        self.osc_server = open_server(self.control, values, self.outputs.osc) if driver.realtime else None
        if self.osc_server is not None:
            self.monitor.count_refused(self.osc_server.refused)
            for notice in (*self.osc_server.notices, engine.broadcast.trouble):
                if notice:
                    notices.say(notice)
        self.osc_query = open_query(self.control, values, self.outputs.osc, self.osc_server, notices.say)
        if self.osc_query is not None:
            bus.subscribe(self.osc_query.event)
        for active in players:
            if active is not None and active.player.model:
                for note in active.player.notes:
                    notices.say(note)
        if players[0].player.model:
            notices.say(f"Model: {self.hot_swap.description()}.")

    def start(self, prepare: Callable[[], None] = _nothing) -> None:
        """Lock memory, start the threads, and say what was achieved.

        Parameters
        ----------
        prepare : callable
            Called when the players are warm, before they play.

        Raises
        ------
        LivehostError
            Where the sound card never asks for sound.
        """
        from livehost.rt import denormals, memory
        from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority
        from livehost.stage.watch import Watch

        compile_cache.mark_warm()
        memory.give_back_freed()
        if not self.driver.realtime:
            prepare()
            self._keep_players()
            self.driver.start(self.engine, self.worker)
            self.monitor.enter("running")
            return
        gc.collect()
        gc.freeze()  # a collection of all that has been imported would hold up who waits for Python
        warm_up(self.settings, self.hot_swap.active)
        prepare()
        self._keep_players()
        urgent = self.settings["run.realtime_priority"]
        if urgent:
            players = [active.player for active in self.hot_swap.active if active is not None]
            arrays = [*self.engine.arrays, *self.worker.arrays, *(a for player in players for a in player.arrays)]
            self.notices.say(f"Memory: {memory.lock(arrays)}; {denormals.describe()}.")
        self._start_worker()
        self.watch = Watch(
            self.driver, self.engine, self.worker, self.outputs, self.osc_server, self.health, self._worker_again
        )
        self.watch.look_after_inputs(self.midi_in)
        self.driver.start(self.engine, self.worker)
        deadline = time.monotonic() + _START_S
        while (self.engine["blocks"] == 0 or self.worker["tid"] == 0) and time.monotonic() < deadline:
            time.sleep(0.005)
        if self.engine["blocks"] == 0:
            self.close()
            raise LivehostError(
                f"{self.driver.device} was opened but never asks for sound; is another program holding it?"
            )
        if urgent:
            audio = raise_priority(int(self.engine["tid"]), AUDIO_PRIORITY)
            worker = raise_priority(int(self.worker["tid"]), max(1, (audio.level or AUDIO_PRIORITY) - 1))
            self.notices.say(f"Priority: audio {audio.text}; worker {worker.text}.")
        if self.driver.is_card:
            self._watch_card()
        self.outputs.start()
        self.tempo.start()
        if self.stroke_ear is not None:
            self.stroke_ear.start()
            self.watch.look_after(self.stroke_ear.service)
        for service in self.tempo.services:
            self.watch.look_after(service)
        self.watch.ask("the tempo", self.tempo.problem)
        if self.osc_query is not None:
            self.osc_query.start()
            self.watch.look_after(self.osc_query.service)
        self.monitor.enter("running")

    def _keep_players(self) -> None:
        """Keep in the session folder, where there is one, who plays first and with what in mind, and all who follow."""
        if self.outputs.session is not None:
            self.hot_swap.on_install(self.outputs.session.keep_player)
            for part, active in enumerate(self.hot_swap.active):
                if active is not None:
                    self.outputs.session.keep_player(0, part, active)

    def _watch_card(self) -> None:
        from livehost.engine.drivers.base import CardDriver
        from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority
        from livehost.stage.card_watch import CardWatch

        def raise_again() -> None:
            if self.settings["run.realtime_priority"]:
                raise_priority(int(self.engine["tid"]), AUDIO_PRIORITY)

        self.card_watch = CardWatch(
            cast(CardDriver, self.driver), self.engine, self.settings, self.bus, self.health, self.outputs.midi.panic,
            self.tempo.after_gap, raise_again,
        )  # fmt: skip
        self.watch.look_after(self.card_watch.service)
        self.card_watch.service.start()

    def _start_worker(self) -> None:
        from livehost.engine.worker.loop import worker_loop

        self._thread = NativeThread(worker_loop, self.worker.address, "livehost worker")
        self._thread.start()

    def _worker_again(self) -> str:
        if self._thread is not None and self._thread.alive:
            return ""
        self._start_worker()
        return "The thread of the worker died and was started again."

    def finished(self) -> bool:
        """Tell whether the session has come to its end; offline, work the next piece off first.

        Raises
        ------
        LivehostError
            Where the sound card is gone, and the session is to end then (``audio.on_loss`` = exit).
        """
        if not self.driver.realtime:
            left = self._end_frame - int(self.engine["frame"])
            if left > 0:
                self._advance(min(_CHUNK, left))
            return left <= _CHUNK
        if self.urgent.quits:
            return True
        self.watch.look()
        if self.card_watch is not None and self.card_watch.ended:
            self.monitor.enter("error")
            self.monitor.beat()
            raise LivehostError(self.card_watch.ended)
        return 0 < self._end_frame <= self.engine["frame"]

    def _advance(self, frames: int) -> None:
        self.driver.run(frames)
        if self.stroke_ear is not None:
            self.stroke_ear.hear_ready()
        self.bus.pump(before=int(self.worker["frame"]))
        self.outputs.drain()

    def clocks(self) -> tuple[int, int, int]:
        """Give what moves while all is well: blocks served, busy time of the audio thread (ms), frame of the worker."""
        return int(self.engine["blocks"]), thread_busy_ms(int(self.engine["tid"])), int(self.worker["frame"])

    def close(self) -> None:
        """Fade out, stop every thread, write and close everything. May be called in any state, more than once."""
        if self.monitor.state == "closed":
            return
        running = self.monitor.state == "running"
        self.monitor.enter("closed")
        self.growth.close()
        if running:
            self.engine.gate.shut(round(_CLOSING_MS * self.driver.rate / 1000))  # this one alone
            tail = self.engine.limiter.lookahead_frames + self.engine.insert_latency
            self.driver.run(math.ceil(_CLOSING_MS * self.driver.rate / 1000) + tail)
        if self.osc_query is not None:
            self.osc_query.close()
        if self.osc_server is not None:
            self.osc_server.close()
        self.tempo.close()
        self.midi_in.close()
        if self.card_watch is not None:
            self.card_watch.close()
        if self.stroke_ear is not None:
            self.stroke_ear.close()
        self.driver.stop()
        if self._thread is not None:
            self.worker.stop()
            self._thread.join()
        self.outputs.close()
        self.hot_swap.close()
        if self.driver.realtime:
            gc.unfreeze()  # what was kept from the collector is over
