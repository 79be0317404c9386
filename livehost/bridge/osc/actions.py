"""What the addresses do that are no settings: one function each, found by the name that the table gives."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livehost.bridge.control import Control
from livehost.bridge.osc import wire
from livehost.bridge.osc.addresses import API, READABLE
from livehost.bridge.osc.coerce import coerce, told
from livehost.bridge.osc.consent import Consent, is_here
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.sender import Client, OscSender, is_tcp, longest_packet, writer
from livehost.bridge.step import stepped
from livehost.bridge.subscriptions import STREAM_HZ
from livehost.errors import LivehostError
from livehost.events import NOW

_TEMPLATES = {row.path: wire.Template(row.path, row.types) for row in READABLE}


@dataclass(frozen=True)
class Request:
    """A message that is being carried out, and whom to ask and answer.

    Parameters
    ----------
    row : Address
        What it means.
    message : Message
        What came.
    client : (host, port)
        Who sent it.
    control, sender, consent
        The stage; where subscriptions are kept; what asks targets whether they want them.
    put : callable
        Sends a packet to a client.
    time : float or None
        Unix time at which a note is to begin; None for now.
    done : bool
        Native code has carried it out already, as it came.
    shuttings : int
        How often the gate had been shut when it came.
    """

    row: Address
    message: wire.Message
    client: Client
    control: Control
    sender: OscSender
    consent: Consent
    put: Callable[[bytes, Client], None]
    time: float | None
    done: bool
    shuttings: int

    @property
    def by(self) -> str:
        """Who asks, as the writer of a setting."""
        return writer(self.client)

    def args(self) -> list[Any]:
        """Arguments, coerced, clamped, defaults filled in."""
        row = self.row
        given = (*self.message.args, *[None] * len(row.args))
        return [coerce(row.path, arg, value) for arg, value in zip(row.args, given, strict=False)]

    def answer(self, path: str, types: str, *values: Any) -> None:
        """Answer the sender."""
        self.put(wire.encode(path, types, *values), self.client)

    def echo_clamped(self, values: list[Any]) -> None:
        """Tell the sender what it got, where that is not what it asked for."""
        if any(told(v) != told(g) for v, g in zip(values, self.message.args, strict=False)):
            self.answer(self.row.path, self.row.types, *values)

    def fail(self, text: str) -> None:
        """Tell the sender, later and from any thread, that what it asked for has come to nothing."""
        self.answer("/livehost/error", "sss", "failed", self.row.path, text)


def reading(row: Address, control: Control) -> bytes:
    """Build the message that reports a readable address."""
    return _TEMPLATES[row.path](*values(row, control, control.info))


def values(row: Address, control: Control, info: Callable[[], Mapping[str, Any]]) -> Sequence[Any]:
    """Give the values that a readable address has now; `info` gives the facts of the session."""
    if row.setting:
        return (told(control.settings[row.setting]),)
    if row.info:
        value = API if row.info == "api" else info().get(row.info)
        return (row.args[0].missing if value is None else value,)
    if row.voice >= 0:
        return (int(control.sounds(row.voice)),)
    return control.status()


def _ping(r: Request) -> None:
    r.answer("/livehost/pong", "is", API, r.control.info().get("version", ""))


def _sync(r: Request) -> None:
    r.answer("/livehost/synced", "i", *r.args())


def _dump(r: Request) -> None:
    _snapshot(r, r.client)


def _snapshot(r: Request, to: Client) -> None:
    facts = r.control.info()  # once for all
    messages = [_TEMPLATES[row.path](*values(row, r.control, lambda: facts)) for row in READABLE]
    for packet in wire.packets(messages, longest_packet(to)):
        r.put(packet, to)


def _subscribe(r: Request) -> None:
    port, group, hz = r.args()
    address = (r.client[0], port or r.client[1])

    def begin() -> None:
        if r.sender.subscribe(address, group, hz or STREAM_HZ, origin=r.client) and group in ("state", "all"):
            _snapshot(r, address)

    asks_for_itself = address == r.client and (is_here(address[0]) or is_tcp(address))
    if asks_for_itself or r.sender.serves(address, group):
        begin()
    elif not r.consent.request(address, group, begin):
        raise LivehostError("Too many subscribers have not confirmed yet; try again in half a minute.")


def _confirm(r: Request) -> None:
    (number,) = r.args()
    if not r.consent.confirm(r.client[0], number):
        raise LivehostError("No stream waits for that number; subscribe again.")


def _unsubscribe(r: Request) -> None:
    port, group = r.args()
    r.sender.unsubscribe((r.client[0], port or r.client[1]), group)


def _panic(r: Request) -> None:
    if r.done:
        return
    first = r.message.args[0] if r.message.args else None
    pressed = not isinstance(first, (int, float)) or first <= 1
    fade = r.row.args[0]
    r.control.panic(fade.default if pressed else coerce(r.row.path, fade, first))


def _stop(r: Request) -> None:
    if not r.done:
        r.control.stop()


def _quit(r: Request) -> None:
    if not r.done:
        r.control.quit()


def _start(r: Request) -> None:
    first = r.message.args[0] if r.message.args else None
    if first is None or (isinstance(first, (int, float)) and first == 1):  # a button
        r.control.resume(r.shuttings)
    else:
        r.control.begin(coerce(r.row.path, r.row.args[0], first), r.shuttings)


def _rest(r: Request) -> None:
    values = r.args()
    r.control.rest(*values)
    r.echo_clamped(values)


def _play(r: Request) -> None:
    index, gain_db = values = r.args()
    frame = NOW if r.time is None else r.control.frame_at(r.time)
    r.control.play(index, gain_db, frame, r.shuttings, r.row.part)
    r.echo_clamped(values)


def _allow(r: Request) -> None:
    (index,) = r.args()
    r.control.allow(index, r.row.action[1], r.row.part)


def _load(r: Request) -> None:
    (name,) = r.args()
    r.control.load(r.row.action[1], name, r.fail, r.row.part)


def _grow(r: Request) -> None:
    family, count, first = r.args()
    more = [coerce(r.row.path, r.row.args[-1], value) for value in r.message.args[len(r.row.args) :]]
    r.control.grow(family, count, [item for item in (first, *more) if item], r.fail, r.row.part)


def _save(r: Request) -> None:
    (name,) = r.args()
    r.control.save_context(name, r.fail, r.row.part)


def _name(r: Request) -> None:
    (index,) = r.args()
    r.answer(r.row.path, "is", index, r.control.item_name(index, r.row.part))


def _scene_save(r: Request) -> None:
    (name,) = r.args()
    r.control.save_scene(name)


def _scene_load(r: Request) -> None:
    (name,) = r.args()
    r.control.recall_scene(name, r.fail)


def _scene_step(r: Request) -> None:
    r.control.step_scene(r.row.action[1], r.fail)


def _scene_list(r: Request) -> None:
    names = r.control.scenes()
    r.answer(r.row.path, "s" * len(names), *names)


def _hear_note(r: Request) -> None:
    pitch, velocity = r.args()
    r.control.hear_note(pitch, velocity)


def _transport(r: Request) -> None:
    r.control.transport(r.row.action[1])


def _tap(r: Request) -> None:
    r.control.tap(time.monotonic_ns())


def _step(r: Request) -> None:
    name, by = r.args()
    for key, value in stepped(r.control.settings, name, by).items():
        r.control.set(key, value, r.by)


def _record(r: Request) -> None:
    start = r.row.action[1]
    r.control.record(not r.control.recording if start is None else start)


def _learn(r: Request) -> None:
    (target,) = r.args()
    r.control.learn(target)


def _unlearn(r: Request) -> None:
    (target,) = r.args()
    r.control.unlearn(target)


#: Action by its name in the table of addresses.
ACTIONS: dict[str, Callable[[Request], None]] = {
    "ping": _ping,
    "sync": _sync,
    "dump": _dump,
    "subscribe": _subscribe,
    "confirm": _confirm,
    "unsubscribe": _unsubscribe,
    "panic": _panic,
    "stop": _stop,
    "quit": _quit,
    "start": _start,
    "rest": _rest,
    "reset": lambda r: r.control.reset(r.row.part),
    "steer": lambda r: r.control.steer(r.row.action[1], r.row.part),
    "record": _record,
    "step": _step,
    "allow_all": lambda r: r.control.allow(-1, True, r.row.part),
    "allow": _allow,
    "name": _name,
    "load": _load,
    "grow": _grow,
    "stop_growing": lambda r: r.control.stop_growing(),
    "save": _save,
    "play": _play,
    "scene_save": _scene_save,
    "scene_load": _scene_load,
    "scene_step": _scene_step,
    "scene_list": _scene_list,
    "hear_note": _hear_note,
    "transport": _transport,
    "tap": _tap,
    "learn": _learn,
    "unlearn": _unlearn,
}
