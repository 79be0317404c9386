"""One evening: wires bank, player, engine, driver, OSC, MIDI, log and recorder together; start, ready, panic, stop."""

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import livehost
from livehost import events
from livehost.bank.scan import scan
from livehost.bridge.token_bucket import Budget
from livehost.errors import LivehostError
from livehost.events import NOW
from livehost.rt import compile_cache
from livehost.rt.gate import LET_RING
from livehost.rt.gate import shuttings as count_shuttings
from livehost.settings import TABLE, Settings, Value, parameter_index
from livehost.stage.audio_file import is_sound_file
from livehost.stage.health import Health
from livehost.stage.hot_swap import Swap, silent
from livehost.stage.monitor import Measured
from livehost.stage.recent import Recent
from livehost.stage.stats import Figures, percentiles
from livehost.stage.watch import Watch

if TYPE_CHECKING:
    from livehost.engine.state import EngineState
    from livehost.engine.worker.state import WorkerState

#: How long the last sounds have to die away after an input file's end.
TAIL_S = 2.0
_CLOSING_MS = 60.0
_CHUNK = 4096
_START_S = 2.0
#: Refused messages that are told of.
_REFUSALS_PER_SECOND = 5

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]


class Stage(Measured):
    """A running livehost; implements `livehost.bridge.control.Control`.

    Parameters
    ----------
    values : Settings
        All settings.
    say : callable
        Gets each sentence for the person at the desk.
    progress : callable
        Gets ``(done, total, name)`` while the bank is built.
    tape : Path, optional
        Sound file that what is played is written to, besides sounding.
    """

    def __init__(
        self, values: Settings, say: Say = print, progress: Progress | None = None, tape: Path | None = None
    ) -> None:
        self.settings, self._tell, self._tape = values, say, tape
        self.figures = Figures()
        self._began, self._state = time.monotonic(), "starting"
        self._beats, self._notice, self._told_state = 0, "", ("", False)
        self._refusals = Budget(_REFUSALS_PER_SECOND, _REFUSALS_PER_SECOND)
        self.recent, self.health = Recent(), Health(self._warn)
        self._set_up(progress)

    # -- starting

    def _set_up(self, progress: Progress | None) -> None:
        values = self.settings
        self._input_file = is_sound_file(values["audio.input"])
        self._output_file = is_sound_file(values["audio.output"])
        if not values["bank.dir"]:
            raise LivehostError("livehost needs a folder of sounds to play: --bank DIR.", 2)
        if not compile_cache.is_warm():
            scan(values["bank.dir"])  # a folder that is not there is told of before half a minute of compiling
            compile_cache.compile_ahead(self._say)
        from livehost.bank.load import open_bank
        from livehost.bridge.osc.urgent import Urgent
        from livehost.engine.drivers import open_driver
        from livehost.engine.state import EngineState
        from livehost.engine.worker.state import WorkerState
        from livehost.players import make_player
        from livehost.stage.outputs import Outlets

        self.driver = open_driver(values, input_file=self._input_file, output_file=self._output_file)
        if self.driver.note:
            self._say(self.driver.note)
        source = self._read_source()
        self.bank = open_bank(
            values["bank.dir"],
            int(self.driver.rate),
            slice_onsets=values["bank.slice"],
            match_loudness=values["bank.match_loudness"],
            progress=progress,
        )
        for note in self.bank.notes:
            self._say(note)
        for name, why in self.bank.skipped:
            self._say(f"Left out of the bank: {name} ({why}).")
        wanted = values["player.name"]
        self.player = make_player(values, self.bank, self.driver.rate, self._say)
        inputs = self.driver.inputs if source is None else source.shape[1]
        listened = self.driver.listened if source is None else tuple(range(inputs))
        self.engine = EngineState(
            values,
            self.driver.rate,
            inputs=inputs,
            outputs=self.driver.outputs,
            listened=listened,
            pair=self.driver.pair,
        )
        self.engine.use_bank(self.bank.block, self.bank.items)
        if source is not None:
            self.engine.use_source(source)
        self.engine.state[0]["silent"] = int(self._output_file)
        if source is not None:  # a file does not hear the loudspeakers
            values.set("listen.room_max_ms", 0, "default")
        self.worker = WorkerState(values, self.engine, self.player, virtual=not self.driver.realtime)
        self._end_frame = self._last_frame(source)
        engine = self.engine
        muted = parameter_index("audio", "master.mute")
        self.urgent = Urgent(
            engine.gate, engine.broadcast, engine.parameters[muted : muted + 1], engine.rate, int(engine["panic_fade"])
        )
        self.outlets = Outlets(self, self._output_paths(), self._say)
        self.hub, self.recorder = self.outlets.hub, self.outlets.recorder
        self.swap = Swap(self, self._say, stands_in=values["player.name"] != wanted)
        if self.swap.cast.model:
            for note in self.player.notes:  # type: ignore[attr-defined]
                self._say(note)
            self._say(f"Model: {self.swap.answers()}.")
        self.hub.listen(self.swap.event)
        self.hub.each_turn(self.swap.tick)
        self.hub.listen(self.figures.event)
        self.hub.listen(self.recent.event)
        self.hub.each_turn(self._beat)
        values.listen(self._changed)

    def _say(self, text: str, level: str = "info") -> None:
        self._notice = text
        self._tell(text)
        if outlets := getattr(self, "outlets", None):
            outlets.write_sentence(text, level)

    def _warn(self, text: str) -> None:
        self._say(text, "warning")

    def _read_source(self) -> np.ndarray | None:
        path = self.settings["audio.input"]
        if not self._input_file:
            return None
        from livehost.bank.decode import UnusableSound, decode

        try:
            samples = decode(path, int(self.driver.rate)).samples
        except UnusableSound as error:
            raise LivehostError(f"The input file {path} {error}.") from None
        except OSError as error:
            raise LivehostError(f"The input file {path} cannot be read: {error.strerror}.") from None
        if len(samples) < self.settings["listen.frame_samples"]:
            raise LivehostError(
                f"The input file {path} is too short: {len(samples)} samples, and one analysis frame has "
                f"{self.settings['listen.frame_samples']}."
            )
        return samples

    def _last_frame(self, source: np.ndarray | None) -> int:
        """Frame at which the evening ends by itself, 0 for never."""
        if self.settings["run.seconds"] > 0:
            return max(1, round(self.settings["run.seconds"] * self.driver.rate))
        if source is not None:
            return len(source) + round(TAIL_S * self.driver.rate)
        if not self.driver.realtime:
            raise LivehostError("The offline driver needs to know how long: give --input FILE or --seconds.", 2)
        return 0

    def _output_paths(self) -> list[Path]:
        paths = [Path(self.settings["audio.output"])] if self._output_file else []
        return paths if self._tape is None else [*paths, self._tape]

    def _beat(self) -> None:
        """Tell OSC what has changed, and once a second that livehost lives, and how it is doing."""
        state, uptime = self.status()
        if self._told_state != (state, self.halted):
            self._told_state = (state, self.halted)
            self.outlets.osc_out.send("/livehost/status", state, uptime)
            self.outlets.osc_out.send("/livehost/halted", int(self.halted))
        if uptime < self._beats:
            return
        self._beats += 1
        self.outlets.osc_out.send("/livehost/heartbeat", self._beats, state)
        _, callback_p99, callback_max = self.callback_us()
        decide_p50, decide_p99, _ = percentiles(self.figures.decide_ms)
        counters = self.counters()
        self.outlets.osc_out.event(
            {
                "kind": "perf", "cpu": 100 * self.cpu(), "callback_p99_ms": callback_p99 / 1000,
                "callback_max_ms": callback_max / 1000, "decide_p50_ms": decide_p50, "decide_p99_ms": decide_p99,
                "xruns": counters["xruns"], "late": counters["late"], "fallbacks": counters["fallbacks"],
            }
        )  # fmt: skip

    def start(self) -> None:
        """Lock memory, start the threads, and say what was achieved."""
        from livehost.rt import denormals, memory
        from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority

        self._began = time.monotonic()
        compile_cache.mark_warm()
        gc.collect()
        gc.freeze()
        if not self.driver.realtime:
            self.driver.start(self.engine, self.worker)
            self._state = "running"
            return
        self._warm_up()
        urgent = self.settings["run.realtime_priority"]
        if urgent:
            arrays = [*self.engine.arrays, *self.worker.arrays, *getattr(self.player, "arrays", ())]
            self._say(f"Memory: {memory.lock(arrays)}; {denormals.describe()}.")
        self._start_worker()
        self.watch = Watch(self.driver, self.engine, self.worker, self.outlets, self.health, self._worker_again)
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
            self._say(f"Priority: audio {audio.text}; worker {worker.text}.")
        self.outlets.start()
        self._state = "running"

    def _start_worker(self) -> None:
        from livehost.engine.worker.loop import worker_loop
        from livehost.rt.thread import NativeThread

        self._thread = NativeThread(worker_loop, self.worker.address, "livehost worker")
        self._thread.start()

    def _worker_again(self) -> str:
        if self._thread.alive:
            return ""
        self._start_worker()
        return "The thread of the worker died and was started again."

    def _warm_up(self) -> None:
        """Run the same compiled code on scratch memory, so that the first real block finds it loaded."""
        from livehost.engine.drivers.offline import OfflineDriver
        from livehost.engine.state import EngineState
        from livehost.engine.worker.state import WorkerState

        if warm_up := getattr(self.player, "warm_up", None):
            warm_up()
        driver = OfflineDriver(self.settings)
        engine = EngineState(
            self.settings, self.driver.rate, inputs=driver.inputs, outputs=driver.outputs, pair=driver.pair
        )
        engine.use_bank(self.bank.block, self.bank.items)
        clicks = np.zeros((16_384, driver.inputs), np.float32)
        clicks[::4096] = 0.5
        engine.use_source(clicks)
        worker = WorkerState(self.settings, engine, self.player)
        driver.start(engine, worker)
        driver.advance(len(clicks))
        worker.control.push(events.new("reset"))
        driver.advance(4096)

    # -- running

    def finished(self) -> bool:
        """Tell whether the evening has come to its end (offline, work the next piece off first).

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
        if trouble := self.watch.gone():
            self._state = "error"
            self._beat()
            raise LivehostError(trouble)
        return 0 < self._end_frame <= self.engine["frame"]

    def _advance(self, frames: int) -> None:
        self.driver.advance(frames)  # type: ignore[attr-defined]
        self.hub.pump(before=int(self.worker["frame"]))
        self.recorder.follow()

    def close(self) -> None:
        """Fade out, stop every thread, write and close everything. May be called in any state, more than once."""
        if self._state == "closed":
            return
        running = self._state == "running"
        self._state = "closed"
        if running:
            self.engine.gate.shut(round(_CLOSING_MS * self.driver.rate / 1000))  # this one alone
            wait = _CLOSING_MS / 1000 + self.engine.limiter.lookahead_frames / self.driver.rate
            if self.driver.realtime:
                time.sleep(wait + 2 * self.driver.block / self.driver.rate)
            else:
                self._advance(int(np.ceil(wait * self.driver.rate)))
        self.outlets.close_in()
        self.driver.stop()
        if thread := getattr(self, "_thread", None):
            self.worker.stop()
            thread.join()
        self.outlets.close()
        self.swap.close()

    # -- Control

    def set(self, key: str, value: Any, source: str = "osc") -> Value:
        """Change a setting; see `Control`."""
        held = self.settings.set(key, value, source)
        if key == "player.name" and held == "bank":
            self.swap.want_model()
        return held

    def load(self, what: str, name: str, fail: Callable[[str], None] = silent) -> None:
        """Put another model, bank or context in place; see `Control`."""
        self.swap.load(what, name, fail)

    def save_context(self, name: str, fail: Callable[[str], None] = silent) -> None:
        """Keep the context; see `Control`."""
        self.swap.save_context(name, fail)

    def _changed(self, key: str, value: Value) -> None:
        """Carry a changed setting to the thread that owns it."""
        owners: dict[str, EngineState | WorkerState] = {"audio": self.engine, "worker": self.worker}
        if (owner := owners.get(TABLE[key].room)) is not None:
            owner.set(parameter_index(TABLE[key].room, key), TABLE[key].number(value))

    def panic(self, fade_ms: float | None = None) -> None:
        """Fade all voices and drop what is queued; see `Control`."""
        self.urgent.panic(fade_ms)

    def stop(self) -> None:
        """Start no new voice; see `Control`."""
        self.engine.gate.shut(LET_RING)

    def resume(self, shuttings: int | None = None) -> None:
        """Play again; see `Control`."""
        word = self.engine.gate.word
        if shuttings is None or shuttings == count_shuttings(word):
            self.engine.gate.open(word)

    def quit(self) -> None:
        """End the session; see `Control`."""
        self.urgent.quit()

    def _command(self, name: str, **values: Any) -> None:
        if not self.worker.control.push(events.new(name, **values)):
            raise LivehostError("The worker takes no commands at the moment; try again.")

    def reset(self) -> None:
        """Forget what was heard; see `Control`."""
        self._command("reset")

    def play(self, index: int, gain_db: float = 0.0, frame: int = NOW, shuttings: int | None = None) -> None:
        """Start an item by hand; see `Control`."""
        self._check_item(index)
        word = self.engine.gate.word
        if word % 2 or (shuttings is not None and shuttings != count_shuttings(word)):
            raise LivehostError("Nothing plays since the panic or the stop: /livehost/start goes on.")
        reason = events.REASONS.index("manual")
        voice = events.new(
            "voice", frame, index=index, gain_db=gain_db, reason=reason, onset_frame=-1, decision=-1, rate=1.0,
            gate=word,
        )  # fmt: skip
        if not self.engine.control.push(voice):
            raise LivehostError("Too many sounds are asked for at once.")

    def steer(self, verdict: str) -> None:
        """Judge the last choice; see `Control`."""
        words = events.BY_NAME["steer"].fields[0].words
        if verdict not in words:
            raise LivehostError(f"A verdict is one of {', '.join(words)}, not {verdict!r}.", 2)
        self._command("steer", verdict=words.index(verdict))

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item be chosen, or not; see `Control`."""
        if index != -1:
            self._check_item(index)
        self._command("allow", index=index, allowed=int(allowed))
        self.swap.allow(index, allowed)

    def _check_item(self, index: int) -> None:
        if not 0 <= index < len(self.bank):
            raise LivehostError(f"There is no item {index}: the bank has items 0 to {len(self.bank) - 1}.", 2)

    @property
    def recording(self) -> bool:
        """Whether a recording goes on; see `Control`."""
        return self.outlets.recorder.recording

    def record(self, start: bool) -> None:
        """Start or stop recording; see `Control`."""
        recorder = self.outlets.recorder
        self._say(recorder.record() if start else recorder.stop())

    def refused(self, code: str, address: str, text: str) -> None:  # noqa: ARG002  the log of OSC errors has it
        """Tell of a message that was refused; see `Control`."""
        if self._refusals.take("all"):
            self._say(f"OSC: {text}" if not address else f"OSC, {address}: {text}", "error")

    def item_name(self, index: int) -> str:
        """Name of an item; see `Control`."""
        return self.bank.names[index] if 0 <= index < len(self.bank.names) else ""

    def info(self) -> dict[str, Any]:
        """Facts of this run; see `Control`."""
        return {
            "version": livehost.__version__, "api": 1, "sample_rate": int(self.driver.rate), "block": self.driver.block,
            "device": self.driver.device, "bank": str(self.bank.directory), "bank_size": len(self.bank),
            "model": self.swap.answers(), "context_length": self.swap.context_length(), "halted": int(self.halted),
            "latency_ms": (self.driver.block + self.engine.limiter.lookahead_frames) * 1000 / self.driver.rate,
        }  # fmt: skip

    def frame_at(self, unix_time: float) -> int:
        """Frame at a Unix time; see `Control`."""
        return int(self.engine["frame"]) + round((unix_time - time.time()) * self.driver.rate)
