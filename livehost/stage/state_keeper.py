"""Keeps the state of a running session on the disk, so that the next one can go on from it."""

import threading
from collections.abc import Callable
from pathlib import Path

from livehost.bridge.kept_state import KeptState, write_state
from livehost.disk import DiskWatch
from livehost.service import Service
from livehost.stage.event_bus import Event, EventBus

#: What happens within this time is written at once, s.
_PAUSE_S, _CLOSE_S = 1.0, 1.0


class StateKeeper:
    """Writes the state when it has changed, and at the end; on a thread of its own, as a disk may hang.

    Parameters
    ----------
    path : Path
    state : callable
        Gives the state of now.
    bus : EventBus
        Tells of changes.
    say : callable
        Told where it cannot be written.

    Attributes
    ----------
    service : Service
        Its thread, to be watched.
    """

    def __init__(self, path: Path, state: Callable[[], KeptState], bus: EventBus, say: Callable[[str], None]) -> None:
        self._path, self._state, self._say = path, state, say
        self._disk, self._told = DiskWatch(), ""
        self._changed, self._closing, self._finished = threading.Event(), threading.Event(), threading.Event()
        self._changed.set()
        self._subscription = bus.subscribe(self._event)
        self.service = Service("kept state", self._turn, replace=False)

    def start(self) -> None:
        """Keep it from now on."""
        self.service.start()

    def close(self) -> None:
        """Write what has changed, and end; a disk that does not answer is not waited for."""
        self._subscription.close()
        self._closing.set()
        self._finished.wait(_CLOSE_S)
        self.service.stop(0.0)

    def _event(self, event: Event) -> None:
        kind = event["kind"]
        if kind in ("setting", "player_changed") or (kind == "fact" and event["name"] == "scene"):
            self._changed.set()

    def _turn(self) -> None:
        """Wait a while, and write what has changed meanwhile."""
        closing = self._closing.wait(_PAUSE_S)
        if self._changed.is_set():
            self._write()
        if closing:
            self._finished.set()
            self.service.pause(_CLOSE_S)

    def _write(self) -> None:
        self._changed.clear()
        with self._disk.call():
            write_state(self._path, self._state())
        problem = self._disk.error
        if problem and problem != self._told:
            self._say(f"What is set now is not kept for the next session: {self._path} cannot be written ({problem}).")
        if problem:
            self._changed.set()  # tried again
        self._told = problem
