"""Control of a running session: what OSC, MIDI and the keyboard may do with it; see `livehost.bridge.control`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from livehost import events
from livehost.bridge.midi.controllers import Learn
from livehost.bridge.midi.mapping import parse_map, to_text, without
from livehost.bridge.osc.perform import read_target
from livehost.bridge.osc.urgent import Urgent
from livehost.bridge.token_bucket import TokenBucket
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.events import NOW
from livehost.rt.gate import LET_RING, shuttings
from livehost.setting import Value
from livehost.settings import PARTS, TABLE, Settings, normalised, part_key
from livehost.stage.background_job import ignore
from livehost.stage.catalogue import Catalogue
from livehost.stage.event_bus import EventBus
from livehost.stage.growth import BankGrowth
from livehost.stage.hot_swap import HotSwap
from livehost.stage.midi_setup import check_midi
from livehost.stage.monitor import Monitor
from livehost.stage.notices import Notices
from livehost.stage.recorder import Recorder
from livehost.stage.rests import Rests
from livehost.stage.scene_list import SceneList
from livehost.stage.tempo import Tempo

#: Tempo at which a piece can be opened, beats a minute, and bars of the longest rest.
SLOWEST_BPM, FASTEST_BPM, MOST_BARS = 40, 240, 256
#: Refused messages that are told of.
_REFUSALS_PER_SECOND = 5


class StageControl:
    """Implements `livehost.bridge.control.Control`; posts commands, and publishes every change of a setting.

    Parameters
    ----------
    values : Settings
    engine, worker
        Memory of the real-time threads.
    urgent : Urgent
        Panic, stop, mute and quit, past every queue.
    hot_swap : HotSwap
    catalogue : Catalogue
    recorder : Recorder
    monitor : Monitor
        Facts and state.
    bus : EventBus
    notices : Notices
    tempo : Tempo
    growth : BankGrowth

    Attributes
    ----------
    learning : Learn
        The address that waits for a controller.
    scene_list : SceneList
    """

    def __init__(
        self,
        values: Settings,
        engine: EngineState,
        worker: WorkerState,
        urgent: Urgent,
        hot_swap: HotSwap,
        catalogue: Catalogue,
        recorder: Recorder,
        monitor: Monitor,
        bus: EventBus,
        notices: Notices,
        tempo: Tempo,
        growth: BankGrowth,
    ) -> None:
        self.settings, self.urgent, self.learning = values, urgent, Learn()
        self._engine, self._worker, self._hot_swap = engine, worker, hot_swap
        self.scene_list = SceneList(values, hot_swap, catalogue, bus, notices)
        self._recorder, self._monitor, self._bus, self._notices = recorder, monitor, bus, notices
        self._tempo, self._growth = tempo, growth
        self._rests = Rests(
            lambda on: self._for_parts("player.rest", on), lambda: tempo.facts()["transport"] == "playing"
        )
        bus.subscribe(self._rests.event)
        self._refusals = TokenBucket(_REFUSALS_PER_SECOND, _REFUSALS_PER_SECOND)
        self._published = {key: normalised(values[key]) for key in TABLE}
        values.listen(self._changed)

    # -- Parameters

    def set(self, key: str, value: Any, by: str = "osc") -> Value:
        """Change a setting; see `Control`."""
        checked = self.settings.checked(key, value, by)
        check_midi(lambda k: checked if k == key else self.settings[k])
        self._tempo.check(key, checked)
        return self._set(key, value, by)

    def prepare(self, key: str, value: Any, frame: int) -> None:
        """Have a setting of the audio thread take a value at a frame; see `Control`."""
        setting = TABLE[key]
        if setting.thread == "audio":
            self._engine.set_at(setting.field, setting.number(setting.clamp(value)), frame)

    def _set(self, key: str, value: Any, by: str) -> Value:
        held = self.settings.set(key, value, by)
        setting = TABLE[key]
        if setting.part >= 0 and setting.field == "name":
            self._hot_swap.want_player(setting.part, str(held))
        return held

    def _changed(self, key: str, value: Value) -> None:
        """Carry a changed setting to the thread that owns it, and publish it where it is not what it was."""
        setting = TABLE[key]
        if setting.thread == "audio":
            self._engine.set(setting.field, setting.number(value))
        elif setting.thread == "worker":
            self._worker.set(setting.field, setting.number(value))
        elif key == "player.rest":
            self._rests.want(setting.number(value))
        elif setting.thread == "part":
            self._for_parts(key, setting.number(value))
        elif setting.thread == "voice":
            self._engine.strips.set(setting.voice, setting.field, setting.number(value))
        told = normalised(value)
        if self._published[key] != told:
            self._published[key] = told
            self._bus.publish("setting", key=key, value=told, by=self.settings.by(key))

    def _for_parts(self, key: str, number: float) -> None:
        """Carry a setting to the part that it belongs to, or to all of them."""
        setting = TABLE[key]
        for part in (setting.part,) if setting.part >= 0 else range(PARTS):
            self._worker.set_part(part, setting.field, number)

    # -- Transport

    def panic(self, fade_ms: float | None = None) -> None:
        """Fade all voices and drop what is queued; see `Control`."""
        self.urgent.panic(fade_ms)

    def stop(self) -> None:
        """Start no new voice; see `Control`."""
        self._engine.gate.shut(LET_RING)

    def resume(self, since: int | None = None) -> None:
        """Play again; see `Control`."""
        word = self._engine.gate.word
        if since is None or since == shuttings(word):
            self._engine.gate.open(word)

    def begin(self, bpm: float, since: int | None = None) -> None:
        """Open a piece in silence at a tempo; see `Control`."""
        if not SLOWEST_BPM <= bpm <= FASTEST_BPM:
            raise LivehostError(
                f"A piece is opened at {SLOWEST_BPM} to {FASTEST_BPM} beats a minute, not at {bpm:g}; "
                "/livehost/start without a number only plays again.", 2
            )  # fmt: skip
        self.resume(since)
        self._end_rest()
        self._command("begin", part=-1, bpm=bpm)

    def rest(self, bars: int = 0) -> None:
        """Rest for so many bars, or until told otherwise; see `Control`."""
        if bars < 0:
            raise LivehostError(f"A rest has 0 to {MOST_BARS} bars, not {bars}.", 2)
        if bars == 0:
            if not self._end_rest():
                self.set("player.rest", True)
            return
        beats = self.settings["tempo.quantum"]
        bar = round(beats * 60.0 / self.settings["tempo.bpm"] * self._engine.rate)
        self._command("rest", part=-1, bars=min(bars, MOST_BARS), bar_frames=bar)

    def _end_rest(self) -> bool:
        """End a rest; gives whether there was one."""
        counted = bool(self._worker.state["rests"].any())
        if counted:
            self._command("rest", part=-1, bars=0, bar_frames=0)
        resting = bool(self.settings["player.rest"])
        if resting:
            self.set("player.rest", False)
        return counted or resting

    def quit(self) -> None:
        """End the session; see `Control`."""
        self.urgent.quit()

    def frame_at(self, unix_time: float) -> int:
        """Frame at a Unix time; see `Control`."""
        return self._tempo.frame_at_ns(time.monotonic_ns() + round((unix_time - time.time()) * 1e9))

    # -- Timing

    def transport(self, what: str) -> None:
        """Start, continue or stop the transport; see `Control`."""
        self._tempo.act(what)

    def tap(self, ns: int) -> None:
        """Take in a tap; see `Control`."""
        self._tempo.tap(ns)

    # -- Playing

    def play(self, index: int, gain_db: float = 0.0, frame: int = NOW, since: int | None = None, part: int = 0) -> None:
        """Start an item by hand; see `Control`."""
        self._check_item(index, part)
        word = self._engine.gate.word
        if word % 2 or (since is not None and since != shuttings(word)):
            raise LivehostError("Nothing plays since the panic or the stop: /livehost/start goes on.")
        unit = self.settings["tempo.quantise_play"]
        if frame == NOW and unit != "off":
            frame = self._tempo.next_frame(unit)
        reason = events.REASONS.index("manual")
        voice = events.new(
            "voice", frame, part=part, index=index, gain_db=gain_db, reason=reason, onset_frame=-1, decision=-1,
            rate=1.0, gate=word,
        )  # fmt: skip
        if not self._engine.control.push(voice):
            raise LivehostError("Too many sounds are asked for at once.")

    def hear_note(self, pitch: int, velocity: int, part: int = -1) -> None:
        """Tell the players of a note; see `Control`."""
        self._command("heard_note", part=part, pitch=min(max(pitch, 0), 127), velocity=min(max(velocity, 0), 127))

    def steer(self, verdict: str, part: int = -1) -> None:
        """Judge the last choice; see `Control`."""
        words = events.BY_NAME["steer"].fields[1].words
        if verdict not in words:
            raise LivehostError(f"A verdict is one of {', '.join(words)}, not {verdict!r}.", 2)
        self._command("steer", part=part, verdict=words.index(verdict))

    def allow(self, index: int, allowed: bool, part: int = 0) -> None:
        """Let an item be chosen, or not; see `Control`."""
        if index != -1:
            self._check_item(index, part)
        self._command("allow", part=part, index=index, allowed=int(allowed))
        self._hot_swap.allow(index, allowed, part)

    def reset(self, part: int = -1) -> None:
        """Forget what was heard; see `Control`."""
        self._command("reset", part=part)

    def item_name(self, index: int, part: int = 0) -> str:
        """Name of an item; see `Control`."""
        return self._hot_swap.item_name(index, part)

    def _command(self, name: str, **values: Any) -> None:
        if not self._worker.control.push(events.new(name, **values)):
            raise LivehostError("The worker takes no commands at the moment; try again.")

    def _check_item(self, index: int, part: int) -> None:
        active = self._hot_swap.active[part]
        if active is None:
            raise LivehostError(f"Part {part} has no bank; set {part_key(part, 'name')} first.", 2)
        if not 0 <= index < len(active.bank):
            raise LivehostError(f"There is no item {index}: the bank has items 0 to {len(active.bank) - 1}.", 2)

    # -- Loading

    def load(self, what: str, name: str, fail: Callable[[str], None] = ignore, part: int = 0) -> None:
        """Put another model, bank or context in place; see `Control`."""
        self._hot_swap.load(what, name, fail, part)

    def save_context(self, name: str, fail: Callable[[str], None] = ignore, part: int = 0) -> None:
        """Keep the context; see `Control`."""
        self._hot_swap.save_context(name, fail, part)

    def grow(
        self, family: str, count: int, like: Sequence[str], fail: Callable[[str], None] = ignore, part: int = 0
    ) -> None:
        """Add sounds to a bank; see `Control`."""
        self._growth.begin(family, count, like, fail, part)

    def stop_growing(self) -> None:
        """End what grows; see `Control`."""
        self._growth.stop()

    def save_scene(self, name: str) -> None:
        """Keep all live settings, and what is loaded, under a name; see `Control`."""
        self.scene_list.save(name)

    def recall_scene(self, name: str, fail: Callable[[str], None] = ignore) -> None:
        """Set everything that a scene names; see `Control`."""
        self.scene_list.recall(name, fail)

    def step_scene(self, step: int, fail: Callable[[str], None] = ignore) -> None:
        """Recall the next scene of the set list, or the one before; see `Control`."""
        self.scene_list.step(step, fail)

    def scenes(self) -> list[str]:
        """Names of the scenes; see `Control`."""
        return self.scene_list.names()

    # -- Learning

    def learn(self, target: str) -> None:
        """Bind the next controller that moves to an address; see `Control`."""
        if not self.settings["midi.in"]:
            raise LivehostError("No controller can come in: livehost was given no MIDI input, --midi-in NAME.", 2)
        read_target(target)
        self.learning.wait_for(target)
        self._notices.say(f"The next MIDI controller that moves is bound to {target}.")

    def unlearn(self, target: str = "") -> None:
        """Bind nothing to an address any more; see `Control`."""
        self.learning.wait_for("")
        self.set("midi.map", to_text(without(parse_map(self.settings["midi.map"]), target)))

    # -- Recording

    @property
    def recording(self) -> bool:
        """Whether a recording goes on; see `Control`."""
        return self._recorder.recording

    def record(self, start: bool) -> None:
        """Start or stop recording; see `Control`."""
        self._notices.say(self._recorder.record() if start else self._recorder.stop())

    # -- Facts

    def refused(self, code: str, address: str, text: str) -> None:  # noqa: ARG002  the log of OSC errors has it
        """Tell of a message that was refused; see `Control`."""
        if self._refusals.take("all"):
            self._notices.say(f"OSC: {text}" if address in text else f"OSC, {address}: {text}", "error")

    def sounds(self, voice: int) -> bool:
        """Whether a voice sounds; see `Control`."""
        return bool(self._engine.voices["active"][voice]) if voice < len(self._engine.voices) else False

    def info(self) -> dict[str, Any]:
        """Facts of this session; see `Control`."""
        return self._monitor.info() | {"scene": self.scene_list.current}

    def status(self) -> tuple[str, float]:
        """State and uptime; see `Control`."""
        return self._monitor.status()
