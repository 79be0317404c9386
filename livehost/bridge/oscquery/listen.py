"""A TCP socket to listen at: the port that was asked for, or the next free one."""

import errno
import socket
import sys

from livehost.errors import LivehostError

#: Ports that are tried after the one asked for.
TRIES = 20
_WAITING = 128
#: What the system keeps for a client that does not read, bytes.
_SEND_BYTES = 1 << 18


def listen(bind: str, port: int) -> socket.socket:
    """Listen at the first free port from `port` on (0: one that the system chooses), without waiting for anyone.

    Raises
    ------
    LivehostError
        Where nobody can listen at that address, or all ports are taken.
    """
    last = min(port + TRIES, 65_535)
    for candidate in range(port, last + 1) if port else (0,):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform == "win32":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BYTES)  # of each connection
            sock.bind((bind, candidate))
            sock.listen(_WAITING)
            sock.setblocking(False)
        except UnicodeError:
            sock.close()
            raise LivehostError(f"OSCQuery cannot listen at {bind}:{candidate}: no such address.") from None
        except OSError as error:
            sock.close()
            if error.errno != errno.EADDRINUSE:
                why = error.strerror or error
                raise LivehostError(f"OSCQuery cannot listen at {bind}:{candidate}: {why}.") from None
        else:
            return sock
    raise LivehostError(f"OSCQuery ports {port} to {last} are all taken; choose another with osc.query_port.")
