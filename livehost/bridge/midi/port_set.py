"""The MIDI ports that a setting names: opened, looked after, closed, while the session goes on."""

import contextlib
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from livehost.bridge.midi.names import names
from livehost.errors import LivehostError


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

    Attributes
    ----------
    open : dict of str to WatchedPort
        By the text that names each.
    problems : list of str
        Why ports that are wanted could not be opened.
    """

    def __init__(self, opener: Callable[[str], P], lock: Any) -> None:
        self.open: dict[str, P] = {}
        self.problems: list[str] = []
        self._opener, self._lock = opener, lock

    @property
    def names(self) -> list[str]:
        """Names of the ports that are open."""
        return [port.name for port in self.open.values()]

    @property
    def problem(self) -> str:
        """A sentence for each port that is gone or cannot be opened, else empty."""
        gone = [port.problem for port in self.open.values()]
        return " ".join(filter(None, (*gone, *self.problems)))

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
