"""What a stage says of itself: counters, latencies, and a picture of the moment."""

import time
from typing import TYPE_CHECKING

from livehost.settings import Settings
from livehost.stage.health import Health
from livehost.stage.recent import Recent
from livehost.stage.snapshot import Snapshot
from livehost.stage.stats import Figures, histogram_edges_us, histogram_percentiles, percentiles

if TYPE_CHECKING:
    from livehost.bank.layout import Bank
    from livehost.engine.drivers.base import Driver
    from livehost.engine.state import EngineState
    from livehost.engine.worker.state import WorkerState
    from livehost.stage.hot_swap import Swap
    from livehost.stage.outputs import Outlets


class Measured:
    """The part of a stage that only looks.

    Attributes
    ----------
    figures : Figures
        Counts and latencies so far.
    """

    settings: Settings
    figures: Figures
    health: Health
    recent: Recent
    bank: "Bank"
    driver: "Driver"
    engine: "EngineState"
    worker: "WorkerState"
    outlets: "Outlets"
    swap: "Swap"
    _state: str
    _began: float
    _notice: str

    def status(self) -> tuple[str, float]:
        """State and uptime; see `Control`.

        ``ready``: sound runs, and nothing was heard or played yet. ``degraded``: something is wrong, and the rest goes
        on. ``failsafe``: player nearest answers because the model that was wanted does not.
        """
        state = self._state
        if state == "running":
            if self.health.problems():
                state = "degraded"
            elif self.swap.stands_in or self.figures.model_fails:
                state = "failsafe"
            elif not (self.figures.counts["onset"] or self.figures.counts["sample"]):
                state = "ready"
        return state, time.monotonic() - self._began

    @property
    def halted(self) -> bool:
        """Whether nothing plays since a panic or a stop."""
        return self.engine.gate.is_shut

    def counters(self) -> dict[str, int]:
        """Everything that went wrong, counted."""
        e, w = self.engine, self.worker
        return {
            "xruns": int(e["input_xruns"] + e["output_xruns"]),
            "late": int(e["late"]),
            "ring overruns": int(
                w["overruns"] + w["refused"] + e["refused"]
                + sum(r.dropped for r in (e.commands, e.control, e.events, w.control, w.events))
            ),
            "fallbacks": self.figures.fallbacks,
            "not finite": int(e["not_finite"]),
            "osc dropped": self.outlets.osc_out.dropped,
            "osc refused": self.outlets.osc_refused,
            "frames not recorded": self.outlets.recorder.lost,
            "log lines lost": self.outlets.log.dropped if self.outlets.log is not None else 0,
        }  # fmt: skip

    def callback_us(self) -> tuple[float, float, float]:
        """Median, p99 and longest run time of the callback, µs."""
        return histogram_percentiles(self.engine.histogram, histogram_edges_us(), self.engine["longest_ns"] / 1000)

    def cpu(self) -> float:
        """Share of the block period that the callback uses on average, 0 … 1."""
        frames = int(self.engine["frame"])
        return float(self.engine["busy_ns"]) / (frames / self.driver.rate * 1e9) if frames else 0.0

    def onset_to_sound_ms(self) -> tuple[float, float, float]:
        """Median, p99 and longest way from an onset to its answer, ms."""
        return percentiles(self.figures.onset_to_sound_ms)

    def snapshot(self) -> Snapshot:
        """Take a picture of the moment, for dashboard, web page and summary."""
        values, e = self.settings, self.engine
        state, uptime = self.status()
        return Snapshot(
            state=state, driver=self.driver.name, device=self.driver.device, rate=self.driver.rate,
            block=self.driver.block, uptime_s=uptime, frame=int(e["frame"]), blocks=int(e["blocks"]), cpu=self.cpu(),
            callback_us=self.callback_us(), histogram=e.histogram, histogram_edges_us=histogram_edges_us(),
            onset_to_sound_ms=self.onset_to_sound_ms(), decide_ms=percentiles(self.figures.decide_ms),
            counters=self.counters(), counts=dict(self.figures.counts), bank=str(self.bank.directory),
            bank_size=len(self.bank), player=self.swap.answers(), mode=values["player.mode"],
            muted=values["master.mute"], bypassed=values["master.bypass"], halted=self.halted,
            recording=self.outlets.recorder.recording, notice=self._notice,
            **self.recent.fields(),
        )  # fmt: skip
