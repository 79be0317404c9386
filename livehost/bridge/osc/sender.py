"""OSC out: events at once, streams thinned, to fixed targets and to subscribers whose lease has not run out.

Nothing here ever waits: the socket does not block, and what cannot be sent is counted.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from livehost.bridge.osc import attention as attention_out
from livehost.bridge.osc.addresses import ADDRESSES, ALL_GROUPS, BY_PATH, FIXED_GROUPS, GROUPS, UNTHINNED
from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.osc.wire import Template, packets
from livehost.bridge.token_bucket import Budget
from livehost.errors import LivehostError

Client = tuple[str, int]
LEASE_S = 10.0
STREAM_HZ = 30.0
PACKET_BYTES = 1400
MAX_SUBSCRIBERS = 64
#: What one client is sent in a second, and at once; heads of a large model at 30 Hz fit in.
BYTES_PER_SECOND, BYTES_AT_ONCE = 1_000_000, 500_000
_NAME_BYTES = 255


@dataclass(slots=True)
class _Stream:
    """What one client gets of one group."""

    period: float
    expires: float
    due: float = 0.0
    pending: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Client:
    """One place that OSC goes to; `origin` is where its own messages come from."""

    address: Client
    origin: Client
    streams: dict[str, _Stream] = field(default_factory=dict)


class OscSender:
    """Sends what happens to whom it concerns. All methods may be called from any ordinary thread.

    Parameters
    ----------
    targets : str
        ``HOST:PORT``, several with commas; each gets all groups but heads and log.
    clock : callable
        Monotonic seconds.

    Attributes
    ----------
    dropped : int
        Packets that could not be sent.

    Raises
    ------
    LivehostError
        For a target that is not ``HOST:PORT``, or a host that is not found.
    """

    def __init__(self, targets: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.dropped = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._next = float("inf")
        self._wanted: dict[str, list[tuple[_Client, _Stream]]] = {}
        fixed = [_target(text.strip()) for text in targets.split(",") if text.strip()]
        self._fixed = [
            _Client(t, t, {g: _Stream(1 / STREAM_HZ, float("inf")) for g in FIXED_GROUPS}) for t in dict.fromkeys(fixed)
        ]
        self._leased: dict[Client, _Client] = {}
        self._budget = Budget(BYTES_PER_SECOND, BYTES_AT_ONCE, clock)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        self._index()

    @property
    def targets(self) -> list[Client]:
        """Fixed targets, resolved."""
        return [c.address for c in self._fixed]

    @property
    def subscribers(self) -> list[Client]:
        """Where leased subscriptions go."""
        return list(self._leased)

    def serves(self, address: Client, group: str = "") -> bool:
        """Tell whether a lease of an address runs: of a group, of all, or ("") of any."""
        client = self._leased.get(address)
        names = ALL_GROUPS if group == "all" else (group,)
        return client is not None and (not group or all(name in client.streams for name in names))

    def event(self, event: Mapping[str, Any]) -> None:
        """Send a record.

        Parameters
        ----------
        event : mapping
            ``kind`` and fields as `livehost.events.to_dict` gives them; "sample" with ``name`` as well. Kinds "perf"
            and "log" carry the arguments of their addresses.
        """
        rows = _BY_KIND.get(event.get("kind", ""), ())
        if "rows" in event:
            self._attention(event)
        if rows and self._wanted[rows[0].group]:
            for row in rows:
                self._send(row.path, row.group, row.message(event, self.dropped))
        self.tick()

    def send(self, path: str, *args: Any, but: Client | None = None) -> None:
        """Send values to everyone in the group of an address.

        Parameters
        ----------
        path : str
            Address, one of the table's.
        *args
            Values.
        but : (host, port), optional
            The client that caused it, which is left out.
        """
        row = BY_PATH[path]
        if self._wanted[row.group]:
            self._send(path, row.group, _TEMPLATES[path](*args), but)

    def subscribe(self, address: Client, group: str, hz: float = STREAM_HZ, origin: Client | None = None) -> bool:
        """Lease a group, or all, to an address for `LEASE_S`; returns whether the address is new to it.

        Raises
        ------
        LivehostError
            When there are too many subscribers.
        """
        now, period = self._clock(), 1 / max(hz, 0.1)
        with self._lock:
            client = self._leased.get(address)
            if client is None:
                if len(self._leased) >= MAX_SUBSCRIBERS:
                    raise LivehostError(f"There are {MAX_SUBSCRIBERS} subscribers already; one has to leave first.")
                client = self._leased[address] = _Client(address, address)
            client.origin = origin or address
            names = ALL_GROUPS if group == "all" else (group,)
            new = any(name not in client.streams for name in names)
            for name in names:
                stream = client.streams.setdefault(name, _Stream(period, now))
                stream.period, stream.expires = period, now + LEASE_S
            self._index()
        return new

    def unsubscribe(self, address: Client, group: str) -> None:
        """End the lease of a group, or of all."""
        with self._lock:
            client = self._leased.get(address)
            for name in GROUPS if group == "all" else (group,):
                if client is not None:
                    client.streams.pop(name, None)
            self._forget()

    def tick(self) -> None:
        """Send what is due and end the leases that ran out; cheap enough for every turn of a loop."""
        now = self._clock()
        if now < self._next:
            return
        with self._lock:
            for client in (*self._fixed, *self._leased.values()):
                for stream in client.streams.values():
                    if stream.pending and stream.due <= now:
                        self._flush(client, stream, now)
            if any(s.expires <= now for c in self._leased.values() for s in c.streams.values()):
                for client in self._leased.values():
                    client.streams = {g: s for g, s in client.streams.items() if s.expires > now}
                self._forget()
            self._plan()

    def close(self) -> None:
        """Send what waits, then stop."""
        with self._lock:
            for client in (*self._fixed, *self._leased.values()):
                for stream in client.streams.values():
                    self._flush(client, stream, 0.0)
            self._fixed, self._leased = [], {}
            self._index()
            self._socket.close()

    def _attention(self, event: Mapping[str, Any]) -> None:
        """Have the newest step of the model take the place of one that still waits."""
        for group, build in _ATTENTION.items():
            if self._wanted[group]:
                built = build(event)
                with self._lock:
                    for _, stream in self._wanted[group]:
                        stream.pending = dict(built)
                        self._next = min(self._next, stream.due)

    def _send(self, path: str, group: str, message: bytes, but: Client | None = None) -> None:
        with self._lock:
            for client, stream in self._wanted[group]:
                if but is not None and but in (client.origin, client.address):
                    continue
                if group in UNTHINNED:
                    self._put(message, client.address)
                else:
                    stream.pending[path] = message
                    self._next = min(self._next, stream.due)

    def _flush(self, client: _Client, stream: _Stream, now: float) -> None:
        for packet in packets(tuple(stream.pending.values()), PACKET_BYTES):
            self._put(packet, client.address)
        stream.pending.clear()
        stream.due = now + stream.period

    def _put(self, packet: bytes, address: Client) -> None:
        try:
            if not self._budget.take(address, len(packet)):
                raise BlockingIOError
            self._socket.sendto(packet, address)
        except OSError:  # too much, a full buffer, no route, a network that went away
            self.dropped += 1

    def _forget(self) -> None:
        self._leased = {a: c for a, c in self._leased.items() if c.streams}
        self._index()

    def _index(self) -> None:
        clients = (*self._fixed, *self._leased.values())
        self._wanted = {g: [(c, c.streams[g]) for c in clients if g in c.streams] for g in (*GROUPS, "")}
        self._plan()

    def _plan(self) -> None:
        """Find when `tick` has something to do again."""
        streams = [s for pairs in self._wanted.values() for _, s in pairs]
        due = [s.due for s in streams if s.pending]
        self._next = min([*due, *(s.expires for s in streams)], default=float("inf"))


class _Row:
    """One address that a record is sent to: which fields, in which order."""

    def __init__(self, address: Address) -> None:
        self.path, self.group = address.path, address.group
        self._template = _TEMPLATES[address.path]
        self._read = tuple(_reader(arg) for arg in address.args)

    def message(self, event: Mapping[str, Any], dropped: int) -> bytes:
        """Build the message; the sender knows best how many packets it dropped."""
        values: list[Any] = []
        for name, read in self._read:
            values += read(dropped if name == "osc_dropped" else event.get(name))
        return self._template(*values)


def _reader(arg: Arg) -> tuple[str, Callable[[Any], Iterable[Any]]]:
    missing, count = arg.missing, arg.count
    if count > 1:
        return arg.field or arg.name, lambda value: [
            missing if v is None else v for v in (*(value or ()), *[None] * count)[:count]
        ]

    def read(value: Any) -> tuple[Any]:
        if isinstance(value, list):  # the best of several
            value = value[0] if value else None
        if value is None:
            return (missing,)
        return (_shortened(value) if arg.type == "s" else value,)

    return arg.field or arg.name, read


def _shortened(text: Any) -> str:
    return str(text).encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")


_ATTENTION: dict[str, Callable[[Mapping[str, Any]], dict[str, bytes]]] = {
    "attention": attention_out.messages,
    "heads": attention_out.head_messages,
}
_TEMPLATES = {a.path: Template(a.path, a.types) for a in ADDRESSES}
_BY_KIND: dict[str, tuple[_Row, ...]] = {
    kind: tuple(_Row(a) for a in ADDRESSES if a.record == kind) for kind in {a.record for a in ADDRESSES if a.record}
}


def _target(text: str) -> Client:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise LivehostError(f"OSC goes to HOST:PORT, such as 127.0.0.1:17771, not to {text!r}.", 2)
    try:
        found = socket.getaddrinfo(host, int(port), socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise LivehostError(f"OSC cannot go to {text}: no computer called {host} is found.") from None
    return str(found[0][4][0]), int(port)
