"""Keeps the state of a running session on the disk, so that the next one can go on from it."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from livehost.bridge.kept_state import KeptState, write_state
from livehost.disk import DiskWatch
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.stage.event_bus import Event, EventBus

#: What happens within this time is written at once, and how old the contexts on the disk may become, s.
_PAUSE_S, _CONTEXT_S, _CLOSE_S = 1.0, 2.0, 1.0
#: Events after which the state is another, those of them that do not wait, and those after which a context is.
_CHANGES = frozenset({"setting", "player_changed", "silenced", "resumed", "steer", "allow"})
_AT_ONCE = frozenset({"silenced", "resumed"})
_FACTS = frozenset({"scene", "recording"})
_SOUNDS = frozenset({"segment", "sample", "note", "reset", "player_changed"})


class StateKeeper:
    """Writes the state when it has changed, the contexts every few seconds, and both at the end.

    It has a thread of its own, as a disk may hang.

    Parameters
    ----------
    path : Path
    state : callable
        Gives the state of now.
    contexts : callable
        Writes what the players remember now, beside a path.
    bus : EventBus
        Tells of changes.
    say : callable
        Told where it cannot be written.

    Attributes
    ----------
    service : Service
        Its thread, to be watched.
    """

    def __init__(
        self,
        path: Path,
        state: Callable[[], KeptState],
        contexts: Callable[[Path], None],
        bus: EventBus,
        say: Callable[[str], None],
    ) -> None:
        self._path, self._state, self._contexts, self._say = path, state, contexts, say
        self._disk, self._told = DiskWatch(), dict[str, str]()
        self._changed, self._moved, self._closing, self._finished = (threading.Event() for _ in range(4))
        self._changed.set()
        self._written = -math.inf
        self._subscription = bus.subscribe(self._event)
        self.service = Service("kept state", self._turn, replace=False)

    def start(self) -> None:
        """Keep it from now on."""
        self.service.start()

    def close(self) -> None:
        """Write what has changed, and end; a disk that does not answer is not waited for."""
        self._subscription.close()
        self._closing.set()
        self.service.wake()
        self._finished.wait(_CLOSE_S)
        self.service.stop(0.0)

    def _event(self, event: Event) -> None:
        kind = event["kind"]
        if kind in _CHANGES or (kind == "fact" and event["name"] in _FACTS):
            self._changed.set()
        if kind in _SOUNDS:
            self._moved.set()
        if kind in _AT_ONCE:
            self.service.wake()

    def _turn(self) -> None:
        """Wait a while, and write what has changed meanwhile."""
        self.service.wait(_PAUSE_S)
        closing = self._closing.is_set()
        if self._changed.is_set() or closing:
            self._write(closing)
        if self._moved.is_set() and (closing or time.monotonic() - self._written > _CONTEXT_S):
            self._moved.clear()
            self._written = time.monotonic()
            self._write_contexts()
        if closing:
            self._finished.set()
            self.service.pause(_CLOSE_S)

    def _write(self, closing: bool) -> None:
        self._changed.clear()
        state = self._state()
        if closing:  # a session that ends well leaves nothing to be undone
            state = replace(state, halted="", recording=False)
        with self._disk.call():
            write_state(self._path, state)
        problem = self._disk.error and f"{self._path} cannot be written ({self._disk.error})."
        self._tell("What is set now", problem, self._changed)

    def _write_contexts(self) -> None:
        problem = ""
        try:
            self._contexts(self._path)
        except LivehostError as error:
            problem = str(error)
        self._tell("What the players remember", problem, self._moved)

    def _tell(self, what: str, problem: str, again: threading.Event) -> None:
        """Tell of a problem once, and have it tried again."""
        if problem and problem != self._told.get(what):
            self._say(f"{what} is not kept for the next session: {problem}")
        if problem:
            again.set()
        self._told[what] = problem
