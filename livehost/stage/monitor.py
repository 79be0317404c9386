"""Monitor: what a session says of itself: state, facts, counters, latencies, and a snapshot of the moment."""

import time
from collections.abc import Callable
from typing import Any

import livehost
from livehost.engine.block_times import histogram_edges_us, histogram_percentiles
from livehost.engine.drivers.base import Driver
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.settings import Settings
from livehost.stage.event_bus import Event, EventBus
from livehost.stage.health import Health
from livehost.stage.hot_swap import HotSwap
from livehost.stage.notices import Notices
from livehost.stage.outputs import Outputs
from livehost.stage.recent import Recent
from livehost.stage.snapshot import Snapshot
from livehost.stage.stats import SessionStats, percentiles


class Monitor:
    """Looks at a session, and changes nothing.

    Parameters
    ----------
    values : Settings
    driver, engine, worker
        The sound card and the real-time threads.
    hot_swap : HotSwap
        Who plays.
    outputs : Outputs
        What leaves besides sound.
    health : Health
        What is wrong.
    notices : Notices
    bus : EventBus
        What happens.

    Attributes
    ----------
    state : str
        starting, running, error or closed; the owner of the session sets it with `enter`.
    stats : SessionStats
        Counts and latencies so far.
    """

    def __init__(
        self,
        values: Settings,
        driver: Driver,
        engine: EngineState,
        worker: WorkerState,
        hot_swap: HotSwap,
        outputs: Outputs,
        health: Health,
        notices: Notices,
        bus: EventBus,
    ) -> None:
        self._values, self._driver, self._engine, self._worker = values, driver, engine, worker
        self._hot_swap, self._outputs, self._health = hot_swap, outputs, health
        self._notices, self._bus = notices, bus
        self.state, self.stats, self._recent = "starting", SessionStats(), Recent()
        self._osc_refused: Callable[[], int] = int
        self._more_facts: Callable[[], dict[str, Any]] = dict
        self._began = time.monotonic()
        self._beats, self._told = 0, ("", -1)
        self._facts: dict[str, Any] = {}
        bus.subscribe(self.stats.event)
        bus.subscribe(self._recent.event)
        bus.subscribe(self._keep_fact)
        bus.on_tick(self.beat)

    def enter(self, state: str) -> None:
        """Be in another state; "running" counts the time from here on."""
        if state == "running":
            self._began = time.monotonic()
        self.state = state

    def count_refused(self, count: Callable[[], int]) -> None:
        """Count as refused OSC messages what `count()` gives."""
        self._osc_refused = count

    def tell_facts(self, facts: Callable[[], dict[str, Any]]) -> None:
        """Tell of the facts that `facts()` gives, too."""
        self._more_facts = facts

    def status(self) -> tuple[str, float]:
        """State and uptime; see `Control`.

        ``ready``: sound runs, and nothing was heard or played yet. ``degraded``: something is wrong, and the rest goes
        on. ``failsafe``: player nearest answers because the model does not, or because it was asked to.
        """
        state = self.state
        if state == "running":
            if self._health.problems():
                state = "degraded"
            elif self._values["player.failsafe"] or self._hot_swap.stands_in or self.stats.model_fails:
                state = "failsafe"
            elif not (self.stats.counts["onset"] or self.stats.counts["sample"]):
                state = "ready"
        return state, time.monotonic() - self._began

    @property
    def halted(self) -> bool:
        """Whether nothing plays since a panic or a stop."""
        return self._engine.gate.is_shut

    @property
    def latency_ms(self) -> float:
        """From the input to the output of the sound card: a block, the inserts, the limiter's look-ahead, ms."""
        frames = self._driver.block + self._engine.insert_latency + self._engine.limiter.lookahead_frames
        return frames * 1000 / self._driver.rate

    def info(self) -> dict[str, Any]:
        """Facts of this session; see `Control`."""
        bank = self._hot_swap.first.bank
        return {
            "version": livehost.__version__, "api": 1, "sample_rate": int(self._driver.rate),
            "block": self._driver.block, "device": self._driver.device, "bank": str(bank.directory),
            "bank_size": len(bank), "model": self._hot_swap.description(),
            "context_length": self._hot_swap.context_length(), "halted": int(self.halted),
            "latency_ms": self.latency_ms, "scene": self._recent.scene, **self._outputs.recorder.facts(),
            **self._more_facts(),
        }  # fmt: skip

    def counters(self) -> dict[str, int]:
        """Everything that went wrong, counted."""
        e, w, outputs = self._engine, self._worker, self._outputs
        return {
            "xruns": int(e["input_xruns"] + e["output_xruns"]),
            "late": int(e["late"]),
            "ring overruns": int(
                w["overruns"] + w["refused"] + e["refused"]
                + sum(r.dropped for r in (e.commands, e.control, e.events, w.control, w.events))
            ),
            "fallbacks": self.stats.fallbacks,
            "not finite": int(e["not_finite"]),
            "osc dropped": outputs.osc.dropped,
            "osc refused": self._osc_refused(),
            "MIDI notes stuck": outputs.midi.stuck,
            "frames not recorded": outputs.recorder.lost,
            "log lines lost": outputs.log.dropped if outputs.log is not None else 0,
        }  # fmt: skip

    def callback_us(self) -> tuple[float, float, float]:
        """Median, p99 and longest run time of the callback, µs."""
        return histogram_percentiles(self._engine.histogram, histogram_edges_us(), self._engine["longest_ns"] / 1000)

    def cpu(self) -> float:
        """Share of the block period that the callback uses on average, 0 … 1."""
        frames = int(self._engine["frame"])
        return float(self._engine["busy_ns"]) / (frames / self._driver.rate * 1e9) if frames else 0.0

    def onset_to_sound_ms(self) -> tuple[float, float, float]:
        """Median, p99 and longest way from an onset to its answer, ms."""
        return percentiles(self.stats.onset_to_sound_ms)

    def snapshot(self) -> Snapshot:
        """Take a snapshot of the moment, for dashboard, web page and summary; taking one changes nothing."""
        values, bank = self._values, self._hot_swap.first.bank
        state, uptime = self.status()
        return Snapshot(
            state=state, driver=self._driver.name, device=self._driver.device, rate=self._driver.rate,
            block=self._driver.block, uptime_s=uptime, frame=int(self._engine["frame"]),
            blocks=int(self._engine["blocks"]), cpu=self.cpu(),
            callback_us=self.callback_us(), histogram=self._engine.histogram, histogram_edges_us=histogram_edges_us(),
            onset_to_sound_ms=self.onset_to_sound_ms(), decide_ms=percentiles(self.stats.decide_ms),
            counters=self.counters(), counts=dict(self.stats.counts), bank=str(bank.directory), bank_size=len(bank),
            player=self._players(), mode=values["player.mode"], muted=values["master.mute"],
            bypassed=values["master.bypass"], resting=values["player.rest"],
            halted=self.halted, recording=self._outputs.recorder.recording,
            notice=self._notices.last,
            **self._recent.fields(),
        )  # fmt: skip

    def _players(self) -> str:
        """Say who answers: of part 0, and of every other part that plays."""
        names = [self._hot_swap.description(part) for part in range(len(self._hot_swap.active))]
        return " + ".join([names[0], *(name for name in names[1:] if name != "off")])

    def beat(self) -> None:
        """Tell what has changed, and once a second that livehost lives, and how it is doing."""
        state, uptime = self.status()
        if self._told != (state, self.halted):
            self._told = (state, self.halted)
            self._bus.publish("status", state=state, uptime_s=uptime)
            self._bus.publish("fact", name="halted", value=int(self.halted))
        if uptime < self._beats:
            return
        self._beats += 1
        self._tell_facts()
        self._bus.publish("heartbeat", seq=self._beats, state=state)
        _, callback_p99, callback_max = self.callback_us()
        decide_p50, decide_p99, _ = percentiles(self.stats.decide_ms)
        counters = self.counters()
        self._bus.publish(
            "perf", cpu=100 * self.cpu(), callback_p99_ms=callback_p99 / 1000, callback_max_ms=callback_max / 1000,
            decide_p50_ms=decide_p50, decide_p99_ms=decide_p99, xruns=counters["xruns"], late=counters["late"],
            fallbacks=counters["fallbacks"],
        )  # fmt: skip

    def _keep_fact(self, event: Event) -> None:
        """Keep what others have told, so that it is not told again."""
        if event["kind"] == "fact":
            self._facts[event["name"]] = event["value"]

    def _tell_facts(self) -> None:
        """Tell the facts that have changed and that nobody told of."""
        facts = self.info()
        for name, value in facts.items():
            if self._facts.get(name, value) != value:
                self._bus.publish("fact", name=name, value=value)
        self._facts.update(facts)
