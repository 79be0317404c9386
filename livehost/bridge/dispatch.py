"""What becomes of an OSC message: looked up in the table of addresses, checked, carried out, answered."""

import difflib
import heapq
import itertools
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from livehost.bridge import wire
from livehost.bridge.actions import ACTIONS, Request, reading
from livehost.bridge.addresses import ADDRESSES, BY_PATH, BY_SETTING, READABLE
from livehost.bridge.coerce import Refused, coerce, fires, told
from livehost.bridge.control import Control
from livehost.bridge.match import MAX_PATTERN, is_pattern, matches
from livehost.bridge.osc_out import Client, OscSender
from livehost.bridge.schema import Address
from livehost.errors import LivehostError
from livehost.settings import Value

#: Messages that may wait for their time.
MAX_SCHEDULED = 4096
#: Errors that are answered in a second; more are only counted.
ERRORS_PER_SECOND = 20
#: A message that is due this soon is carried out now.
_EARLY_S = 0.0005
_UNBOUND = object()


class Dispatcher:
    """Carries out messages, one after the other, on the thread that calls it.

    Parameters
    ----------
    control : Control
        The stage.
    sender : OscSender
        Where changes are told, and subscriptions kept.
    put : callable
        Sends a packet to a client.
    clock : callable
        Unix time, seconds.

    Attributes
    ----------
    counters : dict
        messages, malformed, unknown, refused, ignored; unanswered: errors that were too many to be sent.
    """

    def __init__(
        self,
        control: Control,
        sender: OscSender,
        put: Callable[[bytes, Client], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.counters = dict.fromkeys(("messages", "malformed", "unknown", "refused", "ignored", "unanswered"), 0)
        self._control, self._sender, self._put, self._clock = control, sender, put, clock
        self._scheduled: list[tuple[float, int, Address, wire.Message, Client]] = []
        self._number = itertools.count()
        self._allowance, self._allowance_at = float(ERRORS_PER_SECOND), time.monotonic()
        self._origin = threading.local()
        self._told = {key: told(control.settings[key]) for key in BY_SETTING}
        self._closed = False
        control.settings.listen(self._changed)

    def packet(self, packet: bytes, client: Client) -> None:
        """Carry out a packet from the network; never raises."""
        try:
            messages = wire.decode(packet)
        except wire.Malformed as error:
            self.counters["malformed"] += 1
            self._error(client, "malformed", "", f"That was no OSC: {error}.")
            return
        for message in messages:
            self.message(message, client)

    def message(self, message: wire.Message, client: Client) -> None:
        """Carry out a message, now or when its time has come; never raises."""
        self.counters["messages"] += 1
        rows = _find(message)
        if not rows:
            self.counters["unknown"] += 1
            self._error(client, "unknown", message.address, lambda: _unknown(message.address))
        if message.time is not None and message.time <= self._clock() + _EARLY_S:
            message = message._replace(time=None)
        for row in rows:
            if row.access == "out":  # two programs that answer each other's answers would never stop
                self.counters["ignored"] += 1
            elif message.time is None or row.action[:1] == ("play",):  # the engine itself starts a voice in time
                self._carry_out(row, message, client)
            elif len(self._scheduled) < MAX_SCHEDULED:
                heapq.heappush(self._scheduled, (message.time, next(self._number), row, message, client))
            else:
                self.counters["refused"] += 1
                self._error(client, "busy", row.path, f"{MAX_SCHEDULED} messages wait for their time already.")

    def tick(self) -> float:
        """Carry out what has become due; returns the seconds until there is more, at most 1."""
        while self._scheduled and self._scheduled[0][0] <= self._clock() + _EARLY_S:
            _, _, row, message, client = heapq.heappop(self._scheduled)
            self._carry_out(row, message._replace(time=None), client)
        self._sender.tick()
        return min(1.0, self._scheduled[0][0] - self._clock()) if self._scheduled else 1.0

    def forget(self) -> None:
        """Drop the messages that wait for their time."""
        self._scheduled.clear()

    def close(self) -> None:
        """Tell of no more changes."""
        self._closed = True

    def _carry_out(self, row: Address, message: wire.Message, client: Client) -> None:
        try:
            self._do(row, message, client)
        except LivehostError as error:
            self.counters["refused"] += 1
            self._error(client, getattr(error, "code", "refused"), row.path, str(error))
        except Exception as error:  # whatever a packet meets, the thread that reads them goes on
            self.counters["refused"] += 1
            self._error(client, "failed", row.path, f"{row.path} failed: {type(error).__name__}: {error}")

    def _do(self, row: Address, message: wire.Message, client: Client) -> None:
        if row.access == "query" and message.args:
            raise Refused("readonly", f"{row.path} can be read, but not set while livehost runs.")
        if row.access == "set" and message.args:
            self._set(row, message.args[0], client)
        elif row.access in ("set", "query"):
            self._put(reading(row, self._control), client)
        elif row.access == "call" or fires(row, message.args):
            request = Request(row, message, client, self._control, self._sender, self._put, self.forget)
            ACTIONS[row.action[0]](request)

    def _set(self, row: Address, given: Any, client: Client) -> None:
        wanted = coerce(row.path, row.args[0], given)
        self._origin.client = client
        try:
            held = self._control.set(row.setting, wanted, "osc")
        finally:
            self._origin.client = None
        if told(held) != told(given):
            self._put(wire.encode(row.path, row.types, told(held)), client)

    def _changed(self, key: str, value: Value) -> None:
        # what is not new is not told: a patch that sends on what it is told would never stop
        if self._closed or self._told.get(key, _UNBOUND) in (_UNBOUND, told(value)):
            return
        self._told[key] = told(value)
        self._sender.send(BY_SETTING[key].path, told(value), but=getattr(self._origin, "client", None))

    def _error(self, client: Client, code: str, address: str, text: str | Callable[[], str]) -> None:
        now = time.monotonic()
        earned = (now - self._allowance_at) * ERRORS_PER_SECOND
        self._allowance, self._allowance_at = min(float(ERRORS_PER_SECOND), self._allowance + earned), now
        if self._allowance < 1:
            self.counters["unanswered"] += 1
            return
        self._allowance -= 1
        text = text if isinstance(text, str) else text()
        self._put(wire.encode("/livehost/error", "sss", code, address[:MAX_PATTERN], text[:512]), client)


def _find(message: wire.Message) -> tuple[Address, ...]:
    """Rows that a message means; a pattern without arguments asks, it does not press buttons."""
    if is_pattern(message.address):
        return _matching(message.address, not message.args) if len(message.address) <= MAX_PATTERN else ()
    row = BY_PATH.get(message.address)
    return () if row is None else (row,)


@lru_cache(maxsize=256)
def _matching(pattern: str, asking: bool) -> tuple[Address, ...]:
    rows = READABLE if asking else tuple(a for a in ADDRESSES if a.access not in ("query", "out"))
    return tuple(a for a in rows if matches(pattern, a.path))


def _unknown(address: str) -> str:
    near = difflib.get_close_matches(address[:128], BY_PATH, 1, 0.6)
    return f"There is no address {address[:128]}." + (f" Did you mean {near[0]}?" if near else "")
