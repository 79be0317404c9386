"""OSC over TCP, framed by SLIP: for what has to arrive whole, however long it is."""

import selectors
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from livehost.bridge.osc import slip
from livehost.bridge.osc.reader import LOOPBACK, Network, is_allowed
from livehost.bridge.osc.sender import Client, over_tcp
from livehost.service import Service

#: Connections at a time; bytes of a packet, and of what waits for a client that does not read.
MAX_CONNECTIONS, MAX_PACKET, MAX_WAITING = 32, 1 << 20, 4 << 20
_PIECE, _TURN_S = 1 << 16, 0.25


@dataclass(slots=True, eq=False)
class _Connection:
    sock: socket.socket
    client: Client
    decoder: slip.SlipDecoder
    waiting: bytearray = field(default_factory=bytearray)


class OscTcp:
    """Takes TCP connections, until `close`.

    Parameters
    ----------
    listening : socket
        Where they come in; it is closed with the rest.
    allow : sequence of network
        Who may connect besides this computer itself; none: everyone.
    receive : callable
        Gets each packet, and its client, on the thread that reads.
    gone : callable
        Told of a client whose connection is over.

    Attributes
    ----------
    service : Service
        Its thread, to be watched.
    """

    def __init__(
        self,
        listening: socket.socket,
        allow: Sequence[Network],
        receive: Callable[[bytes, Client], None],
        gone: Callable[[Client], None],
    ) -> None:
        self._allow, self._receive, self._gone = [LOOPBACK, *allow] if allow else [], receive, gone
        self._listening = listening
        self._listening.setblocking(False)
        self._wake, self._woken = socket.socketpair()
        for end in (self._wake, self._woken):
            end.setblocking(False)
        self._lock = threading.Lock()
        self._connections: dict[Client, _Connection] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self.service = Service("OSC over TCP", self._turn, replace=False)
        self.service.start()

    def put(self, packet: bytes, client: Client) -> bool:
        """Have a packet sent to a client; False where it is gone, or reads too slowly. Never waits."""
        framed = slip.encode(packet)
        with self._lock:
            connection = self._connections.get(client)
            if connection is None or len(connection.waiting) + len(framed) > MAX_WAITING:
                return False
            connection.waiting += framed
        with suppress(OSError):  # it has been woken already
            self._wake.send(b"\0")
        return True

    def close(self) -> None:
        """End all connections; returns when its thread has ended."""
        with suppress(OSError):
            self._wake.send(b"\0")
        self.service.stop()
        for connection in list(self._connections.values()):
            self._write(connection)
            connection.sock.close()
        for sock in (self._listening, self._wake, self._woken):
            sock.close()
        self._selector.close()

    def _turn(self) -> None:
        for key, ready in self._selector.select(_TURN_S):
            if key.fileobj is self._listening:
                self._accept()
            elif key.fileobj is self._woken:
                with suppress(OSError):
                    self._woken.recv(_PIECE)
            elif ready & selectors.EVENT_READ:
                self._read(key.data)
        for connection in list(self._connections.values()):
            if connection.waiting:
                self._write(connection)

    def _accept(self) -> None:
        with suppress(OSError):
            sock, (host, port) = self._listening.accept()
            if len(self._connections) >= MAX_CONNECTIONS or not is_allowed(host, self._allow):
                sock.close()
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            connection = _Connection(sock, over_tcp(host, port), slip.SlipDecoder(MAX_PACKET))
            self._selector.register(sock, selectors.EVENT_READ, connection)
            with self._lock:
                self._connections[connection.client] = connection

    def _read(self, connection: _Connection) -> None:
        try:
            data = connection.sock.recv(_PIECE)
            packets = connection.decoder.feed(data)
        except BlockingIOError:
            return
        except (OSError, slip.TooLong):
            data, packets = b"", []
        for packet in packets:
            self._receive(packet, connection.client)
        if not data:
            self._end(connection)

    def _write(self, connection: _Connection) -> None:
        """Send what waits, as far as the client takes it; the rest when it takes more."""
        try:
            with self._lock:
                sent = connection.sock.send(connection.waiting[:_PIECE])
                del connection.waiting[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._end(connection)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.waiting else 0)
        with suppress(KeyError, ValueError):
            self._selector.modify(connection.sock, wanted, connection)

    def _end(self, connection: _Connection) -> None:
        with suppress(KeyError, ValueError):
            self._selector.unregister(connection.sock)
        connection.sock.close()
        with self._lock:
            self._connections.pop(connection.client, None)
        self._gone(connection.client)
