"""OSC out: events at once, streams thinned, to fixed targets and to subscribers whose lease has not run out.

Nothing here ever waits: the socket does not block, and what cannot be sent is counted.
"""

import socket
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

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

    def also(self, client: Client) -> list[Client]:
        """List where answers to a client go besides to itself: fixed targets on its computer, ports it subscribed."""
        places: list[Any] = [target for target in self.targets if target[0] == client[0] and target != client]
        return list(dict.fromkeys([*places, *self._subscriptions.also(client)]))

    def subscribe(self, address: Client, group: str, hz: float = STREAM_HZ, origin: Client | None = None) -> bool:
        """Lease a group, or all, to an address; gives whether it is new to it. See `Subscriptions.subscribe`."""
        return self._subscriptions.subscribe(address, group, partial(self._deliver, address), hz, origin)

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

    def _deliver(self, address: Client, messages: Sequence[bytes]) -> None:
        for packet in packets(messages, PACKET_BYTES):
            self._put(packet, address)

    def _put(self, packet: bytes, address: Client) -> None:
        try:
            if not self._bucket.take(address, len(packet)):
                raise BlockingIOError
            self._socket.sendto(packet, address)
        except OSError:  # too much, a full buffer, no route, a network that went away
            self.dropped += 1


def writer(client: Client) -> str:
    """Name a client as the writer of a setting: "osc HOST:PORT"."""
    return f"osc {client[0]}:{client[1]}"


def _client(by: str) -> Client | None:
    """Find the client that a writer's name means, None where it is none."""
    kind, _, address = by.partition(" ")
    host, _, port = address.rpartition(":")
    return (host, int(port)) if kind == "osc" and host else None


def _target(text: str) -> Client:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise LivehostError(f"OSC goes to HOST:PORT, such as 127.0.0.1:17771, not to {text!r}.", 2)
    try:
        found = socket.getaddrinfo(host, int(port), socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise LivehostError(f"OSC cannot go to {text}: no computer called {host} is found.") from None
    return str(found[0][4][0]), int(port)
