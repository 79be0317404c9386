"""One running session: composes bank, players, engine, driver, OSC, MIDI, log and recorder; start, run, close."""

import gc
import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from livehost import events
from livehost.bank.scan import scan
from livehost.errors import LivehostError
from livehost.rt import compile_cache
from livehost.rt.thread import NativeThread
from livehost.settings import PARTS, Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.health import Health
from livehost.stage.notices import Notices

_CLOSING_MS = 60.0
_CHUNK = 4096
_START_S = 2.0

Progress = Callable[[int, int, str], None]


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
    outputs : Outputs
    monitor : Monitor
    tempo : Tempo
    control : StageControl
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
        if not values["bank.dir"]:
            raise LivehostError("livehost needs a folder of sounds to play: --bank DIR.", 2)
        if not compile_cache.is_warm():
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
        from livehost.stage.heard_beats import HeardBeats
        from livehost.stage.hot_swap import HotSwap
        from livehost.stage.midi_setup import check_midi, open_midi_in
        from livehost.stage.monitor import Monitor
        from livehost.stage.outputs import Outputs
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
        self.outputs = Outputs(
            values, engine, bus, notices,
            files=setup.output_files(values, also_write),
            roots=[bank.items["root"] if bank is not None else () for bank in banks],
            names=[bank.names if bank is not None else () for bank in banks],
            header=setup.log_header(values, driver, players), realtime=driver.realtime,
            clock=timebase if driver.realtime else None,
        )  # fmt: skip
        self.hot_swap.on_change(
            lambda part, active: self.outputs.use_roots(part, active.bank.items["root"], active.bank.names)
        )
        self.monitor = Monitor(values, driver, engine, worker, self.hot_swap, self.outputs, self.health, notices, bus)
        self.urgent = Urgent(
            engine.gate, engine.broadcast, engine.parameters["master_mute"], engine.rate, int(engine["panic_fade"])
        )
        self.tempo = Tempo(
            values, timebase, driver.rate, bus, self.outputs.midi,
            hear=HeardBeats(worker, timebase, driver.block).read,
        )  # fmt: skip
        self.monitor.tell_facts(self.tempo.facts)
        self.control = StageControl(
            values, engine, worker, self.urgent, self.hot_swap, catalogue, self.outputs.recorder, self.monitor, bus,
            notices, self.tempo,
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

    def start(self) -> None:
        """Lock memory, start the threads, and say what was achieved.

        Raises
        ------
        LivehostError
            Where the sound card never asks for sound.
        """
        from livehost.rt import denormals, memory
        from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority
        from livehost.stage.watch import Watch

        compile_cache.mark_warm()
        gc.collect()
        gc.freeze()
        if not self.driver.realtime:
            self.driver.start(self.engine, self.worker)
            self.monitor.enter("running")
            return
        self._warm_up()
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
        self.outputs.start()
        self.tempo.start()
        for service in self.tempo.services:
            self.watch.look_after(service)
        self.watch.ask("the tempo", self.tempo.problem)
        if self.osc_query is not None:
            self.osc_query.start()
            self.watch.look_after(self.osc_query.service)
        self.monitor.enter("running")

    def _start_worker(self) -> None:
        from livehost.engine.worker.loop import worker_loop

        self._thread = NativeThread(worker_loop, self.worker.address, "livehost worker")
        self._thread.start()

    def _worker_again(self) -> str:
        if self._thread is not None and self._thread.alive:
            return ""
        self._start_worker()
        return "The thread of the worker died and was started again."

    def _warm_up(self) -> None:
        """Run the same compiled code on scratch memory, so that the first real block finds it loaded."""
        from livehost.engine.drivers.offline import OfflineDriver
        from livehost.engine.state import EngineState
        from livehost.engine.worker.state import WorkerState

        driver = OfflineDriver(self.settings)
        engine = EngineState(
            self.settings, self.driver.rate, inputs=driver.inputs, outputs=driver.outputs, pair=driver.pair
        )
        tables = []
        for part, active in enumerate(self.hot_swap.active):
            tables.append(active.player.table if active is not None else None)
            if active is not None:
                active.player.warm_up()
                engine.use_bank(active.bank.block, active.bank.items, part)
        clicks = np.zeros((16_384, driver.inputs), np.float32)
        clicks[::4096] = 0.5
        engine.use_source(clicks)
        worker = WorkerState(self.settings, engine, tables)
        driver.start(engine, worker)
        driver.run(len(clicks))
        worker.control.push(events.new("reset", part=-1))
        driver.run(4096)

    def finished(self) -> bool:
        """Tell whether the session has come to its end; offline, work the next piece off first.

        Raises
        ------
        LivehostError
            Where the sound card is gone.
        """
        if not self.driver.realtime:
            left = self._end_frame - int(self.engine["frame"])
            if left > 0:
                self._advance(min(_CHUNK, left))
            return left <= _CHUNK
        if self.urgent.quits:
            return True
        self.watch.look()
        if problem := self.watch.gone():
            self.monitor.enter("error")
            self.monitor.beat()
            raise LivehostError(problem)
        return 0 < self._end_frame <= self.engine["frame"]

    def _advance(self, frames: int) -> None:
        self.driver.run(frames)
        self.bus.pump(before=int(self.worker["frame"]))
        self.outputs.recorder.drain()

    def close(self) -> None:
        """Fade out, stop every thread, write and close everything. May be called in any state, more than once."""
        if self.monitor.state == "closed":
            return
        running = self.monitor.state == "running"
        self.monitor.enter("closed")
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
        self.driver.stop()
        if self._thread is not None:
            self.worker.stop()
            self._thread.join()
        self.outputs.close()
        self.hot_swap.close()
