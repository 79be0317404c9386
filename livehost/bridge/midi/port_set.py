"""The MIDI ports that a setting names: opened, looked after, closed, while the session goes on."""

import contextlib
import time
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from livehost.bridge.midi.hosted import OPEN_S
from livehost.bridge.midi.names import names
from livehost.errors import LivehostError
from livehost.service import Service

#: How often ports are looked after, how often a port that cannot be opened is tried again, and the setting is read, s.
WATCH_S, AGAIN_S, TURN_S = 0.25, 5.0, 0.1


class Openable(Protocol):
    """What is asked of any port."""

    name: str

    def alive(self) -> bool:
        """Whether the port is still there."""
        ...

    def back(self) -> bool:
        """Look for a port that has gone; returns whether it can be used again."""
        ...

    def close(self) -> None:
        """Give the port back."""
        ...


class WatchedPort:
    """One port, which may go and come back.

    Parameters
    ----------
    port : Openable

    Attributes
    ----------
    lost : bool
        Whether it is gone now.
    losses : int
        Times that it went away.
    """

    def __init__(self, port: Openable) -> None:
        self._watched = port
        self.lost, self.losses = False, 0

    @property
    def name(self) -> str:
        """Name of the port."""
        return self._watched.name

    @property
    def problem(self) -> str:
        """One sentence while the port is gone, else empty."""
        return f"The MIDI port {self.name} has gone; its notes go on as soon as it is back." if self.lost else ""

    def settle(self) -> None:
        """End what is held: it is about to be closed, or has gone, or come back."""
        raise NotImplementedError

    def look(self) -> bool:
        """Look whether it is there; tells whether that has changed."""
        there = _asked(self._watched.back if self.lost else self._watched.alive)
        if there != self.lost:
            return False
        if there:
            self.lost = False
        else:
            self.lose()
        return True

    def lose(self) -> None:
        """Take note that it has gone."""
        self.losses += not self.lost
        self.lost = True

    def close(self) -> None:
        """Give the port back."""
        with contextlib.suppress(OSError):
            self._watched.close()


P = TypeVar("P", bound=WatchedPort)


class PortSet(Generic[P]):
    """Opens and closes ports as a setting names them.

    Parameters
    ----------
    opener : callable
        Opens the port that a text names; raises LivehostError.
    lock : RLock
        Held while ports are used.
    watch_s : float
        How often to look whether they are still there, s.

    Attributes
    ----------
    open : dict of str to WatchedPort
        By the text that names each.
    problems : list of str
        Why ports that are wanted could not be opened.
    """

    def __init__(self, opener: Callable[[str], P], lock: Any, watch_s: float = WATCH_S) -> None:
        self.open: dict[str, P] = {}
        self.problems: list[str] = []
        self._opener, self._lock, self._watch_s = opener, lock, watch_s
        self._wanted, self._watched_at, self._tried_at = "", 0.0, 0.0

    @property
    def names(self) -> list[str]:
        """Names of the ports that are open."""
        return [port.name for port in self.open.values()]

    @property
    def problem(self) -> str:
        """A sentence for each port that is gone or cannot be opened, else empty."""
        gone = [port.problem for port in self.open.values()]
        return " ".join(filter(None, (*gone, *self.problems)))

    def begin(self, text: str) -> None:
        """Open the ports that a session starts with.

        Raises
        ------
        LivehostError
            Where one cannot be opened; none is open then.
        """
        self._wanted = text
        self.use(text)
        if problems := self.problems:
            self.close()
            raise LivehostError(problems[0])

    def turn(self, text: str) -> None:
        """Follow the setting, which names these ports now, and look after them from time to time."""
        now = time.monotonic()
        if text != self._wanted or (self.problems and now - self._tried_at >= AGAIN_S):
            self._wanted, self._tried_at = text, now
            self.use(text)
        if now - self._watched_at >= self._watch_s:
            self._watched_at = now
            self.look()

    def service(self, name: str, turn: Callable[[], None]) -> Service:
        """Make the thread that calls `turn` again and again; opening a port may take it long."""
        return Service(name, turn, every_s=min(self._watch_s, TURN_S), stall_s=2 * OPEN_S, replace=False)

    def use(self, text: str) -> None:
        """Have the ports open that a setting names, with commas, and no others; what they hold is ended first.

        Those that cannot be opened are told of in `problems`.
        """
        wanted, problems = names(text), []
        for name in [name for name in self.open if name not in wanted]:
            self._close(name)
        for name in wanted:
            if name not in self.open:
                try:
                    opened = self._opener(name)
                except LivehostError as error:
                    problems.append(str(error))
                    continue
                with self._lock:
                    self.open = {**self.open, name: opened}
        self.problems = problems

    def look(self) -> None:
        """Look after every port."""
        for port in list(self.open.values()):
            if port.look():
                with self._lock:
                    port.settle()

    def close(self) -> None:
        """End what is held, and give all ports back."""
        for name in list(self.open):
            self._close(name)

    def parted(self, port: P) -> None:
        """Take note of a port that is closed."""

    def _close(self, name: str) -> None:
        with self._lock:
            port = self.open[name]
            self.open = {other: p for other, p in self.open.items() if other != name}
            port.settle()
            self.parted(port)
        port.close()


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False
