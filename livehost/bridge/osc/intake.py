"""Messages that wait to be carried out: each client has a line of its own, and they are served in turn.

So a client that floods us, or sends a bundle of thousands, holds up nobody but itself; what it sends beyond its quota
is refused, and said so.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from livehost.bridge.osc import wire

Client = tuple[str, int]
#: Packets, and bytes of packets, that may wait in a client's line.
MAX_PACKETS, MAX_BYTES = 1024, 1 << 20
#: Lines; a client that comes when there are so many is refused.
MAX_LINES = 256


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message, and what is known of it.

    Parameters
    ----------
    message : Message
    client : (host, port)
        Who sent it.
    done : int
        What native code has carried out of its packet, as bits of `livehost.bridge.osc.urgent`.
    shuttings : int or None
        How often the gate had been shut when it came; None for now.
    """

    message: wire.Message
    client: Client
    done: int = 0
    shuttings: int | None = None


@dataclass(slots=True)
class _Line:
    packets: deque[tuple[bytes, int, int | None]] = field(default_factory=deque)
    size: int = 0
    deliveries: Iterator[Delivery] = field(default_factory=lambda: iter(()))


class Intake:
    """The lines.

    Parameters
    ----------
    malformed : callable
        Told of a client and what is wrong with a packet of it.
    """

    def __init__(self, malformed: Callable[[Client, wire.Malformed], None]) -> None:
        self._malformed = malformed
        self._lines: OrderedDict[Client, _Line] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, packet: bytes, client: Client, done: int = 0, shuttings: int | None = None) -> bool:
        """Have a packet wait at the end of its client's line; False where that is full."""
        line = self._lines.get(client)
        if line is None:
            if len(self._lines) >= MAX_LINES:
                return False
            line = self._lines[client] = _Line()
        if len(line.packets) >= MAX_PACKETS or line.size + len(packet) > MAX_BYTES:
            return False
        line.packets.append((packet, done, shuttings))
        line.size += len(packet)
        return True

    def next(self) -> Delivery | None:
        """Take one message of the client whose turn it is, None where nothing waits."""
        while self._lines:
            client, line = next(iter(self._lines.items()))
            delivery = next(line.deliveries, None)
            if delivery is None and line.packets:
                line.deliveries = self._open(client, line)
                continue
            if delivery is None:
                del self._lines[client]
                continue
            self._lines.move_to_end(client)
            return delivery
        return None

    def _open(self, client: Client, line: _Line) -> Iterator[Delivery]:
        packet, done, shuttings = line.packets.popleft()
        line.size -= len(packet)
        try:
            messages = wire.decode(packet)
        except wire.Malformed as error:
            self._malformed(client, error)
            return iter(())
        return (Delivery(message, client, done, shuttings) for message in messages)
