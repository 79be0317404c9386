"""OSC out: events at once, streams thinned, to fixed targets and to subscribers whose lease has not run out.

Nothing here ever waits: the socket does not block, and what cannot be sent is counted.
"""

import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from livehost.bridge.osc import attention, event_messages
from livehost.bridge.osc.addresses import ADDRESSES, BY_PATH
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.wire import Template, packets
from livehost.bridge.subscriptions import LEASE_S, STREAM_HZ, Subscriptions
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError

Client = tuple[str, int]
#: Longest packet, in which messages are joined, over UDP and over TCP.
PACKET_BYTES, TCP_PACKET_BYTES = 1400, 60_000
#: Added to the port of a client of TCP, whose ports are others than those of UDP; twice that over a WebSocket, and
#: three times for what such a client listens to.
_TCP = 1 << 16
_NAMES = ("", "tcp ", "ws ", "ws ")
#: What one client is sent in a second, and at once; heads of a large model at 30 Hz fit in.
BYTES_PER_SECOND, BYTES_AT_ONCE = 1_000_000, 500_000
#: Subscribers that are told of when they are gone, in a second and at once; pause between packets that are told of, s.
_LOSSES_PER_SECOND, _LOSSES_AT_ONCE, _TELL_S = 0.5, 5, 60.0

#: Flag of a send that is to fail rather than wait.
DO_NOT_WAIT = getattr(socket, "MSG_DONTWAIT", 0)
_TEMPLATES = {a.path: Template(a.path, a.types) for a in ADDRESSES}
_ATTENTION: dict[str, Callable[[Mapping[str, Any]], dict[str, bytes]]] = {
    "attention": attention.messages,
    "heads": attention.head_messages,
}


