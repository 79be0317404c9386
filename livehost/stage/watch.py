"""Looks after a running session: every thread, the worker; what is wrong is kept for its state."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from livehost.service import Service
from livehost.stage.health import Health

if TYPE_CHECKING:
    from livehost.bridge.midi.inputs import MidiIn
    from livehost.bridge.osc.server import OscServer
    from livehost.engine.drivers.base import Driver
    from livehost.engine.state import EngineState
    from livehost.engine.worker.state import WorkerState
    from livehost.stage.outputs import Outputs

#: How often it looks, s.
LOOK_S = 0.25
#: How far the worker may be behind, s.
BEHIND_S = 1.0


class Watch:
    """Looks, when it is asked to, and starts again what has died.

    Parameters
    ----------
    driver, engine, worker, outputs, osc_server
        Of the session; the last may be None.
    health : Health
        Gets what is wrong.
    worker_thread : callable
        Gives the worker's problem where its thread has died, having started it again; else "".
    """

    def __init__(
        self,
        driver: "Driver",
        engine: "EngineState",
        worker: "WorkerState",
        outputs: "Outputs",
        osc_server: "OscServer | None",
        health: Health,
        worker_thread: Callable[[], str],
    ) -> None:
        self._driver, self._engine, self._worker, self._outputs = driver, engine, worker, outputs
        self._osc_server = osc_server
        self._health, self._worker_thread = health, worker_thread
        self._others: list[Service] = []
        self._asked: dict[str, Callable[[], str]] = {}
        self._looked = 0.0
        self._wrong: set[str] = set()

    def look_after(self, service: Service) -> None:
        """Watch another thread as well."""
        self._others.append(service)

    def ask(self, name: str, problem: Callable[[], str]) -> None:
        """Ask a part as well what is wrong with it: "" while all is well."""
        self._asked[name] = problem

    def look_after_inputs(self, inputs: "MidiIn") -> None:
        """Watch the MIDI inputs as well."""
        self._others += inputs.services
        self.ask("MIDI in", lambda: inputs.problem)

    def look(self, *, now: bool = False) -> None:
        """Look after all; does nothing where it has looked only just before, unless it is to be now."""
        moment = time.monotonic()
        if moment - self._looked < LOOK_S and not now:
            return
        self._looked = moment
        health, outputs = self._health, self._outputs
        server = self._osc_server
        for service in (*outputs.services, *(server.services if server is not None else ()), *self._others):
            health.once(service.name, service.problem())
        if server is not None:
            health.once("OSC reader", server.problem())
        health.once("worker", self._worker_thread())
        wrong = outputs.problems() | {name: text for name, ask in self._asked.items() if (text := ask())}
        for name in self._wrong | wrong.keys():
            health.now(name, wrong.get(name, ""), f"All is well again with {name}.")
        self._wrong = set(wrong)
        behind_s = (int(self._engine["frame"]) - int(self._worker["frame"])) / self._driver.rate
        behind = f"The worker is {behind_s:.1f} s behind."
        health.now("worker", behind if behind_s > BEHIND_S else "", "The worker keeps up again.")
