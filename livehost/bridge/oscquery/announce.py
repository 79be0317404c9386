"""mDNS: that there is a livehost, and at which ports, for whoever looks for OSC or OSCQuery on the network."""

import asyncio
import ipaddress
import logging
import socket
from contextlib import suppress
from typing import Any

import livehost

OSC, OSCQUERY = "_osc._udp.local.", "_oscjson._tcp.local."
#: How long it may take to be known, and to take leave, s.
_BEGIN_S, _LEAVE_S = 10.0, 0.8


class Announcement:
    """Announces two services from `begin` to `leave`; where the network cannot do that, the rest goes on.

    Parameters
    ----------
    bind : str
        Address that both are bound to: they are announced where they can be reached, and nowhere else.
    osc_port, query_port : int

    Attributes
    ----------
    notice : str
        A sentence where it is not announced, "" while all is well.
    """

    def __init__(self, bind: str, osc_port: int, query_port: int) -> None:
        self._bind, self._ports = bind, {OSC: osc_port, OSCQUERY: query_port}
        self._zeroconf: Any = None
        self.notice = ""

    async def begin(self) -> None:
        """Announce."""
        try:
            await asyncio.wait_for(self._announce(), _BEGIN_S)
        except Exception as error:  # whatever a network has against it
            why = str(error) or type(error).__name__
            self.notice = f"livehost is not announced by mDNS ({why}); its ports have to be typed."
            await self.leave()

    async def leave(self) -> None:
        """Say that it is gone."""
        zeroconf, self._zeroconf = self._zeroconf, None
        if zeroconf is not None:
            with suppress(Exception):  # who hears nothing of it, forgets us after a while
                await asyncio.wait_for(zeroconf.async_unregister_all_services(), _LEAVE_S)
            with suppress(Exception):
                await asyncio.wait_for(zeroconf.async_close(), _LEAVE_S)

    async def _announce(self) -> None:
        logging.getLogger("zeroconf").addHandler(logging.NullHandler())  # what fails is told here, once
        from zeroconf import InterfaceChoice, IPVersion
        from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

        everywhere = ipaddress.IPv4Address(self._bind).is_unspecified
        interfaces: Any = InterfaceChoice.All if everywhere else [self._bind]
        self._zeroconf = AsyncZeroconf(interfaces=interfaces, ip_version=IPVersion.V4Only)
        addresses = _own_addresses() if everywhere else [self._bind]
        name, port = _label(socket.gethostname()), self._ports[OSCQUERY]
        for kind, port_of_kind in self._ports.items():
            info = AsyncServiceInfo(
                kind,
                f"livehost on {name}.{kind}",
                addresses=[socket.inet_aton(address) for address in addresses],
                port=port_of_kind,
                properties={"version": livehost.__version__},
                server=f"livehost-{port}-{name}.local.",
            )
            await (await self._zeroconf.async_register_service(info, allow_name_change=True))


def _label(name: str) -> str:
    """Give a computer's name as one label of a domain name."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.partition(".")[0])[:30] or "computer"


def _own_addresses() -> list[str]:
    """List the IPv4 addresses of this computer that others can reach; the loopback where there is no network."""
    import psutil

    found = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET and not ipaddress.IPv4Address(address.address).is_loopback
    ]
    return found or ["127.0.0.1"]
