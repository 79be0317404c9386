"""OSC in: one thread, one UDP socket, and no packet that can stop them."""

import errno
import socket
import sys
import threading
from collections.abc import Iterable

from livehost.bridge.control import Control
from livehost.bridge.dispatch import Dispatcher
from livehost.bridge.osc_out import Client, OscSender
from livehost.errors import LivehostError

#: Ports that are tried after the one asked for.
TRIES = 20
_BUFFER_BYTES = 4 << 20
_PACKET_BYTES = 65_535
_TURN_S = 1 / 30


class OscServer:
    """Listens for OSC and carries it out until `close`.

    Parameters
    ----------
    control : Control
        The stage.
    bind : str
        Address to listen at, such as 127.0.0.1 (this computer only) or 0.0.0.0 (everyone).
    port : int
        UDP port; a taken one gives way to the next free one. 0 lets the system choose.
    sender : OscSender
        Keeps the subscriptions that clients ask for.

    Attributes
    ----------
    port : int
        The port that it really listens at.
    notice : str
        One sentence where that is not the port asked for, else empty.

    Raises
    ------
    LivehostError
        Where it cannot listen at that address, or all ports are taken.
    """

    def __init__(self, control: Control, bind: str, port: int, sender: OscSender) -> None:
        self.notice = ""
        self._socket = self._listen(bind, port, {p for _, p in sender.targets})
        self.port: int = self._socket.getsockname()[1]
        if port and self.port != port:
            self.notice = f"OSC port {port} is taken; livehost listens at {self.port} instead."
        self._packets = self._lost = 0
        self._dispatcher = Dispatcher(control, sender, self._reply)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="livehost-osc", daemon=True)
        self._thread.start()

    @property
    def counters(self) -> dict[str, int]:
        """Packets, messages, and what became of those that did nothing."""
        return {"packets": self._packets, "lost_replies": self._lost, **self._dispatcher.counters}

    def forget(self) -> None:
        """Drop the messages that wait for their time (a panic from elsewhere)."""
        self._dispatcher.forget()

    def close(self) -> None:
        """Stop listening; returns when the thread has ended."""
        self._closed.set()
        self._dispatcher.close()
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._socket.settimeout(min(max(self._dispatcher.tick(), 0.0005), _TURN_S))
            try:
                packet, client = self._socket.recvfrom(_PACKET_BYTES)
            except TimeoutError:
                pass
            except OSError:  # Windows tells of replies that nobody took
                self._closed.wait(0.001)
            else:
                self._packets += 1
                self._dispatcher.packet(packet, client)

    def _reply(self, packet: bytes, client: Client) -> None:
        try:
            self._socket.sendto(packet, client)
        except OSError:
            self._lost += 1

    @staticmethod
    def _listen(bind: str, port: int, own: Iterable[int]) -> socket.socket:
        ports = [p for p in range(port, min(port + TRIES, 65535) + 1) if p == port or p not in own] if port else [0]
        for candidate in ports:
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            if sys.platform == "win32":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            try:
                sock.bind((bind, candidate))
            except (OSError, UnicodeError) as error:
                sock.close()
                if getattr(error, "errno", None) != errno.EADDRINUSE:
                    why = getattr(error, "strerror", None) or "no such address"
                    raise LivehostError(f"OSC cannot listen at {bind}:{candidate}: {why}.") from None
            else:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
                return sock
        raise LivehostError(f"OSC ports {ports[0]} to {ports[-1]} are all taken; choose another with --osc-in.")
