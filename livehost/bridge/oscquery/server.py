"""The OSCQuery server: HTTP and WebSockets at one TCP port, on a thread of its own that nothing else waits for."""

import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from livehost.bridge.control import Control
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer, networks
from livehost.bridge.oscquery.admission import Network
from livehost.bridge.oscquery.answers import host_info
from livehost.bridge.oscquery.latest import Latest
from livehost.bridge.oscquery.listen import listen
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.settings import Settings

if TYPE_CHECKING:
    from livehost.bridge.oscquery.loop import QueryLoop

_TURN_S, _STALL_S, _LEAVE_S = 0.5, 15.0, 1.5


class OscQuery:
    """Answers from `start` to `close`; its port is its own from the beginning.

    Parameters
    ----------
    control : Control
        The stage.
    sender : OscSender
        Whose messages can be listened to.
    osc : OscServer
        Carries out what comes over a WebSocket.
    bind : str
        Address to listen at.
    port : int
        TCP port; a taken one gives way to the next free one. 0 lets the system choose.
    allow : sequence of network
        Who is listened to besides this computer; none: everyone that `bind` lets in.
    announce : bool
        Announce it, and OSC, by mDNS.
    say : callable
        Told a sentence where something is not to be had.

    Attributes
    ----------
    port : int
        The port that it really listens at.
    notices : list of str
        A sentence where that is not the port asked for.
    service : Service
        Its thread, to be watched.

    Raises
    ------
    LivehostError
        Where it cannot listen at that address, or all ports are taken.
    """

    def __init__(
        self,
        control: Control,
        sender: OscSender,
        osc: OscServer,
        bind: str,
        port: int,
        *,
        allow: Sequence[Network] = (),
        announce: bool = False,
        say: Callable[[str], None] = print,
    ) -> None:
        self.notices: list[str] = []
        self._socket = listen(bind, port)
        self.port: int = self._socket.getsockname()[1]
        if port and self.port != port:
            self.notices.append(f"OSCQuery port {port} is taken; it is at {self.port} instead.")
        self._control, self._sender, self._osc, self._allow, self._say = control, sender, osc, tuple(allow), say
        self._bind, self._announce = bind, announce
        self._latest = Latest(control)
        self._loop: QueryLoop | None = None
        self.service = Service("OSCQuery", self._turn, stall_s=_STALL_S, replace=False)

    def start(self) -> None:
        """Answer, from now on; who has asked before is answered first."""
        self.service.start()

    def event(self, event: Mapping[str, Any]) -> None:
        """Take in an event, for those who ask for values."""
        self._latest.event({**event, "osc_dropped": self._sender.dropped} if event["kind"] == "perf" else event)

    def close(self) -> None:
        """Stop answering; returns when its thread has ended."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop.stop()
        if self.service.stop(_LEAVE_S) and self._loop is not None:
            self._loop.close()
        self._socket.close()

    def _turn(self) -> None:
        """Let the loop run for a while; the first time, begin."""
        if self._loop is None:
            self._loop = self._begin()
        self._loop.run(_TURN_S)

    def _begin(self) -> "QueryLoop":
        # aiohttp takes its time, and nobody waits for it here
        from livehost.bridge.oscquery.announce import Announcement
        from livehost.bridge.oscquery.loop import QueryLoop
        from livehost.bridge.oscquery.site import Site

        host = host_info(f"livehost on {socket.gethostname()}", self._osc.port, self.port)
        announcement = Announcement(self._bind, self._osc.port, self.port) if self._announce else None

        def make_site(failed: Callable[[BaseException], None]) -> Site:
            return Site(self._control, self._sender, self._osc, self._latest, host, self._allow, failed)

        return QueryLoop(self._socket, make_site, announcement, self._say)


def open_query(
    control: Control, values: Settings, sender: OscSender, osc: OscServer | None, say: Callable[[str], None]
) -> OscQuery | None:
    """Open the OSCQuery server that the settings ask for; None for none, which is said where one was wanted.

    Parameters
    ----------
    control, sender
        As for `OscQuery`.
    values : Settings
    osc : OscServer or None
        Who takes no OSC is not asked about it either.
    say : callable
        Told what is not as it was asked for.
    """
    if osc is None or not values["osc.query_port"]:
        return None
    try:
        query = OscQuery(
            control,
            sender,
            osc,
            values["osc.bind"],
            values["osc.query_port"],
            allow=networks(values["osc.allow"]),
            announce=values["osc.announce"],
            say=say,
        )
    except LivehostError as error:
        say(str(error))
        return None
    for notice in query.notices:
        say(notice)
    return query
