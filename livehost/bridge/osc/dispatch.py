"""What becomes of an OSC message: looked up in the table of addresses, checked, carried out, answered."""

import difflib
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from livehost.bridge.control import Control
from livehost.bridge.osc import urgent, wire
from livehost.bridge.osc.actions import ACTIONS, Request, reading
from livehost.bridge.osc.addresses import ADDRESSES, BY_PATH, BY_SETTING, READABLE
from livehost.bridge.osc.coerce import Refused, coerce, fires, told
from livehost.bridge.osc.consent import Consent
from livehost.bridge.osc.intake import Delivery
from livehost.bridge.osc.match import MAX_PATTERN, is_pattern, matches
from livehost.bridge.osc.schedule import Schedule
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.sender import Client, OscSender, writer
from livehost.bridge.osc.traffic import Traffic
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError
from livehost.rt.gate import shuttings

#: Errors that a client is told of in a second; more are only counted.
ERRORS_PER_SECOND = 20
#: A message that is due this soon is carried out now.
_EARLY_S = 0.0005
_MUTE = BY_SETTING["master.mute"].path
_URGENT = {"panic": urgent.PANIC, "stop": urgent.STOP, "quit": urgent.QUIT}


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
        self._schedule = Schedule(self._shuttings)
        self._errors = TokenBucket(ERRORS_PER_SECOND, ERRORS_PER_SECOND)
        self._traffic = Traffic(sender)
        self._consent = Consent(lambda target, number: put(wire.encode("/livehost/confirm", "i", number), target))

    def packet(self, packet: bytes, client: Client) -> None:
        """Carry out a packet from the network, all of it; never raises."""
        try:
            messages = wire.decode(packet)
        except wire.Malformed as error:
            self.malformed(client, error)
            return
        for message in messages:
            self.message(Delivery(message, client))

    def malformed(self, client: Client, error: wire.Malformed) -> None:
        """Tell a client that what it sent is no OSC."""
        self.counters["malformed"] += 1
        self._traffic.tell(client, "", (), self._error(client, "malformed", "", f"That was no OSC: {error}."))

    def overrun(self, client: Client, packets: int) -> None:
        """Tell a client that packets of it were refused because too many came."""
        self.counters["refused"] += packets
        text = f"Packets come faster than they can be carried out: {packets} of yours were left out."
        self._traffic.tell(client, "", (), self._error(client, "busy", "", text))

    def message(self, delivery: Delivery) -> None:
        """Carry out a message, now or when its time has come; never raises."""
        message, client = delivery.message, delivery.client
        self.counters["messages"] += 1
        rows = _find(message)
        if not rows:
            self.counters["unknown"] += 1
            said = self._error(client, "unknown", message.address, lambda: _unknown(message.address))
            self._traffic.tell(client, message.address, message.args, said)
        for row in rows:
            if row.access == "out":  # two programs that answer each other's answers would never stop
                self.counters["ignored"] += 1
                self._traffic.tell(client, row.path, message.args, "ignored: livehost only sends this")
            else:
                self._attempt(self._now_or_later, row, delivery)

    def tick(self) -> float:
        """Carry out what has become due; returns the seconds until there is more, at most 1."""
        while (due := self._schedule.due(self._clock() + _EARLY_S)) is not None:
            row, delivery = due
            self._attempt(self._do, row, delivery)
        self._sender.tick()
        self._traffic.tick()
        then = self._schedule.next_time()
        return 1.0 if then is None else min(1.0, max(then - self._clock(), 0.0))

    def _shuttings(self) -> int:
        return shuttings(self._control.urgent.gate.word)

    def _attempt(self, work: Callable[[Address, Delivery], str], row: Address, delivery: Delivery) -> None:
        """Do something with a message, and tell what became of it."""
        client = delivery.client
        try:
            said = work(row, delivery)
        except LivehostError as error:
            self.counters["refused"] += 1
            said = self._error(client, error.code if isinstance(error, Refused) else "refused", row.path, str(error))
        except Exception as error:  # whatever a packet meets, the thread that reads them goes on
            self.counters["refused"] += 1
            said = self._error(client, "failed", row.path, f"{row.path} failed: {type(error).__name__}: {error}")
        self._traffic.tell(client, row.path, delivery.message.args, said)

    def _now_or_later(self, row: Address, delivery: Delivery) -> str:
        """Carry out a message, or keep it for its time; panic, stop and quit have no time but now."""
        at, client = delivery.message.time, delivery.client
        now = self._clock()
        if at is None or at <= now + _EARLY_S or (row.action[:1] and row.action[0] in _URGENT):
            return self._do(row, delivery)
        note = row.action[:1] == ("play",)  # the engine itself starts a voice in time
        self._schedule.check(client, at - now, note=note)
        if note:
            self._do(row, delivery, at)
        elif row.setting and row.access == "set" and delivery.message.args:  # some can be in time to the sample
            wanted = coerce(row.path, row.args[0], delivery.message.args[0])
            self._control.prepare(row.setting, wanted, self._control.frame_at(at))
        self._schedule.put(at, client, None if note else (row, delivery), lasting=bool(row.setting))
        return f"waits for its time, in {at - now:.3f} s"

    def _do(self, row: Address, delivery: Delivery, at: float | None = None) -> str:
        message, client = delivery.message, delivery.client
        if row.access == "query" and message.args:
            raise Refused("readonly", f"{row.path} can be read, but not set while livehost runs.")
        if row.access == "set" and message.args:
            return self._set(row, message.args[0], delivery)
        if row.access in ("set", "query"):
            self._put(reading(row, self._control), client)
            return "answered"
        if row.access == "call" or fires(row, message.args):
            done = bool(delivery.done & _URGENT.get(row.action[0], 0)) and row.path == message.address
            known = self._shuttings() if delivery.shuttings is None else delivery.shuttings
            request = Request(
                row, message, client, self._control, self._sender, self._consent, self._put, at, done, known
            )
            ACTIONS[row.action[0]](request)
            return "done"
        return "nothing: 0 is a button let go"

    def _set(self, row: Address, given: Any, delivery: Delivery) -> str:
        wanted = coerce(row.path, row.args[0], given)
        message = delivery.message
        if row.path == message.address == _MUTE and delivery.done & urgent.MUTE and message.time is None:
            wanted = self._control.urgent.muted  # others may have come since: what holds, holds
        held = self._control.set(row.setting, wanted, writer(delivery.client))
        if told(held) == told(given):
            return f"set to {told(held)}"
        self._put(wire.encode(row.path, row.types, told(held)), delivery.client)
        return f"set to {told(held)} in place of {given}"

    def _error(self, client: Client, code: str, address: str, text: str | Callable[[], str]) -> str:
        """Tell a client of an error, unless there are too many; gives what became of its message."""
        if not self._errors.take(client):
            self.counters["unanswered"] += 1
            return f"refused ({code})"
        text = text if isinstance(text, str) else text()
        self._put(wire.encode("/livehost/error", "sss", code, address[:MAX_PATTERN], text[:512]), client)
        self._control.refused(code, address[:MAX_PATTERN], text[:512])
        return f"refused ({code}): {text}"


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
