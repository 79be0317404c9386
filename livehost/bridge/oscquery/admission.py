"""Who may speak to the HTTP server: computers as for OSC, no page of another web site, and not too many at once."""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network
#: Connections at a time, and WebSockets among them.
MAX_CONNECTIONS, MAX_WEBSOCKETS = 128, 16
#: A connection that has not asked for anything after this time is closed, s.
SILENT_S = 10.0


def turned_away(host: str, allow: Sequence[Network]) -> str:
    """Say why a computer is not listened to, "" where it is; this computer always is."""
    address = ipaddress.IPv4Address(host)
    if address.is_loopback or not allow or any(address in network for network in allow):
        return ""
    return f"{host} is not listened to; --osc-allow {host} would."


def forged(host_header: str, origin: str) -> str:
    """Say why a request looks like one that a web page of somebody else has made, "" where it does not.

    A browser lets any page open a WebSocket to this computer (and with a name that its owner lets lead here, read what
    is answered), so that a page that is looked at during a show could play along.

    Parameters
    ----------
    host_header : str
        What the client believes to speak to.
    origin : str
        Where the page comes from that asks; "" for a program that is no browser.
    """
    host = _name(f"//{host_header}")
    if host_header and not _is_ours(host):
        return f"This computer is not called {host[:64] or host_header[:64]!r}."
    if origin and not (_is_ours(page := _name(origin)) and _is_near(page)):
        return f"Pages from {origin[:64]!r} may not control livehost; one of this computer may."
    return ""


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_near(name: str) -> bool:
    """Tell whether a page comes from this network: a page of the world may stand at a mere address, too."""
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return bool(name)


def _is_ours(name: str) -> bool:
    """Tell whether a name leads to a computer by its address, or by a name that only this network gives."""
    if name == "localhost" or name.endswith(".local") or name == socket.gethostname().lower():
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
