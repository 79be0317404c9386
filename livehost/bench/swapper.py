"""Swaps banks, models and contexts of a running session, evenly over a time: what a long evening does to a stage."""

import itertools
import threading
from pathlib import Path

from livehost.bench.models import default_export
from livehost.bridge.control import Control
from livehost.errors import LivehostError
from livehost.stage.event_bus import Event, EventBus

#: Folder of the bank that stands beside the first one, and the name of the context that is kept.
OTHER, _CONTEXT = "other", "soak"


class Swapper:
    """Asks for one swap after another, on a thread of its own.

    Parameters
    ----------
    control : Control
        Of the session.
    bus : EventBus
        Tells when a swap is done.
    bank : str
        Folder of its bank; `OTHER` stands beside it.
    swaps : int
        How many, 0 for none.
    seconds : float
        How long they take together.

    Attributes
    ----------
    done : int
        Swaps that the worker has carried out.
    refused : list of str
        Why others were not.
    """

    def __init__(self, control: Control, bus: EventBus, bank: str, swaps: int, seconds: float) -> None:
        self.done, self.refused = 0, list[str]()
        self._control, self._swaps, self._every_s = control, swaps, seconds / max(swaps, 1)
        model, first = str(default_export().name), Path(bank).name
        self._round = (("bank", OTHER), ("model", model), ("context", _CONTEXT), ("bank", first))
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="livehost swapper", daemon=True)
        bus.subscribe(self._event)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask for no more."""
        self._stopping.set()
        self._thread.join()

    def _event(self, event: Event) -> None:
        self.done += event["kind"] == "player_changed"

    def _run(self) -> None:
        self._stopping.wait(self._every_s / 2)
        for (what, name), _ in zip(itertools.cycle(self._round), range(self._swaps), strict=False):
            if self._stopping.is_set():
                return
            try:
                if what == "context":
                    self._control.save_context(name, self.refused.append)
                    self._stopping.wait(min(1.0, self._every_s / 2))
                self._control.load(what, name, self.refused.append)
            except LivehostError as error:
                self.refused.append(str(error))
            self._stopping.wait(self._every_s)
