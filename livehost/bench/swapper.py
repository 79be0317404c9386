"""Swaps banks, models and contexts of a running session, evenly over a time: what a long evening does to a stage."""

import itertools
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from livehost.bench.models import default_export
from livehost.bridge.control import Control
from livehost.errors import LivehostError
from livehost.stage.background_job import Busy
from livehost.stage.event_bus import Event, EventBus

#: Folder of the bank that stands beside the first one, and the name of the context that is kept.
OTHER, _CONTEXT = "other", "soak"
#: How long a swap may take, and how often it is asked for again while another is being loaded, s.
_PATIENCE_S, _AGAIN_S = 60.0, 0.1


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
    took_s : list of float
        How long each of them took, from its first request until the new player answered.
    refused : list of str
        Why others were not.
    """

    def __init__(self, control: Control, bus: EventBus, bank: str, swaps: int, seconds: float) -> None:
        self.done, self.took_s, self.refused = 0, list[float](), list[str]()
        self._control, self._swaps, self._every_s = control, swaps, seconds / max(swaps, 1)
        model, first = str(default_export().name), Path(bank).name
        self._round = (("bank", OTHER), ("model", model), ("context", _CONTEXT), ("bank", first))
        self._stopping, self._answers = threading.Event(), threading.Event()
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
        if event["kind"] == "player_changed":
            self.done += 1
            self._answers.set()

    def _failed(self, text: str) -> None:
        self.refused.append(text)
        self._answers.set()

    def _run(self) -> None:
        due = time.monotonic() + self._every_s / 2
        for (what, name), _ in zip(itertools.cycle(self._round), range(self._swaps), strict=False):
            if self._stopping.wait(max(0.0, due - time.monotonic())):
                return
            due += self._every_s
            began, failures = time.monotonic(), len(self.refused)
            self._answers.clear()
            if what == "context":
                self._ask(partial(self._control.save_context, name, self._failed))
            self._ask(partial(self._control.load, what, name, self._failed))
            self._answers.wait(_PATIENCE_S)
            if len(self.refused) == failures:
                self.took_s.append(time.monotonic() - began)

    def _ask(self, request: Callable[[], None]) -> None:
        """Ask, and again while something else is being loaded, as one does who is told to wait for it."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return request()
            except LivehostError as error:
                if not isinstance(error, Busy) or time.monotonic() > until or self._stopping.wait(_AGAIN_S):
                    return self._failed(str(error))
