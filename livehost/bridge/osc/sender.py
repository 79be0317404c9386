"""OSC out: events at once, streams thinned, to fixed targets and to subscribers whose lease has not run out.

Nothing here ever waits: the socket does not block, and what cannot be sent is counted.
"""

import socket
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from livehost.bridge.osc import attention, event_messages
from livehost.bridge.osc.addresses import ADDRESSES
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.wire import Template, packets
from livehost.bridge.subscriptions import STREAM_HZ, Subscriptions
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError

Client = tuple[str, int]
PACKET_BYTES = 1400
#: What one client is sent in a second, and at once; heads of a large model at 30 Hz fit in.
BYTES_PER_SECOND, BYTES_AT_ONCE = 1_000_000, 500_000

_TEMPLATES = {a.path: Template(a.path, a.types) for a in ADDRESSES}
_ATTENTION: dict[str, Callable[[Mapping[str, Any]], dict[str, bytes]]] = {
    "attention": attention.messages,
    "heads": attention.head_messages,
}


class Connected(tuple[str, int]):
    """Host and port of a client with a connection of its own (a WebSocket); equal to nobody but itself.

    A UDP client may have the same host and number and is another one.
    """

    __slots__ = ()
    __eq__, __ne__, __hash__ = object.__eq__, object.__ne__, object.__hash__


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
    targets : list of (host, port)
        Fixed targets, resolved.
    dropped : int
        Packets that could not be sent.

    Raises
    ------
    LivehostError
        For a target that is not ``HOST:PORT``, or a host that is not found.
    """

    def __init__(self, targets: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.dropped = 0
        self.targets = list(dict.fromkeys(_target(text.strip()) for text in targets.split(",") if text.strip()))
        self._subscriptions: Subscriptions[bytes] = Subscriptions(clock)
        self._bucket = TokenBucket(BYTES_PER_SECOND, BYTES_AT_ONCE, clock)
        self._links: dict[Client, Callable[[bytes], None]] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for target in self.targets:
            self._subscriptions.add_fixed(target, partial(self._deliver, target))

    @property
    def subscribers(self) -> list[Any]:
        """Where leased subscriptions go."""
        return self._subscriptions.leased

    def serves(self, address: Client, group: str = "") -> bool:
        """Tell whether a lease of an address runs: of a group, of all, or ("") of any."""
        return self._subscriptions.serves(address, group)

    def subscribe(
        self,
        address: Hashable,
        group: str,
        hz: float = STREAM_HZ,
        origin: Client | None = None,
        deliver: Callable[[Sequence[bytes]], None] | None = None,
    ) -> bool:
        """Lease a group, or all, to an address; gives whether it is new to it. See `Subscriptions.subscribe`.

        `deliver` takes the messages where they do not go to a client as packets.
        """
        deliver = deliver or partial(self._deliver, cast("Client", address))
        return self._subscriptions.subscribe(address, group, deliver, hz, origin)

    def unsubscribe(self, address: Hashable, group: str) -> None:
        """End the lease of a group, or of all."""
        self._subscriptions.unsubscribe(address, group)

    def connect(self, client: Connected, put: Callable[[bytes], None]) -> None:
        """Reach a client by a connection of its own from now on: `put` takes its packets, and must not wait."""
        self._links[client] = put

    def disconnect(self, client: Connected) -> None:
        """End all that a client gets by its connection."""
        self._links.pop(client, None)
        self.unsubscribe(client, "all")
        self.unsubscribe(client, "heads")

    def hand(self, packet: bytes, client: Client) -> bool:
        """Give a packet to a client's own connection; False where it has none, and is reached by UDP."""
        if not isinstance(client, Connected):
            return False
        put = self._links.get(client)
        if put is not None:  # else it has just left
            put(packet)
        return True

    def event(self, event: Mapping[str, Any]) -> None:
        """Send an event to everyone in its group; a setting not to the client that changed it."""
        if "rows" in event:
            self._send_attention(event)
        if any(map(self._subscriptions.wanted, event_messages.groups(event))):
            if event["kind"] == "perf":
                event = {**event, "osc_dropped": self.dropped}  # the sender knows best
            but = self._client(event.get("by", ""))
            for row, values in event_messages.messages(event):
                self._send(row, values, but)
        self.tick()

    def tick(self) -> None:
        """Send what is due and end the leases that ran out; cheap enough for every turn of a loop."""
        self._subscriptions.tick()

    def close(self) -> None:
        """Send what waits, then stop."""
        self._subscriptions.close()
        self._socket.close()

    def _send(self, row: Address, values: Sequence[Any], but: Client | None) -> None:
        self._subscriptions.publish(row.group, row.path, _TEMPLATES[row.path](*values), but)

    def _send_attention(self, event: Mapping[str, Any]) -> None:
        """Have the newest step of the model take the place of one that still waits."""
        for group, build in _ATTENTION.items():
            if self._subscriptions.wanted(group):
                self._subscriptions.replace(group, build(event))

    def _client(self, by: str) -> Client | None:
        """Find the client that a writer's name means, None where it is none."""
        kind, _, address = by.partition(" ")
        host, _, port = address.rpartition(":")
        if kind != "osc" or not host:
            return None
        if not port.isdigit():
            return next((client for client in list(self._links) if writer(client) == by), None)
        return host, int(port)

    def _deliver(self, address: Client, messages: Sequence[bytes]) -> None:
        for packet in packets(messages, PACKET_BYTES):
            self._put(packet, address)

    def _put(self, packet: bytes, address: Client) -> None:
        if self.hand(packet, address):
            return
        try:
            if not self._bucket.take(address, len(packet)):
                raise BlockingIOError
            self._socket.sendto(packet, address)
        except OSError:  # too much, a full buffer, no route, a network that went away
            self.dropped += 1


def writer(client: Client) -> str:
    """Name a client as the writer of a setting: "osc HOST:PORT", and where it has a connection of its own, that."""
    return f"osc {client[0]}:{client[1]}" + (" connected" if isinstance(client, Connected) else "")


def _target(text: str) -> Client:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise LivehostError(f"OSC goes to HOST:PORT, such as 127.0.0.1:17771, not to {text!r}.", 2)
    try:
        found = socket.getaddrinfo(host, int(port), socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise LivehostError(f"OSC cannot go to {text}: no computer called {host} is found.") from None
    return str(found[0][4][0]), int(port)
