"""HTTP and WebSockets by aiohttp, every connection bounded in number, time and size."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from livehost.bridge.control import Control
from livehost.bridge.osc import wire
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.sender import OscSender, named
from livehost.bridge.osc.server import OscServer
from livehost.bridge.osc.urgent_call import UrgentCall
from livehost.bridge.oscquery.admission import (
    MAX_CONNECTIONS,
    MAX_WEBSOCKETS,
    SILENT_S,
    Network,
    forged,
    turned_away,
)
from livehost.bridge.oscquery.answers import Answer, answer, refusal
from livehost.bridge.oscquery.latest import Latest
from livehost.bridge.oscquery.link import Link
from livehost.bridge.oscquery.tree import build
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError

#: Bytes that one computer is answered with in a second, and at once: more would keep Python from other things.
_BYTES_PER_SECOND, _BYTES_AT_ONCE = 4_000_000, 8_000_000
#: Messages of one WebSocket that are carried out in a second, and at once; the rest waits on its way.
_MESSAGES_PER_SECOND, _MESSAGES_AT_ONCE = 4_000, 1_000
#: A client that takes none of what waits for it in this time has to go, and one that answers no ping in the other, s.
_STUCK_S, _PING_S = 10.0, 20.0
_LONGEST = 65_535
_KEEP_ALIVE_S, _COMING_S = 15.0, 0.1
#: What is wrong with what comes from outside is answered, and not printed.
_LOGGER = logging.getLogger("livehost.oscquery")
_LOGGER.addHandler(logging.NullHandler())


class Site:
    """What stands at the port: one answer for each request, one `Link` for each WebSocket.

    Parameters
    ----------
    control : Control
    sender : OscSender
    osc : OscServer
    latest : Latest
        Values.
    host : dict
        What HOST_INFO tells.
    allow : sequence of network
        Who is listened to besides this computer.
    failed : callable
        Told of a fault of our own.
    """

    def __init__(
        self,
        control: Control,
        sender: OscSender,
        osc: OscServer,
        latest: Latest,
        host: dict[str, Any],
        allow: Sequence[Network],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._control, self._sender, self._osc, self._latest = control, sender, osc, latest
        self._host, self._allow, self._tree = host, allow, build()
        self._urgent = UrgentCall(control.urgent)
        self._bytes = TokenBucket(_BYTES_PER_SECOND, _BYTES_AT_ONCE)
        self._messages = TokenBucket(_MESSAGES_PER_SECOND, _MESSAGES_AT_ONCE)
        self._failed = failed
        self._links: dict[Link, web.WebSocketResponse] = {}
        self._loop = asyncio.get_running_loop()
        self._born: dict[Any, float] = {}
        self._asked: set[Any] = set()
        self._server = web.Server(
            self._answer,
            access_log=None,
            logger=_LOGGER,
            keepalive_timeout=_KEEP_ALIVE_S,
            lingering_time=0.0,
        )

    def connection(self) -> asyncio.BaseProtocol:
        """Make the protocol of a connection that has just come."""
        if len(self._born) >= MAX_CONNECTIONS:
            self._forget()
        if len(self._born) >= MAX_CONNECTIONS:
            return _Full()
        protocol = self._server()
        self._born[protocol] = time.monotonic()
        return protocol

    def tick(self) -> None:
        """Renew the leases of what is listened to, and close connections that ask for nothing; called all the time."""
        for link in self._links:
            link.renew()
        self._forget()
        late = time.monotonic() - SILENT_S
        for protocol, born in self._born.items():
            if born < late and protocol not in self._asked and protocol.transport is not None:
                protocol.transport.abort()

    def _forget(self) -> None:
        """Forget connections that have ended; one that has only just come is not in place yet."""
        just = time.monotonic() - _COMING_S
        self._born = {p: born for p, born in self._born.items() if p.transport is not None or born > just}
        self._asked &= self._born.keys()

    async def close(self) -> None:
        """Close every connection."""
        for link, socket in list(self._links.items()):
            link.close()
            await socket.close()
        self._server.pre_shutdown()
        await self._server.shutdown(0.2)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._asked.add(request.protocol)
        try:
            return await self._answered(request)
        except Exception as error:  # whatever a request meets, who asks is answered, and the next one too
            self._failed(error)
            return _response(refusal(500, f"That failed: {type(error).__name__}: {error}."))

    async def _answered(self, request: web.BaseRequest) -> web.StreamResponse:
        host, origin = request.remote or "", request.headers.get("Origin", "")
        why = turned_away(host, self._allow) or forged(request.headers.get("Host", ""), origin)
        if why:
            return _response(refusal(403, why))
        if web.WebSocketResponse().can_prepare(request):
            if len(self._links) >= MAX_WEBSOCKETS:
                return _response(refusal(503, f"{MAX_WEBSOCKETS} WebSockets are open already; one has to leave first."))
            return await self._serve(request)
        if request.method not in ("GET", "HEAD"):
            return _response(refusal(405, "OSCQuery is asked with GET."))
        found = answer(self._tree, request.path, request.rel_url.query_string, self._latest.reader, self._host)
        if not self._bytes.take(host, len(found.body)):
            found = refusal(429, "That is asked too often; listen to what changes over a WebSocket.")
        response = _response(found)
        if origin:
            response.headers["Access-Control-Allow-Origin"] = origin
        return response

    async def _serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Serve a WebSocket until it ends."""
        transport = request.transport
        assert transport is not None  # noqa: S101  the request has only just come by it
        socket = web.WebSocketResponse(timeout=1.0, heartbeat=_PING_S, compress=False, max_msg_size=_LONGEST)
        host, port = transport.get_extra_info("peername")[:2]
        link = Link(host, port, self._sender, self._osc, self._loop)
        self._links[link] = socket
        writing: asyncio.Task[None] | None = None
        try:
            await socket.prepare(request)
            writing = self._loop.create_task(self._write(socket, link, transport))
            async for message in socket:
                self._take(message, link)
                while not self._messages.take(link.client):
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0)
        except ConnectionError:
            pass  # it has left
        finally:
            if writing is not None:
                writing.cancel()
            del self._links[link]
            link.close()
        return socket

    def _take(self, message: WSMessage, link: Link) -> None:
        """Carry out what a client has sent: OSC, or a command."""
        if message.type is WSMsgType.BINARY:
            self._osc.arrive(message.data, link.client, self._urgent)
        elif message.type is WSMsgType.TEXT:
            try:
                row = link.command(message.data)
            except LivehostError as error:
                link.put(wire.encode("/livehost/error", "sss", "refused", "", str(error)))
                return
            if row is not None:
                self._tell(row, link)

    def _tell(self, row: Address, link: Link) -> None:
        """Tell a client the value that an address has now, where it has one."""
        values = self._latest.reader()(row) if row.access in ("set", "query", "out") else None
        if values is not None:
            link.put(wire.encode(row.path, row.types, *values))

    async def _write(self, socket: web.WebSocketResponse, link: Link, transport: asyncio.Transport) -> None:
        """Send a client what waits for it, until it leaves; one that does not read is let go."""
        try:
            while not link.overrun:
                packets = await link.take()
                async with asyncio.timeout(_STUCK_S):
                    for packet in packets:
                        await socket.send_bytes(packet)
        except TimeoutError:
            pass
        except ConnectionError:
            return  # it has left
        self._control.refused("slow", "", f"{named(link.client)} does not read what it listens to, and was let go.")
        transport.abort()


class _Full(asyncio.Protocol):
    """Turns a connection away because there are too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        transport.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        transport.close()


def _response(found: Answer) -> web.Response:
    if not found.body:
        return web.Response(status=found.status)
    response = web.Response(status=found.status, body=found.body, content_type="application/json", charset="utf-8")
    if found.status >= 400:
        response.force_close()
    return response
