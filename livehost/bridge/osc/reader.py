"""OSC off the socket: a native thread takes every packet as it comes, carries out what is urgent, and hands all on.

It waits for nobody: neither for Python nor for the messages before. So a panic is carried out in a flood that Python
cannot keep up with, and while some other thread holds the interpreter's lock.
"""

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any

import numpy as np

from livehost.bridge.osc.urgent import URGENT, Urgent, carry_out
from livehost.rt.atomics import load_acquire
from livehost.rt.gate import gate_word
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, array_at, entry, kernel, record_at, u8
from livehost.rt.packets import PacketRing, packets_put
from livehost.rt.platform import monotonic_ns, sleep_until_ns
from livehost.rt.sockets import receive_address, receive_from, set_patience
from livehost.rt.thread import NativeThread

Client = tuple[str, int]
Network = ipaddress.IPv4Network
_PACKET_BYTES = 65_535
_RING_BYTES = 8 << 20
_SOCKET_BYTES = 4 << 20
_TURN_S = 0.1
#: This computer itself, which is always listened to.
LOOPBACK = Network("127.0.0.0/8")

#: A network whose hosts may send.
NETWORK = np.dtype([("address", "u4"), ("mask", "u4")], align=True)
READER = np.dtype(
    [
        ("handle", "i8"),
        ("receive", "i8"),  # address of C's recvfrom
        ("stop", "i8"),
        ("urgent", "i8"),
        ("ring", "i8"),
        ("packet", "i8"),  # uint8 [_PACKET_BYTES]
        ("sender", "i8"),  # what `receive_from` says of the sender
        ("allowed", "i8"),  # NETWORK [networks]
        ("networks", "i8"),
        ("packets", "i8"),
        ("denied", "i8"),
        ("denied_host", "i8"),  # the last one that was
    ],
    align=True,
)


@kernel
def _allows(r: Any, host: Any) -> Any:
    """Tell whether packets of a host are taken. RT: worker."""
    networks = array_at(r.allowed, r.networks, NETWORK)
    for k in range(r.networks):
        if np.uint32(host) & networks[k].mask == networks[k].address:
            return True
    return r.networks == 0


@entry(STEP)
def read_packets(address: Any) -> Any:
    """Take packets until told to stop. RT: worker."""
    r = record_at(address, READER)
    sender = u8(r.sender, 16)
    while load_acquire(r.stop) == 0:
        began = monotonic_ns()
        size = receive_from(r.receive, r.handle, r.packet, _PACKET_BYTES, r.sender)
        if size < 0:
            if monotonic_ns() - began < 1_000_000:  # not the end of its patience: Windows tells of lost replies so
                sleep_until_ns(began + 1_000_000)
            continue
        r.packets += 1
        port, host = np.int64(0), np.int64(0)
        for k in range(2):
            port = port * 256 + sender[2 + k]
        for k in range(4):
            host = host * 256 + sender[4 + k]
        if not _allows(r, host):
            r.denied += 1
            r.denied_host = host
            continue
        done = carry_out(r.urgent, r.packet, size)
        word = gate_word(record_at(r.urgent, URGENT).gate)
        packets_put(r.ring, r.packet, size, host, port, done, word)
    return 0


class OscReader:
    """Reads a UDP socket from its start to `close`.

    Parameters
    ----------
    sock : socket.socket
        Bound, IPv4.
    urgent : Urgent
        What urgent messages act upon.
    allow : sequence of IPv4Network
        Who is listened to besides this computer itself; none: everyone.
    """

    def __init__(self, sock: socket.socket, urgent: Urgent, allow: Sequence[Network] = ()) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SOCKET_BYTES)
        set_patience(sock, _TURN_S)
        self._ring, self._stop = PacketRing(_RING_BYTES, _PACKET_BYTES), zeros(8, np.int64)
        self._packet, self._sender = zeros(_PACKET_BYTES, np.uint8), zeros(64, np.uint8)
        networks = [LOOPBACK, *allow] if allow else []
        self._allowed = np.array([(int(n.network_address), int(n.netmask)) for n in networks], NETWORK)
        self._kept = (sock, urgent)
        self._record = zeros(1, READER)
        r = self._record[0]
        r["handle"], r["receive"], r["urgent"] = sock.fileno(), receive_address(), urgent.address
        r["stop"], r["ring"] = self._stop.ctypes.data, self._ring.address
        r["packet"], r["sender"] = self._packet.ctypes.data, self._sender.ctypes.data
        r["allowed"], r["networks"] = self._allowed.ctypes.data, len(networks)
        self.start()

    def start(self) -> None:
        """Start the thread."""
        self._thread = NativeThread(read_packets, self._record.ctypes.data, "livehost OSC reader")
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.alive

    def get(self) -> tuple[bytes, Client, int, int] | None:
        """Take the oldest packet: bytes, sender, what was carried out of it, the gate's word when it came; or None."""
        taken = self._ring.get()
        if taken is None:
            return None
        packet, (host, port, done, word) = taken
        return packet, (str(ipaddress.IPv4Address(host)), port), done, word

    def wait(self, timeout_s: float) -> None:
        """Sleep until a packet comes, `wake` is called, or for so long; may end early."""
        self._ring.wait(timeout_s)

    def wake(self) -> None:
        """Have `wait` end; from any thread."""
        self._ring.wake()

    def close(self) -> None:
        """Stop; returns when the thread has ended."""
        self._stop[0] = 1
        self._thread.join()

    @property
    def packets(self) -> int:
        """Packets that came."""
        return int(self._record["packets"][0])

    @property
    def dropped(self) -> int:
        """Packets that came faster than they were taken."""
        return self._ring.dropped

    @property
    def denied(self) -> tuple[int, str]:
        """Packets from hosts that are not listened to, and the last such host."""
        r = self._record[0]
        return int(r["denied"]), str(ipaddress.IPv4Address(int(r["denied_host"])))


def is_allowed(host: str, networks: Sequence[Network]) -> bool:
    """Tell whether packets of a host are taken: of everyone, where there are no networks."""
    return not networks or any(ipaddress.IPv4Address(host) in network for network in networks)
