"""OSC in: a native thread that reads, another that carries out, and no packet that can stop them; beside it TCP."""

import errno
import ipaddress
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from livehost.bridge.control import Control
from livehost.bridge.osc.consent import is_here
from livehost.bridge.osc.dispatch import Dispatcher
from livehost.bridge.osc.intake import Intake
from livehost.bridge.osc.reader import Network, OscReader
from livehost.bridge.osc.sender import BYTES_AT_ONCE, BYTES_PER_SECOND, DO_NOT_WAIT, Client, OscSender, is_tcp
from livehost.bridge.osc.tcp import OscTcp
from livehost.bridge.osc.urgent_call import UrgentCall
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError
from livehost.rt.gate import shuttings
from livehost.service import Service
from livehost.settings import Settings

#: Ports that are tried after the one asked for.
TRIES = 20
#: What is answered in a second, and at once, to who is not on this computer, and may be somebody else than it says.
_ABROAD_PER_SECOND, _ABROAD_AT_ONCE = 4_000, 16_000
_TURN_S, _SLICE_S = 1 / 30, 0.005
#: Hosts that are not listened to, and named.
_STRANGERS = 16


class OscServer:
    """Listens for OSC and carries it out until `close`.

    Parameters
    ----------
    control : Control
        The stage.
    bind : str
        Address to listen at, such as 127.0.0.1 (this computer only) or 0.0.0.0 (everyone).
    port : int
        Of UDP, and of TCP beside it; a taken one gives way to the next that is free over UDP. 0 lets the system
        choose one that is free over both.
    sender : OscSender
        Keeps the subscriptions that clients ask for.
    allow : sequence of network
        Who is listened to besides this computer; none: everyone that `bind` lets in.

    Attributes
    ----------
    port : int
        The port that it really listens at.
    notices : list of str
        A sentence where that is not the port asked for, and where everyone on a network may speak to it.
    services : list of Service
        Its thread, to be watched.

    Raises
    ------
    LivehostError
        Where it cannot listen at that address, or all ports are taken.
    """

    def __init__(
        self, control: Control, bind: str, port: int, sender: OscSender, allow: Sequence[Network] = ()
    ) -> None:
        self.notices: list[str] = []
        self._socket, listening = self._listen(bind, port, {p for _, p in sender.targets})
        host, self.port = self._socket.getsockname()
        if port and self.port != port:
            self.notices.append(f"OSC port {port} is taken; livehost listens at {self.port} instead.")
        if listening is None:
            self.notices.append(f"TCP port {self.port} is taken: OSC comes over UDP only.")
        if not is_here(host) and not allow:
            self.notices.append(
                f"Every computer that reaches {bind} can control livehost over OSC; --osc-allow HOST says who may."
            )
        self._control, self._sender, self._lost = control, sender, 0
        self._strangers: set[str] = set()
        self._here = TokenBucket(BYTES_PER_SECOND, BYTES_AT_ONCE)
        self._abroad = TokenBucket(_ABROAD_PER_SECOND, _ABROAD_AT_ONCE)
        self._dispatcher = Dispatcher(control, sender, self._reply)
        self._intake = Intake(self._dispatcher.malformed)
        self._patience = 0.0
        self._reader = OscReader(self._socket, control.urgent, allow)
        self._links: dict[Client, Callable[[bytes], bool]] = {}
        self._arrived: deque[tuple[bytes, Client, int, int]] = deque()
        self._urgent = UrgentCall(control.urgent)
        self._tcp = None
        if listening is not None:
            self._tcp = OscTcp(listening, allow, self._arrive_by_tcp, self.disconnect)
        sender.send_from(self._socket, self._put_tcp)
        self._service = Service("OSC", self._turn)
        self.services = [self._service, *([self._tcp.service] if self._tcp is not None else [])]
        self._service.start()

    @property
    def counters(self) -> dict[str, int]:
        """Packets, messages, and what became of those that did nothing."""
        return {
            "packets": self._reader.packets, "overrun": self._reader.dropped, "denied": self._reader.denied[0],
            "lost_replies": self._lost, **self._dispatcher.counters,
        }  # fmt: skip

    def refused(self) -> int:
        """Count what came in and was refused, or came too fast to be read."""
        counters = self.counters
        return sum(counters[name] for name in ("refused", "malformed", "unknown", "overrun", "denied"))

    @property
    def denied(self) -> tuple[int, str]:
        """Packets from computers that may not speak to it, and the last one's address."""
        return self._reader.denied

    def problem(self) -> str:
        """Say what is wrong with the native thread, "" while all is well; one that died is started again."""
        if self._reader.alive:
            return ""
        self._reader.start()
        return "The thread that reads OSC died and was started again."

    def connect(self, client: Client, put: Callable[[bytes], bool]) -> None:
        """Reach a client by a connection of its own from now on: `put` must not wait; False where it is full."""
        self._links[client] = put

    def disconnect(self, client: Client) -> None:
        """End all that a client gets by its connection."""
        self._links.pop(client, None)
        for group in ("all", "heads"):
            self._sender.unsubscribe(client, group)

    def arrive(self, packet: bytes, client: Client, urgent: UrgentCall) -> None:
        """Take a packet that came by a connection: what is urgent at once, the rest like all others.

        Parameters
        ----------
        packet : bytes
        client : (host, port)
            By `over_tcp` or `over_websocket`.
        urgent : UrgentCall
            Of the thread that reads there.
        """
        done = urgent(packet)
        self._arrived.append((packet, client, done, self._control.urgent.gate.word))
        self._reader.wake()

    def close(self) -> None:
        """Stop listening; returns when its threads have ended."""
        if self._tcp is not None:
            self._tcp.close()
        self._reader.close()
        self._service.stop()
        self._sender.send_from(None)
        self._socket.close()

    def _turn(self) -> None:
        """Take what has come, carry out some of it, and what has become due."""
        self._reader.wait(self._patience)
        self._take()
        until = time.monotonic() + _SLICE_S
        while self._service.is_current() and time.monotonic() < until:
            delivery = self._intake.next()
            if delivery is None:
                break
            self._dispatcher.message(delivery)
        due = self._dispatcher.tick()
        self._patience = 0.0 if self._intake else min(max(due, 0.0005), _TURN_S)

    def _take(self) -> None:
        refused: Counter[Client] = Counter()
        for packet, client, done, word in self._taken():
            if not self._intake.add(packet, client, done, shuttings(word)):
                refused[client] += 1
        for client, packets in refused.items():
            self._dispatcher.overrun(client, packets)
        count, host = self.denied
        if count and host not in self._strangers and len(self._strangers) < _STRANGERS:
            self._strangers.add(host)
            self._control.refused("denied", "", f"{host} sends, and is not listened to; --osc-allow {host} would.")

    def _taken(self) -> Iterator[tuple[bytes, Client, int, int]]:
        """Give all that has come: packet, client, what native code has carried out of it, the gate's word then."""
        while (taken := self._reader.get()) is not None:
            yield taken
        for _ in range(len(self._arrived)):
            yield self._arrived.popleft()

    def _arrive_by_tcp(self, packet: bytes, client: Client) -> None:
        self.arrive(packet, client, self._urgent)

    def _put_tcp(self, packet: bytes, client: Client) -> bool:
        link = self._links.get(client)
        if link is not None:
            return link(packet)
        return self._tcp is not None and self._tcp.put(packet, client)

    def _reply(self, packet: bytes, client: Client) -> None:
        """Answer a client, also where else it is known to hear, which may be the only place."""
        for target in (client, *self._sender.also(client)):
            self._send(packet, target)

    def _send(self, packet: bytes, client: Client) -> None:
        known = is_here(client[0]) or is_tcp(client) or client in self._sender.targets or self._sender.serves(client)
        try:
            if not (self._here if known else self._abroad).take(client, len(packet)):
                raise BlockingIOError
            if not is_tcp(client):
                self._socket.sendto(packet, DO_NOT_WAIT, client)
            elif not self._put_tcp(packet, client):
                raise BlockingIOError
        except OSError:
            self._lost += 1

    @staticmethod
    def _listen(bind: str, port: int, own: Iterable[int]) -> tuple[socket.socket, socket.socket | None]:
        """Bind a port of UDP, and the same of TCP: None where it is taken, and was asked for by its number."""
        ports = [p for p in range(port, min(port + TRIES, 65535) + 1) if p == port or p not in own]
        for candidate in ports if port else [0] * TRIES:
            try:
                sock = _bound(bind, candidate)
            except (OSError, UnicodeError) as error:
                if getattr(error, "errno", None) != errno.EADDRINUSE:
                    why = getattr(error, "strerror", None) or "no such address"
                    raise LivehostError(f"OSC cannot listen at {bind}:{candidate}: {why}.") from None
                continue
            try:
                return sock, socket.create_server(sock.getsockname())
            except OSError:
                if port:
                    return sock, None
                sock.close()
        raise LivehostError(f"OSC ports {ports[0]} to {ports[-1]} are all taken; choose another with --osc-in.")


def _bound(bind: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        sock.bind((bind, port))
    except (OSError, UnicodeError):
        sock.close()
        raise
    return sock


def open_server(control: Control, values: Settings, sender: OscSender) -> OscServer | None:
    """Open the server that the settings ask for, None for none.

    Raises
    ------
    LivehostError
        Where it cannot listen there, or who may send is not said rightly.
    """
    if not values["osc.in_port"]:
        return None
    return OscServer(control, values["osc.bind"], values["osc.in_port"], sender, networks(values["osc.allow"]))


def networks(text: str) -> list[Network]:
    """Read who may speak to livehost: addresses, names or networks (192.168.1.0/24), with commas.

    Raises
    ------
    LivehostError
        Where one is none of these.
    """
    return [_network(part.strip()) for part in text.split(",") if part.strip()]


def _network(text: str) -> Network:
    try:
        return Network(text, strict=False)
    except ValueError:
        pass
    try:
        return Network(socket.getaddrinfo(text, None, socket.AF_INET)[0][4][0])
    except (OSError, UnicodeError, ipaddress.AddressValueError):
        raise LivehostError(
            f"--osc-allow wants an address, a network such as 192.168.1.0/24, or the name of a computer, not {text!r}.",
            2,
        ) from None
