"""Subscriptions: who gets which group of messages, how often, and for how long; it knows no sockets and no format.

A client is whoever can take messages: an OSC port, a web page. Events and sentences go to it at once and in full; the
other groups are thinned to its rate, the latest message of each name winning. A leased subscription ends by itself. A
client that raises where it is to take messages has left; the others notice nothing of it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from livehost.errors import LivehostError

#: What a client gets that subscribes to "all".
ALL_GROUPS = ("state", "event", "meter", "feature", "attention", "perf", "log")
#: What has to be asked for: a row for each head of the model, what becomes of each message, what is wrong (of the log).
FURTHER_GROUPS = ("heads", "monitor", "trouble")
#: What a client may subscribe to.
GROUPS = (*ALL_GROUPS, *FURTHER_GROUPS)
#: What fixed clients get.
FIXED_GROUPS = (*(g for g in ALL_GROUPS if g != "log"), "trouble")
#: Groups that are sent at once and in full; the others are thinned, the latest message wins.
UNTHINNED = ("event", "log", "monitor", "trouble")

LEASE_S = 10.0
STREAM_HZ = 30.0
MAX_SUBSCRIBERS = 64

Message = TypeVar("Message")
Key = Hashable


@dataclass(slots=True)
class _Stream(Generic[Message]):
    """What one client gets of one group."""

    period: float
    expires: float
    due: float = 0.0
    pending: dict[str, Message] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Client(Generic[Message]):
    """One place that messages go to; `origin` is where its own messages come from."""

    key: Key
    origin: Key
    deliver: Callable[[Sequence[Message]], None]
    streams: dict[str, _Stream[Message]] = field(default_factory=dict)


class Subscriptions(Generic[Message]):
    """Clients and their streams. All methods may be called from any ordinary thread.

    Parameters
    ----------
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._next = float("inf")
        self._lost: deque[Key] = deque(maxlen=MAX_SUBSCRIBERS)
        self._wanted: dict[str, list[tuple[_Client[Message], _Stream[Message]]]] = {}
        self._fixed: list[_Client[Message]] = []
        self._leased: dict[Key, _Client[Message]] = {}
        self._index()

    def add_fixed(self, key: Key, deliver: Callable[[Sequence[Message]], None]) -> None:
        """Add a client that gets `FIXED_GROUPS` until the end."""
        streams: dict[str, _Stream[Message]] = {g: _Stream(1 / STREAM_HZ, float("inf")) for g in FIXED_GROUPS}
        with self._lock:
            self._fixed.append(_Client(key, key, deliver, streams))
            self._index()

    @property
    def leased(self) -> list[Key]:
        """Clients with a lease."""
        return list(self._leased)

    def wanted(self, group: str) -> bool:
        """Tell whether anybody gets a group: a message for nobody need not be made."""
        return bool(self._wanted[group])

    def serves(self, key: Key, group: str = "") -> bool:
        """Tell whether a lease of a client runs: of a group, of all, or ("") of any."""
        client = self._leased.get(key)
        names = ALL_GROUPS if group == "all" else (group,)
        return client is not None and (not group or all(name in client.streams for name in names))

    def also(self, origin: Key) -> list[Key]:
        """List the other places that a client has messages sent to: what it hears at, where it cannot hear answers."""
        return [key for key, client in self._leased.items() if client.origin == origin != key]

    def subscribe(
        self,
        key: Key,
        group: str,
        deliver: Callable[[Sequence[Message]], None],
        hz: float = STREAM_HZ,
        origin: Key | None = None,
    ) -> bool:
        """Lease a group, or all, to a client for `LEASE_S`.

        Parameters
        ----------
        key : hashable
            The client.
        group : str
        deliver : callable
            Gets its messages; must not wait, nor call back. The newest one counts.
        hz : float
            How often at most.
        origin : hashable, optional
            Where the client's own messages come from, where that is another place.

        Returns
        -------
        bool
            Whether the group is new to the client.

        Raises
        ------
        LivehostError
            When there are too many subscribers, or no such group.
        """
        names = ALL_GROUPS if group == "all" else (group,)
        if not set(names) <= set(GROUPS):
            raise LivehostError(f"There is no group {group!r}; there are {', '.join(GROUPS)} and all.", 2)
        now, period = self._clock(), 1 / max(hz, 0.1)
        with self._lock:
            self._expire(now)
            client = self._leased.get(key)
            if client is None:
                if len(self._leased) >= MAX_SUBSCRIBERS:
                    raise LivehostError(f"There are {MAX_SUBSCRIBERS} subscribers already; one has to leave first.")
                client = self._leased[key] = _Client(key, key, deliver)
            client.deliver, client.origin = deliver, key if origin is None else origin
            new = any(name not in client.streams for name in names)
            for name in names:
                stream = client.streams.setdefault(name, _Stream(period, now))
                stream.period, stream.expires = period, now + LEASE_S
            self._index()
        return new

    def unsubscribe(self, key: Key, group: str) -> None:
        """End the lease of a group, or of all."""
        with self._lock:
            client = self._leased.get(key)
            for name in GROUPS if group == "all" else (group,):
                if client is not None:
                    client.streams.pop(name, None)
            self._forget()

    def publish(self, group: str, name: str, message: Message, but: Key | None = None) -> None:
        """Give a message to everyone in a group; `but` is left out, for it has caused it."""
        with self._lock:
            left = []
            for client, stream in self._wanted[group]:
                if but is not None and but in (client.origin, client.key):
                    continue
                if group in UNTHINNED:
                    left += self._deliver(client, (message,))
                else:
                    stream.pending[name] = message
                    self._next = min(self._next, stream.due)
            self._leave(left)

    def replace(self, group: str, messages: Mapping[str, Message]) -> None:
        """Have a set of messages take the place of all that still wait in a group."""
        with self._lock:
            for _, stream in self._wanted[group]:
                stream.pending = dict(messages)
                self._next = min(self._next, stream.due)

    def lost(self) -> list[Key]:
        """Take the clients that have gone since it was asked last: their leases ran out, or they take no messages."""
        return [self._lost.popleft() for _ in range(len(self._lost))]

    def tick(self) -> None:
        """Deliver what is due and end the leases that ran out; cheap enough for every turn of a loop."""
        now = self._clock()
        if now < self._next:
            return
        with self._lock:
            left = []
            for client in self._clients():
                for stream in client.streams.values():
                    if stream.due <= now:
                        left += self._flush(client, stream, now)
            self._leave(left)
            self._expire(now)
            self._plan()

    def close(self) -> None:
        """Deliver what waits, and end every subscription."""
        with self._lock:
            for client in self._clients():
                for stream in client.streams.values():
                    self._flush(client, stream, 0.0)
            self._fixed, self._leased = [], {}
            self._index()

    def _clients(self) -> Iterable[_Client[Message]]:
        return (*self._fixed, *self._leased.values())

    def _flush(self, client: _Client[Message], stream: _Stream[Message], now: float) -> list[_Client[Message]]:
        """Deliver what waits in a stream; gives the client where it has left."""
        if not stream.pending:
            return []
        messages = tuple(stream.pending.values())
        stream.pending.clear()
        stream.due = now + stream.period
        return self._deliver(client, messages)

    @staticmethod
    def _deliver(client: _Client[Message], messages: Sequence[Message]) -> list[_Client[Message]]:
        """Deliver messages; gives the client where it has left."""
        try:
            client.deliver(messages)
        except Exception:  # whatever it was, the others are still to be told
            return [client]
        return []

    def _leave(self, left: list[_Client[Message]]) -> None:
        """Forget clients that have left."""
        if left:
            self._fixed = [client for client in self._fixed if client not in left]
            for client in left:
                client.streams = {}
            self._lost.extend(client.key for client in left)
            self._forget()

    def _expire(self, now: float) -> None:
        """End the leases that ran out."""
        if any(s.expires <= now for c in self._leased.values() for s in c.streams.values()):
            for client in self._leased.values():
                client.streams = {g: s for g, s in client.streams.items() if s.expires > now}
            self._lost.extend(client.key for client in self._leased.values() if not client.streams)
            self._forget()

    def _forget(self) -> None:
        self._leased = {key: client for key, client in self._leased.items() if client.streams}
        self._index()

    def _index(self) -> None:
        self._wanted = {g: [(c, c.streams[g]) for c in self._clients() if self._is_told(c, g)] for g in (*GROUPS, "")}
        self._plan()

    def _is_told(self, client: _Client[Message], group: str) -> bool:
        """Tell whether a client gets a group; a fixed one that leases it as well gets it by its lease, once."""
        leased = self._leased.get(client.key, client)
        return group in client.streams and (leased is client or group not in leased.streams)

    def _plan(self) -> None:
        """Find when `tick` has something to do again."""
        streams = [s for pairs in self._wanted.values() for _, s in pairs]
        due = [s.due for s in streams if s.pending]
        self._next = min([*due, *(s.expires for s in streams)], default=float("inf"))
