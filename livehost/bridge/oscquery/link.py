"""One client over a WebSocket: what waits to be sent to it, and which addresses it listens to."""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from livehost.bridge.osc.addresses import BY_PATH
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.sender import OscSender, over_websocket
from livehost.bridge.osc.server import OscServer
from livehost.bridge.subscriptions import STREAM_HZ
from livehost.errors import LivehostError

#: Bytes that may wait for a client; who lets more wait than that does not read, and has to go.
MAX_WAITING = 1 << 20
COMMANDS = ("LISTEN", "IGNORE")


class Link:
    """A client's connection, seen from the session: packets for it are put in, and taken out by whoever writes them.

    Parameters
    ----------
    host, port
        Of the client.
    sender : OscSender
        Whose messages it can listen to.
    osc : OscServer
        Who answers it.
    loop : asyncio.AbstractEventLoop
        Where its packets are written.

    Attributes
    ----------
    client : (host, port)
        As OSC knows it.
    overrun : bool
        More waits for it than may: it does not read.
    """

    def __init__(
        self, host: str, port: int, sender: OscSender, osc: OscServer, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.client, self.overrun = over_websocket(host, port), False
        self._key, self._osc = over_websocket(host, port, listens=True), osc
        self._sender, self._loop, self._lock = sender, loop, threading.Lock()
        self._waiting: deque[bytes] = deque()
        self._bytes, self._awake, self._something = 0, False, asyncio.Event()
        self._listened: frozenset[bytes] = frozenset()  # replaced, never changed: other threads read it
        self._groups: set[str] = set()
        osc.connect(self.client, self.put)

    def put(self, packet: bytes) -> bool:
        """Have a packet sent, from any thread; False where too much waits already. Never waits."""
        with self._lock:
            self.overrun = self.overrun or self._bytes + len(packet) > MAX_WAITING
            if not self.overrun:
                self._bytes += len(packet)
                self._waiting.append(packet)
            wake, self._awake = not self._awake, True
        if wake:
            try:
                self._loop.call_soon_threadsafe(self._something.set)
            except RuntimeError:  # the loop has ended: so has the session
                self.overrun = True
        return not self.overrun

    async def take(self) -> list[bytes]:
        """Wait for packets, and take all that wait."""
        await self._something.wait()
        self._something.clear()
        with self._lock:
            self._awake, self._bytes = False, 0
            taken, self._waiting = list(self._waiting), deque()
        return taken

    def command(self, text: str) -> Address | None:
        """Carry out a command: LISTEN or IGNORE, with an address; gives what is listened to from now on.

        Raises
        ------
        LivehostError
            Where it is none.
        """
        name, path = _parse(text)
        row = BY_PATH.get(path)
        if row is None:
            raise LivehostError(f"There is no address {path[:128]!r} to {name}.")
        if name == "IGNORE":
            self._listened -= {path.encode()}
            return None
        self._listened |= {path.encode()}
        if row.group:  # what has none is only ever an answer
            self._groups.add(row.group)
            self._subscribe(row.group)
        return row

    def renew(self) -> None:
        """Renew the leases of what it listens to; where others took its place meanwhile, it is tried again."""
        for group in self._groups:
            with suppress(LivehostError):
                self._subscribe(group)

    def close(self) -> None:
        """End all that it gets."""
        self._osc.disconnect(self.client)
        for group in self._groups:
            self._sender.unsubscribe(self._key, group)

    def _subscribe(self, group: str) -> None:
        self._sender.subscribe(self._key, group, STREAM_HZ, origin=self.client, deliver=self._deliver)

    def _deliver(self, messages: Sequence[bytes]) -> None:
        for message in messages:
            if message[: message.index(b"\0")] in self._listened:
                self.put(message)


def _parse(text: str) -> tuple[str, str]:
    """Read a command: its name and its address.

    Raises
    ------
    LivehostError
        Where it is none.
    """
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    name, path = (told.get("COMMAND"), told.get("DATA")) if isinstance(told, dict) else (None, None)
    if name not in COMMANDS or not isinstance(path, str):
        raise LivehostError('A command is LISTEN or IGNORE, as in {"COMMAND": "LISTEN", "DATA": "/livehost/status"}.')
    return name, path