class OscSender:
    """Sends what happens to whom it concerns. All methods may be called from any ordinary thread.

    Parameters
    ----------
    targets : str
        ``HOST:PORT``, several with commas; each gets all groups but heads and log.
    clock : callable
        Monotonic seconds.
    warn : callable
        Told of subscribers that are gone, and of packets that do not get through.

    Attributes
    ----------
    targets : list of (host, port)
        Fixed targets, resolved.
    dropped : int
        Packets that could not be sent.

    Raises
    ------
    LivehostError
        For a target that is not ``HOST:PORT``, or a host that is not found.
    """

    def __init__(
        self,
        targets: str = "",
        clock: Callable[[], float] = time.monotonic,
        warn: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._clock, self._warn = clock, warn
        self._losses, self._tell_again = TokenBucket(_LOSSES_PER_SECOND, _LOSSES_AT_ONCE, clock), clock()
        self._left_out: Counter[Client] = Counter()
        self.dropped = 0
        self.targets = list(dict.fromkeys(_target(text.strip()) for text in targets.split(",") if text.strip()))
        self._subscriptions: Subscriptions[bytes] = Subscriptions(clock)
        self._bucket = TokenBucket(BYTES_PER_SECOND, BYTES_AT_ONCE, clock)
        self._over_tcp: Callable[[bytes, Client], bool] = lambda *_: False
        self._own = self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for target in self.targets:
            self._subscriptions.add_fixed(target, partial(self._deliver, target))

    def send_from(
        self, listening: socket.socket | None, tcp: Callable[[bytes, Client], bool] = lambda *_: False
    ) -> None:
        """Send from the socket that listens, so that a client hears only one port of livehost; None: from its own.

        Parameters
        ----------
        listening : socket.socket or None
        tcp : callable
            Sends a packet to a client of TCP; False where it cannot.
        """
        self._over_tcp = tcp
        if listening is not None:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        self._socket = listening or self._own

    @property
    def subscribers(self) -> list[Any]:
        """Where leased subscriptions go."""
        return self._subscriptions.leased

    def serves(self, address: Client, group: str = "") -> bool:
        """Tell whether a lease of an address runs: of a group, of all, or ("") of any."""
        return self._subscriptions.serves(address, group)

    def also(self, client: Client) -> list[Client]:
        """List where answers to a client go besides to itself: fixed targets on its computer, ports it subscribed."""
        places: list[Any] = [target for target in self.targets if target[0] == client[0] and target != client]
        return list(dict.fromkeys([*places, *self._subscriptions.also(client)]))

    def subscribe(
        self,
        address: Client,
        group: str,
        hz: float = STREAM_HZ,
        origin: Client | None = None,
        deliver: Callable[[Sequence[bytes]], None] | None = None,
    ) -> bool:
        """Lease a group, or all, to an address; gives whether it is new to it. See `Subscriptions.subscribe`.

        `deliver` takes the messages where they are not to be sent there as packets.
        """
        return self._subscriptions.subscribe(address, group, deliver or partial(self._deliver, address), hz, origin)

    def unsubscribe(self, address: Client, group: str) -> None:
        """End the lease of a group, or of all."""
        self._subscriptions.unsubscribe(address, group)

    def event(self, event: Mapping[str, Any]) -> None:
        """Send an event to everyone in its group; a setting not to the client that changed it."""
        if "rows" in event:
            self._send_attention(event)
        if any(map(self._subscriptions.wanted, event_messages.groups(event))):
            if event["kind"] == "perf":
                event = {**event, "osc_dropped": self.dropped}  # the sender knows best
            but = _client(event.get("by", ""))
            for row, values in event_messages.messages(event):
                self._send(row, values, but)
        self.tick()

    def wanted(self, group: str) -> bool:
        """Tell whether anybody gets a group."""
        return self._subscriptions.wanted(group)

    def send(self, path: str, *values: Any, but: Client | None = None) -> None:
        """Send a message that is for no event to everyone in the group of its address; not to `but`."""
        self._send(BY_PATH[path], values, but)

    def tick(self) -> None:
        """Send what is due and end the leases that ran out; cheap enough for every turn of a loop."""
        self._subscriptions.tick()
        for key in self._subscriptions.lost():
            if self._losses.take("all"):
                self._warn(f"The OSC subscriber {named(key)} is gone: it has not asked again for {LEASE_S:.0f} s.")
        if self._left_out and self._clock() >= self._tell_again:
            self._tell_again = self._clock() + _TELL_S
            address, count = self._left_out.most_common(1)[0]
            self._left_out.clear()
            self._warn(f"OSC to {named(address)} does not get through: {count} packets were left out.")

    def close(self) -> None:
        """Send what waits, then stop."""
        self._subscriptions.close()
        self._own.close()

    def _send(self, row: Address, values: Sequence[Any], but: Client | None) -> None:
        message = _TEMPLATES[row.path](*values)
        self._subscriptions.publish(row.group, row.path, message, but)
        if row.record == "log" and values[0] != "info":
            self._subscriptions.publish("trouble", row.path, message, but)

    def _send_attention(self, event: Mapping[str, Any]) -> None:
        """Have the newest step of the model take the place of one that still waits."""
        for group, build in _ATTENTION.items():
            if self._subscriptions.wanted(group):
                self._subscriptions.replace(group, build(event))

    def _deliver(self, address: Client, messages: Sequence[bytes]) -> None:
        for packet in packets(messages, longest_packet(address)):
            self._put(packet, address)

    def _put(self, packet: bytes, address: Client) -> None:
        try:
            if not self._bucket.take(address, len(packet)):
                raise BlockingIOError
            if not is_tcp(address):
                self._socket.sendto(packet, DO_NOT_WAIT, address)
            elif not self._over_tcp(packet, address):
                raise BlockingIOError
        except OSError:  # too much, a full buffer, no route, a network that went away
            self.dropped += 1
            self._left_out[address] += 1


def writer(client: Client) -> str:
    """Name a client as the writer of a setting: "osc HOST:PORT", "osc tcp HOST:PORT" or "osc ws HOST:PORT"."""
    return f"osc {named(client)}"


def named(client: Any) -> str:
    """Name a client for people: HOST:PORT, tcp HOST:PORT, or ws HOST:PORT over a WebSocket."""
    return f"{_NAMES[client[1] // _TCP]}{client[0]}:{client[1] % _TCP}"


def over_tcp(host: str, port: int) -> Client:
    """Give the client at the other end of a TCP connection."""
    return host, port + _TCP


def over_websocket(host: str, port: int, *, listens: bool = False) -> Client:
    """Give the client at the other end of a WebSocket; or, another one, what it listens to by OSCQuery."""
    return host, port + (3 if listens else 2) * _TCP


def is_tcp(client: Client) -> bool:
    """Tell whether a client is at the other end of a TCP connection, a WebSocket among them."""
    return client[1] >= _TCP


def longest_packet(client: Client) -> int:
    """Give how long packets to a client may be, bytes."""
    return TCP_PACKET_BYTES if is_tcp(client) else PACKET_BYTES


def _client(by: str) -> Client | None:
    """Find the client that a writer's name means, None where it is none."""
    kind, _, address = by.partition(" ")
    host, _, port = address.rpartition(":")
    if kind != "osc" or not host:
        return None
    over, _, host = host.rpartition(" ")
    return host, int(port) + {"": 0, "tcp": 1, "ws": 2}[over] * _TCP


def _target(text: str) -> Client:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise LivehostError(f"OSC goes to HOST:PORT, such as 127.0.0.1:17771, not to {text!r}.", 2)
    try:
        found = socket.getaddrinfo(host, int(port), socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise LivehostError(f"OSC cannot go to {text}: no computer called {host} is found.") from None
    return str(found[0][4][0]), int(port)
