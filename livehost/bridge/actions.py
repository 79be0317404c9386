"""What the addresses do that are no settings: one function each, found by the name that the table gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from livehost.bridge import wire
from livehost.bridge.addresses import API, READABLE, with_range
from livehost.bridge.coerce import coerce, told
from livehost.bridge.control import Control
from livehost.bridge.osc_out import PACKET_BYTES, STREAM_HZ, Client, OscSender
from livehost.bridge.schema import Address
from livehost.events import NOW


@dataclass(frozen=True)
class Request:
    """A message that is being carried out, and whom to ask and answer.

    Parameters
    ----------
    row : Address
        What it means.
    message : Message
        What came; its time is None where that is not in the future.
    client : (host, port)
        Who sent it.
    control, sender
        The stage; where subscriptions are kept.
    put : callable
        Sends a packet to a client.
    forget : callable
        Drops the messages that wait for their time.
    """

    row: Address
    message: wire.Message
    client: Client
    control: Control
    sender: OscSender
    put: Callable[[bytes, Client], None]
    forget: Callable[[], None]

    def args(self) -> list[Any]:
        """Arguments, coerced, clamped, defaults filled in; an index is one of the bank's."""
        row = self.row
        if row.args and row.args[0].name == "index":
            row = with_range(row, max(int(self.control.info().get("bank_size") or 0) - 1, 0))
        given = (*self.message.args, *[None] * len(row.args))
        return [coerce(row.path, arg, value) for arg, value in zip(row.args, given, strict=False)]

    def answer(self, path: str, types: str, *values: Any) -> None:
        """Answer the sender."""
        self.put(wire.encode(path, types, *values), self.client)

    def echo_clamped(self, values: list[Any]) -> None:
        """Tell the sender what it got, where that is not what it asked for."""
        if any(told(v) != told(g) for v, g in zip(values, self.message.args, strict=False)):
            self.answer(self.row.path, self.row.types, *values)


def reading(row: Address, control: Control) -> bytes:
    """Build the message that reports a readable address."""
    if row.setting:
        return wire.encode(row.path, row.types, told(control.settings[row.setting]))
    if row.info:
        value = API if row.info == "api" else control.info().get(row.info)
        return wire.encode(row.path, row.types, row.args[0].missing if value is None else value)
    return wire.encode(row.path, row.types, *control.status())


def _ping(r: Request) -> None:
    r.answer("/livehost/pong", "is", API, r.control.info().get("version", ""))


def _sync(r: Request) -> None:
    r.answer("/livehost/synced", "i", *r.args())


def _dump(r: Request) -> None:
    _snapshot(r, r.client)


def _snapshot(r: Request, to: Client) -> None:
    for packet in wire.packets([reading(row, r.control) for row in READABLE], PACKET_BYTES):
        r.put(packet, to)


def _subscribe(r: Request) -> None:
    port, group, hz = r.args()
    address = (r.client[0], port or r.client[1])
    if r.sender.subscribe(address, group, hz or STREAM_HZ, origin=r.client) and group in ("state", "all"):
        _snapshot(r, address)


def _unsubscribe(r: Request) -> None:
    port, group = r.args()
    r.sender.unsubscribe((r.client[0], port or r.client[1]), group)


def _panic(r: Request) -> None:
    r.forget()
    first = r.message.args[0] if r.message.args else None
    pressed = not isinstance(first, (int, float)) or first <= 1
    fade = r.row.args[0]
    r.control.panic(fade.default if pressed else coerce(r.row.path, fade, first))


def _play(r: Request) -> None:
    index, gain_db = values = r.args()
    frame = NOW if r.message.time is None else r.control.frame_at(r.message.time)
    r.control.play(index, gain_db, frame)
    r.echo_clamped(values)


def _allow(r: Request) -> None:
    (index,) = values = r.args()
    r.control.allow(index, r.row.action[1])
    r.echo_clamped(values)


def _load(r: Request) -> None:
    (name,) = r.args()
    r.control.load(r.row.action[1], name)


def _save(r: Request) -> None:
    (name,) = r.args()
    r.control.save_context(name)


def _name(r: Request) -> None:
    (index,) = r.args()
    r.answer(r.row.path, "is", index, r.control.item_name(index))


#: Action by its name in the table of addresses.
ACTIONS: dict[str, Callable[[Request], None]] = {
    "ping": _ping,
    "sync": _sync,
    "dump": _dump,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "panic": _panic,
    "reset": lambda r: r.control.reset(),
    "steer": lambda r: r.control.steer(r.row.action[1]),
    "record": lambda r: r.control.record(r.row.action[1]),
    "allow_all": lambda r: r.control.allow(-1, True),
    "allow": _allow,
    "name": _name,
    "load": _load,
    "save": _save,
    "play": _play,
}
